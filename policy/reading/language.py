"""What is known about a language: its word groups, and which of them make a clause needed or empty."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from policy.reading.lexicon import Lexicon

WORDS = Path(__file__).parent.parent / "words"
_COMMON = "common"
_CODE = re.compile("[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Language:
    """One language, as its file in `policy/words` has it.

    A clause is `needed` that holds a word of one of these groups (a question, a problem, a choice), unless it
    is `empty` (greetings, thanks, wishes). `stubborn` groups make even the clause of a duplicate needed.
    An `empty_if_short` group makes a clause of up to `short` words empty.
    """

    code: str
    lexicon: Lexicon
    names: frozenset[str]
    abbreviations: frozenset[str]
    needed: frozenset[str]
    stubborn: frozenset[str]
    empty: frozenset[str]
    empty_if_short: frozenset[str]
    short: int


@dataclass(frozen=True, slots=True)
class Signs:
    """Regular expressions that hold in every language (addresses, phone numbers), on folded text."""

    expressions: Mapping[str, str]
    address_kinds: Mapping[str, str]
    """What an address is the address of (a carrier, a shop): searched in the `address` signs alone."""
    needs: Mapping[str, Sequence[str]]
    """A text without any of these literals cannot hold the sign."""
    indivisible: frozenset[str]
    """Signs that no full stop, comma or colon cuts in two."""

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.expressions) | frozenset(self.address_kinds)


@lru_cache(maxsize=64)
def language(code: str) -> Language | None:
    """The language with this ISO 639-1 code, or None when it has no file (yet)."""
    if not _CODE.fullmatch(code) or not (WORDS / f"{code}.toml").is_file():
        return None
    words = tomllib.loads((WORDS / f"{code}.toml").read_text(encoding="utf-8"))
    groups: dict[str, str] = words["groups"]
    return Language(
        code=code,
        lexicon=Lexicon.of(groups),
        names=frozenset(groups) | {"question"},
        abbreviations=frozenset(words["abbreviations"]),
        needed=frozenset(words["needed"]),
        stubborn=frozenset(words["stubborn"]),
        empty=frozenset(words["empty"]),
        empty_if_short=frozenset(words["empty_if_short"]),
        short=words["short"],
    )


@cache
def signs() -> Signs:
    """The signs that every language shares."""
    common = tomllib.loads((WORDS / f"{_COMMON}.toml").read_text(encoding="utf-8"))
    return Signs(
        expressions=common["signs"],
        address_kinds=common["address_kinds"],
        needs=common["needs"],
        indivisible=frozenset(common["indivisible"]),
    )


@cache
def compiled_signs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The signs by name, compiled when the first text is read: whoever only lists rules does not wait."""
    return _compiled(signs().expressions)


@cache
def compiled_address_kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The kinds of addresses by name, compiled when the first address is met."""
    return _compiled(signs().address_kinds)


def _compiled(expressions: Mapping[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(expression)) for name, expression in expressions.items())
