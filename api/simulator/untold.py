"""A conversation whose messages are made when somebody first asks for them.

Ten thousand threads of twenty messages each start in the time of ten thousand threads: the list needs no
message, and whoever opens a thread waits for that one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.simulator.model import Message, Thread

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from api.simulator.model import Person


class UntoldThread(Thread):
    """A generated thread: the same as any other one, but that `tell` makes its messages when asked.

    `first_at` is the time of its oldest message, `newest` the time and the number of its newest one.
    """

    __slots__ = ("_first_at", "_newest", "_tell", "_told")

    def __init__(
        self,
        *,
        id: str,  # noqa: A002  the field of that name
        participants: tuple[Person, ...],
        read: bool,
        first_at: datetime,
        newest: tuple[datetime, int],
        tell: Callable[[], list[Message]],
    ) -> None:
        self._told: list[Message] | None = None
        self._tell = tell
        self._first_at = first_at
        self._newest = newest
        self.id = id
        self.type = "COMMON"
        self.status = "OPEN"
        self.participants = participants
        self.read = read
        self.sub_type = None
        self.orders = ()
        self.last_at = None

    @property
    def told(self) -> bool:
        """Whether its messages are there already."""
        return self._told is not None

    @property
    def messages(self) -> list[Message]:  # type: ignore[override]  # in place of the field
        if self._told is None:
            self._told = self._tell()
        return self._told

    @property
    def created_at(self) -> datetime:
        return self._first_at

    @property
    def place(self) -> tuple[datetime, int]:
        return self._newest if self._told is None else super().place
