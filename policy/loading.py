"""Rule packs from the data that the program ships, or from the folders that it is made of.

`policy/packs` holds a folder for each marketplace with a file for each family of rules; `policy/languages` a
folder for each language with a file for each family, which tells how its rules are recognised there.
`policy.making` compiles both into `policy/data`, which is what a running program reads.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policy.pack import Pack
from policy.parsing import FamilyFile, parse_examples, parse_family, parse_source
from policy.reading.language import DATA
from policy.rule import Examples, Localized
from policy.table import PackError, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policy.rule import Example, Rule, Source

PACKS = Path(__file__).with_name("packs")
HEAD = "pack"
ANY = "any"
"""The folder of examples that hold in every language."""


class UnknownMarketplaceError(ValueError):
    """No pack has rules for this marketplace."""

    def __init__(self, marketplace: str) -> None:
        known = ", ".join(marketplaces())
        super().__init__(f"no rules for the marketplace {marketplace!r}; known: {known}")
        self.marketplace = marketplace


@cache
def pack_for(marketplace: str) -> Pack:
    """The pack of a marketplace, read from its data the first time that it is asked for."""
    files = _data("packs.json")
    for pack_id, documents in files.items():
        if marketplace in documents[HEAD]["marketplaces"]:
            return pack_from(pack_id, files, examples_data)
    raise UnknownMarketplaceError(marketplace)


@cache
def marketplaces() -> tuple[str, ...]:
    """Every marketplace that has rules, in alphabetical order."""
    heads = [documents[HEAD] for documents in _data("packs.json").values()]
    return tuple(sorted(name for head in heads for name in head["marketplaces"]))


def load_pack(folder: Path) -> Pack:
    """Read a pack from its folder of TOML files; what it extends lies beside it.

    `PackError` names the file, the rule and the key that are wrong.
    """
    documents = read_folder(folder)
    base = documents.get(HEAD, {}).get("extends")
    files = {folder.name: documents}
    if isinstance(base, str):
        files[base] = read_folder(folder.parent / base)
    return pack_from(folder.name, files, examples_data)


def read_folder(folder: Path) -> dict[str, Any]:
    """Every TOML file of a folder by its name without the ending; `PackError` for one that is no TOML."""
    return {file.stem: _toml(file) for file in sorted(folder.glob("*.toml"))}


def pack_from(
    pack_id: str,
    files: Mapping[str, Mapping[str, Any]],
    examples: Callable[[], Mapping[str, Examples]],
) -> Pack:
    """A pack from the contents of its files; one that extends another says only how it differs."""
    documents = files[pack_id]
    head = Table(documents.get(HEAD, {}), f"{pack_id}/{HEAD}.toml")
    served = head.texts("marketplaces")
    if head.has("extends"):
        base = pack_from(head.text("extends"), files, examples)
        note = _note(head.table("note"))
        differences = {table.text("id"): _difference(table) for table in head.tables("rule")}
        head.finish()
        rules = tuple(_differing(rule, note, differences.get(rule.id)) for rule in base.rules)
        earlier = tuple(_differing(rule, note, None) for rule in base.earlier)
        return replace(base, id=pack_id, marketplaces=served, rules=rules, earlier=earlier)
    parsed: list[FamilyFile] = []
    for family_id in head.texts("families"):
        if family_id not in documents:
            raise PackError(f"{pack_id}/{family_id}.toml: no such file")
        parsed.append(parse_family(documents[family_id], family_id, f"{pack_id}/{family_id}.toml"))
    head.finish()
    rules = tuple(rule for file in parsed for rule in file.rules)
    ids = [rule.id for rule in rules]
    for rule_id in ids:
        if ids.count(rule_id) > 1:
            raise PackError(f"{pack_id}: {rule_id}: two rules with this id")
    permissions = tuple(permission for file in parsed for permission in file.permissions)
    for permission in permissions:
        for rule_id in permission.rules - set(ids):
            raise PackError(f"{pack_id}: {permission.id}: rules: there is no rule {rule_id!r}")
    return Pack(
        id=pack_id,
        marketplaces=served,
        families=tuple(file.family for file in parsed if file.family),
        rules=rules,
        permissions=permissions,
        earlier=tuple(rule for file in parsed for rule in file.earlier),
        examples=examples,
    )


@cache
def examples_data() -> Mapping[str, Examples]:
    """The examples of all rules, in every language."""
    match: dict[str, list[Example]] = {}
    near_miss: dict[str, list[Example]] = {}
    for code, families in _data("examples.json").items():
        spoken = "" if code == ANY else code
        for family, document in families.items():
            for rule_id, examples in parse_examples(document, f"{code}/{family}", spoken).items():
                match.setdefault(rule_id, []).extend(examples.match)
                near_miss.setdefault(rule_id, []).extend(examples.near_miss)
    return {rule_id: Examples(tuple(match[rule_id]), tuple(near_miss[rule_id])) for rule_id in match}


def _note(table: Table) -> Localized:
    note = Localized(table.text("pl"), table.text("en"))
    table.finish()
    return note


def _difference(table: Table) -> tuple[Source, Localized]:
    """What is known of one rule in this marketplace: its own source, and a note of its own."""
    table.text("id")
    found = parse_source(table.table("source")), _note(table.table("note"))
    table.finish()
    return found


def _differing(rule: Rule, note: Localized, difference: tuple[Source, Localized] | None) -> Rule:
    if rule.family == "limits":
        # The limits are those of the one API.
        return rule
    if difference is not None:
        source, note = difference
        rule = replace(rule, source=source)
    why = Localized(pl=f"{rule.why.pl} {note.pl}", en=f"{rule.why.en} {note.en}")
    return replace(rule, why=why)


@cache
def _data(name: str) -> Any:
    return json.loads((DATA / name).read_bytes())


def _toml(file: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  a running program reads data, which are JSON

    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{file.parent.name}/{file.name}: {error}") from error
