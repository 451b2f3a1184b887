"""A message and its context in, a verdict out."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from policy.level import Level
from policy.loading import pack_for
from policy.matching import Match, Patterns, found, mask_from, mask_of_signs, probed
from policy.reading.blocks import blocks
from policy.reading.detect import languages_of, spoken_in
from policy.reading.reader import Block, Reading, read
from policy.situation import Surroundings
from policy.spans import Spans
from policy.verdict import Allowed, Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
        matched += _in_words(rules, reading, _recognisers(pack, reading.language).patterns)
    for rule in rules:
        if rule.probes:
            matched += probed(rule, message, context)
    if not matched:
        return Verdict(Level.OK, ())
    there = _surroundings(pack, message, readings, matched, context)
    return _verdict(message, matched, there, pack)


class _Recognisers(NamedTuple):
    """How the rules of a pack are recognised in one language, and what shows that the buyer asked for it."""

    patterns: Patterns
    asked: Patterns


@lru_cache(maxsize=64)
def _recognisers(pack: Pack, spoken: Language | None) -> _Recognisers:
    known = {rule.id for rule in pack.rules}
    patterns = [(rule.id, mask_of_signs(pattern)) for rule in pack.rules for pattern in rule.patterns]
    if spoken is None:
        return _Recognisers(Patterns(patterns), Patterns(()))
    patterns += [row for row in map(mask_from, spoken.patterns) if row[0] in known]
    return _Recognisers(Patterns(patterns), Patterns(map(mask_from, spoken.asked)))


def _in_words(rules: Sequence[Rule], reading: Reading, patterns: Patterns) -> Iterator[Match]:
    places = found(patterns, reading)
    for rule in rules if places else ():
        for start, end, at_most, guessed in places.get(rule.id, ()):
            yield Match(rule, (start, end), at_most=at_most, guessed=guessed)


def _surroundings(
    pack: Pack, message: Message, readings: Sequence[Reading], matched: Sequence[Match], context: Context
) -> Surroundings:
    """Weigh what is left of a message when the clauses that only repeat are taken out."""
    repeating = {family.id for family in pack.families if family.repeats}
    repeated = Spans()
    for match in matched:
        if match.span and match.rule.family in repeating:
            repeated.add(*match.span)
    needed = prose = False
    for begin, block in _as_spoken(message.text, readings):
        if not block.clauses:
            continue
        if not repeated.touch(begin + block.clauses[0].start, begin + block.clauses[-1].end):
            needed = needed or block.needed
            prose = prose or block.prose
            continue
        for clause in block.clauses:
            if repeated.touch(begin + clause.start, begin + clause.end):
                needed = needed or clause.stubborn
            else:
                needed = needed or clause.needed
                prose = prose or not clause.empty
    return Surroundings(context, needed, prose, _asked(pack, context, message.language))


def _as_spoken(text: str, readings: Sequence[Reading]) -> Iterable[tuple[int, Block]]:
    """The blocks of a text, each as the language reads it that it is written in.

    In a language that it is not written in, a greeting may look like something that the buyer needs.
    """
    if len(readings) == 1:
        return readings[0].blocks
    codes = [reading.code for reading in readings]
    return [
        readings[spoken_in(part, codes)].blocks[index] for index, (_begin, part) in enumerate(blocks(text))
    ]


def _asked(pack: Pack, context: Context, written: str) -> Callable[[str], bool]:
    """Did the buyer's last message ask for what the rule with this id is about?

    It is read in the language of the answer (`written`) too: a word or two do not tell which theirs is.
    """
    wish = context.buyer_last or ""

    @cache
    def asked(rule_id: str) -> bool:
        for code in languages_of(wish, written):
            reading = read(wish, code)
            if rule_id in found(_recognisers(pack, reading.language).asked, reading):
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
