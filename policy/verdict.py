"""What the rules say about one message."""

from __future__ import annotations

from dataclasses import dataclass

from policy.level import Level
from policy.rule import Rule


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that speaks, how strongly, and where.

    `span` is half-open, in code points of the text as typed; `attachment` is the index of the file; both are
    None when the whole message is meant. `excerpt` is the text of the span, or the file's name, as it came:
    make it safe before it reaches a terminal.
    """

    rule: Rule
    level: Level
    span: tuple[int, int] | None
    attachment: int | None
    excerpt: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The highest level and every finding, the most severe first, then in the order of the text."""

    level: Level
    findings: tuple[Finding, ...]
