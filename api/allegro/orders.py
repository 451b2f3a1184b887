"""Orders ("checkout forms") of the account: found, read, and moved on to the next state."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec

from api.allegro import translate_orders as translate
from api.allegro.call import Call, Media, Scope, segment
from api.allegro.changes import change
from api.allegro.errors import RevisionOutdated, StatusNotTaken, StatusRefused
from api.allegro.payloads import orders as payloads
from api.allegro.payloads.reading import decode
from api.domain import FulfilmentStatus, OrderStatus, Page

if TYPE_CHECKING:
    from api.allegro.client import Allegro
    from api.domain import Order

PAGE_SIZE: Final = 100
"""The most that Allegro gives at once, and its default."""

ENGLISH: Final = "en-US"
"""What changes to orders speak: Allegro's file knows no other language for them."""

_FORMS = "/order/checkout-forms"
_NEVER_SET = {FulfilmentStatus.RETURNED, FulfilmentStatus.OTHER}


class OrderSort(StrEnum):
    """In which order orders come; Allegro's own order is LATEST_BOUGHT."""

    FIRST_BOUGHT = "lineItems.boughtAt"
    LATEST_BOUGHT = "-lineItems.boughtAt"
    FIRST_UPDATED = "updatedAt"
    LATEST_UPDATED = "-updatedAt"


class OrdersResource:
    """`/order/checkout-forms` in public.v1."""

    def __init__(self, allegro: Allegro) -> None:
        self._allegro = allegro

    async def order(self, order_id: str) -> Order:
        """One order. NotFound may mean that it belongs to another account."""
        path = f"{_FORMS}/{segment(order_id)}"
        return await self._allegro.request(Call("GET", path, Media.PUBLIC, Scope.ORDERS_READ), _order)

    async def orders(
        self,
        offset: int = 0,
        limit: int = PAGE_SIZE,
        buyer: str | None = None,
        *,
        status: OrderStatus | None = None,
        fulfilment: FulfilmentStatus | None = None,
        lines_sent: str | None = None,
        bought_from: datetime | None = None,
        bought_to: datetime | None = None,
        updated_from: datetime | None = None,
        updated_to: datetime | None = None,
        marketplace: str | None = None,
        payment: str | None = None,
        sort: OrderSort | None = None,
    ) -> Page[Order]:
        """Orders, the latest bought first unless `sort` says otherwise; `Page.next` is the next offset.

        `limit` is 1 to 100. `buyer` is a login; whether its case matters is not documented. `lines_sent`
        is NONE, SOME or ALL: which lines have a parcel number. The bounds of times are included, and
        aware; `bought_*` looks at the line bought last. Raises ValueError for what Allegro would refuse.
        """
        if not (1 <= limit <= PAGE_SIZE and offset >= 0):
            raise ValueError(
                f"offset {offset}, limit {limit}: limit is 1 to {PAGE_SIZE}, offset not negative"
            )
        if status is OrderStatus.OTHER or fulfilment is FulfilmentStatus.OTHER:
            raise ValueError("OTHER stands for words that are not known here; Allegro cannot look for it")
        filters = {
            "offset": str(offset),
            "limit": str(limit),
            "buyer.login": buyer,
            "status": status,
            "fulfillment.status": fulfilment,
            "fulfillment.shipmentSummary.lineItemsSent": lines_sent,
            "lineItems.boughtAt.gte": instant(bought_from) if bought_from else None,
            "lineItems.boughtAt.lte": instant(bought_to) if bought_to else None,
            "updatedAt.gte": instant(updated_from) if updated_from else None,
            "updatedAt.lte": instant(updated_to) if updated_to else None,
            "marketplace.id": marketplace,
            "payment.id": payment,
            "sort": sort,
        }
        call = Call(
            "GET",
            _FORMS,
            Media.PUBLIC,
            Scope.ORDERS_READ,
            params=tuple((name, str(value)) for name, value in filters.items() if value is not None),
            collection=True,
        )
        return await self._allegro.request(call, lambda body: _orders(body, offset, limit))

    async def set_fulfilment(self, order_id: str, status: FulfilmentStatus, revision: str) -> None:
        """Say how far the seller is; `revision` is that of the order that the decision was made on.

        Raises StatusRefused before anything is sent (RETURNED comes from Allegro alone), RevisionOutdated
        where the order is another one by now, StatusNotTaken, ChangeUnknown when nobody knows whether
        it happened. It is never repeated: the second try would meet the revision that the first one made.
        """
        if status in _NEVER_SET:
            raise StatusRefused(
                f"the state {status.value} cannot be set, Allegro does that itself: choose another one"
            )
        if not revision:
            raise StatusRefused("no revision of the order is known: load the order again, then set its state")
        call = Call(
            "PUT",
            f"{_FORMS}/{segment(order_id)}/fulfillment",
            Media.PUBLIC,
            Scope.ORDERS_WRITE,
            params=(("checkoutForm.revision", revision),),
            body=msgspec.json.encode({"status": status.value}),
            once=True,
            meanings=((409, RevisionOutdated), (422, StatusNotTaken)),
            language=ENGLISH,
        )
        await change(self._allegro, call, lambda _body: None, "the order's state")


def instant(moment: datetime) -> str:
    """A time as Allegro's filters take it, in UTC with milliseconds. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no zone: say which one is meant")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _order(body: bytes) -> Order:
    return translate.order(decode(body, payloads.order_decoder, payloads.CheckoutForm))


def _orders(body: bytes, offset: int, limit: int) -> Page[Order]:
    """A page; where Allegro does not tell how many there are in all, a full one may be followed by more."""
    page = decode(body, payloads.orders_decoder, payloads.CheckoutForms)
    items = tuple(translate.order(form) for form in page.checkoutForms)
    reached = offset + len(items)
    more = len(items) >= limit if page.totalCount is None else reached < page.totalCount
    return Page(items, str(reached) if items and more else None)
