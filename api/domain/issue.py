"""A discussion or a claim about an order, and what is said in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from api.domain.message import Role
from api.domain.openset import OpenSet
from api.domain.order import Money
from api.domain.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable


class IssueType(OpenSet):
    """A discussion (DISPUTE), which people end themselves, or a claim, which the law knows."""

    DISPUTE = "DISPUTE"
    CLAIM = "CLAIM"
    OTHER = "OTHER"


class IssueStatus(OpenSet):
    DISPUTE_ONGOING = "DISPUTE_ONGOING"
    DISPUTE_CLOSED = "DISPUTE_CLOSED"
    DISPUTE_UNRESOLVED = "DISPUTE_UNRESOLVED"
    CLAIM_SUBMITTED = "CLAIM_SUBMITTED"
    CLAIM_ACCEPTED = "CLAIM_ACCEPTED"
    CLAIM_REJECTED = "CLAIM_REJECTED"
    OTHER = "OTHER"


class LastWord(OpenSet):
    """Allegro's word for who wrote last. NEW: the seller never did.

    It stays SELLER_REPLIED when the buyer sends only a file (allegro/allegro-api#12196): `last_side` of the
    conversation knows better.
    """

    NEW = "NEW"
    SELLER_REPLIED = "SELLER_REPLIED"
    BUYER_REPLIED = "BUYER_REPLIED"
    ALLEGRO_ADVISOR_REPLIED = "ALLEGRO_ADVISOR_REPLIED"
    OTHER = "OTHER"


class Side(StrEnum):
    """Whose words a message holds, as far as that can be told; see `api.allegro.translate_issues`.

    UNCLEAR is a message of Allegro's machines or of an unknown SELLER: it may hold the buyer's own words
    (allegro/allegro-api#12714, #12568), so it is never put aside as "already answered".
    """

    OURS = "OURS"
    BUYER = "BUYER"
    ALLEGRO = "ALLEGRO"
    UNCLEAR = "UNCLEAR"


@dataclass(frozen=True, slots=True)
class IssueAuthor:
    """Who a message says it is from; `login` is empty for Allegro's people. `role_word` is the wire's."""

    role: Role
    role_word: str
    login: str
    side: Side


@dataclass(frozen=True, slots=True)
class IssueAttachment:
    """A file in a conversation or of a claim; `id` is the end of its address, empty where there is none."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class IssueMessage:
    """One message, safe for a terminal; empty and None where Allegro has nothing."""

    id: str
    author: IssueAuthor
    text: str
    created_at: datetime | None
    attachments: tuple[IssueAttachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the buyer of a claim asks for: REPAIR, EXCHANGE, REFUND, PARTIAL_REFUND (the wire's word)."""

    name: str
    refund: Money | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A discussion or claim as the list shows it; its conversation is read apart.

    Empty strings and None where Allegro tells nothing. `status_word` and `last_word_word` are the wire's
    words for values that are not known here yet. `message_count` may be 0 or too low (#11852, #12974).
    `right` is WARRANTY or COMPLAINT (claims). `return_required` None: not decided. `first` is the message
    that opened it, which old discussions lack.
    """

    id: str
    type: IssueType
    status: IssueStatus
    status_word: str
    chat_active: bool
    buyer: str
    buyer_id: str
    order: str
    ordered_at: datetime | None
    opened_at: datetime | None
    subject: str
    description: str
    reference: str
    reason: str
    reason_text: str
    right: str
    decision_due: datetime | None
    status_due: datetime | None
    return_required: bool | None
    last_word: LastWord
    last_message_at: datetime | None
    message_count: int
    offer: str
    quantity: int
    product: str
    expectations: tuple[Expectation, ...] = ()
    attachments: tuple[IssueAttachment, ...] = ()
    first: IssueMessage | None = None

    @property
    def is_claim(self) -> bool:
        return self.type is IssueType.CLAIM


@dataclass(frozen=True, slots=True)
class IssuePage(Page[Issue]):
    """A page of issues. `unreadable` are the offsets whose records Allegro itself could not read."""

    unreadable: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueChat:
    """A whole conversation, the oldest message first.

    `complete` is False when Allegro gave the same full page again instead of the next one: it is known to
    ignore the offset of a conversation (allegro/allegro-api#13678), and more may have been said.
    """

    messages: tuple[IssueMessage, ...]
    complete: bool = True


def last_side(conversation: Iterable[IssueMessage]) -> Side | None:
    """Who wrote the newest message of a conversation, in whatever order it is given; None for an empty one.

    Messages without a time are taken to be older than all others.
    """
    timed = [
        (message.created_at.timestamp() if message.created_at else 0.0, message) for message in conversation
    ]
    return max(timed, key=lambda it: it[0])[1].author.side if timed else None
