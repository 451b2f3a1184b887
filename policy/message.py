"""What is about to be sent, and what is known about the conversation around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Contact(StrEnum):
    """Who started it: the rules on duplicates only bind contact that the seller starts."""

    REPLY = "reply"
    """The newest message of the thread is the buyer's."""
    CONTINUATION = "continuation"
    """The buyer wrote about this order and the seller has already answered."""
    STALE = "stale"
    """The buyer's last message is about another order, or old."""
    INITIATED = "initiated"
    """The buyer has written nothing about this order."""
    PRESALE = "presale"
    """A question about an offer; there is no order yet."""


class Attachment(NamedTuple):
    """A file that goes with the message: its name, its MIME type if known, its size in bytes."""

    name: str
    mime: str = ""
    size: int = 0


@dataclass(frozen=True)
class Message:
    """A message as typed; `language` is the ISO 639-1 code of its language, "" to find out."""

    text: str
    attachments: tuple[Attachment, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Context:
    """The conversation and the order that the message belongs to.

    `buyer_last` is the text of the buyer's last message, if there is one. `carrier_integrated` says whether
    Allegro itself reports this parcel's status, `invoice_required` whether the buyer asked for an invoice
    with the order. `repeats` is how many others were sent nearly the same text within 24 hours. `as_of`
    chooses the rules of a day; None the newest known.
    """

    contact: Contact = Contact.INITIATED
    buyer_last: str | None = None
    carrier_integrated: bool = True
    invoice_required: bool = False
    paid: bool = True
    marketplace: str = "allegro-pl"
    as_of: date | None = None
    repeats: int = 0
    thread_closed: bool = False
    """Allegro takes no more messages in this thread."""
    no_order: bool = False
    """The seller writes first and names no order of this buyer."""
