"""What hangs on the hand-written orders beyond themselves, from `handling.toml`.

An `[[order]]` is named by its buyer's login and its key. Details of the purchase (`discount`, `wrapped`,
`tax`, `moved`, `packages`, `features`, `surcharge`, `vat_eu`) change the order; `parcel`, `invoice`, `link`
and `return` hang on it. An order that is not in this world (there are fewer threads) is passed over.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from api.simulator.ids import uuid_of
from api.simulator.model import Money, Payment
from api.simulator.model_handling import (
    CustomerReturn,
    DocumentLink,
    OrderInvoice,
    Rejection,
    ReturnedItem,
    ReturnParcel,
    Shipment,
    Told,
)
from api.simulator.parcels import carrier_of
from api.simulator.seed.shop import seconds_for
from api.simulator.seed.tables import Table, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from api.simulator.model import Item, Order
    from api.simulator.seed.shop import Shop

_PERCENT = Decimal(100)
_CENT = Decimal("0.01")


@cache
def _tables() -> dict[str, Table]:
    return {uuid_of("order", it["buyer"], it["key"]): it for it in table("handling.toml")["order"]}


def detailed(shop: Shop, orders: Sequence[Order]) -> tuple[Order, ...]:
    """The orders, those that the file knows with the details that it tells."""
    known = _tables()
    return tuple(_detailed(shop, it, known[it.id]) if it.id in known else it for it in orders)


def told_of(shop: Shop, orders: Sequence[Order]) -> Told:
    """Everything that hangs on these orders, oldest first."""
    known = [(it, _tables()[it.id]) for it in orders if it.id in _tables()]
    returns = [_return(shop, order, it["return"]) for order, it in known if "return" in it]
    return Told(
        shipments=tuple(
            _shipment(shop, order, parcel) for order, it in known for parcel in it.get("parcel", [])
        ),
        invoices=tuple(
            _invoice(shop, order, invoice) for order, it in known for invoice in it.get("invoice", [])
        ),
        links=tuple(_link(shop, order, link) for order, it in known for link in it.get("link", [])),
        returns=tuple(sorted(returns, key=lambda one: (one.created_at, one.id))),
    )


def _detailed(shop: Shop, order: Order, it: Table) -> Order:
    payment, delivery = order.payment, order.delivery
    return replace(
        order,
        items=tuple(_item_of(item, it) for item in order.items),
        payment=payment and replace(payment, features=tuple(it.get("features", ()))),
        delivery=delivery
        and replace(
            delivery,
            address_changed_at=shop.ago(it["moved"]) if "moved" in it else None,
            packages=it.get("packages", 1),
        ),
        invoice=replace(order.invoice, features=("VAT_EU_VERIFIED",) if it.get("vat_eu") else ()),
        surcharges=tuple(_surcharge(shop, order, one) for one in it.get("surcharge", [])),
    )


def _item_of(item: Item, it: Table) -> Item:
    """`discount = { kind = "COUPON", percent = 10 }` was taken off a price that is told as it is paid."""
    discount = it.get("discount")
    original = None
    if discount:
        whole = item.price.amount * _PERCENT / (_PERCENT - discount["percent"])
        original = replace(item.price, amount=whole.quantize(_CENT))
    return replace(
        item,
        original=original,
        discounts=(discount["kind"],) if discount else (),
        services=(it["wrapped"],) if "wrapped" in it else (),
        tax_rate=it.get("tax"),
    )


def _surcharge(shop: Shop, order: Order, it: Table) -> Payment:
    return Payment(
        id=uuid_of("surcharge", order.id, it["ago"]),
        type="ONLINE",
        provider="P24",
        finished_at=_when(shop, it, "surcharge", order.id),
        paid=Money(Decimal(it["amount"]), order.total.currency),
    )


def _shipment(shop: Shop, order: Order, it: Table) -> Shipment:
    """`lines` are numbers of the order's lines from 1 on; without them all are in the parcel."""
    carrier, waybill = _by(order.delivery.method if order.delivery else "", order.id, it["ago"])
    places = it.get("lines", range(1, len(order.items) + 1))
    return Shipment(
        id=uuid_of("shipment", order.id, it["ago"]),
        order=order.id,
        waybill=waybill,
        carrier=carrier,
        carrier_name=None,
        lines=tuple(order.items[place - 1].id for place in places),
        created_at=_when(shop, it, "shipment", order.id),
        reached=it.get("reached"),
    )


def _invoice(shop: Shop, order: Order, it: Table) -> OrderInvoice:
    created_at = _when(shop, it, "invoice", order.id)
    return OrderInvoice(
        id=uuid_of("invoice", order.id, it["file"]),
        order=order.id,
        number=it.get("number"),
        file_name=it["file"],
        created_at=created_at,
        uploaded_at=created_at,
        scan=it.get("scan", "ACCEPTED"),
        scanned_at=created_at + seconds_for("scan", order.id),
    )


def _link(shop: Shop, order: Order, it: Table) -> DocumentLink:
    return DocumentLink(
        uuid_of("link", order.id, it["url"]), order.id, it["url"], _when(shop, it, "link", order.id)
    )


def _return(shop: Shop, order: Order, it: Table) -> CustomerReturn:
    """`lines` as for a parcel; `sent` is when the buyer sent it (never, without it)."""
    created_at = _when(shop, it, "return", order.id)
    rejected = it.get("rejected")
    return CustomerReturn(
        id=uuid_of("return", order.id),
        order=order.id,
        reference=it["reference"],
        created_at=created_at,
        buyer=order.buyer.login,
        marketplace=order.marketplace,
        status=it["status"],
        items=tuple(
            _returned(order.items[place - 1], it) for place in it.get("lines", range(1, len(order.items) + 1))
        ),
        parcels=tuple(_return_parcels(shop, order, it)),
        rejection=rejected
        and Rejection(rejected["code"], rejected.get("reason"), _when(shop, rejected, "rejected", order.id)),
    )


def _returned(item: Item, it: Table) -> ReturnedItem:
    return ReturnedItem(
        item.offer.id, item.offer.name, item.quantity, item.price, it["reason"], it.get("comment", "")
    )


def _return_parcels(shop: Shop, order: Order, it: Table) -> Iterator[ReturnParcel]:
    if "sent" not in it:
        return
    carrier, waybill = _by(it.get("via", "InPost"), "return", order.id)
    yield ReturnParcel(
        created_at=shop.ago(it["sent"]) - seconds_for("sent", order.id),
        carrier=carrier,
        waybill=None if it.get("unnumbered") else waybill,
        phone=order.buyer.address.phone or "",
    )


def _by(method: str, *names: object) -> tuple[str, str]:
    found = carrier_of(method, *names)
    if found is None:
        raise ValueError(f"nothing is sent by {method!r}")
    return found


def _when(shop: Shop, it: Table, *names: object) -> datetime:
    return shop.ago(it["ago"]) - seconds_for(*names)
