"""An order: what was bought, by whom, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from api.domain.openset import OpenSet


class OrderStatus(OpenSet):
    """Where the purchase is; before READY_FOR_PROCESSING its data may still change."""

    BOUGHT = "BOUGHT"
    FILLED_IN = "FILLED_IN"
    READY_FOR_PROCESSING = "READY_FOR_PROCESSING"
    CANCELLED = "CANCELLED"
    OTHER = "OTHER"


class FulfilmentStatus(OpenSet):
    """How far the seller is."""

    NEW = "NEW"
    PROCESSING = "PROCESSING"
    READY_FOR_SHIPMENT = "READY_FOR_SHIPMENT"
    READY_FOR_PICKUP = "READY_FOR_PICKUP"
    SENT = "SENT"
    PICKED_UP = "PICKED_UP"
    CANCELLED = "CANCELLED"
    SUSPENDED = "SUSPENDED"
    RETURNED = "RETURNED"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where a person or a company is; empty strings where Allegro tells nothing."""

    name: str
    company: str
    street: str
    zip_code: str
    city: str
    country: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PickupPoint:
    id: str
    name: str
    address: PostalAddress | None


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who bought; `email` is Allegro's masked address, `language` a BCP-47 code or empty."""

    id: str
    login: str
    name: str
    company: str
    email: str
    phone: str
    guest: bool
    language: str


@dataclass(frozen=True, slots=True)
class LineItem:
    """One line; `price` is what one piece costs, `external_id` the seller's own number (SKU) or empty."""

    id: str
    offer_id: str
    name: str
    external_id: str
    quantity: int
    price: Money
    bought_at: datetime | None


@dataclass(frozen=True, slots=True)
class Payment:
    """How the buyer pays; `type` and `provider` in Allegro's words, `finished_at` None while unpaid."""

    type: str
    provider: str
    paid: Money | None
    finished_at: datetime | None

    @property
    def on_delivery(self) -> bool:
        return self.type == "CASH_ON_DELIVERY"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the parcel goes. `dispatch_to` is the moment by which it must leave."""

    method: str
    address: PostalAddress | None
    pickup_point: PickupPoint | None
    cost: Money | None
    smart: bool
    dispatch_from: datetime | None
    dispatch_to: datetime | None
    deliver_from: datetime | None
    deliver_to: datetime | None


@dataclass(frozen=True, slots=True)
class Invoice:
    """Whether the buyer wants an invoice, and for whom; `tax_id` as the buyer gave it."""

    required: bool
    address: PostalAddress | None
    tax_id: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order as `GET /order/checkout-forms/{id}` tells it, with texts safe for a terminal.

    `status_word` and `fulfilment_word` are Allegro's own words, for values that are not known here yet.
    `message_to_seller` is what the buyer wrote at the checkout, `note` the seller's own note on Allegro.
    """

    id: str
    status: OrderStatus
    status_word: str
    fulfilment: FulfilmentStatus
    fulfilment_word: str
    lines_sent: str
    marketplace: str
    buyer: Buyer
    items: tuple[LineItem, ...]
    total: Money | None
    payment: Payment | None
    delivery: Delivery | None
    invoice: Invoice | None
    message_to_seller: str
    note: str
    updated_at: datetime | None
    revision: str

    @property
    def paid(self) -> bool:
        """Whether the money is there (cash on delivery counts as not yet)."""
        return self.payment is not None and self.payment.finished_at is not None
