"""From the tables of rule files to rules."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from policy.level import Level
from policy.message import Attachment, Contact
from policy.rule import (
    Example,
    Examples,
    Facts,
    Family,
    Instead,
    Known,
    Localized,
    Pattern,
    Permission,
    Probe,
    Rule,
    Situation,
    Source,
)
from policy.table import PackError, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LEAST_EXAMPLES = 5
ACTIONS = frozenset({"", "invoice", "invoice_link", "parcel", "status", "rating_removal", "refund"})
"""What the program can do instead of sending; empty where there is nothing to do."""
_OWN_SOURCE = Source("", date(2000, 1, 1), Known.OWN)
_ANSWERS = ("reply", "continuation", "presale")


class FamilyFile(NamedTuple):
    """What the file of a family holds: its rules, their earlier wordings, and permissions."""

    family: Family | None
    rules: tuple[Rule, ...]
    earlier: tuple[Rule, ...]
    permissions: tuple[Permission, ...]


def parse_family(data: Mapping[str, Any], family_id: str, file: str) -> FamilyFile:
    """The rules of a family's file; `PackError` tells what is wrong, where."""
    whole = Table(data, file)
    family = None
    if whole.has("family"):
        head = whole.table("family")
        family = Family(family_id, localized(head, "name"), head.flag("repeats"))
        head.finish()
    rules: list[Rule] = []
    earlier: list[Rule] = []
    for table in whole.tables("rule"):
        rule, before = parse_rule(table, family_id)
        rules.append(rule)
        earlier += before
    permissions = tuple(_permission(table) for table in whole.tables("permission"))
    if bool(rules) != bool(family) or not (rules or permissions):
        raise PackError(f"{file}: a family and its rules go together")
    whole.finish()
    return FamilyFile(family, tuple(rules), tuple(earlier), permissions)


def parse_rule(unnamed: Table, family: str, *, own: bool = False) -> tuple[Rule, list[Rule]]:
    """A rule and its earlier wordings. Of the seller's own rules less is asked: no source, one language."""
    rule_id = unnamed.text("id")
    table = unnamed.named(rule_id)
    table.text("id")
    rule = Rule(
        id=rule_id,
        family=family,
        title=localized(table, "title", own=own),
        message=localized(table, "message", own=own),
        why=localized(table, "why", own=own),
        source=_OWN_SOURCE if own else parse_source(table.table("source")),
        since=_OWN_SOURCE.date if own else table.day("since"),
        until=table.optional_day("until"),
        instead=_instead(table, "instead", own=own),
        instead_uninvoiced=_instead(table, "instead_uninvoiced") if table.has("instead_uninvoiced") else None,
        levels=_levels(table),
        probes=tuple(_probe(row) for row in table.tables("probes")),
        patterns=tuple(parse_pattern(row) for row in table.tables("patterns")),
        on=not table.flag("off"),
        own=own,
    )
    if own and not rule.probes:
        raise table.error("probes", "a rule needs at least one")
    earlier = [_earlier(rule, before) for before in table.tables("earlier")]
    table.finish()
    return rule, earlier


def _earlier(rule: Rule, table: Table) -> Rule:
    """What the rule was before: the same words, another term and other levels."""
    before = replace(
        rule,
        since=table.day("since"),
        until=table.day("until"),
        why=localized(table, "why"),
        source=parse_source(table.table("source")),
        levels=_levels(table),
    )
    if not (before.until and before.since <= before.until < rule.since):
        raise table.error("until", "expected since <= until, and until before the rule's own since")
    table.finish()
    return before


def _permission(unnamed: Table) -> Permission:
    permission_id = unnamed.text("id")
    table = unnamed.named(permission_id)
    table.text("id")
    contacts = table.texts("contacts")
    for contact in contacts:
        if contact not in set(Contact):
            raise table.error("contacts", f"expected some of {', '.join(Contact)}, found {contact!r}")
    permission = Permission(
        id=permission_id,
        title=localized(table, "title"),
        why=localized(table, "why"),
        source=parse_source(table.table("source")),
        since=table.day("since"),
        contacts=frozenset(Contact(contact) for contact in contacts),
        rules=frozenset(table.texts("rules")),
        asked=table.flag("asked"),
    )
    table.finish()
    return permission


def localized(table: Table, key: str, *, own: bool = False) -> Localized:
    """A text in the languages of the program; one text for both where a seller writes for themselves."""
    if own and table.is_text(key):
        text = table.text(key)
        return Localized(text, text)
    texts = table.table(key)
    value = Localized(pl=texts.text("pl"), en=texts.text("en"))
    texts.finish()
    return value


def parse_source(table: Table) -> Source:
    """Where a rule stands."""
    url, day, word = table.text("url"), table.day("date"), table.text("known")
    if word not in set(Known):
        raise table.error("known", f"expected one of {', '.join(Known)}, found {word!r}")
    if not url.startswith("https://"):
        raise table.error("url", f"expected an https address, found {url!r}")
    table.finish()
    return Source(url, day, Known(word))


