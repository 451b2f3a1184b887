"""Where a rule's patterns match: clauses of the text, files, or the text's length."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from policy.reading.fold import fold
from policy.rule import Pattern, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy.message import Attachment
    from policy.reading.reader import Clause, Reading

# Clauses that commas join are read together up to this size ("Państwa zamówienie, numer 12, wysłano").
_WINDOW = 3
_WINDOW_WORDS = 12


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that matches: the half-open range of clauses, or of folded characters, or the file's index."""

    rule: Rule
    clauses: tuple[int, int] | None = None
    beyond: int | None = None
    attachment: int | None = None


def matches(rule: Rule, reading: Reading, attachments: Sequence[Attachment], length: int) -> Iterator[Match]:
    """Every match of a rule; `length` is that of the text as typed, in code points."""
    yield from (Match(rule, clauses=found) for found in clauses_matching(rule.patterns, reading))
    for pattern in rule.patterns:
        if pattern.longer_than and length > pattern.longer_than:
            yield Match(rule, beyond=pattern.longer_than)
        if pattern.attachment:
            for index, attachment in enumerate(attachments):
                if _compiled(pattern.attachment).search(fold(attachment.name).text):
                    yield Match(rule, attachment=index)


def clauses_matching(patterns: Sequence[Pattern], reading: Reading) -> list[tuple[int, int]]:
    """Half-open ranges of clauses that match one of the patterns, in order, without overlaps."""
    possible = [
        pattern
        for pattern in patterns
        if pattern.all and pattern.speaks(reading.language) and reading.names.issuperset(pattern.all)
    ]
    if not possible:
        return []
    wanted = frozenset().union(*(pattern.all for pattern in possible))
    hot = [index for index, clause in enumerate(reading.clauses) if not wanted.isdisjoint(clause.names)]
    taken: dict[int, int] = {}
    for size in range(1, _WINDOW + 1):
        # A window that begins with a clause of no interest says no more than a smaller one.
        for first in hot:
            window = reading.clauses[first : first + size]
            if len(window) < size or (size > 1 and not _reads_together(window)):
                continue
            if any(index in taken for index in range(first, first + size)):
                continue
            if _holds(possible, window):
                taken.update(dict.fromkeys(range(first, first + size), first))
    ranges: list[tuple[int, int]] = []
    for index in sorted(taken):
        if ranges and taken[index] == ranges[-1][0]:
            ranges[-1] = (ranges[-1][0], index + 1)
        else:
            ranges.append((index, index + 1))
    return ranges


def _reads_together(window: Sequence[Clause]) -> bool:
    if not (window[1].joined and window[-1].joined):
        return False
    return sum(clause.words for clause in window) <= _WINDOW_WORDS


def _holds(patterns: Sequence[Pattern], window: Sequence[Clause]) -> bool:
    names = frozenset().union(*(clause.names for clause in window)) if len(window) > 1 else window[0].names
    words = sum(clause.words for clause in window)
    return any(
        names.issuperset(pattern.all)
        and names.isdisjoint(pattern.without)
        and (not pattern.words_at_most or words <= pattern.words_at_most)
        for pattern in patterns
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
