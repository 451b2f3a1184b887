"""Half-open stretches of a text, asked whether they touch another one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Spans:
    """A set of spans that grows; spans that touch are kept as one, so asking takes logarithmic time."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, start: int, end: int) -> None:
        """Add a non-empty span, joined with those that it overlaps."""
        first = bisect_right(self._ends, start)
        after = bisect_left(self._starts, end)
        if first < after:
            start = min(start, self._starts[first])
            end = max(end, self._ends[after - 1])
        self._starts[first:after] = [start]
        self._ends[first:after] = [end]

    def touch(self, start: int, end: int) -> bool:
        """Does any span share a character with this one?"""
        return bisect_right(self._ends, start) < bisect_left(self._starts, end)
