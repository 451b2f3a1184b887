"""Rule files: what is wrong is named with its file, rule and key."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from policy import Context, Message, PackError, UnknownMarketplaceError, check, marketplaces, pack_for
from policy.loading import PACKS, load_pack
from policy.making.patterns import compile_patterns

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
        ("offplatform.toml", "since = 2022-04-04", 'colour = "red"\nsince = 2022-04-04', "OFF-SALE: colour"),
        ("offplatform.toml", 'known = "read"', 'known = "rumour"', "expected one of read, press, inferred"),
        ("offplatform.toml", 'levels = "block"', 'levels = "loud"', "'loud' is no level"),
        ("offplatform.toml", "https://mep", "http://mep", "OFF-SALE: source: url: expected an https address"),
        ("documents.toml", 'stale = "warn", ', "", "DOC-FISCAL-FILE: levels: asked: stale: missing"),
        ("documents.toml", "any = { init", "often = { init", "often: unknown situation"),
        ("documents.toml", 'action = "invoice"', 'action = "fax"', "action: expected one of invoice"),
        ("documents.toml", "(?x)", "(?x)((", "no regular expression"),
        ("limits.toml", "longer_than = 2000", "longer_than = -1", "expected a whole number above 0"),
        ("limits.toml", "longer_than = 2000", "longer_than = 2000\nlarger_than = 3", "exactly one of"),
        (
            "limits.toml",
            'fact = "thread_closed"',
            'fact = "closed"',
            "expected one of thread_closed, no_order",
        ),
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
        ("permissions.toml", '"DUP-PAYMENT"', '"DUP-PAYMNT"', "rules: there is no rule 'DUP-PAYMNT'"),
        ("permissions.toml", '"reply"', '"repli"', "contacts: expected some of reply"),
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


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"DUP-PAYMNT": {}}, "xx/money.toml: DUP-PAYMNT: no such rule; did you mean 'DUP-PAYMENT'?"),
        ({"DUP-PAYMENT": {"patterns": [{"all": ["paymnt"]}]}}, "'paymnt'; did you mean 'payment'?"),
        ({"DUP-PAYMENT": {"patterns": [{"without": ["question"]}]}}, "all: missing"),
        ({"DUP-PAYMENT": {"patterns": [{"all": ["email"], "witout": []}]}}, "did you mean 'without'?"),
        ({"DUP-PAYMENT": {"match": ["a"]}}, "match: expected at least 5 examples, found 1"),
        ({"DUP-PAYMENT": {"match": [3] * 5}}, "expected a text or a table, found 3"),
    ],
)
def test_mistakes_in_a_language(change: dict[str, object], complaint: str) -> None:
    """A mistake in the file of a language is named with its file, rule and key."""
    with pytest.raises(PackError) as caught:
        compile_patterns(
            "xx", {"money": change}, {"question": 0, "payment": 64}, {}, {"DUP-PAYMENT", "ABUSE"}
        )
    assert complaint in str(caught.value)


def test_marketplaces_share_a_pack() -> None:
    """Every marketplace of Allegro has rules, read once."""
    assert {"allegro-pl", "allegro-cz", "allegro-sk", "allegro-hu", "allegro-business-pl"} <= set(
        marketplaces()
    )
    assert pack_for("allegro-business-cz").id == pack_for("allegro-cz").id == "allegro-cz"
    assert pack_for("allegro-pl") is pack_for("allegro-pl")


def test_unknown_marketplace() -> None:
    """An unknown marketplace is an error that lists the known ones."""
    with pytest.raises(UnknownMarketplaceError, match=r"'ebay-de'; known: .*allegro-pl"):
        check(Message("Dzień dobry"), Context(marketplace="ebay-de"))
