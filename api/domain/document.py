"""Invoices and receipts that hang on an order: files that Allegro scans, and links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from api.domain.openset import OpenSet

LINK_LIMIT: Final = 10
"""Links that an order may have."""


class ScanState(OpenSet):
    """What the antivirus says of a file; only ACCEPTED is shown to the buyer."""

    WAITING = "WAITING"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class OrderInvoice:
    """An invoice of an order.

    `uploaded_at` None is a declaration whose file is still missing; `scan` is OTHER then, and `scan_word`
    (Allegro's own word) empty. `check_word` is what became of the further check of invoices with deferred
    payment (NOT_APPLICABLE for all others), `complaints` what that check found.
    """

    id: str
    number: str
    file_name: str
    created_at: datetime | None
    uploaded_at: datetime | None
    scan: ScanState
    scan_word: str
    scanned_at: datetime | None
    check_word: str = ""
    complaints: tuple[str, ...] = ()

    @property
    def has_file(self) -> bool:
        return self.uploaded_at is not None or self.scan_word != ""


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A link to a receipt or an invoice elsewhere; never to be opened by itself."""

    id: str
    url: str
    created_at: datetime | None


@dataclass(frozen=True, slots=True)
class OrderDocuments:
    """All documents of an order. `elsewhere` says that there are invoices which Allegro shows only itself."""

    invoices: tuple[OrderInvoice, ...]
    links: tuple[DocumentLink, ...]
    mode: str = ""
    elsewhere: bool = False

    @property
    def scanning(self) -> bool:
        """Whether a file waits for the antivirus, while which Allegro takes no other."""
        return any(invoice.scan is ScanState.WAITING for invoice in self.invoices)
