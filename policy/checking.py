"""A message and its context in, a verdict out."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from policy.level import Level
from policy.loading import pack_for
from policy.matching import Mask, Match, around, mask_from, mask_of_signs, places, possible, probed
from policy.reading.detect import languages_of
from policy.reading.reader import Reading, read, read_again
from policy.situation import Surroundings
from policy.spans import Spans
from policy.verdict import Allowed, Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from policy.message import Context, Message
    from policy.pack import Pack
    from policy.reading.language import Language
    from policy.rule import Permission, Rule


def check(message: Message, context: Context, pack: Pack | None = None) -> Verdict:
    """What the rules say about a message that is about to be sent.

    Without a pack the marketplace of the context decides; `UnknownMarketplaceError` when it has none.
    """
    if pack is None:
        pack = pack_for(context.marketplace)
    rules = pack.rules_on(context.as_of)
    matched: list[Match] = []
    files = bool(message.attachments)
    readings = [
        read(message.text, code, files=files) for code in languages_of(message.text, message.language)
    ]
    for reading in readings:
        matched += _in_words(rules, reading, _recognisers(pack, reading.language))
    for rule in rules:
        if rule.probes:
            matched += probed(rule, message, context)
    if not matched:
        return Verdict(Level.OK, ())
    return _verdict(message, matched, _surroundings(pack, readings, matched, context), pack)


class _Recognisers(NamedTuple):
    """How the rules of a pack are recognised in one language: masks, each with the id of its rule."""

    patterns: tuple[tuple[Mask, str], ...]
    asked: Mapping[str, Sequence[Mask]]
    """By rule id."""


@lru_cache(maxsize=64)
def _recognisers(pack: Pack, spoken: Language | None) -> _Recognisers:
    known = {rule.id for rule in pack.rules}
    patterns = [(mask_of_signs(pattern), rule.id) for rule in pack.rules for pattern in rule.patterns]
    asked: dict[str, list[Mask]] = {}
    if spoken is not None:
        patterns += [(mask_from(row), rule_id) for rule_id, *row in spoken.patterns if rule_id in known]
        for rule_id, *row in spoken.asked:
            asked.setdefault(rule_id, []).append(mask_from(row))
    return _Recognisers(tuple(patterns), asked)


def _in_words(rules: Sequence[Rule], reading: Reading, known: _Recognisers) -> Iterator[Match]:
    names = reading.names
    found: dict[str, list[Mask]] = {}
    for mask, rule_id in known.patterns:
        if names & mask[0] == mask[0]:
            found.setdefault(rule_id, []).append(mask)
    if not found:
        return
    hopeful = {rule_id: possible(masks, names) for rule_id, masks in found.items()}
    windows = around(chain.from_iterable(hopeful.values()), reading)
    clauses, typed_span = reading.clauses, reading.folded.typed_span
    for rule in rules:
        masks = hopeful.get(rule.id)
        if not masks:
            continue
        for first, after, at_most, guessed in places(masks, windows):
            span = typed_span(clauses[first].start, clauses[after - 1].end)
            yield Match(rule, span, at_most=at_most, guessed=guessed)


def _surroundings(
    pack: Pack, readings: Sequence[Reading], matched: Sequence[Match], context: Context
) -> Surroundings:
    """Weigh what is left of a message when the clauses that only repeat are taken out."""
    repeating = {family.id for family in pack.families if family.repeats}
    repeated = Spans()
    for match in matched:
        if match.span and match.rule.family in repeating:
            repeated.add(*match.span)
    needed = prose = False
    for reading in readings:
        for clause in reading.clauses:
            start, end = reading.folded.typed_span(clause.start, clause.end)
            if repeated.touch(start, end):
                needed = needed or clause.stubborn
            else:
                needed = needed or clause.needed
                prose = prose or not clause.empty
    return Surroundings(context, needed, prose, _asked(pack, context))


def _asked(pack: Pack, context: Context) -> Callable[[str], bool]:
    """Did the buyer's last message ask for what the rule with this id is about?"""
    wish = context.buyer_last or ""

    @cache
    def asked(rule_id: str) -> bool:
        for code in languages_of(wish):
            reading = read_again(wish, code)
            masks = possible(_recognisers(pack, reading.language).asked.get(rule_id, ()), reading.names)
            if masks and places(masks, around(masks, reading)):
                return True
        return False

    return asked


def _verdict(message: Message, matched: Sequence[Match], there: Surroundings, pack: Pack) -> Verdict:
    findings: dict[tuple[str, tuple[int, int] | None, int | None], Finding] = {}
    allowed: dict[tuple[str, tuple[int, int] | None], Allowed] = {}
    for match in matched:
        rule = match.rule
        level = min(there.level(rule), match.at_most)
        if level is Level.OK:
            permission = _permission(rule, there, pack)
            if permission is not None:
                allowed[rule.id, match.span] = Allowed(rule, permission, match.span)
            continue
        if match.attachment is not None:
            excerpt = message.attachments[match.attachment].name
        else:
            excerpt = message.text[slice(*match.span)] if match.span else ""
        uninvoiced = None if there.context.invoice_required else rule.instead_uninvoiced
        # Read in two languages, a place may be found twice.
        key = (rule.id, match.span, match.attachment)
        known = findings.get(key)
        if known is None or known.level < level:
            findings[key] = Finding(
                rule, level, match.span, match.attachment, excerpt, uninvoiced or rule.instead, match.guessed
            )
    ranked = sorted(_apart(findings.values()), key=_severest_first)
    level = ranked[0].level if ranked else Level.OK
    return Verdict(level, tuple(ranked), tuple(allowed.values()))


def _apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings of one rule that do not overlap: of two languages the one that reads more severely stays."""
    taken: dict[str, Spans] = {}
    for finding in sorted(findings, key=_severest_first):
        if finding.span is not None:
            spans = taken.setdefault(finding.rule.id, Spans())
            if spans.touch(*finding.span):
                continue
            spans.add(*finding.span)
        yield finding


def _permission(rule: Rule, there: Surroundings, pack: Pack) -> Permission | None:
    """The permission that turns a rule off in this contact."""
    contact, day = there.context.contact, there.context.as_of
    for permission in pack.permissions:
        if rule.id not in permission.rules or contact not in permission.contacts:
            continue
        if (day is None or permission.since <= day) and (not permission.asked or there.asked(rule.id)):
            return permission
    return None


def _severest_first(finding: Finding) -> tuple[int, bool, int]:
    start = finding.span[0] if finding.span is not None else finding.attachment or 0
    return -finding.level, finding.span is None, start
