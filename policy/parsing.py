"""From the tables of a family's file to its rules."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from policy.level import Level
from policy.message import Attachment, Contact
from policy.reading.language import language, signs
from policy.rule import (
    Example,
    Family,
    Instead,
    Known,
    Localized,
    Pattern,
    Rule,
    Situation,
    Source,
)
from policy.table import PackError, Table

_ANY_LANGUAGE = "any"
_LEAST_EXAMPLES = 5
ACTIONS = frozenset({"", "invoice", "parcel", "status"})
"""What the program can do instead of sending; empty where there is nothing to do."""


def parse_family(data: dict[str, Any], family_id: str, file: str) -> tuple[Family, list[Rule], list[Rule]]:
    """The family of a file, its rules and their earlier wordings; `PackError` tells what is wrong, where."""
    whole = Table(data, file)
    head = whole.table("family")
    family = Family(family_id, _localized(head, "name"), head.flag("repeats"))
    head.finish()
    rules: list[Rule] = []
    earlier: list[Rule] = []
    for table in whole.tables("rule"):
        rule, before = _rule(table, family_id)
        rules.append(rule)
        earlier += before
    if not rules:
        raise PackError(f"{file}: a family without rules")
    whole.finish()
    return family, rules, earlier


def _rule(unnamed: Table, family: str) -> tuple[Rule, list[Rule]]:
    rule_id = unnamed.text("id")
    table = unnamed.named(rule_id)
    table.text("id")
    match, near_miss = _examples(table.table("examples"))
    rule = Rule(
        id=rule_id,
        family=family,
        title=_localized(table, "title"),
        message=_localized(table, "message"),
        why=_localized(table, "why"),
        source=_source(table.table("source")),
        since=table.day("since"),
        until=table.optional_day("until"),
        instead=_instead(table.table("instead")),
        levels=_levels(table.table("levels")),
        patterns=_patterns(table.table("patterns")),
        asked=_patterns(table.table("asked")) if table.has("asked") else (),
        match=match,
        near_miss=near_miss,
    )
    if not rule.patterns:
        raise table.error("patterns", "a rule needs at least one")
    if (Situation.ASKED in rule.levels) != bool(rule.asked):
        raise table.error("asked", "patterns of what the buyer asks and levels for 'asked' go together")
    earlier = [_earlier(rule, before) for before in table.tables("earlier")]
    table.finish()
    return rule, earlier


def _earlier(rule: Rule, table: Table) -> Rule:
    """What the rule was before: the same words, another term and other levels."""
    before = replace(
        rule,
        since=table.day("since"),
        until=table.day("until"),
        why=_localized(table, "why"),
        source=_source(table.table("source")),
        levels=_levels(table.table("levels")),
    )
    if not (before.until and before.since <= before.until < rule.since):
        raise table.error("until", "expected since <= until, and until before the rule's own since")
    table.finish()
    return before


def _localized(table: Table, key: str) -> Localized:
    texts = table.table(key)
    value = Localized(pl=texts.text("pl"), en=texts.text("en"))
    texts.finish()
    return value


def _source(table: Table) -> Source:
    url, day, word = table.text("url"), table.day("date"), table.text("known")
    if word not in set(Known):
        raise table.error("known", f"expected one of {', '.join(Known)}, found {word!r}")
    if not url.startswith("https://"):
        raise table.error("url", f"expected an https address, found {url!r}")
    table.finish()
    return Source(url, day, Known(word))


def _instead(table: Table) -> Instead:
    value = Instead(pl=table.text("pl"), en=table.text("en"), action=table.optional_text("action"))
    if value.action not in ACTIONS:
        expected = ", ".join(sorted(ACTIONS - {""}))
        raise table.error("action", f"expected one of {expected}, found {value.action!r}")
    table.finish()
    return value


def _levels(table: Table) -> dict[Situation, dict[Contact, Level]]:
    levels: dict[Situation, dict[Contact, Level]] = {}
    for key in table.names():
        if key not in set(Situation):
            raise table.error(key, f"unknown situation; expected one of {', '.join(Situation)}")
        row = table.table(key)
        words = {contact: row.text(contact) for contact in Contact}
        row.finish()
        try:
            levels[Situation(key)] = {contact: Level.from_word(word) for contact, word in words.items()}
        except ValueError as error:
            raise table.error(key, str(error)) from error
    # Whatever the situation, one row must answer.
    if Situation.ANY not in levels and Situation.MIXED not in levels:
        raise table.error(Situation.ANY, "missing; expected levels for 'any' or for 'mixed'")
    return levels


def _patterns(table: Table) -> tuple[Pattern, ...]:
    return tuple(
        _pattern(row, "" if key == _ANY_LANGUAGE else key)
        for key in table.names()
        for row in table.tables(key)
    )


def _pattern(table: Table, code: str) -> Pattern:
    pattern = Pattern(
        language=code,
        all=table.texts("all"),
        without=table.texts("without"),
        words_at_most=table.number("words_at_most"),
        attachment=table.optional_text("attachment"),
        longer_than=table.number("longer_than"),
    )
    table.finish()
    if [bool(pattern.all), bool(pattern.attachment), bool(pattern.longer_than)].count(True) != 1:
        raise table.error("all", "expected exactly one of 'all', 'attachment', 'longer_than'")
    known = signs().names | _names(table, code)
    for key, names in (("all", pattern.all), ("without", pattern.without)):
        for name in names:
            if name not in known:
                raise table.error(key, f"unknown word group or sign {name!r}")
    try:
        re.compile(pattern.attachment)
    except re.error as error:
        raise table.error("attachment", f"no regular expression: {error}") from error
    return pattern


def _names(table: Table, code: str) -> frozenset[str]:
    if not code:
        return frozenset()
    spoken = language(code)
    if spoken is None:
        raise table.error(code, "a language without a word file")
    return spoken.names


def _examples(table: Table) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    match: list[Example] = []
    near_miss: list[Example] = []
    for code in table.names():
        of_language = table.table(code)
        for key, kept in (("match", match), ("near_miss", near_miss)):
            examples = [_example(of_language, key, item, code) for item in of_language.items(key)]
            if len(examples) < _LEAST_EXAMPLES:
                raise of_language.error(
                    key, f"expected at least {_LEAST_EXAMPLES} examples, found {len(examples)}"
                )
            kept.extend(examples)
        of_language.finish()
    return tuple(match), tuple(near_miss)


def _example(table: Table, key: str, item: Any, code: str) -> Example:
    if isinstance(item, str):
        return Example(item, code)
    if not isinstance(item, dict):
        raise table.error(key, f"expected a text or a table, found {item!r}")
    fields = Table(item, f"{key} of {code}")
    contact = fields.optional_text("contact")
    if contact and contact not in set(Contact):
        raise fields.error("contact", f"expected one of {', '.join(Contact)}, found {contact!r}")
    example = Example(
        text=fields.optional_text("text") * (fields.number("repeat") or 1),
        language=code,
        contact=Contact(contact) if contact else None,
        buyer_last=fields.optional_text("buyer_last") or None,
        attachments=tuple(Attachment(name) for name in fields.texts("attachments")),
    )
    fields.finish()
    return example
