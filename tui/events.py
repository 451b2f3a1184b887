"""What workers tell the screen. Workers never touch widgets: they post one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.domain import Message as Sent
    from api.domain import Order, Thread
    from api.inbox import Conversation
    from api.outbox import Letter
    from api.session import Session


class SessionOpened(Message):
    """The account is known and its services are ready."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session


class SessionFailed(Message):
    """The account could not be opened."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class ThreadsRead(Message):
    """A page of threads came; `complete` with the last one of this reading.

    `cut_short` says, at the end of a reading of the whole list, whether there are more; else it is None.
    """

    def __init__(self, threads: Sequence[Thread], *, complete: bool, cut_short: bool | None = None) -> None:
        super().__init__()
        self.threads = threads
        self.complete = complete
        self.cut_short = cut_short


class ConversationRead(Message):
    """Messages of a thread came."""

    def __init__(self, conversation: Conversation) -> None:
        super().__init__()
        self.conversation = conversation


class OrderRead(Message):
    """The order that was asked for under this id came."""

    def __init__(self, asked: str, order: Order) -> None:
        super().__init__()
        self.asked = asked
        self.order = order


class OrderMissing(Message):
    """An order could not be read."""

    def __init__(self, order: str, error: Exception) -> None:
        super().__init__()
        self.order = order
        self.error = error


class MarkedRead(Message):
    """Allegro knows that this thread was read."""

    def __init__(self, thread: Thread) -> None:
        super().__init__()
        self.thread = thread


class ReadingFailed(Message):
    """Something could not be read; `thread` is the id of the thread it concerns, or ""."""

    def __init__(self, thread: str, error: Exception) -> None:
        super().__init__()
        self.thread = thread
        self.error = error


class LetterSent(Message):
    """Allegro took a letter and made this message of it."""

    def __init__(self, letter: Letter, message: Sent) -> None:
        super().__init__()
        self.letter = letter
        self.message = message


class LetterFailed(Message):
    """A letter was not sent, or nobody knows whether it was."""

    def __init__(self, letter: Letter, error: Exception) -> None:
        super().__init__()
        self.letter = letter
        self.error = error


class StateChanged(Message):
    """Allegro decided about a message that was sent."""

    def __init__(self, letter: Letter, message: Sent) -> None:
        super().__init__()
        self.letter = letter
        self.message = message
