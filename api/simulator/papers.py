"""Invoices and links of orders, and the antivirus that reads the files.

A file whose name holds "virus" is rejected, every other one accepted, `scan_seconds` after it came.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from api import clock
from api.simulator.ids import uuid_of
from api.simulator.model_handling import DocumentLink, OrderInvoice
from api.simulator.refusal import RefusalError
from api.simulator.refusals_orders import (
    DECLARED_TOO_FAST,
    FILE_EMPTY,
    FILE_EXISTS,
    FILE_TOO_LARGE,
    INVOICE_EXISTS,
    INVOICE_NOT_ALLOWED,
    INVOICE_NOT_FOUND,
    LINK_EXISTS,
    LINK_INVALID,
    LINKS_FULL,
    SCAN_IN_PROGRESS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.simulator.model import Order
    from api.simulator.model_handling import Told
    from api.simulator.settings import SimulatorSettings

MAX_BYTES: Final = 3 * 1024 * 1024
MAX_INVOICES: Final = 10
MAX_LINKS: Final = 10
MAX_URL: Final = 2_000


class Papers:
    """All documents of all orders; the bytes of a file are looked at and thrown away."""

    def __init__(self, told: Told, settings: SimulatorSettings, monotonic: Callable[[], float]) -> None:
        self._invoices = list(told.invoices)
        self._links = list(told.links)
        self._settings = settings
        self._monotonic = monotonic
        self._declare_at = 0.0

    def invoices(self, order: Order) -> tuple[OrderInvoice, ...]:
        self._settle()
        return tuple(it for it in self._invoices if it.order == order.id)

    def links(self, order: Order) -> tuple[DocumentLink, ...]:
        return tuple(it for it in self._links if it.order == order.id)

    def declare(self, order: Order, file_name: str, number: str | None) -> OrderInvoice:
        """Raises RefusalError: 422 not allowed or still scanning, 409 full, 429 too fast."""
        present = self.invoices(order)
        if order.status != "READY_FOR_PROCESSING":
            raise RefusalError(INVOICE_NOT_ALLOWED, "Order does not allow an invoice")
        deferred = order.payment is not None and order.payment.type == "EXTENDED_TERM"
        if len(present) >= (1 if deferred else MAX_INVOICES):
            raise RefusalError(INVOICE_EXISTS, f"Order {order.id} already has seller invoice")
        if any(it.scan == "WAITING" for it in present):
            raise RefusalError(
                SCAN_IN_PROGRESS,
                f"Security scan for SELLER invoice in given order [{order.id}] is in progress",
            )
        now = self._monotonic()
        if now < self._declare_at:
            raise RefusalError(DECLARED_TOO_FAST, "Metadata is added too fast")
        self._declare_at = now + self._settings.declare_interval
        invoice = OrderInvoice(
            id=uuid_of("invoice", self._settings.seed, order.id, len(self._invoices)),
            order=order.id,
            number=number,
            file_name=file_name,
            created_at=clock.now(),
        )
        self._invoices.append(invoice)
        return invoice

    def upload(self, order: Order, invoice_id: str, content: bytes) -> None:
        """Raises RefusalError: 404 no such invoice, 409 it has its file, 413 above 3 MB, 422 empty."""
        self._settle()
        place = next(
            (at for at, it in enumerate(self._invoices) if (it.id, it.order) == (invoice_id, order.id)), None
        )
        if place is None:
            raise RefusalError(INVOICE_NOT_FOUND, f"Invoice {invoice_id} not found")
        invoice = self._invoices[place]
        if invoice.uploaded_at is not None:
            raise RefusalError(FILE_EXISTS, f"Invoice {invoice_id} already has invoice file uploaded")
        if not content:
            raise RefusalError(FILE_EMPTY, "Uploaded file is empty")
        if len(content) > MAX_BYTES:
            raise RefusalError(FILE_TOO_LARGE, "The file is too large. Max file size is 3MB")
        self._invoices[place] = replace(
            invoice,
            uploaded_at=clock.now(),
            scan="WAITING",
            due=self._monotonic() + self._settings.scan_seconds,
        )

    def add_link(self, order: Order, url: str) -> None:
        """Raises RefusalError: 422 no https address or too many, 409 it is there."""
        present = self.links(order)
        if len(url) > MAX_URL or not _is_https(url):
            raise RefusalError(LINK_INVALID, "The given URL is invalid", "url")
        if any(it.url == url for it in present):
            raise RefusalError(LINK_EXISTS, "The given URL to the billing document already exists", "url")
        if len(present) >= MAX_LINKS:
            raise RefusalError(LINKS_FULL, f"You can add up to {MAX_LINKS} links", "url")
        name = uuid_of("link", self._settings.seed, order.id, url)
        self._links.append(DocumentLink(name, order.id, url, clock.now()))

    def _settle(self) -> None:
        """Let the antivirus be through with every file whose time has come."""
        now = self._monotonic()
        for place, invoice in enumerate(self._invoices):
            if invoice.due is not None and invoice.due <= now:
                outcome = "REJECTED" if "virus" in invoice.file_name.casefold() else "ACCEPTED"
                self._invoices[place] = replace(invoice, scan=outcome, scanned_at=clock.now(), due=None)


def _is_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and " " not in url and url.isprintable()
