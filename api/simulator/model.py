"""What the pretend Allegro knows: accounts, offers, orders, threads, messages.

Times are aware and in UTC; texts are as a person wrote them (the entities come in `wire`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.simulator.model_handling import Told  # noqa: TC004  it imports this module
    from api.simulator.model_issues import Voices  # noqa: TC004  it imports this module


@dataclass(frozen=True, slots=True)
class Account:
    """The seller whose tokens the simulator knows."""

    id: str
    login: str
    first_name: str
    last_name: str
    email: str
    company: str
    tax_id: str


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str = "PLN"


@dataclass(frozen=True, slots=True)
class Address:
    first_name: str
    last_name: str
    street: str
    zip_code: str
    city: str
    country: str = "PL"
    company: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who bought; `login` of a guest looks like `Client:124843816`."""

    id: str
    login: str
    email: str
    language: str
    guest: bool
    address: Address


@dataclass(frozen=True, slots=True)
class Offer:
    id: str
    name: str
    sku: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an order; `price` is for one piece, `original` the same without its `discounts`.

    `services` are names of what comes along free of charge, `tax_rate` is what the offer says ("23.00").
    """

    id: str
    offer: Offer
    quantity: int
    price: Money
    original: Money | None = None
    discounts: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    tax_rate: str | None = None


@dataclass(frozen=True, slots=True)
class PickupPoint:
    id: str
    name: str
    description: str
    street: str
    zip_code: str
    city: str
    country: str = "PL"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the parcel goes; the times are None before the purchase is ready."""

    method_id: str
    method: str
    cost: Money
    smart: bool
    address: Address | None
    point: PickupPoint | None
    dispatch_by: datetime | None
    cancelled_at: datetime | None = None
    address_changed_at: datetime | None = None
    packages: int = 1


@dataclass(frozen=True, slots=True)
class Payment:
    id: str
    type: str
    provider: str
    finished_at: datetime | None
    paid: Money | None
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invoice:
    """`required` is the buyer's tick at the checkout; `company` None means a private person."""

    required: bool
    address: Address | None = None
    company: str | None = None
    tax_id_type: str = "PL_NIP"
    tax_id: str = ""
    due: str | None = None
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    id: str
    buyer: Buyer
    status: str
    fulfilment: str
    lines_sent: str
    marketplace: str
    items: tuple[Item, ...]
    bought_at: datetime
    updated_at: datetime
    revision: str
    payment: Payment | None
    delivery: Delivery | None
    invoice: Invoice
    message_to_seller: str | None = None
    note: str | None = None
    surcharges: tuple[Payment, ...] = ()

    @property
    def total(self) -> Money:
        """What the buyer pays: the lines and the delivery."""
        lines = sum((item.price.amount * item.quantity for item in self.items), Decimal(0))
        cost = self.delivery.cost.amount if self.delivery else Decimal(0)
        return Money(lines + cost, self.items[0].price.currency)


@dataclass(frozen=True, slots=True)
class Person:
    """An author or a participant: a role and, unless Allegro itself speaks, a login."""

    role: str
    login: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    id: str
    file_name: str
    mime_type: str
    status: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `number` grows with every message of the simulator and breaks ties of `created_at`."""

    id: str
    thread: str
    number: int
    author: Person
    status: str
    type: str
    created_at: datetime
    text: str
    subject: str | None = None
    order: str | None = None
    offer: str | None = None
    attachments: tuple[Attachment, ...] = ()
    more_attachments: bool = False
    vin: str | None = None

    @property
    def place(self) -> tuple[datetime, int]:
        """Where the message stands in its thread."""
        return self.created_at, self.number


@dataclass(slots=True)
class Thread:
    """A conversation; it changes, so `State` alone writes to it. `messages` are oldest first.

    `orders` are only told by the wire in a POST_PURCHASE_ISSUE. `last_at` is a place that the thread keeps
    although the message that brought it there is gone.
    """

    id: str
    type: str
    status: str
    participants: tuple[Person, ...]
    messages: list[Message]
    read: bool = False
    sub_type: str | None = None
    orders: tuple[str, ...] = ()
    last_at: tuple[datetime, int] | None = None

    @property
    def created_at(self) -> datetime:
        return self.messages[0].created_at if self.messages else self.place[0]

    @property
    def place(self) -> tuple[datetime, int]:
        """Where the thread stands in the list: by its newest message, the later written one first."""
        places = [it.place for it in self.messages[-1:]]
        if self.last_at is not None:
            places.append(self.last_at)
        return max(places)


@dataclass(frozen=True, slots=True)
class World:
    """Everything there is when the simulator starts."""

    account: Account
    threads: tuple[Thread, ...]
    orders: tuple[Order, ...]
    told: Told | None = None
    voices: Voices | None = None
    find: Callable[[str], Thread | None] = lambda _id: None
    """The generated thread that a message of this id belongs to; it may not be told yet."""
