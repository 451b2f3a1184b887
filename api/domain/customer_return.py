"""What buyers send back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.domain.openset import OpenSet
from api.domain.order import Money


class ReturnStatus(OpenSet):
    """How far a return is. The state of the commission overwrites that of the parcel."""

    CREATED = "CREATED"
    DISPATCHED = "DISPATCHED"
    IN_TRANSIT = "IN_TRANSIT"
    DELIVERED = "DELIVERED"
    FINISHED = "FINISHED"
    FINISHED_APT = "FINISHED_APT"
    REJECTED = "REJECTED"
    COMMISSION_REFUND_CLAIMED = "COMMISSION_REFUND_CLAIMED"
    COMMISSION_REFUNDED = "COMMISSION_REFUNDED"
    WAREHOUSE_DELIVERED = "WAREHOUSE_DELIVERED"
    WAREHOUSE_VERIFICATION = "WAREHOUSE_VERIFICATION"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class ReturnedItem:
    """What comes back and why; `reason` in Allegro's word (MISTAKE, DAMAGED, ...), `comment` the buyer's."""

    offer_id: str
    name: str
    quantity: int
    price: Money | None
    reason: str
    comment: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ReturnParcel:
    """A parcel on its way back; `waybill` is empty for some. `transporting_*` name who really carries it."""

    waybill: str
    carrier: str
    created_at: datetime | None
    transporting_waybill: str = ""
    transporting_carrier: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why the seller refused to pay back; `code` in Allegro's word."""

    code: str
    reason: str
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class CustomerReturn:
    """A return; `status_word` is Allegro's own word, `warehouse` says that Allegro's One Fulfillment has it.

    The bank account that Allegro tells for some is left where it is.
    """

    id: str
    reference: str
    order: str
    created_at: datetime | None
    status: ReturnStatus
    status_word: str
    buyer: str
    buyer_email: str
    items: tuple[ReturnedItem, ...]
    parcels: tuple[ReturnParcel, ...]
    rejection: Rejection | None
    marketplace: str
    warehouse: bool = False
