"""What left for the buyer: parcels of an order, who carries them, and where they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.domain.openset import OpenSet

OTHER_CARRIER = "OTHER"
"""The carrier id for everybody whom Allegro does not know; the carrier's name goes with it."""


class TrackingCode(OpenSet):
    """Where a parcel is, as its carrier reported it to Allegro."""

    PENDING = "PENDING"
    IN_TRANSIT = "IN_TRANSIT"
    RELEASED_FOR_DELIVERY = "RELEASED_FOR_DELIVERY"
    AVAILABLE_FOR_PICKUP = "AVAILABLE_FOR_PICKUP"
    NOTICE_LEFT = "NOTICE_LEFT"
    ISSUE = "ISSUE"
    DELIVERED = "DELIVERED"
    RETURNED = "RETURNED"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who carries parcels; `name` is the id where Allegro gives no name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Shipment:
    """One parcel number of an order; `lines` are ids of its lines, none of them named means all of them."""

    id: str
    waybill: str
    carrier: str
    carrier_name: str
    lines: tuple[str, ...]
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class TrackingStep:
    """One report; `code_word` is Allegro's own word, for codes that are not known here yet."""

    code: TrackingCode
    code_word: str
    occurred_at: datetime | None
    description: str


@dataclass(frozen=True, slots=True)
class Tracking:
    """What is known of one parcel, oldest report first; no steps where Allegro knows nothing of it."""

    carrier: str
    waybill: str
    steps: tuple[TrackingStep, ...]
    updated_at: datetime | None

    @property
    def latest(self) -> TrackingStep | None:
        """The last report."""
        return self.steps[-1] if self.steps else None
