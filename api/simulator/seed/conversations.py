"""The conversations that were written by hand, from `told/*.toml`.

A `[[thread]]` has a buyer, its orders, and messages: each with its age, its author (`by`, the buyer without
it) and what it is `about`; an `[[thread.exchange]]` is a quick run of short lines that ends at some age.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.simulator.ids import thread_id_of, uuid_of
from api.simulator.model import Message, Order, Person, Thread
from api.simulator.seed.orders import order_of
from api.simulator.seed.shop import priced_offers, seconds_for
from api.simulator.seed.tables import FOLDER, Table, age, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.simulator.seed.shop import Shop

HOSTILE = "hostile.toml"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread and the orders that it is about."""

    thread: Thread
    orders: tuple[Order, ...]


def conversations(shop: Shop, *, hostile: bool) -> list[Conversation]:
    """All of them, the one with the newest message first."""
    found: list[Conversation] = []
    numbers = itertools.count(1)
    for path in sorted((FOLDER / "told").glob("*.toml")):
        if path.name == HOSTILE and not hostile:
            continue
        tables = table(f"told/{path.name}")
        own = replace(shop, offers=shop.offers | priced_offers(tables.get("offers", {})))
        found += [_conversation(own, it, numbers) for it in tables["thread"]]
    return sorted(found, key=lambda it: it.thread.place, reverse=True)


def lone_orders(shop: Shop) -> tuple[Order, ...]:
    """The orders about which nobody has written yet."""
    return tuple(order_of(shop, it, it["buyer"]) for it in table("orders.toml")["order"])


def _conversation(shop: Shop, it: Table, numbers: Iterator[int]) -> Conversation:
    orders = {one["key"]: order_of(shop, one, it["buyer"]) for one in it.get("order", [])}
    issue = it.get("type") == "POST_PURCHASE_ISSUE"
    buyer, seller = _persons(shop, it, named=issue or it.get("named_roles", False))
    thread_id = thread_id_of("thread", shop.account.login, it["buyer"]["login"], it.get("type", "COMMON"))
    told = _Teller(shop, thread_id, buyer, seller, orders)
    messages = [
        *(told.message(one) for one in it.get("message", [])),
        *(message for one in it.get("exchange", []) for message in told.exchange(one)),
    ]
    thread = Thread(
        id=thread_id,
        type=it.get("type", "COMMON"),
        status=it.get("status", "OPEN"),
        # Either may come first: a client has to look who is who.
        participants=(buyer, seller) if len(messages) % 2 else (seller, buyer),
        messages=[replace(message, number=next(numbers)) for message in messages],
        read=it.get("read", False),
        sub_type=it.get("sub_type"),
        orders=tuple(order.id for order in orders.values()) if issue else (),
    )
    return Conversation(thread, tuple(orders.values()))


def _persons(shop: Shop, it: Table, *, named: bool) -> tuple[Person, Person]:
    """Buyer and seller; in most ordinary threads both are plain users."""
    roles = ("BUYER", "SELLER") if named else ("USER", "USER")
    return Person(roles[0], it["buyer"]["login"]), Person(roles[1], shop.account.login)


class _Teller:
    """Makes the messages of one thread."""

    def __init__(
        self, shop: Shop, thread_id: str, buyer: Person, seller: Person, orders: dict[str, Order]
    ) -> None:
        self._shop = shop
        self._thread_id = thread_id
        self._orders = orders
        self._authors = {
            "buyer": buyer,
            "seller": seller,
            "allegro": Person("ALLEGRO", None),
            "consultant": Person("CONSULTANT", None),
        }
        self._count = 0

    def message(self, it: Table) -> Message:
        self._count += 1
        names = (self._thread_id, self._count)
        return Message(
            id=uuid_of("message", *names),
            thread=self._thread_id,
            number=0,
            author=self._authors[it.get("by", "buyer")],
            status=it.get("status", "DELIVERED"),
            type=it.get("type", "MESSAGE_CENTER"),
            created_at=self._shop.ago(it["ago"]) - seconds_for("message", *names),
            text=it["text"].removeprefix("\n"),
            subject=it.get("subject"),
            order=self._orders[it["about"]].id if "about" in it else None,
            offer=self._shop.offers[it["offer"]].offer.id if "offer" in it else None,
            attachments=tuple(self._shop.attachment(file, *names) for file in it.get("files", [])),
            more_attachments=it.get("more_files", False),
            vin=it.get("vin"),
        )

    def exchange(self, it: Table) -> Iterator[Message]:
        """Lines "b: ..." of the buyer and "s: ..." of the seller, about equally spaced."""
        ends, every = age(it["ends"]), age(it["every"])
        authors = {"b": "buyer", "s": "seller"}
        for left, line in zip(range(len(it["lines"]) - 1, -1, -1), it["lines"], strict=True):
            who, text = line.split(": ", 1)
            minutes = int((ends + every * left).total_seconds()) // 60
            told = {"ago": f"{minutes}m", "by": authors[who], "about": it["about"], "text": text}
            message = self.message(told)
            spread = int(every.total_seconds()) - 60
            jitter = seconds_for("pause", message.id, below=spread)
            yield replace(message, created_at=message.created_at - jitter)
