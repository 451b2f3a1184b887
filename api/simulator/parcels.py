"""Parcel numbers of orders, and where the parcels are.

Every order that was sent has one: told by the seed, or derived from how it is delivered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from api import clock
from api.simulator.ids import number_of, uuid_of
from api.simulator.model_handling import Shipment, TrackingStep
from api.simulator.refusal import RefusalError
from api.simulator.refusals_orders import (
    CARRIER_NAME_INVALID,
    FOREIGN_LINE,
    UNKNOWN_CARRIER,
    WAYBILL_INVALID,
    WAYBILL_OVERUSED,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from api.simulator.model import Order
    from api.simulator.model_handling import CustomerReturn, Told

# The first, Poczta Polska, DHL, YunExpress and OTHER are in Allegro's examples; the rest are of the kind.
CARRIERS: Final = {
    "ALLEGRO": "Allegro",
    "DHL": "DHL",
    "DPD": "DPD",
    "FEDEX": "FedEx",
    "GLS": "GLS",
    "INPOST": "InPost",
    "ORLEN": "ORLEN Paczka",
    "PACKETA": "Packeta",
    "POCZTA_POLSKA": "Poczta Polska",
    "UPS": "UPS",
    "YUN_EXPRESS": "Yun Express",
    "OTHER": None,
}
MAX_ORDERS: Final = 10
"""Orders that one parcel number may be in; Allegro has such a bound and does not tell it."""

MAX_WAYBILL = 64
MAX_NAME = 30

_WAYBILL = re.compile(r"[\w/.-]+")
_BY_METHOD = {
    "InPost": ("INPOST", 24),
    "DPD": ("DPD", 14),
    "ORLEN": ("ORLEN", 13),
    "One Box": ("ALLEGRO", 13),
    "Zásilkovna": ("PACKETA", 10),
    "Packeta": ("PACKETA", 10),
    "FOXPOST": ("OTHER", 12),
}
_FOREIGN_NAME = "FOXPOST"
_FIRST = (
    (timedelta(0), "PENDING", "Przesyłka przygotowana przez nadawcę"),
    (timedelta(hours=5), "IN_TRANSIT", "Przesyłka przyjęta w oddziale"),
)
_TO_A_POINT = (
    (timedelta(hours=29), "AVAILABLE_FOR_PICKUP", "Przesyłka czeka na odbiór"),
    (timedelta(hours=37), "DELIVERED", "Przesyłka odebrana"),
)
_TO_A_DOOR = (
    (timedelta(hours=28), "RELEASED_FOR_DELIVERY", "Przesyłka wydana kurierowi"),
    (timedelta(hours=33), "DELIVERED", "Przesyłka doręczona"),
)


@dataclass(frozen=True, slots=True)
class _Travel:
    """A parcel somewhere on its way, forth or back."""

    carrier: str
    waybill: str
    left_at: datetime
    to_a_point: bool
    reached: str | None


class Parcels:
    """All parcel numbers; `orders` is the state's own table and changes under it."""

    def __init__(self, orders: Mapping[str, Order], told: Told) -> None:
        self._orders = orders
        self._told = told

    @cached_property
    def _by_order(self) -> dict[str, list[Shipment]]:
        """Worked out when first asked for: most runs with ten thousand orders never ask."""
        found: dict[str, list[Shipment]] = {}
        for shipment in self._told.shipments:
            found.setdefault(shipment.order, []).append(shipment)
        for order in self._orders.values():
            derived = None if order.id in found else _derived(order)
            if derived is not None:
                found[order.id] = [derived]
        return found

    def of(self, order: Order) -> tuple[Shipment, ...]:
        """The parcel numbers of an order, oldest first."""
        return tuple(self._by_order.get(order.id, ()))

    def add(
        self, order: Order, carrier: str, waybill: str, carrier_name: str | None, lines: tuple[str, ...]
    ) -> Shipment:
        """Raises RefusalError: 400 for what is wrong by itself, 409 overused, 422 a line of another order."""
        known_carrier(carrier)
        if not waybill or len(waybill) > MAX_WAYBILL or not _WAYBILL.fullmatch(waybill):
            raise RefusalError(WAYBILL_INVALID, "Invalid tracking number structure", "waybill")
        if carrier == "OTHER" and not 0 < len(carrier_name or "") <= MAX_NAME:
            raise RefusalError(
                CARRIER_NAME_INVALID, f"carrierName must have 1 to {MAX_NAME} characters", "carrierName"
            )
        own = tuple(item.id for item in order.items)
        if not set(lines) <= set(own):
            raise RefusalError(FOREIGN_LINE, "A line item does not belong to the order", "lineItems")
        holders = {one.order for one in self._all() if (one.carrier, one.waybill) == (carrier, waybill)}
        if len(holders - {order.id}) >= MAX_ORDERS:
            raise RefusalError(WAYBILL_OVERUSED, "Maximum waybill usage exceeded", "waybill")
        shipments = self._by_order.setdefault(order.id, [])
        shipment = Shipment(
            id=uuid_of("shipment", order.id, waybill, len(shipments)),
            order=order.id,
            waybill=waybill,
            carrier=carrier,
            carrier_name=carrier_name if carrier == "OTHER" else None,
            lines=lines or own,
            created_at=clock.now(),
        )
        shipments.append(shipment)
        return shipment

    def lines_sent(self, order: Order) -> str:
        """NONE, SOME or ALL: how many lines of the order have a parcel number."""
        sent = {line for shipment in self.of(order) for line in shipment.lines}
        missing = {item.id for item in order.items} - sent
        return "ALL" if not missing else ("SOME" if sent else "NONE")

    def history(
        self, carrier: str, waybill: str, returns: tuple[CustomerReturn, ...]
    ) -> tuple[TrackingStep, ...] | None:
        """What happened to a parcel until now, oldest first; None for one that nobody sent."""
        travel = next(
            (it for it in self._travels(returns) if (it.carrier, it.waybill) == (carrier, waybill)), None
        )
        if travel is None:
            return None
        steps: list[TrackingStep] = []
        for after, code, words in (*_FIRST, *(_TO_A_POINT if travel.to_a_point else _TO_A_DOOR)):
            occurred_at = travel.left_at + after
            if steps and occurred_at > clock.now():
                break
            steps.append(TrackingStep(occurred_at, code, words))
            if code == travel.reached:
                break
        return tuple(steps)

    def _travels(self, returns: tuple[CustomerReturn, ...]) -> Iterator[_Travel]:
        for one in self._all():
            delivery = self._orders[one.order].delivery
            point = delivery is not None and delivery.point is not None
            yield _Travel(one.carrier, one.waybill, one.created_at, point, one.reached)
        for parcel in (parcel for one in returns for parcel in one.parcels):
            if parcel.waybill is not None:
                yield _Travel(parcel.carrier, parcel.waybill, parcel.created_at, False, None)

    def _all(self) -> Iterator[Shipment]:
        return (shipment for shipments in self._by_order.values() for shipment in shipments)


def known_carrier(carrier: str) -> None:
    """Raises RefusalError (400)."""
    if carrier not in CARRIERS:
        raise RefusalError(UNKNOWN_CARRIER, f"Unknown carrier {carrier}", "carrierId")


def carrier_of(method: str, *names: object) -> tuple[str, str] | None:
    """Carrier and parcel number of something that goes by this method; None for what is fetched."""
    for name, (carrier, digits) in _BY_METHOD.items():
        if name in method:
            return carrier, number_of("waybill", *names, digits=digits)
    return None


def _derived(order: Order) -> Shipment | None:
    if order.lines_sent != "ALL" or order.delivery is None:
        return None
    found = carrier_of(order.delivery.method, order.id)
    if found is None:
        return None
    carrier, waybill = found
    return Shipment(
        id=uuid_of("shipment", order.id),
        order=order.id,
        waybill=waybill,
        carrier=carrier,
        carrier_name=_FOREIGN_NAME if carrier == "OTHER" else None,
        lines=tuple(item.id for item in order.items),
        created_at=order.updated_at,
    )
