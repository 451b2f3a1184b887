"""What will happen by itself, in order: verification ends, a buyer writes, a blocked message vanishes."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Agenda:
    """Nothing runs by itself here: whoever looks at the world runs first what is due.

    An action is told the moment that it was due at, which may lie some time back.
    """

    def __init__(self) -> None:
        self._entries: list[tuple[float, int, Callable[[float], None]]] = []
        self._count = 0
        self._running = False

    def at(self, due: float, action: Callable[[float], None]) -> None:
        """Do it at this moment of the simulator's clock (seconds)."""
        self._count += 1
        heapq.heappush(self._entries, (due, self._count, action))

    def run(self, now: float) -> None:
        """Do everything that is due, the oldest first, with what those things add to the agenda.

        An action that looks at the world meanwhile sees it as it was at its moment.
        """
        if self._running:
            return
        self._running = True
        try:
            while self._entries and self._entries[0][0] <= now:
                due, _, action = heapq.heappop(self._entries)
                action(due)
        finally:
            self._running = False
