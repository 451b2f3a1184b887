"""Reads a text: the seam behind which the ways to recognise words may change.

Whoever reads better (tables of word forms, other languages) hands out the same `Reading`; rules only know the
names that its clauses hold.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from policy.reading.clauses import Piece, pieces
from policy.reading.fold import Folded, fold
from policy.reading.language import Language, compiled_address_kinds, compiled_signs, language, signs
from policy.reading.lexicon import words_of

# Names that the reader itself gives a meaning.
QUESTION, OPENER, REQUEST, ADDRESS = "question", "opener", "request", "address"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its half-open place in the folded text, and the groups and signs that it holds."""

    start: int
    end: int
    names: frozenset[str]
    words: int
    joined: bool
    """It may continue the clause before it (only a comma stands between)."""
    needed: bool
    """The buyer has to know or to answer it: a question, a problem, a choice."""
    stubborn: bool
    """Needed, even when the clause is also a duplicate ("wysłane z opóźnieniem")."""
    empty: bool
    """A greeting, thanks, a wish, or too short to say anything."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text cut into clauses; `names` are all that they hold, `language` is the one it was read in."""

    language: str
    folded: Folded
    clauses: tuple[Clause, ...]
    names: frozenset[str]


def read(text: str, code: str) -> Reading:
    """Read a text in the language with this ISO 639-1 code; of an unknown one only the signs are read."""
    code = code.partition("-")[0].lower()
    spoken = language(code)
    folded = fold(text)
    words = words_of(folded.text)
    marks = _signs(folded.text)
    common = signs()
    whole = sorted((start, end) for name, start, end in marks if name in common.indivisible)
    openers: list[int] = []
    requests: list[int] = []
    if spoken is not None:
        for group, first, after in spoken.lexicon.find(words.texts):
            marks.append((group, words.starts[first], words.end(after - 1)))
            if group == OPENER:
                openers.append(first)
            elif group == REQUEST:
                requests.append(first)
    abbreviations = spoken.abbreviations if spoken is not None else frozenset()
    found = pieces(folded.text, words, _merged(whole), abbreviations, openers=openers, requests=requests)
    starts = [piece.start for piece in found]
    held: list[set[str]] = [{QUESTION} if piece.question else set() for piece in found]
    for name, start, _end in marks:
        at = bisect_right(starts, start) - 1
        if at >= 0:
            held[at].add(name)
    counts = [0] * len(found)
    for start in words.starts:
        at = bisect_right(starts, start) - 1
        if at >= 0:
            counts[at] += 1
    clauses = tuple(
        _clause(piece, frozenset(names), count, spoken)
        for piece, names, count in zip(found, held, counts, strict=True)
    )
    return Reading(code, folded, clauses, frozenset().union(*held))


@lru_cache(maxsize=64)
def read_again(text: str, code: str) -> Reading:
    """Read a text that stays the same while another is typed: the buyer's last message."""
    return read(text, code)


def _clause(piece: Piece, names: frozenset[str], words: int, spoken: Language | None) -> Clause:
    empty = stubborn = needed = False
    if spoken is not None:
        short = words <= spoken.short
        empty = bool(names & spoken.empty) or (short and bool(names & spoken.empty_if_short))
        stubborn = not empty and bool(names & spoken.stubborn)
        needed = stubborn or (not empty and bool(names & spoken.needed))
        empty = empty or (short and not needed)
    return Clause(piece.start, piece.end, names, words, piece.joined, needed, stubborn, empty)


def _signs(folded: str) -> list[tuple[str, int, int]]:
    needs = signs().needs
    marks = [
        (name, *found.span())
        for name, pattern in compiled_signs()
        if name not in needs or any(literal in folded for literal in needs[name])
        for found in pattern.finditer(folded)
    ]
    marks += [
        (kind, start, end)
        for name, start, end in marks
        if name == ADDRESS
        for kind, pattern in compiled_address_kinds()
        if pattern.search(folded, start, end)
    ]
    return marks


def _merged(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted places without overlaps."""
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
