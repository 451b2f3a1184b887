"""Invoices and links of an order (CheckoutFormsOrderInvoices, CheckFormsNewOrderInvoiceId)."""
# ruff: noqa: N815  the fields are called as on the wire

import msgspec


class Scan(msgspec.Struct):
    status: str | None = None
    verifiedAt: str | None = None


class Complaint(msgspec.Struct):
    type: str | None = None
    code: str | None = None
    message: str | None = None


class Check(msgspec.Struct):
    status: str | None = None
    details: list[Complaint] | None = None


class File(msgspec.Struct):
    name: str | None = None
    uploadedAt: str | None = None
    securityVerification: Scan | None = None
    verification: Check | None = None


class Invoice(msgspec.Struct):
    id: str
    invoiceNumber: str | None = None
    createdAt: str | None = None
    file: File | None = None


class Link(msgspec.Struct):
    id: str | None = None
    url: str | None = None
    createdAt: str | None = None


class Documents(msgspec.Struct):
    orderMode: str | None = None
    invoices: list[Invoice] | None = None
    links: list[Link] | None = None
    hasExternalInvoices: bool | None = None


class Declared(msgspec.Struct):
    id: str


documents_decoder = msgspec.json.Decoder(Documents)
declared_decoder = msgspec.json.Decoder(Declared)
