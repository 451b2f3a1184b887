"""Buyers and orders of the seed, from a few words each."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from api.simulator.ids import number_of, uuid_of
from api.simulator.model import Address, Buyer, Delivery, Invoice, Item, Money, Order, Payment
from api.simulator.seed.shop import seconds_for

if TYPE_CHECKING:
    from datetime import datetime

    from api.simulator.seed.shop import Shop
    from api.simulator.seed.tables import Table

_ITEM = re.compile(r"(?P<offer>[\w-]+)(?: x (?P<quantity>\d+))?(?: @ (?P<price>[\d.]+))?")
_SENT = {"SENT", "PICKED_UP", "RETURNED"}


def buyer_of(it: Table) -> Buyer:
    """The buyer of a thread; `order_login` is how a guest's login is written in orders."""
    first, _, last = it["name"].partition(" ")
    masked = number_of("mail", it["login"], digits=10)
    address = Address(
        first_name=first,
        last_name=last,
        street=it["street"],
        zip_code=it["zip"],
        city=it["city"],
        country=it.get("country", "PL"),
        company=it.get("company"),
        phone=it["phone"],
    )
    return Buyer(
        id=number_of("buyer", it["login"], digits=8),
        login=it["login"],
        email=f"k{masked[:6]}{masked[6:]}+{number_of('tx', it['login'], digits=9)}@allegromail.pl",
        language=it.get("language", "pl-PL"),
        guest=it.get("guest", False),
        address=address,
    )


def order_of(shop: Shop, it: Table, buyer_table: Table) -> Order:
    """One `[[order]]`: unless it says otherwise ready, NEW, paid online and sent with Smart."""
    buyer = buyer_of(buyer_table)
    buyer = replace(buyer, login=buyer_table.get("order_login", buyer.login))
    names = (buyer.login, it["key"])
    status = it.get("status", "READY_FOR_PROCESSING")
    fulfilment = it.get("fulfilment", "NEW")
    currency = it.get("currency", "PLN")
    bought_at = shop.ago(it["bought"]) - seconds_for("bought", *names)
    order_id = uuid_of("order", *names)
    order = Order(
        id=order_id,
        buyer=buyer,
        status=status,
        fulfilment=fulfilment,
        lines_sent="ALL" if fulfilment in _SENT else "NONE",
        marketplace=it.get("marketplace", "allegro-pl"),
        items=tuple(_item(shop, text, currency, order_id) for text in it["items"]),
        bought_at=bought_at,
        updated_at=_updated_at(shop, bought_at, fulfilment),
        revision=uuid_of("revision", *names)[:8],
        payment=None,
        delivery=_delivery(shop, it, buyer, bought_at, Money(Decimal(0), currency)),
        invoice=_invoice(it.get("invoice"), buyer.address),
        message_to_seller=it.get("message"),
        note=it.get("note"),
    )
    return replace(order, payment=_payment(it, order))


def _updated_at(shop: Shop, bought_at: datetime, fulfilment: str) -> datetime:
    """Shortly after the purchase, or a day later for what the seller has worked on."""
    worked = timedelta(minutes=6) if fulfilment == "NEW" else timedelta(hours=21)
    return min(bought_at + worked, shop.now - timedelta(minutes=1))


def _item(shop: Shop, text: str, currency: str, order_id: str) -> Item:
    """`offer`, `offer x 3`, `offer @ 27.90` (the price on another marketplace)."""
    match = _ITEM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no item such as 'ramka x 2 @ 54.90'")
    priced = shop.offers[match["offer"]]
    price = Decimal(match["price"]) if match["price"] else priced.price
    return Item(
        id=uuid_of("line", order_id, priced.offer.id),
        offer=priced.offer,
        quantity=int(match["quantity"] or 1),
        price=Money(price, currency),
    )


def _delivery(shop: Shop, it: Table, buyer: Buyer, bought_at: datetime, nothing: Money) -> Delivery | None:
    """None while the form is not filled in; no address for what is not ready, as seen live."""
    if it.get("status") == "BOUGHT":
        return None
    ready = it.get("status", "READY_FOR_PROCESSING") == "READY_FOR_PROCESSING"
    smart = it.get("smart", True)
    method = shop.methods[it["via"]]
    return Delivery(
        method_id=method.id,
        method=method.name,
        cost=nothing if smart else replace(nothing, amount=method.cost),
        smart=smart,
        address=buyer.address if ready else None,
        point=shop.points[it["point"]] if "point" in it else None,
        dispatch_by=bought_at + timedelta(days=1) if ready else None,
        cancelled_at=bought_at + timedelta(hours=1) if it.get("status") == "CANCELLED" else None,
    )


def _payment(it: Table, order: Order) -> Payment | None:
    """Money at the door is never `paid` here: the live service leaves the amount null."""
    if order.status == "BOUGHT":
        return None
    on_delivery = it.get("payment") == "CASH_ON_DELIVERY"
    paid = it.get("paid", order.status != "FILLED_IN") and not on_delivery
    return Payment(
        id=uuid_of("payment", order.id),
        type="CASH_ON_DELIVERY" if on_delivery else "ONLINE",
        provider="OFFLINE" if on_delivery else "P24",
        finished_at=order.bought_at + timedelta(minutes=4) if paid else None,
        paid=order.total if paid else None,
    )


def _invoice(it: Table | None, address: Address) -> Invoice:
    if it is None:
        return Invoice(required=False)
    return Invoice(required=True, address=address, company=it.get("company"), tax_id=it.get("nip", ""))
