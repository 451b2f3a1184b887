"""The seller's own rules: a TOML file in the form of the packs.

    [switch]
    DUP-THANKS = "off"                 # a rule of Allegro's off, or on
    LINK-INFO = "hint"                 # another level, in every contact

    [[rule]]
    id = "HOUSE-WORDS"
    title = "Words that we do not use"
    message = "not our style"
    why = "We agreed on it in March."
    instead = "Say it plainly."
    levels = "warn"
    probes = [{ says = ["mega*", "super okazja"] }]

Texts are one text, or one each for Polish and English. A probe is one of `says`, `lacks`, `longer_than`,
`attachment`, `type_not_in`, `larger_than`, `repeated` (see `policy.rule.Probe`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from policy.level import Level
from policy.message import Contact
from policy.parsing import parse_rule
from policy.rule import Family, Localized, Situation
from policy.table import PackError, Table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policy.pack import Pack
    from policy.rule import Rule

FAMILY = Family("own", Localized(pl="Własne", en="Own rules"))
_ID = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
_OFF, _ON = "off", "on"


def with_own_rules(pack: Pack, file: Path) -> Pack:
    """The pack with the seller's own rules; the pack itself where there is no such file.

    `PackError` names file, rule and key of a mistake, and what was probably meant.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return pack
    except (UnicodeDecodeError, OSError) as error:
        raise PackError(f"{file}: {error}") from error
    import tomllib  # noqa: PLC0415  most sellers have no rules of their own

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{file}: {error}") from error
    return extended(pack, data, str(file))


def extended(pack: Pack, data: Mapping[str, Any], file: str) -> Pack:
    """The pack with what the contents of a file of own rules say."""
    whole = Table(data, file)
    known = [rule.id for rule in pack.rules]
    own: list[Rule] = []
    for table in whole.tables("rule"):
        rule, _earlier = parse_rule(table, FAMILY.id, own=True)
        if not _ID.fullmatch(rule.id):
            raise PackError(
                f"{file}: {rule.id}: id: expected capitals, digits and hyphens, such as HOUSE-WORDS"
            )
        if rule.id in known:
            raise PackError(f"{file}: {rule.id}: id: there is a rule of this name")
        known.append(rule.id)
        own.append(rule)
    switches = whole.table("switch") if whole.has("switch") else Table({}, file)
    levels: dict[str, Level | bool] = {}
    for rule_id in switches.names():
        if rule_id not in known:
            raise switches.error(rule_id, f"no such rule{Table.near(rule_id, known)}")
        levels[rule_id] = _switch(switches, rule_id)
    whole.finish()
    families = (*pack.families, FAMILY) if own else pack.families
    return replace(
        pack,
        families=families,
        rules=tuple(_switched(rule, levels) for rule in (*pack.rules, *own)),
        earlier=tuple(_switched(rule, levels) for rule in pack.earlier),
    )


def _switch(table: Table, rule_id: str) -> Level | bool:
    word = table.text(rule_id)
    if word in {_OFF, _ON}:
        return word == _ON
    try:
        return Level.from_word(word)
    except ValueError:
        expected = [_OFF, _ON, *(level.word for level in Level)]
        raise table.error(
            rule_id, f"expected one of {', '.join(expected)}, found {word!r}{Table.near(word, expected)}"
        ) from None


def _switched(rule: Rule, levels: Mapping[str, Level | bool]) -> Rule:
    level = levels.get(rule.id)
    if level is None:
        return rule
    if isinstance(level, bool):
        return replace(rule, on=level)
    return replace(rule, on=True, levels={Situation.ANY: dict.fromkeys(Contact, level)})
