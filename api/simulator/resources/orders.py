"""/order/checkout-forms: the list with its filters, one order, and how far the seller is with it.

As the OpenAPI file has it: an illegal filter value is 400, `offset` and `limit` out of range are 422, an
order id that is no UUID is 422. `buyer.login` is compared letter by letter (strict; the real case rules are
unknown).
"""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from api.simulator import wire_orders
from api.simulator.call import Answer, Call, Resource
from api.simulator.refusal import BAD_REQUEST, INVALID, RefusalError

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.simulator.model import Order
    from api.simulator.order_table import By
    from api.simulator.state import State

SCOPE = "allegro:api:orders:read"
WRITE = "allegro:api:orders:write"
LIMIT = 100

STATUSES = ("BOUGHT", "FILLED_IN", "READY_FOR_PROCESSING", "CANCELLED")
FULFILMENT = (
    "NEW",
    "PROCESSING",
    "READY_FOR_SHIPMENT",
    "READY_FOR_PICKUP",
    "SENT",
    "PICKED_UP",
    "CANCELLED",
    "SUSPENDED",
    "RETURNED",
)
SENT = ("NONE", "SOME", "ALL")

_EQUAL: dict[str, tuple[Callable[[Order], str | None], tuple[str, ...] | None]] = {
    "status": (lambda it: it.status, STATUSES),
    "fulfillment.status": (lambda it: it.fulfilment, FULFILMENT),
    "fulfillment.provider.id": (lambda _: "SELLER", ("SELLER", "ALLEGRO")),
    "fulfillment.shipmentSummary.lineItemsSent": (lambda it: it.lines_sent, SENT),
    "payment.id": (lambda it: it.payment.id if it.payment else None, None),
    "surcharges.id": (lambda _: None, None),
    "delivery.method.id": (lambda it: it.delivery.method_id if it.delivery else None, None),
    "buyer.login": (lambda it: it.buyer.login, None),
    "marketplace.id": (lambda it: it.marketplace, None),
}

_MOMENT: dict[str, By] = {"lineItems.boughtAt": "bought_at", "updatedAt": "updated_at"}


def _orders(call: Call, state: State) -> Answer:
    offset = call.number("offset", low=0, high=None, default=0)
    limit = call.number("limit", low=1, high=LIMIT, default=LIMIT)
    conditions = _conditions(call)
    found = _in_order(state, call.one("sort"))
    if conditions:
        found = [it for it in found if all(holds(it) for holds in conditions)]
    return Answer(wire_orders.orders(found[offset : offset + limit], len(found)))


def _conditions(call: Call) -> list[Callable[[Order], bool]]:
    """Every filter that is named must hold; one that is named twice holds for any of its values."""
    conditions: list[Callable[[Order], bool]] = []
    for name, (value_of, allowed) in _EQUAL.items():
        asked = call.many(name)
        if allowed is not None and not set(asked) <= set(allowed):
            raise RefusalError(BAD_REQUEST, f"{name} must be one of {', '.join(allowed)}", name)
        if asked:
            conditions.append(partial(_is_one_of, value_of, asked))
    for name, by in _MOMENT.items():
        low, high = moment_of(call, f"{name}.gte"), moment_of(call, f"{name}.lte")
        if low or high:
            conditions.append(partial(_is_between, by, low, high))
    return conditions


def _is_one_of(value_of: Callable[[Order], str | None], asked: tuple[str, ...], order: Order) -> bool:
    return value_of(order) in asked


def _is_between(by: By, low: datetime | None, high: datetime | None, order: Order) -> bool:
    moment: datetime = getattr(order, by)
    return (low is None or moment >= low) and (high is None or moment <= high)


def _in_order(state: State, sort: str | None) -> list[Order]:
    wanted = sort or "-lineItems.boughtAt"
    by = _MOMENT.get(wanted.removeprefix("-"))
    if by is None:
        raise RefusalError(
            BAD_REQUEST, f"sort must be one of {', '.join(_MOMENT)}, with or without -", "sort"
        )
    found = state.orders.oldest_first(by)
    return found[::-1] if wanted.startswith("-") else found


def moment_of(call: Call, name: str) -> datetime | None:
    """A time of the query. Raises RefusalError (400) for anything else, and for one without a zone."""
    text = call.one(name)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise RefusalError(BAD_REQUEST, f"{name} must be an ISO 8601 time", name) from None
    if moment.tzinfo is None:
        raise RefusalError(BAD_REQUEST, f"{name} needs a zone", name)
    return moment


def _order(call: Call, state: State) -> Answer:
    order_id = call.path["id"]
    try:
        uuid.UUID(order_id)
    except ValueError:
        raise RefusalError(INVALID, "id must be a UUID", "id") from None
    return Answer(wire_orders.order(state.order(order_id)))


def _fulfilment(call: Call, state: State) -> Answer:
    """`checkoutForm.revision` is looked at where it is given; every change makes another one."""
    order = state.order(call.path["id"])
    state.handling.set_fulfilment(order, call.json().get("status"), call.one("checkoutForm.revision"))
    return Answer(b"", 204)


RESOURCES = (
    Resource("GET", "/order/checkout-forms", _orders, SCOPE),
    Resource("GET", "/order/checkout-forms/{id}", _order, SCOPE),
    Resource("PUT", "/order/checkout-forms/{id}/fulfillment", _fulfilment, WRITE, reads_json=True),
)
