"""When to ask again, how long to wait, and how far apart messages go.

A decision is a function of the error and of the number of tries so far; it gives the seconds to wait
before the next try, or None to give up. Decisions compose: `AtMost(3, FirstOf(AfterPause(), ...))`.
Nothing here knows the wire; time and chance come in through `Timing`.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from api.allegro.errors import Outage, Reason, TimedOut, TooMany, Unreachable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from api.allegro.errors import AllegroError

    Decision = Callable[[AllegroError, int], float | None]

REPEATABLE_STATUSES: Final = frozenset({408, 500, 502, 503, 504})
"""Answers after which the same read may well succeed."""

MIN_PAUSE: Final = 60.0
"""Seconds: Allegro blocks a client id for a minute after too many requests."""

SEND_INTERVAL: Final = 1.1
"""Seconds between two messages; Allegro takes one a second from a user."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Time and chance, replaceable in tests: seconds of a steady clock, a wait, a number between two."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    uniform: Callable[[float, float], float] = random.uniform


@dataclass(frozen=True, slots=True)
class Backoff:
    """Exponential backoff with full jitter: any wait up to a bound that doubles with each try.

    Full jitter keeps many clients from coming back together after an outage.
    """

    uniform: Callable[[float, float], float] = random.uniform
    base: float = 0.5
    cap: float = 8.0

    def __call__(self, tries: int) -> float:
        return self.uniform(0.0, min(self.cap, self.base * 2 ** (tries - 1)))


@dataclass(frozen=True, slots=True)
class AfterTrouble:
    """Go on after trouble that may pass: no connection, no answer in time, a 5xx. For reads."""

    backoff: Backoff

    def __call__(self, error: AllegroError, tries: int) -> float | None:
        match error:
            case Unreachable(reason=Reason.TLS):
                return None
            case Unreachable() | TimedOut():
                return self.backoff(tries)
            case Outage(status=status) if status in REPEATABLE_STATUSES:
                return self.backoff(tries)
        return None


@dataclass(frozen=True, slots=True)
class AfterNothingSent:
    """Go on only when the request never left: no connection was made. Safe for messages too."""

    backoff: Backoff

    def __call__(self, error: AllegroError, tries: int) -> float | None:
        match error:
            case Unreachable(nothing_sent=True, reason=reason) if reason is not Reason.TLS:
                return self.backoff(tries)
            case TimedOut(nothing_sent=True):
                return self.backoff(tries)
        return None


@dataclass(frozen=True, slots=True)
class AfterPause:
    """Wait out a 429 when Allegro itself names a pause of at most `longest` seconds. For reads."""

    uniform: Callable[[float, float], float] = random.uniform
    longest: float = 5.0

    def __call__(self, error: AllegroError, _tries: int) -> float | None:
        if isinstance(error, TooMany) and error.said is not None and error.said <= self.longest:
            return error.said + self.uniform(0.0, 0.5)
        return None


@dataclass(frozen=True, slots=True)
class FirstOf:
    """The first decision that wants another try."""

    decisions: tuple[Decision, ...]

    def __call__(self, error: AllegroError, tries: int) -> float | None:
        waits = (decision(error, tries) for decision in self.decisions)
        return next((wait for wait in waits if wait is not None), None)


@dataclass(frozen=True, slots=True)
class AtMost:
    """No more than `limit` tries in all."""

    limit: int
    decision: Decision

    def __call__(self, error: AllegroError, tries: int) -> float | None:
        return self.decision(error, tries) if tries < self.limit else None


def for_reads(timing: Timing) -> Decision:
    """Reads: three tries, through any trouble that may pass."""
    backoff = Backoff(timing.uniform)
    return AtMost(3, FirstOf((AfterPause(timing.uniform), AfterTrouble(backoff))))


def for_sends(timing: Timing) -> Decision:
    """Messages: three tries at a connection; once anything was sent, never again."""
    return AtMost(3, AfterNothingSent(Backoff(timing.uniform)))


def pause_after_429(said: float | None, timing: Timing) -> float:
    """Seconds to keep quiet: a minute and some jitter, more when Allegro says more."""
    return max(MIN_PAUSE + timing.uniform(0.0, MIN_PAUSE / 4), said or 0.0)


class Pacer:
    """Messages one after the other, each at least `interval` seconds after the answer to the last.

    Counting from the answer, not from the start, keeps the distance at Allegro's door too, whatever the
    network does. One process only: the outbox keeps several processes apart.
    """

    def __init__(self, timing: Timing, interval: float = SEND_INTERVAL) -> None:
        self._timing = timing
        self._interval = interval
        self._lock = asyncio.Lock()
        self._free_at = float("-inf")

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for the turn; the turn ends with the block."""
        async with self._lock:
            wait = self._free_at - self._timing.monotonic()
            if wait > 0:
                await self._timing.sleep(wait)
            try:
                yield
            finally:
                self._free_at = self._timing.monotonic() + self._interval
