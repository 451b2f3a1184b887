"""`/order/events` and `/order/event-stats` (OrderEventsList, OrderEventStats)."""
# ruff: noqa: N815  the fields are called as on the wire

from datetime import datetime

import msgspec

from api.allegro.payloads.orders import Named, Offer, Price


class Buyer(msgspec.Struct):
    login: str | None = None


class Line(msgspec.Struct):
    id: str | None = None
    offer: Offer | None = None
    quantity: int | float | str | None = None
    price: Price | None = None


class Form(msgspec.Struct):
    id: str | None = None
    revision: str | int | None = None


class Data(msgspec.Struct):
    buyer: Buyer | None = None
    lineItems: list[Line] | None = None
    checkoutForm: Form | None = None
    marketplace: Named | None = None


class Event(msgspec.Struct):
    id: str | int
    occurredAt: datetime
    type: str | None = None
    order: Data | None = None


class Events(msgspec.Struct):
    events: list[Event]


class Latest(msgspec.Struct):
    id: str | int
    occurredAt: datetime


class Stats(msgspec.Struct):
    latestEvent: Latest | None = None


events_decoder = msgspec.json.Decoder(Events)
stats_decoder = msgspec.json.Decoder(Stats)
