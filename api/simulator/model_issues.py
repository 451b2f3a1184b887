"""Discussions, claims, ratings and the quality of sales, as the pretend Allegro knows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from api.simulator.model import Attachment, Money


@dataclass(frozen=True, slots=True)
class IssueFile:
    """A file in an issue. One with `center` is kept by the Message Center, and the issues do not find it."""

    file: Attachment
    center: bool = False


@dataclass(frozen=True, slots=True)
class IssueMessage:
    """`role` is BUYER, SELLER, ADMIN, SYSTEM or FULFILLMENT; `login` None is left out."""

    id: str
    role: str
    login: str | None
    text: str
    created_at: datetime
    files: tuple[IssueFile, ...] = ()


@dataclass(slots=True)
class Issue:
    """A discussion or claim; it changes, so `Issues` alone writes to it. `messages` are oldest first.

    `told_count` is a wrong number of messages that Allegro tells. `nameless` issues have "TODO" for their
    first message. What is `gone` is in the list and cannot be had.
    """

    id: str
    type: str
    status: str
    buyer_id: str
    buyer: str
    order: str
    ordered_at: datetime
    opened_at: datetime
    messages: list[IssueMessage]
    chat_active: bool = True
    subject: str | None = None
    reference: str | None = None
    reason: str | None = None
    reason_text: str | None = None
    right: str | None = None
    description: str | None = None
    decision_due: datetime | None = None
    return_required: bool | None = None
    expectation: str | None = None
    refund: Money | None = None
    offer: str | None = None
    product: str | None = None
    quantity: int = 1
    files: tuple[IssueFile, ...] = ()
    told_count: int | None = None
    nameless: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class RatingAnswer:
    text: str
    created_at: datetime
    language: str = "pl"


@dataclass(frozen=True, slots=True)
class RemovalRequest:
    text: str
    created_at: datetime
    source: str = "SELLER"


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating; `offers` are (id, title); `reasons` (text, whether the buyer sees it too)."""

    id: str
    recommended: bool
    buyer_id: str
    buyer: str
    order: str
    offers: tuple[tuple[str, str], ...]
    created_at: datetime
    edited_at: datetime | None
    comment: str | None
    language: str
    reasons: tuple[tuple[str, bool], ...]
    removable_to: datetime | None
    excluded: str | None = None
    first_negative: bool = False
    answer: RatingAnswer | None = None
    removal: RemovalRequest | None = None

    @property
    def changed_at(self) -> datetime:
        return self.edited_at or self.created_at


@dataclass(frozen=True, slots=True)
class QualityMetric:
    code: str
    polish: str
    english: str
    score: int
    max_score: int | None


@dataclass(frozen=True, slots=True)
class QualityDay:
    day: date
    grade: str
    max_score: int
    metrics: tuple[QualityMetric, ...]

    @property
    def score(self) -> int:
        return sum(it.score for it in self.metrics)


@dataclass(frozen=True, slots=True)
class Voices:
    """All of it when the simulator starts."""

    issues: tuple[Issue, ...] = ()
    ratings: tuple[Rating, ...] = ()
    quality: tuple[QualityDay, ...] = field(default=())
