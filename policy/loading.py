"""Rule packs from their folders: one folder a marketplace, one file a family."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policy.pack import Pack
from policy.parsing import parse_family
from policy.table import PackError, Table

if TYPE_CHECKING:
    from policy.rule import Family, Rule

PACKS = Path(__file__).with_name("packs")
_HEAD = "pack.toml"


class UnknownMarketplaceError(ValueError):
    """No pack has rules for this marketplace."""

    def __init__(self, marketplace: str) -> None:
        known = ", ".join(marketplaces())
        super().__init__(f"no rules for the marketplace {marketplace!r}; known: {known}")
        self.marketplace = marketplace


def pack_for(marketplace: str) -> Pack:
    """The pack of a marketplace, read from its files the first time that it is asked for."""
    folder = _folders().get(marketplace)
    if folder is None:
        raise UnknownMarketplaceError(marketplace)
    return _packs(folder)


def marketplaces() -> tuple[str, ...]:
    """Every marketplace that has rules, in alphabetical order."""
    return tuple(sorted(_folders()))


def load_pack(folder: Path) -> Pack:
    """Read the pack in this folder; `PackError` names the file, the rule and the key that are wrong."""
    head = Table(_toml(folder / _HEAD), f"{folder.name}/{_HEAD}")
    families: list[Family] = []
    rules: list[Rule] = []
    earlier: list[Rule] = []
    for family_id in head.texts("families"):
        file = folder / f"{family_id}.toml"
        family, found, before = parse_family(_toml(file), family_id, f"{folder.name}/{file.name}")
        families.append(family)
        rules += found
        earlier += before
    served = head.texts("marketplaces")
    head.finish()
    ids = [rule.id for rule in rules]
    for rule_id in ids:
        if ids.count(rule_id) > 1:
            raise PackError(f"{folder.name}: {rule_id}: two rules with this id")
    return Pack(folder.name, served, tuple(families), tuple(rules), tuple(earlier))


@cache
def _packs(folder: Path) -> Pack:
    return load_pack(folder)


@cache
def _folders() -> dict[str, Path]:
    return {
        marketplace: head.parent
        for head in sorted(PACKS.glob(f"*/{_HEAD}"))
        for marketplace in Table(_toml(head), head.parent.name).texts("marketplaces")
    }


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise PackError(f"{file.parent.name}/{file.name}: no such file") from error
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{file.parent.name}/{file.name}: {error}") from error
