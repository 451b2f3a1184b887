"""Parcels of an order, carriers and tracking (CheckoutFormOrderWaybillResponse and others)."""
# ruff: noqa: N815  the fields are called as on the wire

import msgspec

from api.allegro.payloads.orders import Named


class Shipment(msgspec.Struct):
    id: str | None = None
    waybill: str | None = None
    carrierId: str | None = None
    carrierName: str | None = None
    lineItems: list[Named] | None = None
    createdAt: str | None = None


class Shipments(msgspec.Struct):
    shipments: list[Shipment] | None = None


class Carrier(msgspec.Struct):
    id: str
    name: str | None = None


class Carriers(msgspec.Struct):
    carriers: list[Carrier] | None = None


class Step(msgspec.Struct):
    occurredAt: str | None = None
    code: str | None = None
    description: str | None = None


class Details(msgspec.Struct):
    statuses: list[Step] | None = None
    createdAt: str | None = None
    updatedAt: str | None = None


class History(msgspec.Struct):
    waybill: str
    trackingDetails: Details | None = None


class Tracked(msgspec.Struct):
    carrierId: str | None = None
    waybills: list[History] | None = None


shipment_decoder = msgspec.json.Decoder(Shipment)
shipments_decoder = msgspec.json.Decoder(Shipments)
carriers_decoder = msgspec.json.Decoder(Carriers)
tracked_decoder = msgspec.json.Decoder(Tracked)
