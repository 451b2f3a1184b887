"""Parcel numbers of orders, carriers and tracking. What the file calls a bad value is 400 here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.simulator import wire_handling as wire
from api.simulator.call import Answer, Call, Resource
from api.simulator.parcels import CARRIERS, known_carrier
from api.simulator.refusal import RefusalError
from api.simulator.refusals_orders import (
    CARRIER_NAME_INVALID,
    FOREIGN_LINE,
    TOO_MANY_WAYBILLS,
    WAYBILL_INVALID,
)
from api.simulator.resources.orders import SCOPE, WRITE

if TYPE_CHECKING:
    from api.simulator.state import State

MOST_WAYBILLS = 20


def _shipments(call: Call, state: State) -> Answer:
    order = state.order(call.path["id"])
    return Answer({"shipments": [wire.shipment(it) for it in state.handling.parcels.of(order)]})


def _add(call: Call, state: State) -> Answer:
    order = state.order(call.path["id"])
    body = call.json()
    carrier, waybill, name = (body.get(it) for it in ("carrierId", "waybill", "carrierName"))
    if not isinstance(carrier, str) or not isinstance(waybill, str):
        missing = "waybill" if isinstance(carrier, str) else "carrierId"
        raise RefusalError(WAYBILL_INVALID, f"{missing} is missing", missing)
    if name is not None and not isinstance(name, str):
        raise RefusalError(CARRIER_NAME_INVALID, "carrierName must be a text", "carrierName")
    shipment = state.handling.add_shipment(order, carrier, waybill, name, _lines(body))
    return Answer(wire.shipment(shipment), 201)


def _lines(body: dict[str, object]) -> tuple[str, ...]:
    """The ids of the lines; none of them means all."""
    lines = body.get("lineItems") or []
    ids = [it.get("id") for it in lines if isinstance(it, dict)] if isinstance(lines, list) else [None]
    if not all(isinstance(it, str) for it in ids):
        raise RefusalError(FOREIGN_LINE, "lineItems must be a list of ids", "lineItems")
    return tuple(map(str, ids))


def _carriers(_call: Call, _state: State) -> Answer:
    return Answer(wire.carriers(CARRIERS))


def _tracking(call: Call, state: State) -> Answer:
    carrier, waybills = call.path["carrierId"], call.many("waybill")
    known_carrier(carrier)
    if not 0 < len(waybills) <= MOST_WAYBILLS:
        raise RefusalError(TOO_MANY_WAYBILLS, f"waybill must be given 1 to {MOST_WAYBILLS} times", "waybill")
    handling = state.handling
    found = [(one, handling.parcels.history(carrier, one, handling.returns)) for one in waybills]
    return Answer(wire.tracking(carrier, found))


RESOURCES = (
    Resource("GET", "/order/checkout-forms/{id}/shipments", _shipments, SCOPE),
    Resource("POST", "/order/checkout-forms/{id}/shipments", _add, WRITE, reads_json=True),
    Resource("GET", "/order/carriers", _carriers, ""),
    Resource("GET", "/order/carriers/{carrierId}/tracking", _tracking, ""),
)
