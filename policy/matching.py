"""Where a rule matches: clauses of the text, files, or the message as a whole."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from policy.level import Level
from policy.reading.fold import fold
from policy.reading.language import signs
from policy.reading.lexicon import WORD
from policy.rule import Facts, Pattern, Probe, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from policy.message import Attachment, Context, Message
    from policy.reading.reader import Block, Clause, Reading


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
    """Where a pattern was found in the text as typed, the most that it may say, and if it is a guess."""

    start: int
    end: int
    at_most: Level
    guessed: bool


class _Hit(NamedTuple):
    """A pattern in a block: in how many clauses, from which on; what the text must and must not hold.

    Ordered so that few clauses come first, and of the same ones what says most.
    """

    clauses: int
    first: int
    order: int
    guessed: bool
    at_most: Level
    text_all: int
    text_without: int


class Patterns:
    """Patterns of one language by the rarest group that each needs: most of a text asks for none of them."""

    def __init__(self, rows: Iterable[tuple[str, Mask]]) -> None:
        by_key: dict[int, list[tuple[str, Mask]]] = {}
        for rule_id, mask in rows:
            by_key.setdefault(mask.key, []).append((rule_id, mask))
        self.by_key: Mapping[int, Sequence[tuple[str, Mask]]] = by_key
        self.keys = sum(by_key)


def found(patterns: Patterns, reading: Reading) -> dict[str, list[Place]]:
    """Where the rules match, by rule id: places in order, which do not overlap."""
    places: dict[str, list[Place]] = {}
    for begin, block in reading.blocks:
        for rule_id, hits in _hits(patterns, block).items():
            here = [hit for hit in hits if _fits(hit, reading.names)]
            if here:
                places.setdefault(rule_id, []).extend(_apart(here, begin, block.clauses))
    return places


def _fits(hit: _Hit, names: int) -> bool:
    return names & hit.text_all == hit.text_all and not names & hit.text_without


@lru_cache(maxsize=1_024)
def _hits(patterns: Patterns, block: Block) -> Mapping[str, Sequence[_Hit]]:
    """The patterns that a block's clauses hold, by rule id, whatever the rest of the text says."""
    hits: dict[str, list[_Hit]] = {}
    keys, by_key = patterns.keys, patterns.by_key
    if not block.names & keys:
        return hits
    for names, sure, words, first, after in block.windows:
        held = names & keys
        while held:
            key = held & -held
            held ^= key
            for rule_id, mask in by_key[key]:
                every = mask[0]
                if names & every != every or names & mask[1] or 0 < mask[4] < words:
                    continue
                # One word that needs no guess is enough: a mistake beside it is only that.
                guessed = not sure & every
                hits.setdefault(rule_id, []).append(
                    _Hit(after - first, first, -mask[5], guessed, mask[5], mask[2], mask[3])
                )
    for several in hits.values():
        several.sort()
    return hits


def _apart(hits: Iterable[_Hit], begin: int, clauses: Sequence[Clause]) -> list[Place]:
    """The places of hits, in order, without overlaps."""
    places: list[Place] = []
    taken: set[int] = set()
    for size, first, _order, guessed, at_most, _all, _without in hits:
        if taken.isdisjoint(range(first, first + size)):
            taken.update(range(first, first + size))
            level = min(at_most, Level.WARN) if guessed else at_most
            start, end = clauses[first].start, clauses[first + size - 1].end
            places.append(Place(begin + start, begin + end, level, guessed))
    return sorted(places)


def mask_from(text: str) -> tuple[str, Mask]:
    """A rule's id and a pattern of it, from the compiled form that `policy.making.patterns` writes."""
    rule_id, *masks, words_at_most, at_most, key = text.split(" ")
    every, without, text_all, text_without = [int(mask, 16) for mask in masks]
    return rule_id, Mask(
        every, without, text_all, text_without, int(words_at_most), Level(int(at_most)), 1 << int(key)
    )


def mask_of_signs(pattern: Pattern) -> Mask:
    """The mask of a pattern that names signs alone; KeyError for a name that is none."""
    bits = signs().bits
    every, without, text_all, text_without = [
        sum(1 << bits[name] for name in names)
        for names in (pattern.all, pattern.without, pattern.text_all, pattern.text_without)
    ]
    key = 1 << bits[pattern.all[0]]
    return Mask(every, without, text_all, text_without, pattern.words_at_most, pattern.at_most, key)


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
