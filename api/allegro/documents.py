"""Invoices and receipts of orders: what hangs on an order, and how another one gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import msgspec

from api.allegro.call import Call, Media, Scope, segment
from api.allegro.changes import change
from api.allegro.errors import (
    AllegroError,
    FileNotTaken,
    InvoiceHalfway,
    InvoiceHasFile,
    InvoiceNotNow,
    InvoiceNotTaken,
    InvoiceTooLarge,
    InvoiceTooSoon,
    LinkAlreadyThere,
    LinkNotTaken,
    LinkRefused,
    StillScanning,
    TooManyDocuments,
)
from api.allegro.orders import ENGLISH
from api.allegro.payloads import documents as payloads
from api.allegro.payloads.reading import decode
from api.allegro.values import line, moment, word, words
from api.domain import (
    INVOICE_LIMIT,
    LINK_LIMIT,
    DocumentLink,
    OrderDocuments,
    OrderInvoice,
    ScanState,
)

if TYPE_CHECKING:
    from api.allegro.client import Allegro
    from api.allegro.invoice_file import InvoiceFile

MAX_LINK: Final = 2_000
"""Characters of an address; Allegro names no limit, browsers do."""

_LOOK: Final = "the order's documents"


class DocumentsResource:
    """`…/invoices` and `…/billing-documents/links` of an order, in public.v1."""

    def __init__(self, allegro: Allegro) -> None:
        self._allegro = allegro

    async def documents(self, order_id: str) -> OrderDocuments:
        """The invoices of an order with what the antivirus says of them, and the links."""
        call = Call("GET", _invoices(order_id), Media.PUBLIC, Scope.ORDERS_READ, language=ENGLISH)
        return await self._allegro.request(call, _documents)

    async def add_invoice(
        self,
        order_id: str,
        file: InvoiceFile,
        number: str = "",
        *,
        limit: int = INVOICE_LIMIT,
        known: OrderDocuments | None = None,
    ) -> str:
        """Put an invoice into an order, where the buyer finds it once the antivirus accepts it; gives its id.

        `limit` is `Order.invoice_limit`. `known` are the order's documents if they were read just now;
        without them they are asked for, so that an order that is full, or whose last file is still being
        scanned, is told before anything is sent.

        Raises TooManyDocuments and StillScanning before the first change, InvoiceHalfway when the file did
        not follow the declaration (go on with `upload`), and what `declare` raises.
        """
        present = known or await self.documents(order_id)
        if len(present.invoices) >= limit:
            raise TooManyDocuments("invoices", len(present.invoices), limit)
        waiting = next((one for one in present.invoices if one.scan is ScanState.WAITING), None)
        if waiting is not None:
            raise StillScanning(waiting.file_name)
        invoice = await self.declare(order_id, file, number)
        try:
            await self.upload(order_id, invoice, file)
        except AllegroError as error:
            failure = error
        else:
            return invoice
        raise InvoiceHalfway(failure, invoice)

    async def declare(self, order_id: str, file: InvoiceFile, number: str = "") -> str:
        """Announce an invoice and its file; gives the id that the file goes to. The first of two steps.

        Raises InvoiceNotNow, InvoiceNotTaken, InvoiceTooSoon (which holds up nothing else), and
        ChangeUnknown when it may have been announced. It is never repeated.
        """
        body: dict[str, object] = {"file": {"name": file.name}}
        if number.strip():
            body["invoiceNumber"] = number.strip()
        call = Call(
            "POST",
            _invoices(order_id),
            Media.PUBLIC,
            Scope.ORDERS_WRITE,
            body=msgspec.json.encode(body),
            once=True,
            meanings=((409, InvoiceNotNow), (422, InvoiceNotTaken), (429, InvoiceTooSoon)),
            language=ENGLISH,
        )
        return await change(self._allegro, call, _declared, _LOOK)

    async def upload(self, order_id: str, invoice_id: str, file: InvoiceFile) -> None:
        """Put the file to an announced invoice; Allegro scans it then. The second step.

        Raises InvoiceHasFile (also when an earlier try did arrive), InvoiceTooLarge, FileNotTaken, and
        ChangeUnknown when it may have arrived. It is never repeated.
        """
        call = Call(
            "PUT",
            f"{_invoices(order_id)}/{segment(invoice_id)}/file",
            Media.PUBLIC,
            Scope.ORDERS_WRITE,
            body=file.content,
            content_type="application/pdf",  # bare: a charset behind it is a 415
            once=True,
            meanings=((409, InvoiceHasFile), (413, InvoiceTooLarge), (422, FileNotTaken)),
            language=ENGLISH,
        )
        await change(self._allegro, call, lambda _body: None, _LOOK)

    async def add_link(self, order_id: str, url: str, *, known: OrderDocuments | None = None) -> None:
        """Hang a link to a receipt or an invoice on an order; `known` as for `add_invoice`.

        Allegro takes links to domains of its own list only, which it does not publish.

        Raises LinkRefused and TooManyDocuments before anything is sent, LinkAlreadyThere, LinkNotTaken,
        and ChangeUnknown when it may have been added. It is never repeated.
        """
        address = checked_link(url)
        present = known or await self.documents(order_id)
        if any(link.url == address for link in present.links):
            raise LinkRefused("the order has this link already: nothing is left to do")
        if len(present.links) >= LINK_LIMIT:
            raise TooManyDocuments("links", len(present.links), LINK_LIMIT)
        call = Call(
            "POST",
            f"/order/{segment(order_id)}/billing-documents/links",
            Media.PUBLIC,
            Scope.ORDERS_WRITE,
            body=msgspec.json.encode({"url": address}),
            once=True,
            meanings=((409, LinkAlreadyThere), (422, LinkNotTaken)),
            language=ENGLISH,
        )
        await change(self._allegro, call, lambda _body: None, _LOOK)


def checked_link(url: str) -> str:
    """The address of a document: https, to a host, nobody's password in it. Raises LinkRefused."""
    address = url.strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        raise LinkRefused("this is no address: copy it from the browser") from None
    if parts.scheme.casefold() != "https":
        raise LinkRefused(f"the address begins with {parts.scheme or 'nothing'!r}, it must be https")
    if "." not in host.strip("."):
        raise LinkRefused("the address names no host: copy it from the browser")
    if parts.username is not None or parts.password is not None:
        raise LinkRefused("the address holds a user or a password: use one without")
    if len(address) > MAX_LINK or not address.isprintable() or " " in address:
        raise LinkRefused(f"the address holds spaces or controls, or more than {MAX_LINK} characters")
    return address


