"""Ratings that were written by hand, and thirty days of quality, from `reputation.toml`.

A rating of an order that is not in this world (there are fewer threads) is passed over.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from api.simulator.ids import uuid_of
from api.simulator.model_issues import QualityDay, QualityMetric, Rating, RatingAnswer, RemovalRequest
from api.simulator.seed.shop import seconds_for
from api.simulator.seed.tables import Table, age, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.simulator.model import Order
    from api.simulator.seed.shop import Shop

DAYS: Final = 30
HEX_DIGITS: Final = 24


def ratings_of(shop: Shop, orders: Sequence[Order], *, hostile: bool) -> tuple[Rating, ...]:
    by_id = {order.id: order for order in orders}
    return tuple(
        _rating(shop, it, order)
        for it in table("reputation.toml")["rating"]
        if (hostile or not it.get("hostile", False))
        and (order := by_id.get(uuid_of("order", *it["order"]))) is not None
    )


def quality_of(shop: Shop) -> tuple[QualityDay, ...]:
    """The days before today, the oldest first; the points of a metric move by a few."""
    told = table("reputation.toml")["quality"]
    found = []
    for back in range(DAYS, 0, -1):
        if back in told["missing"]:
            continue
        day = (shop.now - timedelta(days=back)).date()
        metrics = tuple(_metric(it, day.isoformat()) for it in told["metric"])
        found.append(QualityDay(day, told["grade"], told["max_score"], metrics))
    return tuple(found)


def _rating(shop: Shop, it: Table, order: Order) -> Rating:
    names = ("rating", order.id)
    answer = next(iter(it.get("answer", [])), None)
    request = next(iter(it.get("removal", [])), None)
    return Rating(
        id=uuid_of(*names).replace("-", "")[:HEX_DIGITS],
        recommended=it["recommended"],
        buyer_id=order.buyer.id,
        buyer=order.buyer.login,
        order=order.id,
        offers=tuple((item.offer.id, item.offer.name) for item in order.items),
        created_at=shop.ago(it["ago"]) - seconds_for(*names),
        edited_at=shop.ago(it["edited"]) - seconds_for(*names, "edited") if "edited" in it else None,
        comment=it.get("comment"),
        language=it.get("language", "pl"),
        reasons=(
            *((text, True) for text in it.get("reasons", [])),
            *((text, False) for text in it.get("hidden", [])),
        ),
        removable_to=shop.now + _span(it["removable_in"]) if "removable_in" in it else None,
        excluded=it.get("excluded"),
        first_negative=it.get("first_negative", False),
        answer=answer and RatingAnswer(answer["text"], shop.ago(answer["ago"])),
        removal=request and RemovalRequest(request["text"], shop.ago(request["ago"])),
    )


def _span(text: str) -> timedelta:
    """An age, or with a minus a time that is over."""
    return -age(text[1:]) if text.startswith("-") else age(text)


def _metric(it: Table, day: str) -> QualityMetric:
    moved = it["score"] - int(seconds_for("quality", it["code"], day, below=6).total_seconds())
    return QualityMetric(it["code"], it["polish"], it["english"], moved, it.get("max_score"))
