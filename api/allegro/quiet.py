"""Keeping quiet after a 429, and telling everybody who might ask meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.allegro.errors import TooMany

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.allegro.call import Call
    from api.allegro.retry import Timing

    Listener = Callable[[float], None]


class Quiet:
    """After a 429 nothing is asked for as long as the error says.

    Too many messages keep only messages back; anything else concerns the application's thousands of
    requests a minute, and keeps everything back.
    """

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._until = {True: float("-inf"), False: float("-inf")}
        self.listeners: list[Listener] = []
        """Called with the seconds whenever a pause begins or grows."""

    def remaining(self, *, sending: bool = False) -> float:
        """Seconds until something may be asked again (or sent); 0 when it may now."""
        until = max(self._until.values()) if sending else self._until[False]
        return max(0.0, until - self._timing.monotonic())

    def keep(self, call: Call, error: TooMany) -> None:
        """Take note of a 429."""
        sending = call.sending is not None
        until = self._timing.monotonic() + error.retry_after
        if until <= self._until[sending]:
            return
        self._until[sending] = until
        for listener in self.listeners:
            listener(error.retry_after)

    def check(self, call: Call) -> None:
        """Raise TooMany, without having asked, while it is still time to keep quiet."""
        left = self.remaining(sending=call.sending is not None)
        if left > 0:
            raise TooMany(call.method, call.path, retry_after=left, asked=False)
