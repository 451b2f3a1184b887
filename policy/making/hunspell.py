"""Word forms from a hunspell dictionary, by its own affix rules.

Reads the part of the format that the dictionaries of Polish, Czech, Slovak, Hungarian and English use: PFX
and SFX with conditions, cross products, continuation classes one level deep, flag aliases (AF), and the three
ways to write flags. Compounds are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path("/usr/share/hunspell")
FILES = {"pl": "pl_PL", "cs": "cs_CZ", "sk": "sk_SK", "hu": "hu_HU", "en": "en_GB"}

_STEMS_ONLY = frozenset({"hu"})


@dataclass(frozen=True, slots=True)
class _Affix:
    strip: str
    add: str
    fits: re.Pattern[str]
    further: tuple[str, ...]
    cross: bool


@dataclass(slots=True)
class Dictionary:
    """A dictionary of words with flags, and what the flags do to a word."""

    language: str = ""
    words: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(list))
    prefixes: dict[str, list[_Affix]] = field(default_factory=lambda: defaultdict(list))
    suffixes: dict[str, list[_Affix]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, language: str) -> Dictionary:
        """The dictionary of a language as Debian installs it; FileNotFoundError where it is missing."""
        base = FOLDER / FILES[language]
        dictionary = _Reader(base).read()
        dictionary.language = language
        return dictionary

    def forms(self, lemma: str) -> set[str]:
        """Every form of a word of the dictionary; empty when it has none such."""
        found: set[str] = set()
        for flags in self.words.get(lemma, ()):
            found |= self._forms(lemma, flags)
        return found

    def all_forms(self) -> Iterator[str]:
        """Every form of every word with one suffix at the most, some more than once.

        Of Hungarian only the words as they are listed: it has hundreds of millions of forms.
        """
        if self.language in _STEMS_ONLY:
            yield from self.words
            return
        for word, entries in self.words.items():
            for flags in entries:
                yield from self._forms(word, flags, deep=False)

    def _forms(self, word: str, flags: tuple[str, ...], *, deep: bool = True) -> set[str]:
        found = {word}
        for flag in flags:
            for suffix in self.suffixes.get(flag, ()):
                made = _suffixed(word, suffix)
                if made is None:
                    continue
                found.add(made)
                for further in suffix.further if deep else ():
                    for second in self.suffixes.get(further, ()):
                        again = _suffixed(made, second)
                        if again is not None:
                            found.add(again)
        return found | self._prefixed(word, found, flags)

    def _prefixed(self, word: str, suffixed: set[str], flags: tuple[str, ...]) -> set[str]:
        """The word with each of its prefixes, and its other forms with those that go with suffixes."""
        found: set[str] = set()
        for flag in flags:
            for prefix in self.prefixes.get(flag, ()):
                for base in suffixed if prefix.cross else (word,):
                    if base.startswith(prefix.strip) and prefix.fits.match(base):
                        found.add(prefix.add + base[len(prefix.strip) :])
        return found


def _suffixed(word: str, suffix: _Affix) -> str | None:
    if not word.endswith(suffix.strip) or not suffix.fits.search(word):
        return None
    return word[: len(word) - len(suffix.strip)] + suffix.add


class _Reader:
    def __init__(self, base: Path) -> None:
        self._aff = Path(f"{base}.aff")
        self._dic = Path(f"{base}.dic")
        self._flag = "short"
        self._encoding = "latin-1"
        self._aliases: list[tuple[str, ...]] = []

    def read(self) -> Dictionary:
        # Flags are single bytes whatever the encoding of the words, so lines are read byte by byte.
        raw = self._aff.read_bytes().decode("latin-1")
        declared = re.search(r"^SET\s+(\S+)", raw, re.MULTILINE)
        self._encoding = declared[1] if declared else "latin-1"
        dictionary = Dictionary()
        cross: dict[tuple[str, str], bool] = {}
        aliases_follow = False
        for line in raw.split("\n"):
            # ASCII blanks only: a flag may be the byte of a no-break space.
            parts = re.split(r"[ \t\r]+", line.strip(" \t\r"))
            match parts:
                case ["FLAG", kind, *_]:
                    self._flag = kind
                case ["AF", flags, *_]:
                    # The first of these lines only counts the others.
                    if aliases_follow:
                        self._aliases.append(self._flags(flags))
                    aliases_follow = True
                case ["PFX" | "SFX" as kind, flag, "Y" | "N" as both, count, *_] if count.isdigit():
                    cross[kind, flag] = both == "Y"
                case ["PFX" | "SFX" as kind, flag, strip, add, *rest]:
                    condition = rest[0] if rest else "."
                    table = dictionary.prefixes if kind == "PFX" else dictionary.suffixes
                    table[flag].append(
                        self._affix(kind, strip, add, condition, cross.get((kind, flag), True))
                    )
        dic = self._dic.read_bytes().decode("latin-1")
        for line in dic.split("\n")[1:]:
            entry = re.split(r"[\t ]", line.strip("\r"), maxsplit=1)[0]
            if entry:
                word, _, flags = entry.partition("/")
                dictionary.words[self._text(word)].append(self._resolved(flags))
        return dictionary

    def _affix(self, kind: str, strip: str, add: str, condition: str, cross: bool) -> _Affix:  # noqa: FBT001
        added, _, further = add.partition("/")
        pattern = f"^{condition}" if kind == "PFX" else f"{condition}$"
        return _Affix(
            "" if strip == "0" else self._text(strip),
            "" if added == "0" else self._text(added),
            re.compile(self._text(pattern).replace("-", r"\-")),
            self._resolved(further),
            cross,
        )

    def _text(self, line: str) -> str:
        return line.encode("latin-1").decode(self._encoding, errors="replace")

    def _resolved(self, flags: str) -> tuple[str, ...]:
        if not flags:
            return ()
        if self._aliases and flags.isdigit():
            return self._aliases[int(flags) - 1]
        return self._flags(flags)

    def _flags(self, text: str) -> tuple[str, ...]:
        if self._flag == "num":
            return tuple(text.split(","))
        if self._flag == "long":
            return tuple(text[at : at + 2] for at in range(0, len(text), 2))
        return tuple(text)
