"""The text without what a rule would stop: a proposal, which only the seller applies."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy.checking import check
from policy.level import Level
from policy.reading.detect import languages_of
from policy.reading.language import language
from policy.reading.reader import read

if TYPE_CHECKING:
    from policy.message import Context, Message
    from policy.pack import Pack
    from policy.verdict import Verdict

# Each round cuts what the one before left; a text that is not clean by then is no better for more.
_ROUNDS = 4
# Words of a clause that is too short to say anything without the one that it belongs to.
_STUMP = 3
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*\n+")
_WORD = re.compile(r"[^\W\d_]+")


def fix(message: Message, context: Context, pack: Pack | None = None) -> str | None:
    """The text without the clauses that a rule would stop or warn of; None where nothing can be cut.

    What cutting cannot mend (a file, the length) stays, and so does a text of which nothing that the buyer
    needs would be left: sending nothing is the better way then.
    """
    text = message.text
    for _ in range(_ROUNDS):
        current = replace(message, text=text)
        verdict = check(current, context, pack)
        spans = _with_stumps(_spans(verdict), text, message.language)
        if not spans:
            break
        text = _without(text, spans, message)
    if text == message.text or not _says_something(text, message.language):
        return None
    return text


def _spans(verdict: Verdict) -> list[tuple[int, int]]:
    """What to cut, in order and without overlaps."""
    spans: list[tuple[int, int]] = []
    for finding in sorted(verdict.findings, key=lambda finding: finding.span or (0, 0)):
        if finding.span is None or finding.level < Level.WARN or finding.rule.family == "limits":
            continue
        start, end = finding.span
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _with_stumps(spans: list[tuple[int, int]], text: str, declared: str) -> list[tuple[int, int]]:
    """The spans, with what a comma ties to their beginning and says nothing alone ("Zamówienie, nr 1, …")."""
    if not spans:
        return spans
    reading = read(text, languages_of(text, declared)[0])
    courtesy = reading.language.empty if reading.language else 0
    clauses = reading.clauses
    wider: list[tuple[int, int]] = []
    for start, end in spans:
        at = next((index for index, clause in enumerate(clauses) if clause.start == start), 0)
        while at > 0 and clauses[at].joined:
            before = clauses[at - 1]
            if before.needed or before.words > _STUMP or before.names & courtesy:
                break
            at -= 1
        first = min(start, clauses[at].start) if clauses else start
        if wider and not text[wider[-1][1] : first].strip():
            # Nothing but white space between two cuts: they are one.
            wider[-1] = (wider[-1][0], end)
        else:
            wider.append((first, end))
    return wider


def _without(text: str, spans: list[tuple[int, int]], message: Message) -> str:
    kept: list[str] = []
    reached = 0
    for start, end in spans:
        kept.append(text[reached:start])
        reached = end
        # What stood before begins a sentence; what follows takes its place there.
        before = text[:start].rstrip(" \t")
        begins = not before.strip() or before[-1] in ".!?:\n"
        if begins or before[-1] == ",":
            reached, beginning = _beginning(text, end, message.language, capital=begins)
            kept.append(beginning)
    kept.append(text[reached:])
    lines = [_BLANKS.sub(" ", line).strip() for line in "".join(kept).split("\n")]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _beginning(text: str, at: int, declared: str, *, capital: bool) -> tuple[int, str]:
    """Where the text goes on behind a cut, and how it begins there.

    A word that only joined two clauses ("ale") goes too; at the start of a sentence a capital follows.
    """
    found = _WORD.search(text, at)
    if found is None or text[at : found.start()].strip():
        return at, ""
    if found[0].lower() in _joints(declared, text):
        found = _WORD.search(text, found.end())
        if found is None:
            return at, ""
    word = found[0]
    blank = "\n" if "\n" in text[at : found.start()] else " "
    return found.end(), blank + (word[:1].upper() + word[1:] if capital else word)


def _joints(declared: str, text: str) -> frozenset[str]:
    spoken = language(languages_of(text, declared)[0])
    return spoken.joints if spoken else frozenset()


def _says_something(text: str, declared: str) -> bool:
    """Is anything left but greetings and thanks?"""
    return any(
        not clause.empty for code in languages_of(text, declared) for clause in read(text, code).clauses
    )
