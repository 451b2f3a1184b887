"""Reads a text: cuts it into clauses and tells what each of them holds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from policy.reading.blocks import blocks
from policy.reading.clauses import Piece, Words, pieces
from policy.reading.fold import Folded, fold, unmask
from policy.reading.language import FILE, QUESTION, Language, language, signs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy.reading.lexicon import Found
    from policy.reading.signs import Mark

# A word with diacritics for every thirty characters: whoever types so means what the letters say. A greeting
# that the keyboard completed by itself is not enough.
_MARKED = 30
# Clauses that commas join are read together up to this size ("Państwa zamówienie, numer 12, wysłano").
_WIDEST = 3
_WINDOW_WORDS = 12
# Blocks of texts that stay as they are while one of them is typed; a long message has some twenty.
_REMEMBERED = 1_024


class _Held(NamedTuple):
    """The words of a block with what each of them is, which are guesses, and the signs."""

    words: Words
    masks: Sequence[int]
    guessed: set[int]
    marks: Sequence[Mark]


class Clause(NamedTuple):
    """A clause: its half-open place as typed, and the groups and signs that it holds, as a mask."""

    start: int
    end: int
    names: int
    sure: int
    """The part of `names` that needs no guess at a mistyped word."""
    words: int
    joined: bool
    """It may continue the clause before it (only a comma stands between)."""
    needed: bool
    """The buyer has to know or to answer it: a question, a problem, a choice."""
    stubborn: bool
    """Needed, even when the clause is also a duplicate ("wysłane z opóźnieniem")."""
    empty: bool
    """A greeting, thanks, a wish, or too short to say anything."""


class Window(NamedTuple):
    """A clause, or up to three that commas join, read together: clauses `first` to before `after`."""

    names: int
    sure: int
    words: int
    first: int
    after: int


@dataclass(frozen=True, eq=False, slots=True)
class Block:
    """A block of a text, read: places count from its beginning, `names` are all that it holds.

    `windows` are all ways to read its clauses: each alone, and together with its neighbours.
    """

    clauses: tuple[Clause, ...]
    windows: tuple[Window, ...]
    names: int
    needed: bool
    """One of the clauses is."""
    prose: bool
    """One of the clauses is not empty."""


@dataclass(frozen=True)
class Reading:
    """A text, read: its blocks with the places where they begin, and all that they hold.

    `language` is the one it was read in.
    """

    language: Language | None
    blocks: tuple[tuple[int, Block], ...]
    names: int

    @property
    def code(self) -> str:
        """The ISO 639-1 code of the language, "" when none was known."""
        return self.language.code if self.language else ""

    @property
    def clauses(self) -> list[Clause]:
        """The clauses of all blocks; places count from the beginning of the text."""
        return [
            clause._replace(start=begin + clause.start, end=begin + clause.end)
            for begin, block in self.blocks
            for clause in block.clauses
        ]


def read(text: str, code: str, *, files: bool = False) -> Reading:
    """Read a text in the language with this ISO 639-1 code; of an unknown one only the signs are read.

    `files` says that some go with the message.
    """
    spoken = language(code)
    parts = blocks(text)
    marked = spoken is not None and (
        sum(_marks(part, spoken) for _begin, part in parts) * _MARKED >= len(text)
    )
    found = tuple([(begin, _block(part, spoken, marked)) for begin, part in parts])
    names = 1 << signs().bits[FILE] if files else 0
    for _begin, block in found:
        names |= block.names
    return Reading(spoken, found, names)


@lru_cache(maxsize=_REMEMBERED)
def _marks(part: str, spoken: Language) -> int:
    """How many words there are with letters that only the language's own spelling has."""
    return len(spoken.marks.findall(part))


@lru_cache(maxsize=_REMEMBERED)
def _block(text: str, spoken: Language | None, marked: bool) -> Block:  # noqa: FBT001  part of the key
    """Read a block. `marked`: the text that it belongs to is typed with diacritics."""
    folded = unmask(fold(text))
    words = Words.of(folded.text)
    marks, whole = signs().find(folded.text)
    masks: list[int] = []
    guessed: set[int] = set()
    openers: list[int] = []
    requests: list[int] = []
    abbreviations: frozenset[str] = frozenset()
    if spoken is not None:
        abbreviations = spoken.abbreviations
        looked_up = _look_up(text, folded, words, spoken, marked=marked)
        masks = [word.mask for word in looked_up]
        guessed = {index for index, word in enumerate(looked_up) if word.guessed}
        _take_phrases(looked_up, masks, spoken.empty)
        openers = [index for index, mask in enumerate(masks) if mask & spoken.opener]
        requests = [index for index, mask in enumerate(masks) if mask & spoken.request]
    found = pieces(folded.text, words, whole, abbreviations, openers=openers, requests=requests)
    clauses = _clauses(folded, found, _Held(words, masks, guessed, marks), spoken)
    names = 0
    for clause in clauses:
        names |= clause.names
    return Block(
        clauses,
        _windows(clauses),
        names,
        needed=any(clause.needed for clause in clauses),
        prose=not all(clause.empty for clause in clauses),
    )


