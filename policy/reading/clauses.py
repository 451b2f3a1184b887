"""Cutting a text into clauses.

A clause ends where a sentence does, at a line's end, at a comma, and before a word that opens another one
("ale", "ponieważ", "proszę"). Commas only cut softly: a clause knows whether it may be read together with the
one before it, as "Państwa zamówienie, numer 12, zostało wysłane" must be.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy.reading.lexicon import Words

_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff"
# One class, so that the search runs over letters at the speed of C; what a run means is told below.
_MARKS = re.compile(rf"[?.!;:,\n\-–—{_EMOJI}]+")
_DASHES = frozenset("-–—")
_NOT_SPACE = re.compile(r"\S")
_LAST_WORD = re.compile(r"[^\W_]+$")
_BLANK = re.compile(r"[\W_]*")
# Longer than any abbreviation: looking back further would cost without telling more.
_LOOK_BACK = 12
# A request opens a clause of its own only behind this many words ("uprzejmie prosimy" stays whole).
_WORDS_BEFORE_REQUEST = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause as a half-open place in the folded text. `joined`: it may continue the piece before it."""

    start: int
    end: int
    joined: bool
    question: bool


@dataclass(frozen=True, slots=True)
class _Cut:
    end: int
    """Where the piece before ends, its mark included."""
    soft: bool
    question: bool


def pieces(
    folded: str,
    words: Words,
    whole: Sequence[tuple[int, int]],
    abbreviations: frozenset[str],
    *,
    openers: Iterable[int],
    requests: Iterable[int],
) -> list[Piece]:
    """Cut a folded text; `whole` are places (in order) that are never cut, such as web addresses.

    `openers` and `requests` are the indexes of the words before which a clause begins: for good, and softly.
    """
    cuts = list(_punctuation(folded, whole, abbreviations))
    cuts += [_Cut(words.starts[index], soft=False, question=False) for index in openers]
    cuts += _before_requests(words, cuts, requests)
    cuts.append(_Cut(len(folded), soft=False, question=False))
    cuts.sort(key=lambda cut: (cut.end, cut.soft))
    found: list[Piece] = []
    start, joined = 0, False
    for cut in cuts:
        if cut.end <= start:
            continue
        place = _trimmed(folded, start, cut.end)
        if place is None:
            # Nothing but marks: what was apart before them stays apart behind them.
            joined = joined and cut.soft
        else:
            found.append(Piece(*place, joined=joined and bool(found), question=cut.question))
            joined = cut.soft
        start = cut.end
    return found


def _punctuation(
    folded: str, whole: Sequence[tuple[int, int]], abbreviations: frozenset[str]
) -> Iterator[_Cut]:
    starts = [start for start, _ in whole]
    for found in _MARKS.finditer(folded):
        at, end = found.span()
        nearest = bisect_right(starts, at) - 1
        if nearest >= 0 and at < whole[nearest][1]:
            continue
        marks = found[0]
        if _cuts(folded, at, marks, starts, abbreviations):
            yield _Cut(end, soft=marks == ",", question="?" in marks)


def _cuts(folded: str, at: int, marks: str, starts: Sequence[int], abbreviations: frozenset[str]) -> bool:
    """Does this run of punctuation end a clause?"""
    end = at + len(marks)
    following = folded[end : end + 1]
    if marks == ",":
        return not following.isdigit()
    if marks == ".":
        before = _LAST_WORD.search(folded, max(0, at - _LOOK_BACK), at)
        if before is None:
            return True
        return not (before[0] in abbreviations or (following.isdigit() and before[0].isdigit()))
    if marks.lstrip(".")[:1] == ":" and not marks.strip(".:\n"):
        return _announces_a_clause(folded, at + marks.index(":") + 1, starts)
    if _DASHES.issuperset(marks):
        return following.isspace() and (at == 0 or folded[at - 1].isspace())
    return True


def _announces_a_clause(folded: str, after_colon: int, starts: Sequence[int]) -> bool:
    """Not so ":)" and "12:30"; and "link do śledzenia:" and "tel.:" keep the address or number."""
    announced = _NOT_SPACE.search(folded, after_colon)
    if announced is None or announced.start() == after_colon:
        return False
    nearest = bisect_right(starts, announced.start()) - 1
    return not announced[0].isdigit() and not (nearest >= 0 and starts[nearest] == announced.start())


def _before_requests(words: Words, cuts: Sequence[_Cut], requests: Iterable[int]) -> Iterator[_Cut]:
    ends = sorted(cut.end for cut in cuts)
    for index in requests:
        first = index - _WORDS_BEFORE_REQUEST
        if first < 0:
            continue
        here = bisect_right(ends, words.starts[index])
        if bisect_right(ends, words.starts[first]) == here:
            yield _Cut(words.starts[index], soft=True, question=False)


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """The place without white space at its ends; None when nothing is left but punctuation."""
    text = folded[start:end]
    if _BLANK.fullmatch(text) and not any(character > "\u2000" for character in text):
        return None
    return start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))
