"""The pretend shop: who sells, what, and how it is sent; the frame in which orders and threads are told."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from api.simulator.ids import uuid_of
from api.simulator.model import Account, Attachment, Offer, PickupPoint
from api.simulator.seed.tables import FOLDER, Table, age, table

_MIME_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class Priced:
    """An offer and what one piece costs on allegro.pl."""

    offer: Offer
    price: Decimal


@dataclass(frozen=True, slots=True)
class Method:
    """A way to send; `cost` is what it costs without Smart."""

    id: str
    name: str
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Shop:
    """The catalogue of the pretend seller at one moment."""

    account: Account
    now: datetime
    offers: dict[str, Priced]
    methods: dict[str, Method]
    points: dict[str, PickupPoint]
    pictures: dict[str, tuple[str, bytes]]

    def ago(self, text: str) -> datetime:
        """The moment of an age."""
        return self.now - age(text)

    def attachment(self, file: Table, *names: object) -> Attachment:
        """The attachment that a message names; its bytes are one of `pictures/`."""
        mime_type, content = self.pictures[file["picture"]]
        return Attachment(
            id=uuid_of("attachment", *names, file["name"]),
            file_name=file["name"],
            mime_type=mime_type,
            status=file.get("status", "SAFE"),
            content=content,
        )


def load_shop(login: str, now: datetime) -> Shop:
    tables = table("shop.toml")
    return Shop(
        account=_account(tables["account"], login),
        now=now,
        offers=priced_offers(tables["offers"]),
        methods={key: _method(key, it) for key, it in tables["methods"].items()},
        points={key: _point(key, it) for key, it in tables["points"].items()},
        pictures={
            path.stem: (_MIME_TYPES[path.suffix], path.read_bytes())
            for path in sorted((FOLDER / "pictures").iterdir())
        },
    )


def priced_offers(tables: Table) -> dict[str, Priced]:
    return {
        key: Priced(Offer(it["id"], it["name"], it["sku"]), Decimal(it["price"]))
        for key, it in tables.items()
    }


def seconds_for(*names: object, below: int = 60) -> timedelta:
    """A few seconds that are always the same for a name, so that not all times end alike."""
    digest = hashlib.blake2b("/".join(map(str, names)).encode(), digest_size=4).digest()
    return timedelta(seconds=int.from_bytes(digest) % below)


def _account(it: Table, login: str) -> Account:
    return Account(
        id=it["id"],
        login=login,
        first_name=it["first_name"],
        last_name=it["last_name"],
        email=it["email"],
        company=it["company"],
        tax_id=it["nip"],
    )


def _method(key: str, it: Table) -> Method:
    return Method(uuid_of("method", key), it["name"], Decimal(it["cost"]))


def _point(key: str, it: Table) -> PickupPoint:
    return PickupPoint(
        key, it["name"], it["description"], it["street"], it["zip"], it["city"], it.get("country", "PL")
    )
