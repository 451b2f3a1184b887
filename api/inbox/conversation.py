"""A thread with its messages: what the screen shows and the rules ask about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.domain import Message, Thread
from api.inbox.contact import counts

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread and the messages read so far, oldest first; `older` is the cursor of older ones, or None."""

    thread: Thread
    messages: tuple[Message, ...]
    older: str | None

    @property
    def orders(self) -> tuple[str, ...]:
        """Ids of the orders that this thread is about, the one spoken of last first."""
        spoken = [message.order for message in reversed(self.messages) if message.order]
        return tuple(dict.fromkeys([*spoken, *(order.id for order in self.thread.orders)]))

    @property
    def last_spoken(self) -> Message | None:
        """The newest message of the buyer or the seller; Allegro's own voices do not count."""
        people = (message for message in reversed(self.messages) if message.from_buyer or message.author.mine)
        return next(people, None)

    @property
    def needs_reply(self) -> bool:
        """Whether the buyer waits for an answer: computed from messages, never from a state field.

        An answer that Allegro has stopped never reached the buyer, who still waits.
        """
        last = next((message for message in reversed(self.messages) if counts(message)), None)
        return last is not None and last.from_buyer and self.thread.open

    def with_messages(self, messages: Iterable[Message], older: str | None) -> Conversation:
        """This conversation with messages added or replaced by id, and the cursor of still older ones."""
        return replace(self, messages=merge(self.messages, messages), older=older)

    def with_message(self, message: Message) -> Conversation:
        """This conversation with one message added or replaced by id."""
        return self.with_messages([message], self.older)


def merge(known: Iterable[Message], fresh: Iterable[Message]) -> tuple[Message, ...]:
    """Both sets of messages by id, the fresh one winning, oldest first."""
    by_id = {message.id: message for message in known}
    by_id.update({message.id: message for message in fresh})
    return tuple(sorted(by_id.values(), key=lambda message: message.created_at))
