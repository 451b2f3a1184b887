"""Values of the domain with everything filled in that a test does not speak about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from api.domain import (
    Account,
    Author,
    Buyer,
    Channel,
    Delivery,
    FulfilmentStatus,
    Invoice,
    Message,
    MessageState,
    Money,
    Order,
    OrderStatus,
    Payment,
    Role,
    Thread,
    ThreadOrder,
    ThreadStatus,
    ThreadType,
)

NOW = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
"""The frozen clock of the tests."""

ME = Account("1", "Sklep_Ani", "allegro-pl")

BUYER = Author(Role.USER, "kupujacy_1", mine=False)
SELLER = Author(Role.USER, "Sklep_Ani", mine=True)


def ago(**parts: float) -> datetime:
    """So long before now."""
    return NOW - timedelta(**parts)


def message(
    author: Author,
    at: datetime = NOW,
    *,
    id: str = "",  # noqa: A002  the field's name
    text: str = "dzień dobry",
    order: str = "",
    offer: str = "",
    state: MessageState = MessageState.DELIVERED,
    channel: Channel = Channel.MESSAGE_CENTER,
    thread: str = "t1",
) -> Message:
    return Message(
        id=id or f"{author.login}-{at.isoformat()}",
        thread=thread,
        author=author,
        state=state,
        state_word=state.value,
        channel=channel,
        created_at=at,
        text=text,
        order=order,
        offer=offer,
    )


def thread(
    id: str = "t1",  # noqa: A002  the field's name
    *,
    type: ThreadType = ThreadType.COMMON,  # noqa: A002  the field's name
    status: ThreadStatus = ThreadStatus.OPEN,
    read: bool = False,
    last: datetime = NOW,
    orders: tuple[str, ...] = (),
) -> Thread:
    return Thread(
        id=id,
        type=type,
        status=status,
        read=read,
        created_at=ago(days=100),
        last_message_at=last,
        participants=(),
        buyer="kupujacy_1",
        orders=tuple(ThreadOrder(order) for order in orders),
    )


def order(
    *,
    method: str | None = "Allegro Paczkomaty InPost",
    invoice: bool | None = False,
    paid: bool = True,
    marketplace: str = "allegro-pl",
) -> Order:
    """An order; `method` and `invoice` are None where Allegro tells nothing about them."""
    delivery = method and Delivery(method, None, None, None, False, None, None, None, None)
    return Order(
        id="o1",
        status=OrderStatus.READY_FOR_PROCESSING,
        status_word="READY_FOR_PROCESSING",
        fulfilment=FulfilmentStatus.NEW,
        fulfilment_word="NEW",
        lines_sent="NONE",
        marketplace=marketplace,
        buyer=Buyer("2", "kupujacy_1", "Jan", "", "", "", False, "pl-PL"),
        items=(),
        total=Money(Decimal("49.99"), "PLN"),
        payment=Payment("ONLINE", "PAYU", None, NOW if paid else None),
        delivery=delivery or None,
        invoice=None if invoice is None else Invoice(invoice, None, ""),
        message_to_seller="",
        note="",
        updated_at=None,
        revision="",
    )
