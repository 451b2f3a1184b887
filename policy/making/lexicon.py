"""Compiles the word list of a language into the table that `policy.reading.lexicon` reads.

An entry of a group is one word or several in a row, each of them

    wpłata        exactly this form
    wpłat*        everything that begins so
    @wpłata       every form of the lemma (SGJP for Polish, the hunspell dictionary elsewhere)
    @wysłać.past  the forms of one kind, Polish only (see `polish.KINDS`)

An entry that begins with "!" takes words out of the group again, out of its beginnings too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from policy.making import polish
from policy.making.hunspell import Dictionary
from policy.reading.coding import (
    entry_as_text,
    homographs_as_text,
    phrases_as_text,
    table_as_text,
)
from policy.reading.fold import fold
from policy.reading.lexicon import WORD
from policy.reading.typos import Typos

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Beginnings shorter than this are too common to look for typing mistakes in what they stand for.
_LONG_BEGINNING = 6
# "e-mail*" is two words in a text, so it is two here.
_TOKEN = re.compile(r"!?@?[^\W_]+(?:\.[a-z]+(?![^\W_]))?\*?")


class WordListError(ValueError):
    """An entry of a word list cannot be understood; the message names language, group and entry."""


@dataclass(slots=True)
class _Table:
    """Forms as typed -> mask; what is only the beginning of a word stands apart, folded."""

    words: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    beginnings: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, token: str, forms: set[str], mask: int) -> None:
        if token.endswith("*"):
            self.beginnings[fold(token[:-1]).text] |= mask
        for form in forms:
            self.words[form] |= mask


def compile_lexicon(
    code: str,
    groups: Mapping[str, str],
    mistyped: Iterable[str],
    signs: Mapping[str, int],
    first_bit: int,
    *,
    thorough: bool = True,
    dictionary: Dictionary | None = None,
) -> dict[str, Any]:
    """The table of one language as JSON-like data; bits are given out from `first_bit` on.

    A group with the name of a sign shares its bit. Words of `mistyped` groups are recognised in spite of a
    typing mistake. Looking through the whole dictionary, for homographs and for words one mistake away, takes
    most of the time; without `thorough` it is left out. The dictionary is that of the language unless given.
    """
    compiler = _Compiler(code, first_bit, dictionary or Dictionary.of(code), thorough=thorough)
    for group in groups:
        compiler.name(group, signs.get(group))
    for group, entries in groups.items():
        for entry in entries.replace("\n", " ").split(","):
            compiler.add(group, _TOKEN.findall(entry))
    return compiler.data(sum(1 << compiler.bits[group] for group in mistyped))


class _Compiler:
    def __init__(self, code: str, first_bit: int, dictionary: Dictionary, *, thorough: bool) -> None:
        self.thorough = thorough
        self.code = code
        self.dictionary = dictionary
        self.table = _Table()
        self.bits: dict[str, int] = {}
        self.steps: dict[str, int] = {}
        self.phrases: list[tuple[int, list[int]]] = []
        self.free = first_bit
        self.taken_out: list[tuple[set[str], int]] = []

    def name(self, group: str, bit: int | None) -> None:
        """Give a group its bit, or the next free one."""
        if bit is None:
            bit, self.free = self.free, self.free + 1
        self.bits[group] = bit

    def add(self, group: str, tokens: list[str]) -> None:
        if not tokens:
            return
        bit = self.bits[group]
        try:
            if tokens[0].startswith("!"):
                forms = self.forms(tokens[0][1:])
                self.taken_out.append((forms, 1 << bit))
            elif len(tokens) == 1:
                self.table.add(tokens[0], self.forms(tokens[0]), 1 << bit)
            else:
                self.phrases.append((bit, [self.step(token) for token in tokens]))
        except (KeyError, ValueError) as error:
            raise WordListError(f"{self.code}: {group}: {' '.join(tokens)}: {error}") from error

    def step(self, token: str) -> int:
        bit = self.steps.get(token)
        if bit is None:
            bit = self.steps[token] = self.free
            self.free += 1
            self.table.add(token, self.forms(token), 1 << bit)
        return bit

    def forms(self, token: str) -> set[str]:
        if token.startswith("@"):
            lemma, _, kind = token[1:].partition(".")
            found = polish.forms(lemma, kind) if self.code == "pl" else self.dictionary.forms(lemma)
            if not found:
                raise ValueError(f"no forms of {lemma!r} known")
            return {form.lower() for form in found if WORD.fullmatch(form)}
        word = token.rstrip("*").lower()
        if not WORD.fullmatch(word):
            raise ValueError("not a word")
        return set() if token.endswith("*") else {word}

    def data(self, mistyped: int) -> dict[str, Any]:
        exceptions: dict[str, int] = defaultdict(int)
        for forms, mask in self.taken_out:
            for form in forms:
                self.table.words[form] &= ~mask
                exceptions[fold(form).text] |= mask
        folded: dict[str, int] = defaultdict(int)
        for form, mask in self.table.words.items():
            folded[fold(form).text] |= mask
        homographs: dict[str, dict[str, int]] = {}
        near: set[str] = set()
        stretched: dict[str, int] = {}
        if self.thorough:
            homographs, near, stretched = self.look_around(folded, mistyped)
        first_step = max(self.bits.values(), default=0) + 1
        return {
            "groups": self.bits,
            "words": _by_mask(folded, first_step),
            "mistyped": f"{mistyped:x}",
            "stretched": " ".join(sorted(stretched)),
            "homographs": {
                form: homographs_as_text(
                    {typed: _coded(mask, first_step) for typed, mask in sorted(others.items())}
                )
                for form, others in sorted(homographs.items())
            },
            "beginnings": _by_mask(self.table.beginnings, first_step),
            "sizes": self.sizes(),
            "exceptions": _by_mask(exceptions, first_step),
            "phrases": _by_first_step(self.phrases),
            "guard": " ".join(sorted(near)),
        }

    def sizes(self) -> dict[str, int]:
        """How many words, beginnings and phrases each group has."""
        counted: dict[int, int] = defaultdict(int)
        for mask in (*self.table.words.values(), *self.table.beginnings.values()):
            for bit in _bits(mask):
                counted[bit] += 1
        for bit, _steps in self.phrases:
            counted[bit] += 1
        return {group: counted[bit] for group, bit in self.bits.items()}

    def look_around(
        self, folded: Mapping[str, int], mistyped: int
    ) -> tuple[dict[str, dict[str, int]], set[str], dict[str, int]]:
        """Homographs of listed forms, real words one mistake away, and what long beginnings stand for."""
        beginnings = {
            word: mask
            for word, mask in self.table.beginnings.items()
            if len(word) >= _LONG_BEGINNING and mask & mistyped
        }
        lengths = sorted({len(word) for word in beginnings})
        homographs: dict[str, dict[str, int]] = defaultdict(dict)
        others: set[str] = set()
        stretched: dict[str, int] = {}
        for typed, word in self._dictionary_words():
            if word in folded:
                mask = self.table.words.get(typed, 0)
                if mask != folded[word]:
                    homographs[word][typed] = mask
                continue
            mask = 0
            for length in lengths:
                mask |= beginnings.get(word[:length], 0)
            if mask and Typos.fits(word):
                stretched[word] = mask
            else:
                others.add(word)
        typos = Typos([*(word for word, mask in folded.items() if mask & mistyped), *stretched])
        near = {word for word in others if Typos.fits(word) and typos.nearest(word)}
        return homographs, near, stretched

    def _dictionary_words(self) -> Iterable[tuple[str, str]]:
        seen: set[str] = set()
        for form in self.dictionary.all_forms():
            typed = form.lower()
            if typed not in seen and WORD.fullmatch(typed):
                seen.add(typed)
                yield typed, fold(typed).text


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]


def _by_first_step(phrases: list[tuple[int, list[int]]]) -> dict[str, str]:
    """First step -> group and further steps of each phrase that begins so (JSON has no numbers as keys)."""
    found: dict[str, list[list[int]]] = defaultdict(list)
    for bit, (first, *further) in phrases:
        found[str(first)].append([bit, *further])
    return {first: phrases_as_text(several) for first, several in found.items()}


def _coded(mask: int, first_step: int) -> str:
    """The groups of a mask, and the steps of phrases in it."""
    steps = [bit for bit in _bits(mask) if bit >= first_step]
    return entry_as_text(mask & ((1 << first_step) - 1), steps)


def _by_mask(masks: Mapping[str, int], first_step: int) -> str:
    """Groups, steps and all words that have just these: small, and quick to take apart."""
    words: dict[int, list[str]] = defaultdict(list)
    for word, mask in masks.items():
        if mask:
            words[mask].append(word)
    return table_as_text((_coded(mask, first_step), sorted(words[mask])) for mask in sorted(words))
