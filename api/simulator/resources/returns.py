"""/order/customer-returns in beta.v1: oldest first, which is our own choice, as none is documented.

An unknown `from` is 400; a `status` that is not known finds nothing, as the set is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.simulator import wire_handling as wire
from api.simulator.call import BETA, Answer, Call, Resource
from api.simulator.refusal import BAD_REQUEST, RefusalError
from api.simulator.resources.orders import SCOPE, moment_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from api.simulator.model_handling import CustomerReturn
    from api.simulator.state import State

LIMIT = 100
MOST = 1_000

_FILTERS: dict[str, Callable[[CustomerReturn], Collection[str | None]]] = {
    "customerReturnId": lambda it: {it.id},
    "orderId": lambda it: {it.order},
    "buyer.email": lambda _: (),
    "buyer.login": lambda it: {it.buyer},
    "items.offerId": lambda it: {item.offer for item in it.items},
    "items.name": lambda it: {item.name for item in it.items},
    "parcels.waybill": lambda it: {parcel.waybill for parcel in it.parcels},
    "parcels.transportingWaybill": lambda _: (),
    "parcels.carrierId": lambda it: {parcel.carrier for parcel in it.parcels},
    "parcels.transportingCarrierId": lambda _: (),
    "parcels.sender.phoneNumber": lambda it: {parcel.phone for parcel in it.parcels},
    "referenceNumber": lambda it: {it.reference},
    "marketplaceId": lambda it: {it.marketplace},
    "status": lambda it: {it.status},
}


def _returns(call: Call, state: State) -> Answer:
    """What `from` names and all before it is left out; the rest is counted, `offset` and `limit` cut it."""
    limit = call.number("limit", low=1, high=MOST, default=LIMIT)
    offset = call.number("offset", low=0, high=None, default=0)
    low, high = moment_of(call, "createdAt.gte"), moment_of(call, "createdAt.lte")
    found = [
        it
        for it in _after(call.one("from"), state.handling.returns)
        if all(
            not call.many(name) or set(call.many(name)) & set(values(it)) for name, values in _FILTERS.items()
        )
        and (low is None or it.created_at >= low)
        and (high is None or it.created_at <= high)
    ]
    return Answer(wire.customer_returns(found[offset : offset + limit], len(found)))


def _after(last_seen: str | None, returns: tuple[CustomerReturn, ...]) -> tuple[CustomerReturn, ...]:
    if last_seen is None:
        return returns
    for place, one in enumerate(returns):
        if one.id == last_seen:
            return returns[place + 1 :]
    raise RefusalError(BAD_REQUEST, f"from: there is no customer return {last_seen}", "from")


def _return(call: Call, state: State) -> Answer:
    return Answer(wire.customer_return(state.handling.customer_return(call.path["customerReturnId"])))


RESOURCES = (
    Resource("GET", "/order/customer-returns", _returns, SCOPE, BETA),
    Resource("GET", "/order/customer-returns/{customerReturnId}", _return, SCOPE, BETA),
)
