"""Orders ("checkout forms") of the account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from api.allegro import translate
from api.allegro.call import Call, Media, Scope, segment
from api.allegro.payloads import orders as payloads
from api.allegro.payloads.reading import decode
from api.domain import Page

if TYPE_CHECKING:
    from api.allegro.client import Allegro
    from api.domain import Order

PAGE_SIZE: Final = 100
"""The most that Allegro gives at once, and its default."""


class OrdersResource:
    """`/order/checkout-forms` in public.v1."""

    def __init__(self, allegro: Allegro) -> None:
        self._allegro = allegro

    async def order(self, order_id: str) -> Order:
        """One order. NotFound may mean that it belongs to another account."""
        path = f"/order/checkout-forms/{segment(order_id)}"
        return await self._allegro.request(Call("GET", path, Media.PUBLIC, Scope.ORDERS_READ), _order)

    async def orders(self, offset: int = 0, limit: int = PAGE_SIZE, buyer: str | None = None) -> Page[Order]:
        """Orders, the latest bought first; `Page.next` is the next offset.

        `limit` is 1 to 100. `buyer` is a login; whether its case matters is not documented.
        """
        if not (1 <= limit <= PAGE_SIZE and offset >= 0):
            raise ValueError(
                f"offset {offset}, limit {limit}: limit is 1 to {PAGE_SIZE}, offset not negative"
            )
        params = [("offset", str(offset)), ("limit", str(limit))]
        if buyer is not None:
            params.append(("buyer.login", buyer))
        call = Call(
            "GET",
            "/order/checkout-forms",
            Media.PUBLIC,
            Scope.ORDERS_READ,
            params=tuple(params),
            collection=True,
        )
        return await self._allegro.request(call, lambda body: _orders(body, offset))


def _order(body: bytes) -> Order:
    return translate.order(decode(body, payloads.order_decoder, payloads.CheckoutForm))


def _orders(body: bytes, offset: int) -> Page[Order]:
    page = decode(body, payloads.orders_decoder, payloads.CheckoutForms)
    items = tuple(translate.order(form) for form in page.checkoutForms)
    reached = offset + len(items)
    more = bool(items) and page.totalCount is not None and reached < page.totalCount
    return Page(items, str(reached) if more else None)
