"""What hangs on an order: parcels, invoices, links, returns, and the events of its life.

Times are aware and in UTC, as in `model`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.simulator.model import Money


@dataclass(frozen=True, slots=True)
class Shipment:
    """A parcel number; `reached` is the last tracking code that it will get (None: it arrives)."""

    id: str
    order: str
    waybill: str
    carrier: str
    carrier_name: str | None
    lines: tuple[str, ...]
    created_at: datetime
    reached: str | None = None


@dataclass(frozen=True, slots=True)
class TrackingStep:
    occurred_at: datetime
    code: str
    description: str


@dataclass(frozen=True, slots=True)
class OrderInvoice:
    """An invoice; the fields of the file are None until it is uploaded.

    `due` is when the antivirus is through with it, on the monotonic clock; None for one that it has read.
    """

    id: str
    order: str
    number: str | None
    file_name: str
    created_at: datetime
    uploaded_at: datetime | None = None
    scan: str | None = None
    scanned_at: datetime | None = None
    due: float | None = None


@dataclass(frozen=True, slots=True)
class DocumentLink:
    id: str
    order: str
    url: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ReturnedItem:
    offer: str
    name: str
    quantity: int
    price: Money
    reason: str
    comment: str


@dataclass(frozen=True, slots=True)
class ReturnParcel:
    """A parcel on its way back; the live service leaves some without a number."""

    created_at: datetime
    carrier: str
    waybill: str | None
    phone: str


@dataclass(frozen=True, slots=True)
class Rejection:
    code: str
    reason: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CustomerReturn:
    id: str
    order: str
    reference: str
    created_at: datetime
    buyer: str
    marketplace: str
    status: str
    items: tuple[ReturnedItem, ...]
    parcels: tuple[ReturnParcel, ...]
    rejection: Rejection | None = None


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """One event; `id` is a time in microseconds, so that ids grow with time."""

    id: int
    type: str
    occurred_at: datetime
    order: str
    revision: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the seed tells of orders beyond the orders themselves, oldest first."""

    shipments: tuple[Shipment, ...] = ()
    invoices: tuple[OrderInvoice, ...] = ()
    links: tuple[DocumentLink, ...] = ()
    returns: tuple[CustomerReturn, ...] = ()
