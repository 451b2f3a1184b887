"""The live indicators under a reply: who started the contact, a lamp per family, the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from api.domain.text import one_line
from policy import Level
from tui import formats, levels, words
from tui.i18n import _, language

if TYPE_CHECKING:
    from datetime import datetime

    from api.inbox import ContactReading
    from policy import Finding, Pack, Verdict

STYLES = {
    Level.OK: "$text-success",
    Level.HINT: "$text-accent",
    Level.WARN: "$text-warning",
    Level.BLOCK: "$text-error",
}

LONGEST_EXCERPT = 60
"""Characters of the words that a finding quotes; the marks in the text show the rest."""

GAP = "   "
"""Between two lamps."""


def contact_line(buyer: str, reading: ContactReading, today: datetime) -> Content:
    """To whom this goes, who started the contact, in which class it falls, and why."""
    when = ""
    if reading.buyer_last is not None:
        sent = reading.buyer_last.created_at
        when = f" ({formats.day(sent, today)} {formats.clock(sent)})"
    return Content.assemble(
        (f"→ {buyer}  ", "bold"),
        (_(words.CONTACTS[reading.contact]), "bold"),
        f": {_(words.GROUNDS[reading.ground])}{when}",
    )


def lamps(verdict: Verdict, pack: Pack, width: int) -> Content:
    """One lamp per family of rules: glyph, name and word; as many on a line as `width` cells take."""
    worst: dict[str, Level] = {}
    for finding in verdict.findings:
        worst[finding.rule.family] = max(worst.get(finding.rule.family, Level.OK), finding.level)
    lines: list[list[Content]] = [[]]
    used = 0
    for family in pack.families:
        level = worst.get(family.id, Level.OK)
        glyph, word = levels.LEVELS[level]
        style = STYLES[level] if level is Level.OK else f"bold {STYLES[level]}"
        lamp = Content.styled(f"{glyph} {family.name.text(language())} {_(word)}", style)
        if lines[-1] and used + len(GAP) + lamp.cell_length > width:
            lines.append([])
            used = 0
        used += lamp.cell_length + len(GAP)
        lines[-1].append(lamp)
    return Content("\n").join(Content(GAP).join(line) for line in lines)


def summary(verdict: Verdict, length: int, limit: int) -> Content:
    """The whole verdict in a line, and how long the text is."""
    if verdict.findings:
        judged = Content.styled(levels.level(verdict.level), f"bold {STYLES[verdict.level]}")
    else:
        judged = Content.styled("✓ " + _("no known rule matched"), STYLES[Level.OK])
    over = "bold $text-error" if length > limit else "dim"
    return Content.assemble((f"{length}/{limit}", over), "   ", judged)


def findings(verdict: Verdict) -> Content:
    """Every finding with what it is about, why, since when, who says so and what to do instead."""
    return Content("\n\n").join(_finding(finding) for finding in verdict.findings)


def _finding(finding: Finding) -> Content:
    rule, lang = finding.rule, language()
    excerpt = one_line(finding.excerpt)
    if len(excerpt) > LONGEST_EXCERPT:
        excerpt = excerpt[: LONGEST_EXCERPT - 1].rstrip() + "…"
    quoted = f" „{excerpt}”" if excerpt else ""
    known = levels.known(rule.source.known)
    since = _("since {date}").format(date=rule.since.isoformat())
    source = (
        f"{rule.source.url} ({rule.source.date.isoformat()}, {known}); {since}" if not rule.own else known
    )
    return Content("\n").join(
        [
            Content.assemble(
                (levels.level(finding.level), f"bold {STYLES[finding.level]}"),
                (f"  {rule.id}", "bold"),
                f"  {rule.message.text(lang)}{quoted}",
            ),
            Content.assemble((_("Instead:"), "bold"), " ", finding.instead.text(lang)),
            Content.assemble((_("Why:"), "bold"), " ", rule.why.text(lang)),
            Content.styled(" ".join((_("Source:"), source)), "dim"),
        ]
    )
