"""An order: what was bought, by whom, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from api.domain.openset import OpenSet

INVOICE_LIMIT: Final = 10
"""Invoices that an order may have, since 2025-08-14."""


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
    modified_at: datetime | None = None
    """When the buyer changed a delivery address after the purchase, else None."""


@dataclass(frozen=True, slots=True)
class PickupPoint:
    id: str
    name: str
    address: PostalAddress | None
    description: str = ""


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
class Service:
    """Something bought along with a line (wrapping as a gift); `price` is for one of `quantity`."""

    name: str
    price: Money | None
    quantity: int
    definition: str


@dataclass(frozen=True, slots=True)
class Voucher:
    """A voucher used for a line; `type` and `status` in Allegro's words."""

    type: str
    status: str
    code: str
    value: Money | None
    transaction: str


@dataclass(frozen=True, slots=True)
class Tax:
    """How the offer says it is taxed, in Allegro's words (`rate` "23.00"); empty where it says nothing."""

    rate: str
    subject: str
    exemption: str


@dataclass(frozen=True, slots=True)
class LineItem:
    """One line; `price` is what one piece costs, `external_id` the seller's own number (SKU) or empty.

    `original_price` is that of one piece before discounts, `deposit` what is charged for bottles and the
    like, `discounts` the kinds of discount in Allegro's words (BUNDLE, COUPON, ...).
    """

    id: str
    offer_id: str
    name: str
    external_id: str
    quantity: int
    price: Money
    bought_at: datetime | None
    original_price: Money | None = None
    deposit: Money | None = None
    discounts: tuple[str, ...] = ()
    services: tuple[Service, ...] = ()
    vouchers: tuple[Voucher, ...] = ()
    tax: Tax | None = None

    @property
    def discounted(self) -> bool:
        """Whether a piece costs less than it would without discounts."""
        return self.original_price is not None and self.price.amount < self.original_price.amount


@dataclass(frozen=True, slots=True)
class Payment:
    """How the buyer pays; `type` and `provider` in Allegro's words, `finished_at` None while unpaid.

    `features` are Allegro's words too (ALLEGRO_PAY), `reconciliation` what Allegro adds to the payment.
    """

    type: str
    provider: str
    paid: Money | None
    finished_at: datetime | None
    id: str = ""
    features: tuple[str, ...] = ()
    reconciliation: Money | None = None

    @property
    def on_delivery(self) -> bool:
        return self.type == "CASH_ON_DELIVERY"

    @property
    def deferred(self) -> bool:
        """Whether a company pays later (extended payment terms), which allows one invoice only."""
        return self.type == "EXTENDED_TERM"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the parcel goes. `dispatch_to` is the moment by which it must leave.

    `cancelled_at` is when the delivery was called off, `packages` how many parcels Allegro reckons with
    (None where it does not tell).
    """

    method: str
    address: PostalAddress | None
    pickup_point: PickupPoint | None
    cost: Money | None
    smart: bool
    dispatch_from: datetime | None
    dispatch_to: datetime | None
    deliver_from: datetime | None
    deliver_to: datetime | None
    method_id: str = ""
    cancelled_at: datetime | None = None
    packages: int | None = None


@dataclass(frozen=True, slots=True)
class CompanyId:
    """A number of a company; `type` in Allegro's words (PL_NIP, CZ_DIC, VAT_EU, ...)."""

    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """Whether the buyer wants an invoice, and for whom; `tax_id` is the first of `ids` as the buyer gave it.

    `vat_status` says in Allegro's word whether the company pays VAT (ACTIVE, NON_ACTIVE, NOT_APPLICABLE;
    empty for a person), `due` by when a deferred payment is due, `features` VAT_EU_VERIFIED and the like.
    """

    required: bool
    address: PostalAddress | None
    tax_id: str
    ids: tuple[CompanyId, ...] = ()
    vat_status: str = ""
    due: date | None = None
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """An order as `GET /order/checkout-forms/{id}` tells it, with texts safe for a terminal.

    `status_word` and `fulfilment_word` are Allegro's own words, for values that are not known here yet.
    `lines_sent` (NONE, SOME, ALL) says how many lines have a parcel number, `provider` who packs: SELLER,
    or ALLEGRO's warehouse. `surcharges` are payments that the buyer added later. `message_to_seller` is
    what the buyer wrote at the checkout, `note` the seller's own note on Allegro. `revision` names the
    state of the order that was seen; give it back with a change.
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
    surcharges: tuple[Payment, ...] = ()
    provider: str = ""

    @property
    def bought_at(self) -> datetime | None:
        """When the last of its lines was bought: what Allegro sorts orders by."""
        return max((item.bought_at for item in self.items if item.bought_at), default=None)

    @property
    def invoice_limit(self) -> int:
        """How many invoices Allegro takes for it (allegro/allegro-api#11996, #4614)."""
        return 1 if self.payment is not None and self.payment.deferred else INVOICE_LIMIT

    @property
    def paid(self) -> bool:
        """Whether the money is there (cash on delivery counts as not yet)."""
        return self.payment is not None and self.payment.finished_at is not None
