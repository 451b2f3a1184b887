"""The words of a language: which groups does the word at this place belong to?

A lexicon is compiled from the language's word lists by `policy.making` and shipped as data. A word that is
read becomes a mask, an integer with one bit for each group that it is in, so that a clause is judged by a few
operations on integers, however many groups there are; and a few numbers, the steps of phrases that it may be.

Words are looked up folded. Where folding makes two words of one ("nadał" and "nadal"), the typed form decides
in texts that have diacritics at all. A long word that is in no list is compared with the list at a distance
of one typing mistake, unless it is a word of its own (`guard`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from policy.reading.coding import NO_ENTRY, Entry, entry_from, homograph_from, phrases_from
from policy.reading.typos import Typos

WORD = re.compile(r"[^\W_]+")
# Words remembered between messages; forgotten all at once, which costs one message a few microseconds.
_REMEMBERED = 20_000


class Node:
    """A place in the tree of phrases: the groups of the phrase that ends here, and the steps that go on."""

    __slots__ = ("further", "mask")

    def __init__(self) -> None:
        self.mask = 0
        self.further: dict[int, Node] = {}


class Found(NamedTuple):
    """What a lexicon says of one word.

    `guessed`: only a typing mistake leads there. `begun` are the phrases that may begin with it.
    """

    mask: int
    steps: tuple[int, ...] = ()
    begun: tuple[dict[int, Node], ...] = ()
    guessed: bool = False


_NOTHING = Found(0)


@dataclass(slots=True)
class Lexicon:
    """The compiled words of a language; looking up takes time that grows with the text alone."""

    groups: Mapping[str, int]
    """The bit number of each group."""
    words: Mapping[str, str]
    """Folded form -> entry, as `policy.reading.coding` writes it."""
    homographs: Mapping[str, str]
    """Folded form -> forms with diacritics that are other words, with what these are (often nothing)."""
    beginnings: Mapping[str, str]
    """The beginning of a word -> entry."""
    exceptions: Mapping[str, str]
    """Folded form -> an entry with the groups that it is not in, whatever it begins with."""
    phrases: Mapping[str, str]
    """First step -> the bit of the group and the further steps of every phrase that begins so."""
    guard: frozenset[str]
    """Real words at a distance of one mistake from a listed one."""
    mistyped: int = 0
    """The groups whose words are recognised in spite of a typing mistake."""
    stretched: str = ""
    """What long beginnings of those groups stand for: words, with spaces between."""
    lengths: tuple[int, ...] = ()
    seen: dict[str, Found] = field(default_factory=dict)
    seen_typed: dict[str, Found | None] = field(default_factory=dict)
    """Homographs by the typed form."""
    grown: dict[int, dict[int, Node]] = field(default_factory=dict)
    """The phrases that were needed so far, as trees, by first step."""
    typos: Typos | None = None

    def look_up(self, word: str) -> Found:
        """The groups of a folded word, remembered for the next time."""
        known = self.seen.get(word)
        if known is None:
            known = self._find(word)
            if len(self.seen) >= _REMEMBERED:
                self.seen.clear()
            self.seen[word] = known
        return known

    def found(self, entry: Entry, *, guessed: bool = False) -> Found:
        """What there is to know of a word with this entry."""
        begun = tuple(further for step in entry.steps if (further := self._phrases(step)))
        return Found(entry.mask, entry.steps, begun, guessed)

    def _phrases(self, first: int) -> dict[int, Node]:
        """The tree of the phrases that begin with a step; grown when a text first needs it."""
        grown = self.grown.get(first)
        if grown is None:
            grown = self.grown[first] = {}
            for group, *steps in phrases_from(self.phrases.get(str(first), "")):
                level = grown
                for step in steps[:-1]:
                    level = level.setdefault(step, Node()).further
                level.setdefault(steps[-1], Node()).mask |= 1 << group
        return grown

    def _find(self, word: str) -> Found:
        entry = self._entry(word)
        # A word that is in a list is no mistake; one that only begins like a word of other groups may be.
        known = word in self.words or word in self.exceptions or word in self.guard
        if known or entry.mask & self.mistyped or not Typos.fits(word):
            return self.found(entry) if entry.mask or entry.steps else _NOTHING
        if self.typos is None:
            # Built when the first long unknown word is met: whoever only lists rules does not wait.
            masks = {coded: entry_from(coded).mask for coded in set(self.words.values())}
            listed = [form for form, coded in self.words.items() if masks[coded] & self.mistyped]
            self.typos = Typos([*listed, *self.stretched.split()])
        mask, steps = entry.mask, set(entry.steps)
        for form in self.typos.nearest(word):
            meant = self._entry(form)
            mask |= meant.mask
            steps.update(meant.steps)
        if mask == entry.mask and len(steps) == len(entry.steps):
            return self.found(entry) if mask or steps else _NOTHING
        return self.found(Entry(mask, tuple(sorted(steps))), guessed=True)

    def homograph(self, word: str, typed: str) -> Found | None:
        """What a folded word is that was typed so, where that is another word than its namesake."""
        known = self.seen_typed.get(typed, _NOTHING)
        if known is _NOTHING:
            other = homograph_from(self.homographs[word], typed)
            known = None if other is None else self.found(self._begun(word, other))
            if len(self.seen_typed) >= _REMEMBERED:
                self.seen_typed.clear()
            self.seen_typed[typed] = known
        return known

    def _entry(self, word: str) -> Entry:
        """The word itself and what it begins with."""
        coded = self.words.get(word)
        return self._begun(word, entry_from(coded) if coded else NO_ENTRY)

    def _begun(self, word: str, listed: Entry) -> Entry:
        mask, steps = listed
        beginnings = self.beginnings
        for length in self.lengths:
            if length > len(word):
                break
            begun = beginnings.get(word[:length])
            if begun is not None:
                more, further = entry_from(begun)
                mask |= more
                steps = (*steps, *further)
        if word in self.exceptions:
            mask &= ~entry_from(self.exceptions[word]).mask
        return Entry(mask, steps)
