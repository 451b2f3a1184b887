"""Discussions and claims that were written by hand, from `issues.toml`.

What is about an order that is not in this world (there are fewer threads) is passed over.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from api.simulator.ids import number_of, uuid_of
from api.simulator.model import Money
from api.simulator.model_issues import Issue, IssueFile, IssueMessage
from api.simulator.seed.shop import seconds_for
from api.simulator.seed.tables import Table, age, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from api.simulator.model import Order
    from api.simulator.seed.shop import Shop

BOT = "Chatbot Allina"
"""How Allegro's bot signs, in the role SYSTEM."""


def issues_of(shop: Shop, orders: Sequence[Order], *, hostile: bool) -> tuple[Issue, ...]:
    by_id = {order.id: order for order in orders}
    return tuple(_issues(shop, by_id, hostile=hostile))


def _issues(shop: Shop, orders: dict[str, Order], *, hostile: bool) -> Iterator[Issue]:
    for place, it in enumerate(table("issues.toml")["issue"]):
        if it.get("hostile", False) and not hostile:
            continue
        if "order" not in it:
            yield _issue(shop, it, place, None)
        elif (order := orders.get(uuid_of("order", *it["order"]))) is not None:
            yield _issue(shop, it, place, order)


def _issue(shop: Shop, it: Table, place: int, order: Order | None) -> Issue:
    names = ("issue", shop.account.login, place)
    buyer = order.buyer.login if order else it["buyer"]
    messages = [_message(shop, one, buyer, *names, number) for number, one in enumerate(it["message"])]
    offer = order.items[it.get("item", 1) - 1].offer.id if order else None
    if "offer" in it:
        offer = shop.offers[it["offer"]].offer.id
    claim = it["type"] == "CLAIM"
    return Issue(
        id=uuid_of(*names),
        type=it["type"],
        status=it["status"],
        buyer_id=order.buyer.id if order else number_of("buyer", buyer, digits=8),
        buyer=buyer,
        order=order.id if order else uuid_of("order", buyer, it["ordered"]),
        ordered_at=order.bought_at if order else _when(shop, it["ordered"], *names),
        opened_at=messages[0].created_at,
        messages=messages,
        chat_active=it.get("chat_active", True),
        subject=it.get("subject"),
        reference=it.get("reference"),
        reason=it.get("reason"),
        reason_text=it.get("reason_text"),
        right=it.get("right"),
        description=it.get("description"),
        decision_due=shop.now + age(it["decide_in"]) if "decide_in" in it else None,
        return_required=it.get("return_required"),
        expectation=it.get("expects"),
        refund=Money(Decimal(it["refund"])) if "refund" in it else None,
        offer=offer if claim else None,
        product=uuid_of("product", offer) if claim and offer else None,
        files=_files(shop, it, *names),
        told_count=it.get("count"),
        nameless=it.get("nameless", False),
        gone=it.get("gone", False),
    )


def _message(shop: Shop, it: Table, buyer: str, *names: object) -> IssueMessage:
    roles = {
        "buyer": ("BUYER", buyer),
        "seller": ("SELLER", shop.account.login),
        "admin": ("ADMIN", None),
        "system": ("SYSTEM", None),
        "bot": ("SYSTEM", BOT),
    }
    role, login = roles[it.get("by", "buyer")]
    return IssueMessage(
        id=uuid_of("message", *names),
        role=role,
        login=login,
        text=it["text"].removeprefix("\n"),
        created_at=_when(shop, it["ago"], *names),
        files=_files(shop, it, *names),
    )


def _files(shop: Shop, it: Table, *names: object) -> tuple[IssueFile, ...]:
    return tuple(
        IssueFile(shop.attachment(file, *names), center=file.get("center", False))
        for file in it.get("files", [])
    )


def _when(shop: Shop, text: str, *names: object) -> datetime:
    return shop.ago(text) - seconds_for(*names)
