"""Whether a message whose answer was lost is at Allegro: the conversation is read again and searched.

There is no idempotency key. A message is ours when this account wrote it, with the same words (by
fingerprint), as many attachments, and not before it was sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Self

from api.allegro.outgoing import fingerprint
from api.domain import ThreadType

if TYPE_CHECKING:
    from collections.abc import Collection

    from api.allegro.errors import SendOutcomeUnknown
    from api.allegro.messaging.resource import MessagingResource
    from api.domain import Account, Message

OVERLAP: Final = timedelta(minutes=2)
"""How far Allegro's clock may be from ours."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A message that may have arrived; all of it can be kept on a disk before it is sent.

    `digest` is the `fingerprint` of its text and `attachments` their number. It went into `thread`, or to
    `buyer` about `order`. `since` is aware: the time of sending, less what the clocks may differ.
    `known` are ids of messages that are certainly others.
    """

    digest: str
    since: datetime
    thread: str = ""
    buyer: str = ""
    order: str = ""
    attachments: int = 0
    known: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, unknown: SendOutcomeUnknown, *, overlap: timedelta = OVERLAP, known: Collection[str] = ()
    ) -> Self:
        """What an error tells of the message that it is about."""
        return cls(
            digest=unknown.digest,
            since=unknown.sent_at - overlap,
            thread=unknown.thread,
            buyer=unknown.buyer,
            order=unknown.order,
            attachments=unknown.attachments,
            known=frozenset(known),
        )

    def is_it(self, message: Message) -> bool:
        """Whether this is the message. Allegro does not always tell the order, so an empty one passes."""
        return (
            message.author.mine
            and message.created_at >= self.since
            and message.id not in self.known
            and len(message.attachments) == self.attachments
            and message.order in ({"", self.order} if self.order else {message.order})
            and fingerprint(message.text) == self.digest
        )


async def find(messaging: MessagingResource, me: Account, sought: Sought) -> Message | None:
    """The message, or None where it cannot be seen (yet). See `MessagingResource.find_sent`."""
    thread = sought.thread or await _thread_with(messaging, me, sought)
    if thread is None:
        return None
    cursor: str | None = None
    while True:
        page = await messaging.messages(me, thread, cursor)
        # The oldest that fits: when the same words went out twice, each finds its own through `known`.
        found = [message for message in page.items if sought.is_it(message)]
        if found:
            return found[-1]
        older = page.items and all(message.created_at < sought.since for message in page.items)
        if older or page.next is None:
            return None
        cursor = page.next


async def _thread_with(messaging: MessagingResource, me: Account, sought: Sought) -> str | None:
    """The common thread with the buyer, if anything was written there since."""
    buyer = sought.buyer.casefold()
    cursor: str | None = None
    while True:
        page = await messaging.threads(me, cursor)
        for thread in page.items:
            common = thread.type is not ThreadType.POST_PURCHASE_ISSUE
            if common and thread.buyer.casefold() == buyer:
                return thread.id
        older = page.items and all(thread.last_message_at < sought.since for thread in page.items)
        if older or page.next is None:
            return None
        cursor = page.next
