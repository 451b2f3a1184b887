"""A message and its context in, a verdict out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.level import Level
from policy.loading import pack_for
from policy.matching import Match, matches
from policy.reading.reader import Reading, read
from policy.situation import Surroundings, surroundings
from policy.verdict import Finding, Verdict

if TYPE_CHECKING:
    from policy.message import Context, Message
    from policy.pack import Pack


def check(message: Message, context: Context, pack: Pack | None = None) -> Verdict:
    """What the rules say about a message that is about to be sent.

    Without a pack the marketplace of the context decides; `UnknownMarketplaceError` when it has none.
    """
    if pack is None:
        pack = pack_for(context.marketplace)
    reading = read(message.text, message.language)
    matched = [
        match
        for rule in pack.rules_on(context.as_of)
        for match in matches(rule, reading, message.attachments, len(message.text))
    ]
    if not matched:
        return Verdict(Level.OK, ())
    repeating = [family.id for family in pack.families if family.repeats]
    around = surroundings(reading, matched, repeating, context, message.language)
    findings = [
        finding for match in matched if (finding := _finding(match, message, reading, around)) is not None
    ]
    findings.sort(key=_severest_first)
    return Verdict(findings[0].level if findings else Level.OK, tuple(findings))


def _finding(match: Match, message: Message, reading: Reading, around: Surroundings) -> Finding | None:
    level = around.level(match.rule)
    if level is Level.OK:
        return None
    if match.attachment is not None:
        return Finding(match.rule, level, None, match.attachment, message.attachments[match.attachment].name)
    if match.beyond is not None:
        span = (match.beyond, len(message.text))
    elif match.clauses is not None:
        first, after = match.clauses
        span = reading.folded.typed_span(reading.clauses[first].start, reading.clauses[after - 1].end)
    else:
        return Finding(match.rule, level, None, None, "")
    return Finding(match.rule, level, span, None, message.text[span[0] : span[1]])


def _severest_first(finding: Finding) -> tuple[int, bool, int]:
    start = finding.span[0] if finding.span is not None else finding.attachment or 0
    return -finding.level, finding.span is None, start
