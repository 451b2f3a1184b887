"""What Allegro's no means where it means more than its status: parcels, states, invoices, links of orders."""

from __future__ import annotations

from typing import ClassVar

from api.allegro.errors.attachments import TooLarge
from api.allegro.errors.base import AllegroError
from api.allegro.errors.refused import BadRequest, Conflict, TooMany, Unprocessable


class RevisionOutdated(Conflict):
    """409: the order is not any more what was seen when its state was set."""

    advice = "The order has changed meanwhile: load it again, look at what is new, then set the state again."


class StatusNotTaken(Unprocessable):
    """422: the order cannot have this state."""

    advice = "Allegro does not take this state for this order: load it again and choose another."


class ShipmentNotTaken(BadRequest):
    """400: an unknown carrier, a carrier's name that is too long, a number of a wrong form."""

    advice = "Check the carrier and the number: Allegro does not know the one, or the other has a wrong form."


class WaybillOverused(Conflict):
    """409: the parcel number is in too many orders."""

    advice = "This parcel number is in as many orders already as one may be: check the number."


class TrackingNotTaken(BadRequest):
    """400: an unknown carrier, or more numbers than Allegro takes."""

    advice = "Check the carrier: Allegro does not track parcels of this one."


class InvoiceNotNow(Conflict):
    """409: the order has all the invoices that it may have, or the antivirus still reads one.

    Allegro's file knows the first only; staff named the second (allegro/allegro-api#12721).
    """

    advice = (
        "Look at the order's documents: either it has its invoice, or the antivirus still reads one; "
        "then wait a minute and repeat."
    )


class InvoiceNotTaken(Unprocessable):
    """422: no invoice may be added to this order, its payment was rejected, or a file is being scanned."""

    advice = (
        "Look at the order's documents: a file that is being scanned holds up the next one for a minute. "
        "Otherwise this order takes no invoice, for instance as it is cancelled or its payment was rejected."
    )


class InvoiceTooSoon(TooMany):
    """429: an invoice was declared a moment ago. Concerns nothing but the next declaration."""

    concerns_all = False
    shortest: ClassVar[float] = 10.0


class InvoiceHasFile(Conflict):
    """409: this invoice has its file, which cannot be replaced."""

    advice = "The file is there already: look at the order's documents. Another file needs another invoice."


class InvoiceTooLarge(TooLarge):
    """413: Allegro takes no invoice of this size."""

    advice = "Allegro takes PDF files of up to 3 MB: make the file smaller, then repeat."


class FileNotTaken(Unprocessable):
    """422: the file is empty, or the order's payment was rejected."""

    advice = "Allegro found the file empty, or the order's payment was rejected: look at both."


class LinkAlreadyThere(Conflict):
    """409: the order has this link."""

    advice = "The order has this link already; nothing is left to do."


class LinkNotTaken(Unprocessable):
    """422: no address that Allegro takes; it takes links to domains of its own list only."""

    advice = (
        "Allegro takes https links to the domains of its own list (receipt and invoice services): "
        "check the address, or put the document in as a PDF file."
    )


class ChangeUnknown(AllegroError):  # noqa: N818  the name says what happened
    """A change went out, and whether Allegro made it is not known; it was not repeated.

    `look` says where to look before repeating; `failure` is what happened to the answer.
    """

    may_have_happened = True

    def __init__(self, failure: AllegroError, look: str) -> None:
        super().__init__(
            failure.method,
            failure.path,
            trace_id=failure.trace_id,
            status=failure.status,
            code=failure.code,
            user_message=failure.user_message,
        )
        self.failure = failure
        self.look = look

    @property
    def happened(self) -> str:
        return f"the change was sent, and {self.failure.happened}"

    @property
    def next_step(self) -> str:
        return f"Look at {self.look} before repeating: the change may have been made."


class InvoiceHalfway(AllegroError):  # noqa: N818  the name says what happened
    """An invoice was declared, and its file did not follow.

    Put the file to `invoice`, the id of the declaration, rather than declaring another one.
    `failure` is what happened to the file.
    """

    def __init__(self, failure: AllegroError, invoice: str) -> None:
        super().__init__(
            failure.method,
            failure.path,
            trace_id=failure.trace_id,
            status=failure.status,
            code=failure.code,
            user_message=failure.user_message,
        )
        self.failure = failure
        self.invoice = invoice
        self.may_have_happened = failure.may_have_happened

    @property
    def happened(self) -> str:
        return f"the invoice was declared, and then {self.failure.happened}"

    @property
    def next_step(self) -> str:
        return f"{self.failure.next_step} The declaration stays: the file still goes to {self.invoice}."
