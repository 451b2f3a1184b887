"""A rule as a value: what it forbids, how strongly, since when, who says so, and what to do instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policy.level import Level
from policy.message import Attachment, Contact


class Known(StrEnum):
    """How well a rule is known."""

    READ = "read"
    """We read Allegro's own wording."""
    PRESS = "press"
    """Only the press or a forum reports it."""
    INFERRED = "inferred"
    """Our conclusion: advice, not Allegro's rule."""


class Situation(StrEnum):
    """What, beside the contact, decides the level of a rule."""

    ANY = "any"
    ALONE = "alone"
    """The message holds nothing else that the buyer needs."""
    MIXED = "mixed"
    """The message also holds something that the buyer needs to know or to answer."""
    SOLE = "sole"
    """The message holds nothing else whatsoever, not even prose that we cannot place."""
    NOT_INTEGRATED = "not_integrated"
    """Allegro does not report this carrier's parcels."""
    ASKED = "asked"
    """The buyer's last message asks for this very thing."""


@dataclass(frozen=True, slots=True)
class Localized:
    """A text in the languages that the program speaks."""

    pl: str
    en: str

    def text(self, language: str) -> str:
        """The text in this language ("pl" or "en"); English for any other."""
        return self.pl if language == "pl" else self.en


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands: the page, the day of its wording, and how well we know it."""

    url: str
    date: date
    known: Known


@dataclass(frozen=True, slots=True)
class Instead:
    """What to do rather than send: `action` is the id of the program's action that does it, or empty."""

    pl: str
    en: str
    action: str = ""

    def text(self, language: str) -> str:
        """The advice in this language ("pl" or "en"); English for any other."""
        return self.pl if language == "pl" else self.en


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to recognise a rule; exactly one of `all`, `attachment`, `longer_than` is set.

    `all` names word groups and signs (see `policy/words`): a clause matches that holds every one of them and
    none of `without`, and, where `words_at_most` is set, is no longer than that. `attachment` is a regular
    expression that is searched in the folded file name (lower case, no diacritics). `longer_than` counts code
    points of the whole text.
    """

    language: str = ""
    """ISO 639-1 code; empty for a pattern that holds in every language."""
    all: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    words_at_most: int = 0
    attachment: str = ""
    longer_than: int = 0

    def speaks(self, language: str) -> bool:
        """Does the pattern read messages in this language?"""
        return self.language in {"", language}


@dataclass(frozen=True, slots=True)
class Example:
    """A message that a rule must or must not match; without `contact` the seller starts the conversation."""

    text: str
    language: str = "pl"
    contact: Contact | None = None
    buyer_last: str | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack. `since` is its first day, `until` the last one (None: still in force)."""

    id: str
    family: str
    title: Localized
    message: Localized
    """The few words beside the lamp."""
    why: Localized
    source: Source
    since: date
    until: date | None
    instead: Instead
    levels: Mapping[Situation, Mapping[Contact, Level]]
    """The level of a match; OK says that it is allowed there and is not reported."""
    patterns: tuple[Pattern, ...]
    asked: tuple[Pattern, ...]
    """What the buyer's last message must hold for the situation ASKED."""
    match: tuple[Example, ...]
    near_miss: tuple[Example, ...]

    def __hash__(self) -> int:
        return hash(self.id)

    def in_force(self, day: date | None) -> bool:
        """Does the rule bind on this day? None: does it bind by the newest rules known?"""
        if day is None:
            return self.until is None
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Family:
    """Rules that share a lamp, with the short name that the lamp shows."""

    id: str
    name: Localized
    repeats: bool = False
    """Its clauses only repeat what the buyer knows from Allegro: without them, is anything left to say?"""
