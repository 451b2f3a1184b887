"""Where a rule matches: clauses of the text, files, or the message as a whole."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from policy.level import Level
from policy.reading.fold import fold
from policy.reading.language import mask_of_bits, signs
from policy.reading.lexicon import WORD
from policy.rule import Facts, Pattern, Probe, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from policy.message import Attachment, Context, Message
    from policy.reading.reader import Reading, Window


class Match(NamedTuple):
    """A rule that matches: at a half-open span of the text as typed, at a file, or the whole message."""

    rule: Rule
    span: tuple[int, int] | None = None
    attachment: int | None = None
    at_most: Level = Level.BLOCK
    guessed: bool = False


class Mask(NamedTuple):
    """A pattern in the bits of one language; `key` is the rarest of the groups that it needs."""

    all: int
    without: int
    text_all: int
    text_without: int
    words_at_most: int
    at_most: Level
    key: int


class Place(NamedTuple):
    """Where a pattern was found: clauses first to after, the most that it may say, and if it is a guess."""

    first: int
    after: int
    at_most: Level
    guessed: bool


def mask_from(row: Sequence[Any]) -> Mask:
    """A mask from its compiled form: the four masks as lists of bits, the numbers as they are."""
    every, without, text_all, text_without, words_at_most, at_most, key = row
    return Mask(
        mask_of_bits(every),
        mask_of_bits(without),
        mask_of_bits(text_all),
        mask_of_bits(text_without),
        words_at_most,
        Level(at_most),
        1 << key,
    )


def mask_of_signs(pattern: Pattern) -> Mask:
    """The mask of a pattern that names signs alone; KeyError for a name that is none."""
    bits = signs().bits
    rows = [
        [bits[name] for name in names]
        for names in (pattern.all, pattern.without, pattern.text_all, pattern.text_without)
    ]
    return mask_from([*rows, pattern.words_at_most, pattern.at_most, bits[pattern.all[0]]])


def possible(masks: Iterable[Mask], names: int) -> list[Mask]:
    """The patterns that a text with these groups and signs may hold: few of many."""
    return [
        mask
        for mask in masks
        if names & mask[0] == mask[0] and names & mask[2] == mask[2] and not names & mask[3]
    ]


def around(masks: Iterable[Mask], reading: Reading) -> dict[int, list[Window]]:
    """For the key of each pattern, all windows with a clause that holds it."""
    keys = 0
    for mask in masks:
        keys |= mask.key
    windows: dict[int, dict[Window, None]] = {}
    for clause, near in zip(reading.clauses, reading.windows, strict=True):
        held = clause.names & keys
        while held:
            key = held & -held
            held ^= key
            windows.setdefault(key, {}).update(dict.fromkeys(near))
    return {key: list(found) for key, found in windows.items()}


def places(masks: Iterable[Mask], windows: Mapping[int, Sequence[Window]]) -> list[Place]:
    """The clauses that match one of the (possible) patterns, in order, without overlaps."""
    held: list[tuple[int, int, int, bool, Level]] = []
    for every, without, _all, _without, words_at_most, at_most, key in masks:
        for window in windows.get(key, ()):
            names = window.names
            if names & every != every or names & without:
                continue
            if words_at_most and window.words > words_at_most:
                continue
            # Ordered so that small windows come first, and of one window what says most.
            held.append(
                (window.after - window.first, window.first, -at_most, not window.sure & every, at_most)
            )
    found: list[Place] = []
    taken: set[int] = set()
    for size, first, _order, guessed, at_most in sorted(held):
        if taken.isdisjoint(range(first, first + size)):
            taken.update(range(first, first + size))
            level = min(at_most, Level.WARN) if guessed else at_most
            found.append(Place(first, first + size, level, guessed))
    return sorted(found)


def probed(rule: Rule, message: Message, context: Context) -> Iterator[Match]:
    """The matches of a rule's probes, which know no language."""
    for probe in rule.probes:
        yield from _probed(rule, probe, message, context)


def _probed(rule: Rule, probe: Probe, message: Message, context: Context) -> Iterator[Match]:
    text = message.text
    if probe.longer_than and len(text) > probe.longer_than:
        yield Match(rule, span=(probe.longer_than, len(text)))
    elif _conversational(probe, context):
        yield Match(rule)
    elif probe.says:
        for span in _spoken(probe.says, text):
            yield Match(rule, span=span)
    elif probe.lacks and text.strip() and not any(_spoken(probe.lacks, text)):
        yield Match(rule)
    for index, attachment in enumerate(message.attachments):
        if _strikes(probe, attachment):
            yield Match(rule, attachment=index)


def _conversational(probe: Probe, context: Context) -> bool:
    """Does the conversation alone decide that the probe matches, whatever the text?"""
    if probe.repeated and context.repeats >= probe.repeated:
        return True
    return bool(probe.fact) and _holds(probe.fact, context)


def _strikes(probe: Probe, attachment: Attachment) -> bool:
    if probe.attachment:
        return bool(_compiled(probe.attachment).search(fold(attachment.name).text))
    if probe.larger_than:
        return attachment.size > probe.larger_than
    return bool(probe.type_not_in) and not _typed(attachment, probe.type_not_in)


def _typed(attachment: Attachment, types: Sequence[str]) -> bool:
    """Is the file of one of these types, by its MIME type or, where that says nothing, by its name?"""
    mime = attachment.mime.partition(";")[0].strip().lower()
    if mime and mime != "application/octet-stream":
        return mime in types
    if "." not in attachment.name:
        return True  # nothing tells what it is
    ending = attachment.name.rpartition(".")[2].lower()
    return any(ending in (known.rpartition("/")[2], _SHORT.get(known)) for known in types)


_SHORT = {"image/jpeg": "jpg", "image/tiff": "tif"}


def _holds(fact: str, context: Context) -> bool:
    return context.thread_closed if fact == Facts.THREAD_CLOSED else context.no_order


def _spoken(phrases: Sequence[str], text: str) -> Iterator[tuple[int, int]]:
    """Spans of the text as typed at which one of the phrases stands."""
    folded = fold(text)
    for phrase in phrases:
        for found in _phrase(phrase).finditer(folded.text):
            yield folded.typed_span(*found.span())


@cache
def _phrase(phrase: str) -> re.Pattern[str]:
    words = [
        re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else r"\b")
        for word in fold(phrase).text.split()
    ]
    begins = r"\b" if WORD.match(fold(phrase).text) else ""
    return re.compile(begins + r"\W{1,3}".join(words))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
