"""The event log: what happened to orders, told from the orders themselves and from what is done to them."""

from __future__ import annotations

from bisect import bisect_right
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from api import clock
from api.simulator.model_handling import OrderEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from api.simulator.model import Order

KEPT: Final = timedelta(days=60)
"""How long Allegro keeps events."""

TYPES: Final = (
    "BOUGHT",
    "FILLED_IN",
    "READY_FOR_PROCESSING",
    "BUYER_CANCELLED",
    "FULFILLMENT_STATUS_CHANGED",
    "BUYER_MODIFIED",
    "AUTO_CANCELLED",
)


class OrderEvents:
    """All events, oldest first; `orders` is the state's own table."""

    def __init__(self, orders: Mapping[str, Order], now: datetime) -> None:
        self._orders = orders
        self._now = now

    @cached_property
    def _events(self) -> list[OrderEvent]:
        """Worked out when first asked for, from the orders as they are then."""
        since = self._now - KEPT
        past = sorted(
            (at, kind, order.id, order.revision)
            for order in self._orders.values()
            for kind, at in _life(order)
            if at >= since
        )
        events: list[OrderEvent] = []
        for at, kind, order_id, revision in past:
            events.append(OrderEvent(_next_id(events, at), kind, at, order_id, revision))
        return events

    def after(self, last_seen: int | None, kinds: tuple[str, ...], limit: int) -> list[OrderEvent]:
        """The next events after the one with that id, of these kinds (none named: of all)."""
        start = 0
        if last_seen is not None:
            start = bisect_right(self._events, last_seen, key=lambda it: it.id)
        wanted = (it for it in self._events[start:] if not kinds or it.type in kinds)
        return [it for it, _ in zip(wanted, range(limit), strict=False)]

    def latest(self) -> OrderEvent | None:
        return self._events[-1] if self._events else None

    def prepare(self) -> None:
        """Tell the past before something changes the orders that it is told from."""
        _ = self._events

    def happened(self, kind: str, order: Order) -> OrderEvent:
        """Write down what is happening to an order now."""
        now = clock.now()
        event = OrderEvent(_next_id(self._events, now), kind, now, order.id, order.revision)
        self._events.append(event)
        return event


def _next_id(events: list[OrderEvent], at: datetime) -> int:
    """The time in microseconds, or one more than the last id where that is as high."""
    wanted = int(at.timestamp() * 1_000_000)
    return max(wanted, events[-1].id + 1) if events else wanted


def _life(order: Order) -> Iterator[tuple[str, datetime]]:
    """What an order has been through, as far as one can see by looking at it."""
    yield "BOUGHT", order.bought_at
    if order.status == "BOUGHT":
        return
    yield "FILLED_IN", order.bought_at + timedelta(minutes=2)
    paid_at = order.payment.finished_at if order.payment else None
    if order.status == "READY_FOR_PROCESSING" or paid_at:
        yield "READY_FOR_PROCESSING", (paid_at or order.bought_at + timedelta(minutes=3))
    if order.status == "CANCELLED":
        cancelled_at = order.delivery.cancelled_at if order.delivery else None
        yield (
            "BUYER_CANCELLED" if paid_at else "AUTO_CANCELLED",
            cancelled_at or order.updated_at,
        )
    if order.fulfilment not in {"NEW", "CANCELLED"}:
        yield "FULFILLMENT_STATUS_CHANGED", order.updated_at