def _look_up(text: str, folded: Folded, words: Words, spoken: Language, *, marked: bool) -> list[Found]:
    """What the lexicon says of every word."""
    lexicon = spoken.lexicon
    seen = lexicon.seen
    found = [seen.get(word) or lexicon.look_up(word) for word in words.texts]
    homographs = lexicon.homographs
    if marked:
        for index in [index for index, word in enumerate(words.texts) if word in homographs]:
            start, end = folded.typed_span(words.starts[index], words.end(index))
            other = lexicon.homograph(words.texts[index], text[start:end].lower())
            if other is not None:
                found[index] = other
    return found


def _take_phrases(found: Sequence[Found], masks: list[int], empty: int) -> None:
    """Add the groups of phrases; a phrase of an empty group takes its words out of all others."""
    phrases = _phrases(found)
    taken: set[int] = set()
    for first, after, mask in phrases:
        if mask & empty:
            taken.update(range(first, after))
    for first, after, mask in phrases:
        if mask & empty:
            for index in range(first, after):
                masks[index] = mask
        elif taken.isdisjoint(range(first, after)):
            masks[first] |= mask


def _phrases(found: Sequence[Found]) -> list[tuple[int, int, int]]:
    """Every phrase: its words, first to before after, and the mask of its groups."""
    whole: list[tuple[int, int, int]] = []
    last = len(found)
    for first, word in enumerate(found[:-1]):
        if not word.begun:
            continue
        steps = found[first + 1].steps
        if not steps:
            continue
        # Most pairs of words begin nothing: what begins is followed further, one word at a time.
        open_ends = [node for further in word.begun for step in steps if (node := further.get(step))]
        after = first + 2
        while open_ends:
            whole.extend((first, after, node.mask) for node in open_ends if node.mask)
            if after == last:
                break
            steps = found[after].steps
            open_ends = [node for end in open_ends for step in steps if (node := end.further.get(step))]
            after += 1
    return whole


def _clauses(
    folded: Folded, found: Sequence[Piece], held: _Held, spoken: Language | None
) -> tuple[Clause, ...]:
    if not found:
        return ()
    words, masks, guessed, marks = held
    starts = [piece.start for piece in found]
    question = 1 << signs().bits[QUESTION]
    signed = [question if piece.question else 0 for piece in found]
    for mark in marks:
        at = bisect_right(starts, mark.start) - 1
        if at >= 0:
            signed[at] |= 1 << mark.bit
    firsts = [bisect_left(words.starts, start) for start in starts[1:]]
    clauses: list[Clause] = []
    first = 0
    for piece, signs_here, after in zip(found, signed, [*firsts, len(words.starts)], strict=True):
        names = sure = signs_here
        for mask in masks[first:after]:
            names |= mask
        if guessed and not guessed.isdisjoint(range(first, after)):
            for at in range(first, after):
                if at not in guessed:
                    sure |= masks[at]
        else:
            sure = names
        needed = stubborn = empty = False
        if spoken is not None:
            needed, stubborn, empty = _worth(names, masks[first:after], spoken)
        start, end = folded.typed_span(piece.start, piece.end)
        clauses.append(Clause(start, end, names, sure, after - first, piece.joined, needed, stubborn, empty))
        first = after
    return tuple(clauses)


def _worth(names: int, masks: Sequence[int], spoken: Language) -> tuple[bool, bool, bool]:
    """Is a clause of these words needed, is it stubborn, is it empty? See `Clause`."""
    short = len(masks) <= spoken.short
    if short and names & spoken.empty_if_short:
        return False, False, True
    stubborn = bool(names & spoken.stubborn)
    for idle in spoken.idle:
        # What asks only for what the message then tells is no question to the buyer.
        if names & idle == idle:
            names &= ~idle
    # "Masz pytania?" asks nothing: every word of it is one of courtesy.
    needed = stubborn or (
        bool(names & spoken.needed)
        and not (names & spoken.empty and all(mask & spoken.empty for mask in masks))
    )
    return needed, stubborn, not needed and (short or bool(names & spoken.empty))


def _windows(clauses: Sequence[Clause]) -> tuple[Window, ...]:
    """The clauses, and the pairs and threes of them that are joined and short enough to be one thought."""
    windows = [
        Window(clause.names, clause.sure, clause.words, index, index + 1)
        for index, clause in enumerate(clauses)
    ]
    last = len(clauses)
    for index, clause in enumerate(clauses):
        names, sure, words = clause.names, clause.sure, clause.words
        for after in range(index + 1, min(index + _WIDEST, last)):
            further = clauses[after]
            words += further.words
            if not further.joined or words > _WINDOW_WORDS:
                break
            names |= further.names
            sure |= further.sure
            windows.append(Window(names, sure, words, index, after + 1))
    return tuple(windows)
