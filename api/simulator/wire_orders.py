"""Orders as JSON, in the shape of public.v1 `CheckoutForm`.

What the live service was seen to leave null is null here too, although the OpenAPI file does not say so:
`messageToSeller`, `note`, `delivery.pickupPoint`, `invoice.address`, `payment.paidAmount`, and the delivery
address before the purchase is ready. Amounts are texts.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.simulator.wire import Json, moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from api.simulator.model import (
        Address,
        Buyer,
        Delivery,
        Invoice,
        Item,
        Money,
        Order,
        Payment,
        PickupPoint,
    )


def orders(shown: Sequence[Order], total: int) -> Json:
    return {"checkoutForms": [order(it) for it in shown], "count": len(shown), "totalCount": total}


def order(it: Order) -> Json:
    return {
        "id": it.id,
        "messageToSeller": it.message_to_seller,
        "buyer": _buyer(it.buyer),
        "payment": None if it.payment is None else _payment(it.payment),
        "status": it.status,
        "fulfillment": {
            "status": it.fulfilment,
            "shipmentSummary": {"lineItemsSent": it.lines_sent},
            "provider": {"id": "SELLER"},
        },
        "delivery": None if it.delivery is None else _delivery(it.delivery),
        "invoice": _invoice(it.invoice),
        "lineItems": [_item(item, it) for item in it.items],
        "surcharges": [_payment(surcharge) for surcharge in it.surcharges],
        "discounts": [],
        "note": None if it.note is None else {"text": it.note},
        "marketplace": {"id": it.marketplace},
        "summary": {"totalToPay": money(it.total)},
        "updatedAt": moment(it.updated_at),
        "revision": it.revision,
    }


def _buyer(it: Buyer) -> Json:
    return {
        "id": it.id,
        "email": it.email,
        "login": it.login,
        "firstName": it.address.first_name,
        "lastName": it.address.last_name,
        "companyName": it.address.company,
        "guest": it.guest,
        "personalIdentity": None,
        "phoneNumber": it.address.phone,
        "preferences": {"language": it.language},
        "address": {
            "street": it.address.street,
            "city": it.address.city,
            "postCode": it.address.zip_code,
            "countryCode": it.address.country,
        },
    }


def _payment(it: Payment) -> Json:
    return {
        "id": it.id,
        "type": it.type,
        "provider": it.provider,
        "finishedAt": None if it.finished_at is None else moment(it.finished_at),
        "paidAmount": None if it.paid is None else money(it.paid),
        "reconciliation": None,
        "features": list(it.features),
    }


def _delivery(it: Delivery) -> Json:
    return {
        "address": None if it.address is None else _address(it.address, it.address_changed_at),
        "method": {"id": it.method_id, "name": it.method},
        "pickupPoint": None if it.point is None else _point(it.point),
        "cost": money(it.cost),
        "time": _time(it),
        "smart": it.smart,
        "cancellation": None if it.cancelled_at is None else {"date": moment(it.cancelled_at)},
        "calculatedNumberOfPackages": it.packages,
    }


def _time(it: Delivery) -> Json | None:
    if it.dispatch_by is None:
        return None
    return {
        "from": moment(it.dispatch_by + timedelta(days=1)),
        "to": moment(it.dispatch_by + timedelta(days=2)),
        "guaranteed": None,
        "dispatch": {"from": moment(it.dispatch_by - timedelta(days=1)), "to": moment(it.dispatch_by)},
    }


def _address(it: Address, changed_at: datetime | None) -> Json:
    return {
        "firstName": it.first_name,
        "lastName": it.last_name,
        "street": it.street,
        "city": it.city,
        "zipCode": it.zip_code,
        "countryCode": it.country,
        "companyName": it.company,
        "phoneNumber": it.phone,
        "modifiedAt": None if changed_at is None else moment(changed_at),
    }


def _point(it: PickupPoint) -> Json:
    address = {
        "street": it.street,
        "zipCode": it.zip_code,
        "city": it.city,
        "countryCode": it.country,
    }
    return {"id": it.id, "name": it.name, "description": it.description, "address": address}


def _invoice(it: Invoice) -> Json:
    return {
        "required": it.required,
        "address": None if it.address is None else _invoice_address(it, it.address),
        "dueDate": it.due,
        "features": list(it.features),
    }


def _invoice_address(it: Invoice, address: Address) -> Json:
    company: Json | None = None
    person: Json | None = {"firstName": address.first_name, "lastName": address.last_name}
    if it.company is not None:
        person = None
        company = {
            "name": it.company,
            "ids": [{"type": it.tax_id_type, "value": it.tax_id}],
            "vatPayerStatus": "ACTIVE",
            "taxId": it.tax_id,
        }
    return {
        "street": address.street,
        "city": address.city,
        "zipCode": address.zip_code,
        "countryCode": address.country,
        "company": company,
        "naturalPerson": person,
    }


def _item(it: Item, order: Order) -> Json:
    return {
        "id": it.id,
        "offer": {
            "id": it.offer.id,
            "name": it.offer.name,
            "external": {"id": it.offer.sku},
            "productSet": None,
        },
        "quantity": it.quantity,
        "originalPrice": money(it.original or it.price),
        "price": money(it.price),
        "reconciliation": None,
        "selectedAdditionalServices": [_service(name, it.price.currency) for name in it.services],
        "vouchers": [],
        "tax": None if it.tax_rate is None else {"rate": it.tax_rate, "subject": "GOODS", "exemption": None},
        "deposit": None,
        "boughtAt": moment(order.bought_at),
        "discounts": [{"type": kind} for kind in it.discounts],
    }


def _service(name: str, currency: str) -> Json:
    free = {"amount": "0.00", "currency": currency}
    return {"definitionId": "GIFT_WRAP", "name": name, "price": free, "quantity": 1}


def money(it: Money) -> Json:
    return {"amount": f"{it.amount:.2f}", "currency": it.currency}
