"""Parcels, documents, returns and events as JSON; `wire_orders` has the orders themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.simulator.wire import Json, moment
from api.simulator.wire_orders import money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.simulator.model import Account, Item, Order
    from api.simulator.model_handling import (
        CustomerReturn,
        DocumentLink,
        OrderEvent,
        OrderInvoice,
        Rejection,
        ReturnedItem,
        ReturnParcel,
        Shipment,
        TrackingStep,
    )


def shipment(it: Shipment) -> Json:
    name = {} if it.carrier_name is None else {"carrierName": it.carrier_name}
    return {
        "id": it.id,
        "waybill": it.waybill,
        "carrierId": it.carrier,
        **name,
        "lineItems": [{"id": line} for line in it.lines],
        "createdAt": moment(it.created_at),
    }


def carriers(known: Mapping[str, str | None]) -> Json:
    """OTHER has no name, as in Allegro's example."""
    return {
        "carriers": [
            {"id": key} if name is None else {"id": key, "name": name} for key, name in known.items()
        ]
    }


def tracking(carrier: str, parcels: Sequence[tuple[str, tuple[TrackingStep, ...] | None]]) -> Json:
    """A parcel that nobody sent comes without details."""
    return {"carrierId": carrier, "waybills": [_history(waybill, steps) for waybill, steps in parcels]}


def _history(waybill: str, steps: tuple[TrackingStep, ...] | None) -> Json:
    if not steps:
        return {"waybill": waybill}
    return {
        "waybill": waybill,
        "trackingDetails": {
            "statuses": [
                {"occurredAt": moment(it.occurred_at), "code": it.code, "description": it.description}
                for it in steps
            ],
            "createdAt": moment(steps[0].occurred_at),
            "updatedAt": moment(steps[-1].occurred_at),
        },
    }


def documents(invoices: Sequence[OrderInvoice], links: Sequence[DocumentLink]) -> Json:
    return {
        "orderMode": "REGULAR",
        "invoices": [_invoice(it) for it in invoices],
        "links": [{"id": it.id, "url": it.url, "createdAt": moment(it.created_at)} for it in links],
        "hasExternalInvoices": False,
    }


def _invoice(it: OrderInvoice) -> Json:
    """What is not known yet is left out: the file says nullable nowhere here."""
    file: Json = {"name": it.file_name}
    if it.uploaded_at is not None:
        scan: Json = {"status": it.scan}
        if it.scanned_at is not None:
            scan["verifiedAt"] = moment(it.scanned_at)
        file |= {
            "uploadedAt": moment(it.uploaded_at),
            "securityVerification": scan,
            "verification": {"status": "NOT_APPLICABLE"},
        }
    number = {} if it.number is None else {"invoiceNumber": it.number}
    return {"id": it.id, **number, "createdAt": moment(it.created_at), "file": file}


def customer_returns(shown: Sequence[CustomerReturn], total: int) -> Json:
    return {"count": total, "customerReturns": [customer_return(it) for it in shown]}


def customer_return(it: CustomerReturn) -> Json:
    """`buyer.email` is null in all that a live account gave."""
    return {
        "id": it.id,
        "isFulfillment": False,
        "createdAt": moment(it.created_at),
        "referenceNumber": it.reference,
        "orderId": it.order,
        "buyer": {"email": None, "login": it.buyer},
        "items": [_returned(item) for item in it.items],
        "parcels": [_parcel(parcel) for parcel in it.parcels],
        **({} if it.rejection is None else {"rejection": _rejection(it.rejection)}),
        "marketplaceId": it.marketplace,
        "status": it.status,
    }


def _rejection(it: Rejection) -> Json:
    reason = {} if it.reason is None else {"reason": it.reason}
    return {"code": it.code, **reason, "createdAt": moment(it.created_at)}


def _returned(it: ReturnedItem) -> Json:
    return {
        "offerId": it.offer,
        "quantity": it.quantity,
        "name": it.name,
        "price": money(it.price),
        "url": f"https://allegro.pl/oferta/{it.offer}",
        "reason": {"type": it.reason, "userComment": it.comment},
    }


def _parcel(it: ReturnParcel) -> Json:
    return {
        "createdAt": moment(it.created_at),
        "waybill": it.waybill,
        "transportingWaybill": None,
        "carrierId": it.carrier,
        "transportingCarrierId": None,
        "sender": {"phoneNumber": it.phone},
    }


def events(shown: Sequence[tuple[OrderEvent, Order]], seller: Account) -> Json:
    return {"events": [_event(event, order, seller) for event, order in shown]}


def _event(it: OrderEvent, order: Order, seller: Account) -> Json:
    buyer = order.buyer
    return {
        "id": str(it.id),
        "order": {
            "seller": {"id": seller.id},
            "buyer": {
                "id": buyer.id,
                "email": buyer.email,
                "login": buyer.login,
                "guest": buyer.guest,
                "preferences": {"language": buyer.language},
            },
            "lineItems": [_line(item, order) for item in order.items],
            "checkoutForm": {"id": order.id, "revision": it.revision},
            "marketplace": {"id": order.marketplace},
        },
        "type": it.type,
        "occurredAt": moment(it.occurred_at),
    }


def _line(it: Item, order: Order) -> Json:
    return {
        "id": it.id,
        "offer": {"id": it.offer.id, "name": it.offer.name, "external": {"id": it.offer.sku}},
        "quantity": it.quantity,
        "originalPrice": money(it.original or it.price),
        "price": money(it.price),
        "boughtAt": moment(order.bought_at),
    }


def latest_event(it: OrderEvent | None) -> Json:
    return {} if it is None else {"latestEvent": {"id": str(it.id), "occurredAt": moment(it.occurred_at)}}