def _invoices(order_id: str) -> str:
    return f"/order/checkout-forms/{segment(order_id)}/invoices"


def _declared(body: bytes) -> str:
    return decode(body, payloads.declared_decoder, payloads.Declared).id


def _documents(body: bytes) -> OrderDocuments:
    found = decode(body, payloads.documents_decoder, payloads.Documents)
    return OrderDocuments(
        invoices=tuple(_invoice(invoice) for invoice in found.invoices or ()),
        links=tuple(
            DocumentLink(word(link.id), word(link.url), moment(link.createdAt)) for link in found.links or ()
        ),
        mode=word(found.orderMode),
        elsewhere=bool(found.hasExternalInvoices),
    )


def _invoice(payload: payloads.Invoice) -> OrderInvoice:
    file = payload.file or payloads.File()
    scan = file.securityVerification or payloads.Scan()
    check = file.verification or payloads.Check()
    return OrderInvoice(
        id=word(payload.id),
        number=line(payload.invoiceNumber),
        file_name=line(file.name),
        created_at=moment(payload.createdAt),
        uploaded_at=moment(file.uploadedAt),
        scan=ScanState.parse(scan.status),
        scan_word=word(scan.status),
        scanned_at=moment(scan.verifiedAt),
        check_word=word(check.status),
        complaints=words(complaint.message or complaint.code for complaint in check.details or ()),
    )
