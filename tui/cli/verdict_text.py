"""A verdict as people read it on a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from api.domain.text import one_line
from policy import Level
from tui import levels
from tui.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy import Finding, Verdict

# A longer quotation hides the reasons below it.
_LONGEST_QUOTATION = 160
_INDENT = "  "


def verdict_text(verdict: Verdict, width: int) -> str:
    """The verdict in the language spoken now, in lines of up to `width` columns, safe for a terminal.

    Level as a glyph and a word, then for each finding the words that it is about, why, since when, who says
    so, and what to do instead. What came from the message is stripped of control characters.
    """
    lines = [f"{levels.level(verdict.level)}: {_meaning(verdict.level)}"]
    for finding in verdict.findings:
        lines.append("")
        lines += _finding_lines(finding, width)
    return "\n".join(lines)


def _finding_lines(finding: Finding, width: int) -> Iterator[str]:
    rule, spoken = finding.rule, language()
    yield f"{levels.level(finding.level)}  {rule.id}  {rule.title.text(spoken)}"
    quotation = _quotation(finding)
    if quotation:
        label = _("attachment") if finding.attachment is not None else _("words")
        yield from _wrapped(label, quotation, width)
    yield from _wrapped(_("why"), rule.why.text(spoken), width)
    yield from _wrapped(_("since"), rule.since.isoformat(), width)
    known = levels.known(rule.source.known)
    yield from _wrapped(_("source"), f"{rule.source.url} ({rule.source.date.isoformat()}, {known})", width)
    yield from _wrapped(_("instead"), rule.instead.text(spoken), width)


def _quotation(finding: Finding) -> str:
    words = one_line(finding.excerpt)
    if not words:
        return ""
    if len(words) > _LONGEST_QUOTATION:
        words = words[: _LONGEST_QUOTATION - 1].rstrip() + "…"
    return f"„{words}”" if language() == "pl" else f"“{words}”"


def _wrapped(label: str, text: str, width: int) -> list[str]:
    return textwrap.wrap(
        f"{label}: {text}",
        width=max(width, 20),
        initial_indent=_INDENT,
        subsequent_indent=_INDENT * 2,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _meaning(level: Level) -> str:
    return {
        Level.OK: _("no known rule matched"),
        Level.HINT: _("allowed as far as we know; something to consider"),
        Level.WARN: _("Allegro may stop this message, or its rules are unclear here"),
        Level.BLOCK: _("Allegro likely stops or refuses this message"),
    }[level]
