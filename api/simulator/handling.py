"""What is done with orders after they are bought: states, parcels, papers, returns, events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from api import clock
from api.simulator.ids import uuid_of
from api.simulator.model_handling import Told
from api.simulator.order_events import OrderEvents
from api.simulator.papers import Papers
from api.simulator.parcels import Parcels
from api.simulator.refusal import RefusalError
from api.simulator.refusals_orders import RETURN_NOT_FOUND, REVISION_OUTDATED, STATUS_NOT_ALLOWED

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from api.simulator.model import Order
    from api.simulator.model_handling import CustomerReturn, Shipment
    from api.simulator.settings import SimulatorSettings

SETTABLE: Final = (
    "NEW",
    "PROCESSING",
    "READY_FOR_SHIPMENT",
    "READY_FOR_PICKUP",
    "SENT",
    "PICKED_UP",
    "CANCELLED",
    "SUSPENDED",
)


class Handling:
    """The changes, under the lock of the state, on the state's own table of orders."""

    def __init__(
        self,
        orders: dict[str, Order],
        told: Told | None,
        settings: SimulatorSettings,
        monotonic: Callable[[], float],
        lock: threading.RLock,
    ) -> None:
        known = told or Told()
        self._orders = orders
        self._lock = lock
        self._changes = 0
        self.parcels = Parcels(orders, known)
        self.papers = Papers(known, settings, monotonic)
        self.returns = known.returns
        self.events = OrderEvents(orders, settings.now)

    def customer_return(self, return_id: str) -> CustomerReturn:
        """Raises RefusalError (404)."""
        for one in self.returns:
            if one.id == return_id:
                return one
        raise RefusalError(RETURN_NOT_FOUND, f"Customer return {return_id} not found")

    def set_fulfilment(self, order: Order, status: object, revision: str | None) -> None:
        """Every change makes a new revision. Raises RefusalError: 422 no state to be set, 409 outdated."""
        if status not in SETTABLE:
            raise RefusalError(STATUS_NOT_ALLOWED, f"Status {status} is not allowed to be set", "status")
        if revision is not None and revision != order.revision:
            raise RefusalError(REVISION_OUTDATED, "Provided revision is outdated", "checkoutForm.revision")
        self._change(replace(order, fulfilment=str(status)), "FULFILLMENT_STATUS_CHANGED")

    def add_shipment(
        self, order: Order, carrier: str, waybill: str, carrier_name: str | None, lines: tuple[str, ...]
    ) -> Shipment:
        """The order's `lines_sent` and `updated_at` follow; its revision stays, as the purchase is the same.

        Raises RefusalError.
        """
        self.events.prepare()
        shipment = self.parcels.add(order, carrier, waybill, carrier_name, lines)
        self._orders[order.id] = replace(
            order, lines_sent=self.parcels.lines_sent(order), updated_at=clock.now()
        )
        return shipment

    def buyer_changes(self, order_id: str, note: str | None = None) -> Order:
        """Let the buyer change the purchase now (its message to the seller): for tests and the demo."""
        with self._lock:
            order = self._orders[order_id]
            message = order.message_to_seller if note is None else note
            return self._change(replace(order, message_to_seller=message), "BUYER_MODIFIED")

    def _change(self, changed: Order, kind: str) -> Order:
        self.events.prepare()
        self._changes += 1
        revision = uuid_of("revision", changed.id, changed.revision, self._changes)[:8]
        order = replace(changed, revision=revision, updated_at=clock.now())
        self._orders[order.id] = order
        self.events.happened(kind, order)
        return order
