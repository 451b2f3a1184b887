"""Parcel numbers of orders, the carriers that Allegro knows, and where parcels are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import msgspec

from api.allegro.call import Call, Media, Scope, segment
from api.allegro.changes import change
from api.allegro.errors import ShipmentNotTaken, ShipmentRefused, TrackingNotTaken, WaybillOverused
from api.allegro.payloads import shipments as payloads
from api.allegro.payloads.reading import decode
from api.allegro.values import line, moment, word, words
from api.domain import OTHER_CARRIER, Carrier, Shipment, Tracking, TrackingCode, TrackingStep

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from api.allegro.client import Allegro

MAX_WAYBILL: Final = 64
"""Characters of a parcel number that Allegro takes."""
MAX_CARRIER_NAME: Final = 30
"""Characters of the name of a carrier that is OTHER."""
TRACKED_AT_ONCE: Final = 20
"""Parcel numbers that Allegro takes in one question."""

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


class ShipmentsResource:
    """`…/shipments` of an order and `/order/carriers`, in public.v1. Allegro allows 50 calls a second."""

    def __init__(self, allegro: Allegro) -> None:
        self._allegro = allegro

    async def shipments(self, order_id: str) -> tuple[Shipment, ...]:
        """The parcel numbers of an order, also those that were added on Allegro's pages or by a carrier."""
        call = Call("GET", _path(order_id), Media.PUBLIC, Scope.ORDERS_READ)
        return await self._allegro.request(call, _shipments)

    async def add(
        self,
        order_id: str,
        carrier: str,
        waybill: str,
        *,
        carrier_name: str = "",
        lines: Sequence[str] = (),
    ) -> Shipment:
        """Add a parcel number to an order; the buyer hears of it from Allegro.

        `carrier` is an id of `carriers`; OTHER needs a `carrier_name` of up to 30 characters, which all
        others do without. White space inside the number is taken out. `lines` are ids of the order's lines
        that are in the parcel, none of them for all.

        Raises ShipmentRefused before anything is sent, ShipmentNotTaken, WaybillOverused, Unprocessable
        for a line of another order, ChangeUnknown when it may have been added. It is never repeated.
        """
        body = _new(carrier, waybill, carrier_name, lines)
        call = Call(
            "POST",
            _path(order_id),
            Media.PUBLIC,
            Scope.ORDERS_WRITE,
            body=msgspec.json.encode(body),
            once=True,
            meanings=((400, ShipmentNotTaken), (409, WaybillOverused)),
        )
        return await change(self._allegro, call, _shipment, "the order's parcels")

    async def carriers(self) -> tuple[Carrier, ...]:
        """Who can be named as carrier. The list changes rarely: ask once a day at the most."""
        call = Call("GET", "/order/carriers", Media.PUBLIC, Scope.ORDERS_READ, collection=True)
        return await self._allegro.request(call, _carriers)

    async def tracking(self, carrier: str, waybills: Iterable[str]) -> tuple[Tracking, ...]:
        """Where the parcels of one carrier are: one for each number, in the order of `waybills`.

        Asks for twenty at a time. A number that Allegro leaves out comes without steps. Raises
        TrackingNotTaken for a carrier that Allegro does not know.
        """
        wanted = tuple(dict.fromkeys(filter(None, map(compact, waybills))))
        found: dict[str, Tracking] = {}
        for start in range(0, len(wanted), TRACKED_AT_ONCE):
            call = Call(
                "GET",
                f"/order/carriers/{segment(carrier)}/tracking",
                Media.PUBLIC,
                Scope.ORDERS_READ,
                params=tuple(("waybill", number) for number in wanted[start : start + TRACKED_AT_ONCE]),
                meanings=((400, TrackingNotTaken),),
            )
            parcels = await self._allegro.request(call, lambda body: _tracked(body, carrier))
            found.update((parcel.waybill, parcel) for parcel in parcels)
        return tuple(found.get(number, Tracking(carrier, number, (), None)) for number in wanted)


def compact(waybill: str) -> str:
    """A parcel number without the spaces that labels and pages put into it."""
    return "".join(waybill.split())


def _path(order_id: str) -> str:
    return f"/order/checkout-forms/{segment(order_id)}/shipments"


def _new(carrier: str, waybill: str, carrier_name: str, lines: Sequence[str]) -> dict[str, object]:
    """The body of a new shipment. Raises ShipmentRefused."""
    number, name = compact(waybill), carrier_name.strip()
    if not number:
        raise ShipmentRefused("the parcel number is empty: copy it from the label")
    if len(number) > MAX_WAYBILL or not number.isprintable():
        raise ShipmentRefused(
            f"a parcel number has up to {MAX_WAYBILL} visible characters, this one {len(number)}: "
            "copy it from the label"
        )
    if not carrier:
        raise ShipmentRefused("no carrier: name one of `carriers`, or OTHER with the carrier's name")
    body: dict[str, object] = {"carrierId": carrier, "waybill": number}
    if carrier == OTHER_CARRIER:
        if not 0 < len(name) <= MAX_CARRIER_NAME:
            raise ShipmentRefused(
                f"the carrier OTHER needs a name of up to {MAX_CARRIER_NAME} characters, found {len(name)}"
            )
        body["carrierName"] = name
    if lines:
        body["lineItems"] = [{"id": item} for item in lines]
    return body


def _shipments(body: bytes) -> tuple[Shipment, ...]:
    found = decode(body, payloads.shipments_decoder, payloads.Shipments)
    return tuple(_translated(payload) for payload in found.shipments or ())


def _shipment(body: bytes) -> Shipment:
    return _translated(decode(body, payloads.shipment_decoder, payloads.Shipment))


def _translated(payload: payloads.Shipment) -> Shipment:
    return Shipment(
        id=word(payload.id),
        waybill=line(payload.waybill),
        carrier=word(payload.carrierId),
        carrier_name=line(payload.carrierName),
        lines=words(item.id for item in payload.lineItems or ()),
        created_at=moment(payload.createdAt),
    )


def _carriers(body: bytes) -> tuple[Carrier, ...]:
    found = decode(body, payloads.carriers_decoder, payloads.Carriers)
    return tuple(
        Carrier(word(carrier.id), line(carrier.name) or word(carrier.id)) for carrier in found.carriers or ()
    )


def _tracked(body: bytes, carrier: str) -> tuple[Tracking, ...]:
    found = decode(body, payloads.tracked_decoder, payloads.Tracked)
    return tuple(_history(history, carrier) for history in found.waybills or ())


def _history(payload: payloads.History, carrier: str) -> Tracking:
    """Steps in the order in which they happened; those without a time come last, as they came."""
    details = payload.trackingDetails
    steps = [
        TrackingStep(
            code=TrackingCode.parse(step.code),
            code_word=word(step.code),
            occurred_at=moment(step.occurredAt),
            description=line(step.description),
        )
        for step in (details.statuses if details else None) or ()
    ]
    return Tracking(
        carrier=carrier,
        waybill=line(payload.waybill),
        steps=tuple(sorted(steps, key=lambda step: step.occurred_at or _NEVER)),
        updated_at=moment(details.updatedAt) if details else None,
    )
