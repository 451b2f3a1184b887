"""What buyers of the account send back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from api.allegro.call import Call, Media, Scope, segment
from api.allegro.orders import instant
from api.allegro.payloads import returns as payloads
from api.allegro.payloads.reading import decode
from api.allegro.values import count, line, moment, money, word
from api.domain import CustomerReturn, Page, Rejection, ReturnedItem, ReturnParcel, ReturnStatus
from api.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from api.allegro.client import Allegro

PAGE_SIZE: Final = 100
MAX_PAGE: Final = 1_000

_RETURNS = "/order/customer-returns"


class ReturnsResource:
    """`/order/customer-returns`, in beta.v1 only. Allegro allows an account 25 calls a second."""

    def __init__(self, allegro: Allegro) -> None:
        self._allegro = allegro

    async def customer_return(self, return_id: str) -> CustomerReturn:
        """One return. NotFound may mean that it belongs to another account."""
        call = Call("GET", f"{_RETURNS}/{segment(return_id)}", Media.BETA, Scope.ORDERS_READ)
        return await self._allegro.request(call, _return)

    async def returns(
        self,
        cursor: str | None = None,
        limit: int = PAGE_SIZE,
        *,
        offset: int = 0,
        order: str | None = None,
        buyer: str | None = None,
        status: Sequence[ReturnStatus] = (),
        created_from: datetime | None = None,
        created_to: datetime | None = None,
        offer: str | None = None,
        waybill: str | None = None,
        reference: str | None = None,
        marketplace: str | None = None,
    ) -> Page[CustomerReturn]:
        """Returns, as many as `limit` (1 to 1,000).

        `cursor` is the id of the last return that was seen: what comes was made after it. `Page.next` is
        that of the newest return of a full page; to look for new ones later, keep the id of the newest seen.
        In which order returns come is not documented; without a cursor `offset` walks through all of them.
        The bounds of times are included, and aware. Raises ValueError for what Allegro would refuse.
        """
        if not (1 <= limit <= MAX_PAGE and offset >= 0):
            raise ValueError(f"offset {offset}, limit {limit}: limit is 1 to {MAX_PAGE}, offset not negative")
        if ReturnStatus.OTHER in status:
            raise ValueError("OTHER stands for words that are not known here; Allegro cannot look for it")
        filters = {
            "from": cursor,
            "limit": str(limit),
            "offset": str(offset) if offset else None,
            "orderId": order,
            "buyer.login": buyer,
            "createdAt.gte": instant(created_from) if created_from else None,
            "createdAt.lte": instant(created_to) if created_to else None,
            "items.offerId": offer,
            "parcels.waybill": waybill,
            "referenceNumber": reference,
            "marketplaceId": marketplace,
        }
        params = [(name, value) for name, value in filters.items() if value is not None]
        call = Call(
            "GET",
            _RETURNS,
            Media.BETA,
            Scope.ORDERS_READ,
            params=(*params, *(("status", one.value) for one in status)),
            collection=True,
        )
        return await self._allegro.request(call, lambda body: _returns(body, limit))


def _return(body: bytes) -> CustomerReturn:
    return _translated(decode(body, payloads.return_decoder, payloads.CustomerReturn))


def _returns(body: bytes, limit: int) -> Page[CustomerReturn]:
    page = decode(body, payloads.returns_decoder, payloads.CustomerReturns)
    items = tuple(_translated(payload) for payload in page.customerReturns)
    if len(items) < limit:
        return Page(items, None)
    dated = [(one.created_at, one.id) for one in items if one.created_at]
    return Page(items, max(dated)[1] if dated else items[-1].id)


def _translated(payload: payloads.CustomerReturn) -> CustomerReturn:
    buyer = payload.buyer or payloads.Buyer()
    return CustomerReturn(
        id=word(payload.id),
        reference=line(payload.referenceNumber),
        order=word(payload.orderId),
        created_at=moment(payload.createdAt),
        status=ReturnStatus.parse(payload.status),
        status_word=word(payload.status),
        buyer=line(buyer.login),
        buyer_email=line(buyer.email),
        items=tuple(_item(item) for item in payload.items or ()),
        parcels=tuple(_parcel(parcel) for parcel in payload.parcels or ()),
        rejection=_rejection(payload.rejection),
        marketplace=word(payload.marketplaceId),
        warehouse=bool(payload.isFulfillment),
    )


def _rejection(payload: payloads.Rejection | None) -> Rejection | None:
    if payload is None:
        return None
    return Rejection(word(payload.code), clean(payload.reason or ""), moment(payload.createdAt))


def _item(payload: payloads.Item) -> ReturnedItem:
    reason = payload.reason or payloads.Reason()
    return ReturnedItem(
        offer_id=word(payload.offerId),
        name=line(payload.name),
        quantity=count(payload.quantity),
        price=money(payload.price),
        reason=word(reason.type),
        comment=clean(reason.userComment or ""),
        url=word(payload.url),
    )


def _parcel(payload: payloads.Parcel) -> ReturnParcel:
    return ReturnParcel(
        waybill=line(payload.waybill),
        carrier=word(payload.carrierId),
        created_at=moment(payload.createdAt),
        transporting_waybill=line(payload.transportingWaybill),
        transporting_carrier=word(payload.transportingCarrierId),
        phone=line(payload.sender.phoneNumber) if payload.sender else "",
    )
