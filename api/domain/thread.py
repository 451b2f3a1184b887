"""A conversation between the seller and one buyer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.domain.message import Role
from api.domain.openset import OpenSet


class ThreadType(OpenSet):
    """COMMON is the one thread for ever of a pair of users; POST_PURCHASE_ISSUE a problem with a purchase."""

    COMMON = "COMMON"
    POST_PURCHASE_ISSUE = "POST_PURCHASE_ISSUE"
    OTHER = "OTHER"


class ThreadStatus(OpenSet):
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Participant:
    role: Role
    login: str


@dataclass(frozen=True, slots=True)
class ThreadOrder:
    """An order that the whole thread is about (purchase problems only); offers as (offer id, quantity)."""

    id: str
    offers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread as the list shows it; messages are read apart.

    `read` is Allegro's flag of this account's inbox, never a read receipt.
    `last_message_at` is the time of writing of the newest message, which may have become visible later.
    """

    id: str
    type: ThreadType
    status: ThreadStatus
    read: bool
    created_at: datetime
    last_message_at: datetime
    participants: tuple[Participant, ...]
    buyer: str
    orders: tuple[ThreadOrder, ...] = ()
    subtype: str = ""

    @property
    def open(self) -> bool:
        return self.status is not ThreadStatus.CLOSED
