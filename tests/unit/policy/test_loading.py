"""Rule files: what is wrong is named with its file, rule and key."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from policy import Context, Message, PackError, UnknownMarketplaceError, check, marketplaces, pack_for
from policy.loading import PACKS, load_pack

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "allegro-pl"
    shutil.copytree(PACKS / "allegro-pl", copy)
    return copy


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("offplatform.toml", "since = 2022", "sinec = 2022", "offplatform.toml: OFF-SALE: since: missing"),
        ("offplatform.toml", "since = 2022-04-04", 'since = "soon"', "OFF-SALE: since: expected a date"),
        ("offplatform.toml", "[rule.levels]", 'colour = "red"\n[rule.levels]', "OFF-SALE: instead: colour"),
        ("offplatform.toml", 'known = "read"', 'known = "rumour"', "expected one of read, press, inferred"),
        (
            "offplatform.toml",
            '"direct", "selling"',
            '"direct", "sellng"',
            "unknown word group or sign 'sellng'",
        ),
        ("offplatform.toml", 'stale = "block"', 'stale = "loud"', "'loud' is no level"),
        ("offplatform.toml", 'stale = "block", ', "", "OFF-SALE: levels: any: stale: missing"),
        ("offplatform.toml", "any = { init", "often = { init", "often: unknown situation"),
        ("offplatform.toml", "https://mep", "http://mep", "OFF-SALE: source: url: expected an https address"),
        (
            "offplatform.toml",
            '    "Poza Allegro nie sprzedajemy, wszystko jest w ofercie.",\n',
            "",
            "found 4",
        ),
        ("documents.toml", 'action = "invoice"', 'action = "fax"', "action: expected one of invoice"),
        ("documents.toml", "(?<![a-z])(?:faktur", "(?<![a-z])((?:faktur", "no regular expression"),
        ("documents.toml", "[rule.asked]\npl", "[rule.asked]\nxx", "a language without a word file"),
        ("documents.toml", "asked = {", "sole = {", "patterns of what the buyer asks"),
        ("limits.toml", "longer_than = 2000", "longer_than = -1", "expected a whole number above 0"),
        ("limits.toml", "longer_than = 2000", 'longer_than = 2000, all = ["phone"]', "exactly one of"),
        ("limits.toml", 'id = "API-LEN"', 'id = "OFF-SALE"', "OFF-SALE: two rules with this id"),
        ("limits.toml", 'id = "API-LEN"', 'id = ""', "id: is empty"),
        ("limits.toml", "[family]", "[family", "limits.toml"),
        (
            "limits.toml",
            '"Limits" }',
            '"Limits" }\nrepeat = true',
            "repeat: unknown key; did you mean 'repeats'?",
        ),
        ("duplicates.toml", "until = 2026-03-01", "until = 2027-03-01", "until before the rule's own since"),
        ("pack.toml", '"limits"', '"limit"', "limit.toml: no such file"),
    ],
)
def test_mistakes(folder: Path, file: str, old: str, new: str, complaint: str) -> None:
    """A mistake in a rule file is an error that says where it is and what was expected."""
    edit(folder, file, old, new)
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    assert complaint in str(caught.value)


def test_pack_of_ones_own(folder: Path) -> None:
    """A pack that was read from elsewhere is as good as the built-in one."""
    edit(folder, "limits.toml", "longer_than = 2000", "longer_than = 10")
    pack = load_pack(folder)
    assert check(Message("Dzień dobry!"), Context(), pack).level.word == "block"
    assert check(Message("Dzień dobry!"), Context()).level.word == "ok"


def test_marketplaces_share_a_pack() -> None:
    """Every marketplace of Allegro has rules, read once."""
    assert {"allegro-pl", "allegro-cz", "allegro-sk", "allegro-hu", "allegro-business-pl"} <= set(
        marketplaces()
    )
    assert pack_for("allegro-cz") is pack_for("allegro-pl")


def test_unknown_marketplace() -> None:
    """An unknown marketplace is an error that lists the known ones."""
    with pytest.raises(UnknownMarketplaceError, match=r"'ebay-de'; known: .*allegro-pl"):
        check(Message("Dzień dobry"), Context(marketplace="ebay-de"))
