"""What the rules say about one message."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from policy.level import Level
    from policy.rule import Instead, Permission, Rule


class Finding(NamedTuple):
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
    instead: Instead
    """What to do rather than send, in this context."""
    guessed: bool = False
    """Only words with a typing mistake lead here, so it is never a `block`."""


class Allowed(NamedTuple):
    """A rule that would speak, and the permission that turns it off in this contact."""

    rule: Rule
    by: Permission
    span: tuple[int, int] | None


class Verdict(NamedTuple):
    """The highest level and every finding, the most severe first, then in the order of the text."""

    level: Level
    findings: tuple[Finding, ...]
    allowed: tuple[Allowed, ...] = ()
    """What is repeated with permission: an answer may say it."""
