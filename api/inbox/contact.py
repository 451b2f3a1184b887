"""Who started this contact: the question on which Allegro's rules hang.

Classes and their tests: Allegro publishes no definition of "the same conversation" (threads are per pair
of users, for ever), so these are okienko's own reading of the terms (section 10.12) and of the reminder of
2026-02-10 that replies within a conversation the buyer opened are exempt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from api.domain import Channel, Message, MessageState, Thread, ThreadType
from policy import Contact

if TYPE_CHECKING:
    from collections.abc import Sequence

STALE_AFTER = timedelta(days=14)


class Ground(StrEnum):
    """Why a contact falls into its class."""

    NEWEST_IS_BUYERS = "newest-is-buyers"
    QUESTION_ABOUT_OFFER = "question-about-offer"
    BUYER_OPENED_PROBLEM = "buyer-opened-problem"
    ALREADY_ANSWERED = "already-answered"
    ANOTHER_ORDER = "another-order"
    LONG_AGO = "long-ago"
    BUYER_NEVER_WROTE = "buyer-never-wrote"
    ORDERED_LATER = "ordered-later"


CLASS_OF = {
    Ground.NEWEST_IS_BUYERS: Contact.REPLY,
    Ground.BUYER_OPENED_PROBLEM: Contact.REPLY,
    Ground.QUESTION_ABOUT_OFFER: Contact.PRESALE,
    Ground.ALREADY_ANSWERED: Contact.CONTINUATION,
    Ground.ANOTHER_ORDER: Contact.STALE,
    Ground.LONG_AGO: Contact.STALE,
    Ground.BUYER_NEVER_WROTE: Contact.INITIATED,
    Ground.ORDERED_LATER: Contact.INITIATED,
}


@dataclass(frozen=True, slots=True)
class ContactReading:
    """Why a contact falls into its class, and the buyer's last message where there is one."""

    ground: Ground
    buyer_last: Message | None

    @property
    def contact(self) -> Contact:
        return CLASS_OF[self.ground]


def read_contact(
    thread: Thread,
    messages: Sequence[Message],
    *,
    order: str,
    ordered_at: datetime | None,
    at: datetime,
    stale_after: timedelta = STALE_AFTER,
) -> ContactReading:
    """Classify a message that the seller would write now.

    `messages` in any order; `order` is the id that the new message is about ("" for none) and `ordered_at`
    when it was bought, where known. Allegro's own voices and messages that it blocked do not count.
    """
    spoken = sorted((message for message in messages if counts(message)), key=lambda m: m.created_at)
    from_buyer = [message for message in spoken if message.from_buyer]
    if not from_buyer:
        opened = thread.type is ThreadType.POST_PURCHASE_ISSUE
        return ContactReading(Ground.BUYER_OPENED_PROBLEM if opened else Ground.BUYER_NEVER_WROTE, None)
    last = from_buyer[-1]
    unanswered = spoken[-1].from_buyer
    earlier = ordered_at is not None and last.created_at < ordered_at
    about_offer = bool(last.offer) or last.channel is Channel.ASK_QUESTION
    first_that_holds = (
        (bool(order and last.order and last.order != order), Ground.ANOTHER_ORDER),
        (bool(order and not last.order and earlier), Ground.ORDERED_LATER),
        (not unanswered and at - last.created_at > stale_after, Ground.LONG_AGO),
        (not order and about_offer, Ground.QUESTION_ABOUT_OFFER),
        (unanswered, Ground.NEWEST_IS_BUYERS),
        (True, Ground.ALREADY_ANSWERED),
    )
    return ContactReading(next(ground for holds, ground in first_that_holds if holds), last)


def counts(message: Message) -> bool:
    """Whether somebody has said this to somebody: not Allegro's own voices, nothing that it stopped."""
    delivered = message.state not in {MessageState.BLOCKED, MessageState.DISMISSED}
    return message.from_buyer or (message.author.mine and delivered)
