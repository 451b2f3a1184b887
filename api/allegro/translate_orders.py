"""From Allegro's payload of an order to the domain's: see `translate` for how strings are treated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api import domain
from api.allegro.values import count, day, full_name, line, moment, money, price, word, words
from api.domain.text import clean

if TYPE_CHECKING:
    from api.allegro.payloads import orders


def order(payload: orders.CheckoutForm) -> domain.Order:
    """An order. Raises NotUnderstood for an amount that is no number."""
    fulfilment = payload.fulfillment
    fulfilment_word = word(fulfilment.status) if fulfilment else ""
    summary = fulfilment.shipmentSummary if fulfilment else None
    provider = fulfilment.provider if fulfilment else None
    return domain.Order(
        id=word(payload.id),
        status=domain.OrderStatus.parse(payload.status),
        status_word=word(payload.status),
        fulfilment=domain.FulfilmentStatus.parse(fulfilment_word),
        fulfilment_word=fulfilment_word,
        lines_sent=word(summary.lineItemsSent) if summary else "",
        marketplace=word(payload.marketplace.id) if payload.marketplace else "",
        buyer=_buyer(payload.buyer),
        items=tuple(_line_item(item) for item in payload.lineItems or ()),
        total=money(payload.summary.totalToPay) if payload.summary else None,
        payment=None if payload.payment is None else _payment(payload.payment),
        delivery=_delivery(payload.delivery),
        invoice=_invoice(payload.invoice),
        message_to_seller=clean(payload.messageToSeller or ""),
        note=clean(payload.note.text or "") if payload.note else "",
        updated_at=moment(payload.updatedAt),
        revision=word(payload.revision),
        surcharges=tuple(_payment(surcharge) for surcharge in payload.surcharges or ()),
        provider=word(provider.id) if provider else "",
    )


def _buyer(payload: orders.Buyer | None) -> domain.Buyer:
    if payload is None:
        return domain.Buyer("", "", "", "", "", "", guest=False, language="")
    return domain.Buyer(
        id=word(payload.id),
        login=line(payload.login),
        name=full_name(payload.firstName, payload.lastName),
        company=line(payload.companyName),
        email=line(payload.email),
        phone=line(payload.phoneNumber),
        guest=bool(payload.guest),
        language=word(payload.preferences.language) if payload.preferences else "",
    )


def _line_item(payload: orders.LineItem) -> domain.LineItem:
    external = payload.offer.external
    return domain.LineItem(
        id=word(payload.id),
        offer_id=word(payload.offer.id),
        name=line(payload.offer.name),
        external_id=line(str(external.id)) if external and external.id is not None else "",
        quantity=count(payload.quantity),
        price=price(payload.price),
        bought_at=moment(payload.boughtAt),
        original_price=money(payload.originalPrice),
        deposit=money(payload.deposit.price) if payload.deposit else None,
        discounts=words(discount.type for discount in payload.discounts or ()),
        services=tuple(_service(service) for service in payload.selectedAdditionalServices or ()),
        vouchers=tuple(_voucher(voucher) for voucher in payload.vouchers or ()),
        tax=_tax(payload.tax),
    )


def _service(payload: orders.Service) -> domain.Service:
    return domain.Service(
        name=line(payload.name),
        price=money(payload.price),
        quantity=count(payload.quantity),
        definition=word(payload.definitionId),
    )


def _voucher(payload: orders.Voucher) -> domain.Voucher:
    return domain.Voucher(
        type=word(payload.type),
        status=word(payload.status),
        code=line(payload.code),
        value=money(payload.value),
        transaction=word(payload.externalTransactionId),
    )


def _tax(payload: orders.Tax | None) -> domain.Tax | None:
    """How it is taxed; None where every part is missing."""
    if payload is None:
        return None
    tax = domain.Tax(word(payload.rate), word(payload.subject), word(payload.exemption))
    return tax if tax.rate or tax.subject or tax.exemption else None


def _payment(payload: orders.Payment) -> domain.Payment:
    return domain.Payment(
        type=word(payload.type),
        provider=word(payload.provider),
        paid=money(payload.paidAmount),
        finished_at=moment(payload.finishedAt),
        id=word(payload.id),
        features=words(payload.features),
        reconciliation=money(payload.reconciliation),
    )


def _delivery(payload: orders.Delivery | None) -> domain.Delivery | None:
    if payload is None:
        return None
    time = payload.time
    dispatch = time.dispatch if time else None
    packages = payload.calculatedNumberOfPackages
    return domain.Delivery(
        method=line(payload.method.name) if payload.method else "",
        address=_address(payload.address),
        pickup_point=_point(payload.pickupPoint),
        cost=money(payload.cost),
        smart=bool(payload.smart),
        dispatch_from=moment(dispatch.start) if dispatch else None,
        dispatch_to=moment(dispatch.to) if dispatch else None,
        deliver_from=moment(time.start) if time else None,
        deliver_to=moment(time.to) if time else None,
        method_id=word(payload.method.id) if payload.method else "",
        cancelled_at=moment(payload.cancellation.date) if payload.cancellation else None,
        packages=None if packages is None else count(packages),
    )


def _point(payload: orders.PickupPoint | None) -> domain.PickupPoint | None:
    if payload is None:
        return None
    return domain.PickupPoint(
        word(payload.id), line(payload.name), _address(payload.address), line(payload.description)
    )


def _address(payload: orders.Address | None) -> domain.PostalAddress | None:
    if payload is None:
        return None
    return domain.PostalAddress(
        name=full_name(payload.firstName, payload.lastName),
        company=line(payload.companyName),
        street=line(payload.street),
        zip_code=line(payload.zipCode),
        city=line(payload.city),
        country=word(payload.countryCode),
        phone=line(payload.phoneNumber),
        modified_at=moment(payload.modifiedAt),
    )


def _invoice(payload: orders.Invoice | None) -> domain.Invoice | None:
    if payload is None:
        return None
    company = payload.address.company if payload.address else None
    ids = tuple(
        domain.CompanyId(word(number.type), line(str(number.value)))
        for number in (company.ids if company else None) or ()
        if number.value
    )
    old = line(company.taxId) if company else ""
    return domain.Invoice(
        required=bool(payload.required),
        address=None if payload.address is None else _invoice_address(payload.address),
        tax_id=ids[0].value if ids else old,
        ids=ids,
        vat_status=word(company.vatPayerStatus) if company else "",
        due=day(payload.dueDate),
        features=words(payload.features),
    )


def _invoice_address(payload: orders.InvoiceAddress) -> domain.PostalAddress:
    company, person = payload.company, payload.naturalPerson
    return domain.PostalAddress(
        name=full_name(person.firstName, person.lastName) if person else "",
        company=line(company.name) if company else "",
        street=line(payload.street),
        zip_code=line(payload.zipCode),
        city=line(payload.city),
        country=word(payload.countryCode),
    )