def _instead(table: Table, key: str, *, own: bool = False) -> Instead:
    if own and table.is_text(key):
        text = table.text(key)
        return Instead(text, text)
    inner = table.table(key)
    value = Instead(pl=inner.text("pl"), en=inner.text("en"), action=inner.optional_text("action"))
    if value.action not in ACTIONS:
        expected = ", ".join(sorted(ACTIONS - {""}))
        raise inner.error("action", f"expected one of {expected}, found {value.action!r}")
    inner.finish()
    return value


def _levels(table: Table) -> dict[Situation, dict[Contact, Level]]:
    """One word for every contact; or a row by situation, a row by contact in it.

    In a row, `answer` stands for reply, continuation and presale.
    """
    if table.is_text("levels"):
        word = table.text("levels")
        return {Situation.ANY: dict.fromkeys(Contact, _level(table, "levels", word))}
    rows = table.table("levels")
    levels: dict[Situation, dict[Contact, Level]] = {}
    for key in rows.names():
        if key not in set(Situation):
            raise rows.error(key, f"unknown situation; expected one of {', '.join(Situation)}")
        if rows.is_text(key):
            levels[Situation(key)] = dict.fromkeys(Contact, _level(rows, key, rows.text(key)))
            continue
        row = rows.table(key)
        answer = row.optional_text("answer")
        words = {
            contact: answer if answer and contact in _ANSWERS else row.text(contact) for contact in Contact
        }
        row.finish()
        levels[Situation(key)] = {contact: _level(rows, key, word) for contact, word in words.items()}
    # Whatever the situation, one row must answer.
    if Situation.ANY not in levels and Situation.MIXED not in levels:
        raise rows.error(Situation.ANY, "missing; expected levels for 'any' or for 'mixed'")
    return levels


def _level(table: Table, key: str, word: str) -> Level:
    try:
        return Level.from_word(word)
    except ValueError as error:
        raise table.error(key, str(error)) from error


def parse_pattern(table: Table, known: Collection[str] | None = None) -> Pattern:
    """A pattern; with `known` its names must be among these groups and signs."""
    at_most = table.optional_text("at_most")
    pattern = Pattern(
        all=table.texts("all"),
        without=table.texts("without"),
        text_all=table.texts("text_all"),
        text_without=table.texts("text_without"),
        words_at_most=table.number("words_at_most"),
        at_most=_level(table, "at_most", at_most) if at_most else Level.BLOCK,
    )
    table.finish()
    if not pattern.all:
        raise table.error("all", "missing; expected the groups that a clause must hold")
    if known is not None:
        for key in ("all", "without", "text_all", "text_without"):
            for name in getattr(pattern, key):
                if name not in known:
                    raise table.error(key, f"unknown word group or sign {name!r}{table.near(name, known)}")
    return pattern


def _probe(table: Table) -> Probe:
    probe = Probe(
        attachment=table.optional_text("attachment"),
        type_not_in=table.texts("type_not_in"),
        larger_than=table.number("larger_than"),
        longer_than=table.number("longer_than"),
        repeated=table.number("repeated"),
        fact=table.optional_text("fact"),
        says=table.texts("says"),
        lacks=table.texts("lacks"),
    )
    table.finish()
    fields = list(probe)
    if sum(bool(value) for value in fields) != 1:
        raise table.error("attachment", f"expected exactly one of {', '.join(Probe._fields)}")
    if probe.fact and probe.fact not in set(Facts):
        raise table.error("fact", f"expected one of {', '.join(Facts)}, found {probe.fact!r}")
    try:
        re.compile(probe.attachment)
    except re.error as error:
        raise table.error("attachment", f"no regular expression: {error}") from error
    return probe


def parse_examples(data: Mapping[str, Any], file: str, language: str) -> dict[str, Examples]:
    """The examples of a family's rules in one language, rule id by rule id."""
    whole = Table(data, file)
    return {
        rule_id: Examples(*(_examples(whole.table(rule_id), key, language) for key in ("match", "near_miss")))
        for rule_id in whole.names()
    }


def _examples(table: Table, key: str, language: str) -> tuple[Example, ...]:
    examples = tuple(_example(table, key, item, language) for item in table.items(key))
    if len(examples) < LEAST_EXAMPLES:
        raise table.error(key, f"expected at least {LEAST_EXAMPLES} examples, found {len(examples)}")
    return examples


def _example(table: Table, key: str, item: Any, language: str) -> Example:
    if isinstance(item, str):
        return Example(item, language)
    if not isinstance(item, dict):
        raise table.error(key, f"expected a text or a table, found {item!r}")
    fields = Table(item, f"{key} of {language or 'any'}")
    contact = fields.optional_text("contact")
    if contact and contact not in set(Contact):
        raise fields.error("contact", f"expected one of {', '.join(Contact)}, found {contact!r}")
    example = Example(
        text=fields.optional_text("text") * (fields.number("repeat") or 1),
        language=language,
        contact=Contact(contact) if contact else None,
        buyer_last=fields.optional_text("buyer_last") or None,
        attachments=tuple(_attachment(row) for row in fields.tables("attachments")),
        repeats=fields.number("repeats"),
        facts=frozenset(fields.texts("facts")),
    )
    fields.finish()
    return example


def _attachment(table: Table) -> Attachment:
    attachment = Attachment(table.text("name"), table.optional_text("mime"), table.number("size"))
    table.finish()
    return attachment
