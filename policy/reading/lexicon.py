"""The words of a language, as named groups: which groups does the word at this place belong to?

A group is a list of entries with commas between. An entry is a word ("wpłata"), the beginning of one
("wpłat*"), or several of them in a row ("w drodze", "numer* przesył*"). Entries may be written with
diacritics; they are compared folded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from policy.reading.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WORD = re.compile(r"[^\W_]+")
_ENTRY_WORD = re.compile(r"[^\W_]+\*?")
# Words remembered between messages; forgotten all at once, which costs one message a few microseconds.
_REMEMBERED = 20_000


class Words(NamedTuple):
    """The words of a folded text and where each begins there: two lists, for most are only looked up."""

    texts: list[str]
    starts: list[int]

    def end(self, index: int) -> int:
        """Where a word ends (half-open)."""
        return self.starts[index] + len(self.texts[index])


class _Step(NamedTuple):
    text: str
    open: bool
    """Only the beginning of the word is given."""

    def fits(self, word: str) -> bool:
        return word.startswith(self.text) if self.open else word == self.text


class _Entry(NamedTuple):
    group: str
    rest: tuple[_Step, ...]
    """The words that must follow the first one."""


@dataclass(slots=True)
class Lexicon:
    """Finds the groups of words in a text, in time that grows with the text alone."""

    exact: dict[str, list[_Entry]] = field(default_factory=dict)
    beginnings: dict[str, list[_Entry]] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()
    seen: dict[str, tuple[_Entry, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, groups: Mapping[str, str]) -> Lexicon:
        """Build from group name -> entries between commas; ValueError for an entry without a word."""
        lexicon = cls()
        for group, entries in groups.items():
            for entry in fold(entries).text.split(","):
                lexicon._add(group, entry)
        lexicon.lengths = tuple(sorted({len(text) for text in lexicon.beginnings}))
        return lexicon

    def _add(self, group: str, folded: str) -> None:
        steps = [_Step(part.rstrip("*"), part[-1] == "*") for part in _ENTRY_WORD.findall(folded)]
        if not steps:
            raise ValueError(f"group {group!r}: the entry {folded!r} holds no word")
        first, *rest = steps
        where = self.beginnings if first.open else self.exact
        where.setdefault(first.text, []).append(_Entry(group, tuple(rest)))

    def find(self, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Every group that is met, as (group, index of the first word, index after the last word)."""
        last = len(words)
        seen = self.seen
        for index, word in enumerate(words):
            entries = seen.get(word)
            for group, rest in self._look_up(word) if entries is None else entries:
                after = index + 1
                # A loop rather than all(): most entries are single words, most phrases fail at once.
                for step in rest:
                    if after == last or not step.fits(words[after]):
                        break
                    after += 1
                else:
                    yield group, index, after

    def _look_up(self, word: str) -> tuple[_Entry, ...]:
        """The entries that begin with this word, remembered for the next time."""
        found = list(self.exact.get(word, ()))
        for length in self.lengths:
            if length > len(word):
                break
            found += self.beginnings.get(word[:length], ())
        if len(self.seen) >= _REMEMBERED:
            self.seen.clear()
        entries = self.seen[word] = tuple(found)
        return entries


def words_of(folded: str) -> Words:
    """The words of a folded text: runs of letters and digits."""
    return Words(WORD.findall(folded), [found.start() for found in WORD.finditer(folded)])
