"""`GET /order/checkout-forms` and one order of it (CheckoutForms, CheckoutForm), as far as it is shown.

A live account returned null for payment, delivery.address, pickupPoint, invoice.address, note,
messageToSeller and paidAmount; the OpenAPI file calls none of them nullable. Times are strings here:
several fields are declared without a format, and none of them is worth losing an order for.
"""
# ruff: noqa: N815  the fields are called as on the wire

import msgspec


class Named(msgspec.Struct):
    id: str | int | None = None
    name: str | None = None


class Price(msgspec.Struct):
    """Amounts are decimal strings; numbers are read too."""

    amount: str | int | float | None = None
    currency: str | None = None


class Preferences(msgspec.Struct):
    language: str | None = None


class Buyer(msgspec.Struct):
    id: str | int | None = None
    login: str | None = None
    email: str | None = None
    firstName: str | None = None
    lastName: str | None = None
    companyName: str | None = None
    phoneNumber: str | None = None
    guest: bool | None = None
    preferences: Preferences | None = None


class Payment(msgspec.Struct):
    """The payment, and every surcharge."""

    id: str | None = None
    type: str | None = None
    provider: str | None = None
    finishedAt: str | None = None
    paidAmount: Price | None = None
    reconciliation: Price | None = None
    features: list[str | None] | None = None


class ShipmentSummary(msgspec.Struct):
    lineItemsSent: str | None = None


class Fulfillment(msgspec.Struct):
    status: str | None = None
    shipmentSummary: ShipmentSummary | None = None
    provider: Named | None = None


class Address(msgspec.Struct):
    """An address of a delivery or of a pickup point (which has no names)."""

    firstName: str | None = None
    lastName: str | None = None
    companyName: str | None = None
    street: str | None = None
    zipCode: str | None = None
    city: str | None = None
    countryCode: str | None = None
    phoneNumber: str | None = None
    modifiedAt: str | None = None


class PickupPoint(msgspec.Struct):
    id: str | None = None
    name: str | None = None
    description: str | None = None
    address: Address | None = None


# "from" is a keyword in Python, so this one struct renames.
class Dispatch(msgspec.Struct, rename={"start": "from"}):
    start: str | None = None
    to: str | None = None


class DeliveryTime(msgspec.Struct, rename={"start": "from"}):
    start: str | None = None
    to: str | None = None
    dispatch: Dispatch | None = None


class Cancellation(msgspec.Struct):
    date: str | None = None


class Delivery(msgspec.Struct):
    address: Address | None = None
    method: Named | None = None
    pickupPoint: PickupPoint | None = None
    cost: Price | None = None
    time: DeliveryTime | None = None
    smart: bool | None = None
    cancellation: Cancellation | None = None
    calculatedNumberOfPackages: int | float | str | None = None


class CompanyId(msgspec.Struct):
    type: str | None = None
    value: str | int | None = None


class Company(msgspec.Struct):
    name: str | None = None
    ids: list[CompanyId] | None = None
    taxId: str | None = None
    vatPayerStatus: str | None = None


class Person(msgspec.Struct):
    firstName: str | None = None
    lastName: str | None = None


class InvoiceAddress(msgspec.Struct):
    street: str | None = None
    city: str | None = None
    zipCode: str | None = None
    countryCode: str | None = None
    company: Company | None = None
    naturalPerson: Person | None = None


class Invoice(msgspec.Struct):
    required: bool | None = None
    address: InvoiceAddress | None = None
    dueDate: str | None = None
    features: list[str | None] | None = None


class Offer(msgspec.Struct):
    id: str | int
    name: str | None = None
    external: Named | None = None


class Deposit(msgspec.Struct):
    price: Price | None = None


class Service(msgspec.Struct):
    definitionId: str | None = None
    name: str | None = None
    price: Price | None = None
    quantity: int | float | str | None = None


class Voucher(msgspec.Struct):
    code: str | None = None
    type: str | None = None
    status: str | None = None
    externalTransactionId: str | None = None
    value: Price | None = None


class Tax(msgspec.Struct):
    rate: str | int | float | None = None
    subject: str | None = None
    exemption: str | None = None


class Discount(msgspec.Struct):
    type: str | None = None


class LineItem(msgspec.Struct):
    id: str
    offer: Offer
    quantity: int | float | str
    price: Price
    boughtAt: str | None = None
    originalPrice: Price | None = None
    deposit: Deposit | None = None
    selectedAdditionalServices: list[Service] | None = None
    vouchers: list[Voucher] | None = None
    tax: Tax | None = None
    discounts: list[Discount] | None = None


class Note(msgspec.Struct):
    text: str | None = None


class Summary(msgspec.Struct):
    totalToPay: Price | None = None


class CheckoutForm(msgspec.Struct):
    id: str
    status: str | None = None
    messageToSeller: str | None = None
    buyer: Buyer | None = None
    payment: Payment | None = None
    fulfillment: Fulfillment | None = None
    delivery: Delivery | None = None
    invoice: Invoice | None = None
    lineItems: list[LineItem] | None = None
    note: Note | None = None
    marketplace: Named | None = None
    summary: Summary | None = None
    updatedAt: str | None = None
    revision: str | int | None = None
    surcharges: list[Payment] | None = None


class CheckoutForms(msgspec.Struct):
    """`totalCount` is declared as any number."""

    checkoutForms: list[CheckoutForm]
    totalCount: int | float | None = None


orders_decoder = msgspec.json.Decoder(CheckoutForms)
order_decoder = msgspec.json.Decoder(CheckoutForm)
