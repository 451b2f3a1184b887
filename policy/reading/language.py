"""What is known about a language: its words, and which of them make a clause needed or empty."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from policy.reading.coding import table_from
from policy.reading.lexicon import Lexicon
from policy.reading.signs import Sign, Signs

DATA = Path(__file__).parent.parent / "data"
LANGUAGES = ("pl", "cs", "sk", "hu", "en")
"""The languages that the rules read, in the order in which a tie between them is broken."""

QUESTION, FILE = "question", "file"
"""Signs that are no expressions: a question mark in the clause, and a file that goes with the message."""
_SIGNS = "signs.json"
# Bits below belong to signs, which all languages share; the words of a language have those above.
FIRST_WORD_BIT = 64
WORTH = ("needed", "stubborn", "empty", "empty_if_short")


@dataclass(frozen=True, eq=False)
class Language:
    """One language, as its data file has it.

    A clause is `needed` that holds a word of one of these groups (a question, a problem, a choice).
    `stubborn` groups make even the clause of a duplicate needed. Words of `empty` groups (greetings, thanks,
    wishes) say nothing, and phrases of them take their words out of every other group. An `empty_if_short`
    group makes a clause of up to `short` words empty. All of these are masks.
    """

    code: str
    lexicon: Lexicon
    abbreviations: frozenset[str]
    marks: re.Pattern[str]
    """A word with letters that only this language's spelling has, from the first of them on.

    A text with enough of these is typed with diacritics.
    """
    joints: frozenset[str]
    """Words that only join two clauses ("ale"), as they are typed."""
    idle: Sequence[int]
    """Groups that together make a question nobody is to answer ("Gdzie jest Państwa paczka?")."""
    needed: int
    stubborn: int
    empty: int
    empty_if_short: int
    short: int
    opener: int
    request: int
    patterns: Sequence[str]
    """How the rules are recognised: a rule's id and a `policy.matching.Mask` as text."""
    asked: Sequence[str]
    """How it is recognised that the buyer asks for what a rule is about, in the same form."""


@lru_cache(maxsize=16)
def language(code: str) -> Language | None:
    """The language with this ISO 639-1 code, or None when its words are not known."""
    if code not in LANGUAGES:
        return None
    return from_data(_json(f"{code}.json"))


@cache
def signs() -> Signs:
    """The signs that every language shares."""
    return Signs([Sign(**_tuples(sign)) for sign in _json(_SIGNS)])


@cache
def function_words() -> Mapping[str, Mapping[str, int]]:
    """Folded word -> weight by language, for telling which language a text is written in."""
    weights: dict[str, dict[str, int]] = {}
    for code, words in _json("function_words.json").items():
        for word in words.split():
            weights.setdefault(word, {})[code] = 1
    return weights


def from_data(data: Mapping[str, Any]) -> Language:
    """A language from its compiled form (see `policy.making`)."""
    groups: dict[str, int] = data["groups"]
    beginnings = table_from(data["beginnings"])
    lexicon = Lexicon(
        groups=groups,
        words=table_from(data["words"]),
        homographs=data["homographs"],
        beginnings=beginnings,
        exceptions=table_from(data["exceptions"]),
        phrases=data["phrases"],
        guard=frozenset(data["guard"].split()),
        mistyped=int(data["mistyped"], 16),
        stretched=data["stretched"],
        lengths=tuple(sorted({len(word) for word in beginnings})),
    )
    masks = {worth: sum(1 << groups[name] for name in data[worth]) for worth in WORTH}
    return Language(
        code=data["code"],
        lexicon=lexicon,
        abbreviations=frozenset(data["abbreviations"]),
        marks=re.compile(rf"[{data['letters']}]\w*", re.IGNORECASE),
        joints=frozenset(data["joints"]),
        idle=[sum(1 << groups[name] for name in row.split()) for row in data["idle"]],
        **masks,
        short=data["short"],
        opener=1 << groups["opener"],
        request=1 << groups["request"],
        patterns=data["patterns"],
        asked=data["asked"],
    )


def _tuples(sign: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in sign.items()}


def _json(name: str) -> Any:
    return json.loads((DATA / name).read_bytes())
