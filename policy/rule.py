"""A rule as a value: what it forbids, how strongly, since when, who says so, and what to do instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

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
    OWN = "own"
    """The seller's own rule."""


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


class Localized(NamedTuple):
    """A text in the languages that the program speaks."""

    pl: str
    en: str

    def text(self, language: str) -> str:
        """The text in this language ("pl" or "en"); English for any other."""
        return self.pl if language == "pl" else self.en


class Source(NamedTuple):
    """Where a rule stands: the page, the day of its wording, and how well we know it."""

    url: str
    date: date
    known: Known


class Instead(NamedTuple):
    """What to do rather than send: `action` is the id of the program's action that does it, or empty."""

    pl: str
    en: str
    action: str = ""

    def text(self, language: str) -> str:
        """The advice in this language ("pl" or "en"); English for any other."""
        return self.pl if language == "pl" else self.en


class Pattern(NamedTuple):
    """One way to recognise a rule in clauses, by word groups and signs (see `policy/languages`).

    A clause matches that holds every one of `all` and none of `without`, and, where `words_at_most` is set,
    is no longer than that, in a text that somewhere holds every one of `text_all` and nowhere one of
    `text_without`. A match says no more than `at_most`.
    """

    all: tuple[str, ...]
    without: tuple[str, ...] = ()
    text_all: tuple[str, ...] = ()
    text_without: tuple[str, ...] = ()
    words_at_most: int = 0
    at_most: Level = Level.BLOCK


class Probe(NamedTuple):
    """One way to recognise a rule without knowing the language; exactly one field is set.

    `attachment` is a regular expression that is searched in the folded file name (lower case, no diacritics).
    `type_not_in` are the MIME types that may be attached, `larger_than` the size in bytes that a file may
    have. `longer_than` counts code points of the whole text. `repeated` is how often nearly the same text was
    sent to others within 24 hours. `fact` names what the context says of the conversation (see `Facts`).
    `says` are words and rows of words ("tanio*" begins a word) of which none may, `lacks` of which one must
    stand in the text.
    """

    attachment: str = ""
    type_not_in: tuple[str, ...] = ()
    larger_than: int = 0
    longer_than: int = 0
    repeated: int = 0
    fact: str = ""
    says: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Permission:
    """What Allegro allows expressly: in these contacts it turns off the findings of these rules."""

    id: str
    title: Localized
    why: Localized
    source: Source
    since: date
    contacts: frozenset[Contact]
    rules: frozenset[str]
    asked: bool = False
    """Only where the buyer asked for the thing."""

    def __hash__(self) -> int:
        return hash(self.id)


class Example(NamedTuple):
    """A message that a rule must or must not match; without `contact` the seller starts the conversation.

    `language` is "" for an example that holds in every language.
    """

    text: str
    language: str = ""
    contact: Contact | None = None
    buyer_last: str | None = None
    attachments: tuple[Attachment, ...] = ()
    repeats: int = 0
    facts: frozenset[str] = frozenset()


class Examples(NamedTuple):
    """What a rule must match, and what it must leave alone though it looks alike."""

    match: tuple[Example, ...]
    near_miss: tuple[Example, ...]


@dataclass(frozen=True)
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
    instead_uninvoiced: Instead | None
    """The way where the buyer asked for no invoice with the order, if it is another one."""
    levels: Mapping[Situation, Mapping[Contact, Level]]
    """The level of a match; OK says that it is allowed there and is not reported."""
    probes: tuple[Probe, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    """Patterns of signs alone, which hold in every language."""
    on: bool = True
    """Whether the rule speaks unless the seller switches it on or off."""
    own: bool = False
    """The seller's own rule, not one of Allegro."""

    def __hash__(self) -> int:
        return hash(self.id)

    def in_force(self, day: date | None) -> bool:
        """Does the rule bind on this day? None: does it bind by the newest rules known?"""
        if day is None:
            return self.until is None
        return self.since <= day and (self.until is None or day <= self.until)


class Facts(StrEnum):
    """What is known of the conversation beside its words."""

    THREAD_CLOSED = "thread_closed"
    """Allegro takes no more messages in this thread."""
    NO_ORDER = "no_order"
    """The seller writes first and names no order."""


class Family(NamedTuple):
    """Rules that share a lamp, with the short name that the lamp shows."""

    id: str
    name: Localized
    repeats: bool = False
    """Its clauses only repeat what the buyer knows from Allegro: without them, is anything left to say?"""
