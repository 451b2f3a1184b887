"""Cutting a text into clauses.

A clause ends where a sentence does, at a line's end, at a comma, and before a word that opens another one
("ale", "ponieważ", "proszę"). Commas only cut softly: a clause knows whether it may be read together with the
one before it, as "Państwa zamówienie, numer 12, zostało wysłane" must be.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from policy.reading.lexicon import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff"
# One class, so that the search runs over letters at the speed of C; what a run means is told below.
_MARKS = re.compile(rf"[?.!;:,\n\-–—{_EMOJI}]+")
_WORDS = re.compile(f"({WORD.pattern})")
_FACE = re.compile(r"[:;]-?[)(d](?![^\W_])")
_DASHES = frozenset("-–—")
_NOT_SPACE = re.compile(r"\S")
_LAST_WORD = re.compile(r"[^\W_]+$")
# A letter, a digit, or a picture.
_SAYS = re.compile(r"[^\W_]|[\u2001-\U0010ffff]")
# Longer than any abbreviation: looking back further would cost without telling more.
_LOOK_BACK = 12
# A request opens a clause of its own only behind this many words ("uprzejmie prosimy" stays whole).
_WORDS_BEFORE_REQUEST = 2


class Words(NamedTuple):
    """The words of a folded text and where each begins there: two lists, for most are only looked up."""

    texts: list[str]
    starts: list[int]

    @classmethod
    def of(cls, folded: str) -> Words:
        """The words of a folded text, in order."""
        # Marks and words by turns: what lies before a word tells where it begins.
        parts = _WORDS.split(folded)
        return cls(parts[1::2], list(accumulate(map(len, parts)))[:-1:2])

    def end(self, index: int) -> int:
        """Where a word ends (half-open)."""
        return self.starts[index] + len(self.texts[index])


class Piece(NamedTuple):
    """A clause as a half-open place in the folded text. `joined`: it may continue the piece before it."""

    start: int
    end: int
    joined: bool
    question: bool


# A cut: where the piece before ends, its mark included; whether it is a soft one; whether nobody asks there.
# Sorted, of two cuts at one place the harder counts, and the question that stands there.
_Cut = tuple[int, bool, bool]


def pieces(
    folded: str,
    words: Words,
    whole: Sequence[tuple[int, int]],
    abbreviations: frozenset[str],
    *,
    openers: Sequence[int],
    requests: Sequence[int],
) -> list[Piece]:
    """Cut a folded text; `whole` are places (in order) that are never cut, such as web addresses.

    `openers` and `requests` are the indexes of the words before which a clause begins: for good, and softly.
    """
    cuts = _punctuation(folded, whole, abbreviations)
    if openers:
        cuts += [(words.starts[index], False, True) for index in openers]
    if requests:
        cuts += _before_requests(words, cuts, requests)
    cuts.append((len(folded), False, True))
    cuts.sort()
    found: list[Piece] = []
    start, joined = 0, False
    for end, soft, silent in cuts:
        if end <= start:
            continue
        text = folded[start:end]
        if _SAYS.search(text) is None:
            # Nothing but marks: what was apart before them stays apart behind them.
            joined = joined and soft
        else:
            first = start + len(text) - len(text.lstrip())
            last = end - len(text) + len(text.rstrip())
            found.append(Piece(first, last, joined and bool(found), not silent))
            joined = soft
        start = end
    return found


def _punctuation(folded: str, whole: Sequence[tuple[int, int]], abbreviations: frozenset[str]) -> list[_Cut]:
    starts = [start for start, _ in whole]
    cuts: list[_Cut] = []
    for found in _MARKS.finditer(folded):
        at, end = found.span()
        if starts:
            nearest = bisect_right(starts, at) - 1
            if nearest >= 0 and at < whole[nearest][1]:
                continue
        marks = found[0]
        if marks == ",":
            if not folded[end : end + 1].isdigit():
                cuts.append((end, True, True))
        elif marks[0] == "\n" or _cuts(folded, at, marks, starts, abbreviations):
            # What a colon announces may be read together with it: "Twoja płatność: otrzymana".
            cuts.append((end, marks == ":", "?" not in marks))
    return cuts


def _cuts(folded: str, at: int, marks: str, starts: Sequence[int], abbreviations: frozenset[str]) -> bool:
    """Does this run of punctuation end a clause?"""
    end = at + len(marks)
    following = folded[end : end + 1]
    if marks == ".":
        before = _LAST_WORD.search(folded, max(0, at - _LOOK_BACK), at)
        if before is None:
            return True
        return not (before[0] in abbreviations or (following.isdigit() and before[0].isdigit()))
    if marks[0] in ":;" and _FACE.match(folded, at):
        # ":)", ";-)" and ":D" end a thought.
        return True
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


def _before_requests(words: Words, cuts: Sequence[_Cut], requests: Iterable[int]) -> list[_Cut]:
    ends = sorted(cut[0] for cut in cuts)
    added: list[_Cut] = []
    for index in requests:
        first = index - _WORDS_BEFORE_REQUEST
        if first < 0:
            continue
        here = bisect_right(ends, words.starts[index])
        if bisect_right(ends, words.starts[first]) == here:
            added.append((words.starts[index], True, True))
    return added
