"""A verdict as people read it on a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from policy import Level
from tui import levels
from tui.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy import Finding, Rule, Verdict

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
        yield from wrapped(label, quotation, width)
    yield from wrapped(_("why"), rule.why.text(spoken), width)
    yield from sourced(rule, width)
    yield from wrapped(_("instead"), finding.instead.text(spoken), width)
    if finding.guessed:
        yield from wrapped(_("note"), _("read into a word with a typing mistake"), width)


def sourced(rule: Rule, width: int) -> Iterator[str]:
    """Since when a rule holds, and who says so."""
    known = levels.known(rule.source.known)
    if rule.own:
        yield from wrapped(_("source"), known, width)
        return
    yield from wrapped(_("since"), rule.since.isoformat(), width)
    yield from wrapped(_("source"), f"{rule.source.url} ({rule.source.date.isoformat()}, {known})", width)


def _quotation(finding: Finding) -> str:
    from api.domain.text import one_line  # noqa: PLC0415  most messages are ok: nothing to quote

    words = one_line(finding.excerpt)
    if not words:
        return ""
    if len(words) > _LONGEST_QUOTATION:
        words = words[: _LONGEST_QUOTATION - 1].rstrip() + "…"
    return f"„{words}”" if language() == "pl" else f"“{words}”"


def wrapped(label: str, text: str, width: int) -> list[str]:
    """A label and its text in lines of up to `width` columns, what follows the first further in."""
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
