"""What lies on the desk: threads, conversations and orders read so far, and which of them are listed.

No widget and no network: the screen asks it, and the answers of workers change it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from api.domain import MessageState, Order, Thread, ThreadType
from api.inbox import Conversation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.domain import Message


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the thread list."""

    id: str
    buyer: str
    at: datetime
    unread: bool
    problem: bool
    closed: bool
    needs_reply: bool
    blocked: bool
    draft: bool
    first_words: str


@dataclass(slots=True)
class Desk:
    """All that was read of one account's inbox."""

    threads: dict[str, Thread] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    drafts: set[str] = field(default_factory=set)
    unread_only: bool = False

    def rows(self, keep: str | None = None) -> list[Row]:
        """What the list shows: newest first, only unread ones when asked so.

        The thread `keep` stays listed: what is under the seller's hands does not vanish from there.
        """
        return [
            self._row(thread)
            for thread in self._newest_first()
            if not (self.unread_only and thread.read) or thread.id == keep
        ]

    def not_read_yet(self) -> list[Thread]:
        """Threads whose messages were never read, or have newer ones than were read; newest first."""
        return [
            thread
            for thread in self._newest_first()
            if (known := self.conversations.get(thread.id)) is None
            or known.thread.last_message_at != thread.last_message_at
        ]

    @property
    def unread(self) -> int:
        return sum(not thread.read for thread in self.threads.values())

    def take_threads(self, threads: Iterable[Thread]) -> list[Thread]:
        """Put threads on the desk; returns those that are new or have a newer message than was known."""
        moved = []
        for thread in threads:
            known = self.threads.get(thread.id)
            if known is None or known.last_message_at != thread.last_message_at:
                moved.append(thread)
            self.threads[thread.id] = thread
        return moved

    def take_conversation(self, conversation: Conversation) -> Conversation:
        """Put a conversation on the desk, together with what is known of it, and return both as one.

        An answer that was asked for earlier may come late: it takes no message away, and no message that
        Allegro has decided about goes back to being verified.
        """
        known = self.conversations.get(conversation.thread.id)
        if known is not None:
            settled = {message.id for message in known.messages if message.state.settled}
            fresh = [m for m in conversation.messages if m.state.settled or m.id not in settled]
            further = conversation if _reaches_back(conversation, known) else known
            conversation = replace(known, thread=conversation.thread).with_messages(fresh, further.older)
        self.conversations[conversation.thread.id] = conversation
        return conversation

    def take_message(self, message: Message) -> Conversation | None:
        """Put a sent or changed message into its conversation; None when that was never read."""
        thread = self.threads.get(message.thread)
        if thread is not None and message.created_at > thread.last_message_at:
            self.threads[thread.id] = replace(thread, last_message_at=message.created_at)
        conversation = self.conversations.get(message.thread)
        if conversation is None:
            return None
        conversation = conversation.with_message(message)
        self.conversations[message.thread] = conversation
        return conversation

    def order_of(self, thread_id: str) -> str:
        """Id of the order that a reply in this thread is about, or ""."""
        conversation = self.conversations.get(thread_id)
        orders = conversation.orders if conversation else ()
        return orders[0] if orders else ""

    def _newest_first(self) -> list[Thread]:
        return sorted(
            self.threads.values(), key=lambda thread: (thread.last_message_at, thread.id), reverse=True
        )

    def _row(self, thread: Thread) -> Row:
        conversation = self.conversations.get(thread.id)
        last = conversation.last_spoken if conversation else None
        words = " ".join(last.text.split()) if last else ""
        return Row(
            id=thread.id,
            buyer=thread.buyer,
            at=thread.last_message_at,
            unread=not thread.read,
            problem=thread.type is ThreadType.POST_PURCHASE_ISSUE,
            closed=not thread.open,
            needs_reply=conversation.needs_reply if conversation else False,
            blocked=last is not None and last.author.mine and last.state is MessageState.BLOCKED,
            draft=thread.id in self.drafts,
            first_words=words,
        )


def _reaches_back(one: Conversation, other: Conversation) -> bool:
    """Whether the first conversation was read further back than the second."""
    if not (one.messages and other.messages):
        return bool(one.messages)
    return one.messages[0].created_at < other.messages[0].created_at
