"""Drafts and overrides: small values by key, which the next process finds again."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.store import Draft, Drafts, Override, Overrides, StoreError
from tests.unit.builders import NOW, ago

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DRAFT = Draft("1", "t1", "o1", "Dzień dobry, już sprawdzam.\n\nPozdrawiam", NOW)
OVERRIDE = Override("1", "t1", "o1", ("DUP-PAYMENT", "OFF-SALE"), "Kupująca prosiła o to telefonicznie.", NOW)


@pytest.fixture
def drafts(tmp_path: Path) -> Iterator[Drafts]:
    opened = Drafts(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def overrides(tmp_path: Path) -> Iterator[Overrides]:
    opened = Overrides(tmp_path)
    yield opened
    opened.close()


def test_nothing_was_typed_yet(drafts: Drafts) -> None:
    """A thread without a draft has none."""
    assert drafts.get("1", "t1") is None
    assert drafts.threads("1") == frozenset()


def test_the_next_process_finds_it(drafts: Drafts, tmp_path: Path) -> None:
    """Another store over the same folder reads every field as it was."""
    drafts.put(DRAFT)
    later = Drafts(tmp_path)
    assert later.get("1", "t1") == DRAFT
    later.close()


def test_the_newer_text_wins(drafts: Drafts) -> None:
    """A thread has one draft."""
    drafts.put(DRAFT)
    drafts.put(replace(DRAFT, order="", text="krócej"))
    assert drafts.get("1", "t1") == replace(DRAFT, order="", text="krócej")
    assert drafts.threads("1") == {"t1"}


def test_removing(drafts: Drafts) -> None:
    """A removed draft is gone, the others stay, and removing it again is no error."""
    drafts.put(DRAFT)
    drafts.put(replace(DRAFT, thread="t2"))
    drafts.remove("1", "t1")
    drafts.remove("1", "t1")
    assert drafts.get("1", "t1") is None
    assert drafts.threads("1") == {"t2"}


def test_accounts_do_not_mix(drafts: Drafts) -> None:
    """Two accounts may each have a draft for a thread of the same id."""
    drafts.put(DRAFT)
    drafts.put(replace(DRAFT, account="2", text="drugie konto"))
    drafts.remove("2", "t1")
    assert drafts.get("1", "t1") == DRAFT
    assert drafts.threads("2") == frozenset()


def test_removing_from_an_empty_store_writes_nothing(drafts: Drafts, tmp_path: Path) -> None:
    """There is no file until there is a draft."""
    drafts.remove("1", "t1")
    assert not (tmp_path / "drafts.json").exists()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec=None)))
def test_any_text_survives(text: str, drafts: Drafts) -> None:
    """Whatever can be typed comes back: emoji, controls, quotes, halves of characters."""
    drafts.put(replace(DRAFT, text=text))
    kept = drafts.get("1", "t1")
    assert kept is not None
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert kept.text in {text, whole}


def test_two_stores_see_each_other(drafts: Drafts, tmp_path: Path) -> None:
    """What one terminal writes the other one reads at once, and neither loses the other's."""
    other = Drafts(tmp_path)
    drafts.put(DRAFT)
    other.put(replace(DRAFT, thread="t2"))
    drafts.put(replace(DRAFT, thread="t3"))
    assert drafts.threads("1") == other.threads("1") == {"t1", "t2", "t3"}
    other.close()


def test_damaged_file_is_told_once(drafts: Drafts, tmp_path: Path) -> None:
    """A damaged file reads as no drafts, says so once, and its place can be written again."""
    drafts.put(DRAFT)
    (tmp_path / "drafts.json").write_bytes(b'{"drafts": {"1/t1"')
    drafts.put(replace(DRAFT, thread="t2"))
    assert drafts.threads("1") == {"t2"}
    (notice,) = drafts.take_notices()
    assert "not JSON (line 1, column" in notice
    assert drafts.take_notices() == []


def test_document_of_another_kind_names_the_field(drafts: Drafts, tmp_path: Path) -> None:
    """A file that holds no drafts is set aside, and the notice says what was missing."""
    (tmp_path / "drafts.json").write_text(json.dumps({"drafts": {"1/t1": {"account": "1"}}}))
    assert drafts.get("1", "t1") is None
    (notice,) = drafts.take_notices()
    assert "thread" in notice


def test_field_of_a_later_version(drafts: Drafts, tmp_path: Path) -> None:
    """A field that this version does not know is no damage."""
    drafts.put(DRAFT)
    path = tmp_path / "drafts.json"
    data = json.loads(path.read_text())
    data["drafts"]["1/t1"]["template"] = "powitanie"
    path.write_text(json.dumps(data))
    assert drafts.get("1", "t1") == DRAFT


def test_store_error_names_the_file(drafts: Drafts, tmp_path: Path) -> None:
    """Where the file cannot be used, every method says which one."""
    (tmp_path / "drafts.json").mkdir()
    for use in (
        lambda: drafts.get("1", "t1"),
        lambda: drafts.put(DRAFT),
        lambda: drafts.remove("1", "t1"),
        lambda: drafts.threads("1"),
    ):
        with pytest.raises(StoreError, match=r"drafts\.json"):
            use()


def test_overrides_come_oldest_first(overrides: Overrides) -> None:
    """All overrides are kept and read by their time."""
    older = replace(OVERRIDE, thread="t0", at=ago(hours=1))
    overrides.add(OVERRIDE)
    overrides.add(older)
    assert overrides.all() == (older, OVERRIDE)


def test_an_override_of_a_thread_does_not_replace_another(overrides: Overrides) -> None:
    """Each decision is evidence of its own."""
    overrides.add(OVERRIDE)
    overrides.add(replace(OVERRIDE, at=ago(minutes=-1)))
    assert len(overrides.all()) == 2


def test_the_text_is_no_part_of_an_override(overrides: Overrides, tmp_path: Path) -> None:
    """The evidence file holds the decision, not the letter."""
    overrides.add(OVERRIDE)
    (document,) = json.loads((tmp_path / "overrides.json").read_text())["overrides"].values()
    assert set(document) == {"account", "thread", "order", "rules", "reason", "at"}


def test_damaged_overrides_are_told(overrides: Overrides, tmp_path: Path) -> None:
    """A damaged evidence file is kept and told of too."""
    (tmp_path / "overrides.json").write_bytes(b"damaged")
    overrides.add(OVERRIDE)
    assert overrides.all() == (OVERRIDE,)
    assert len(overrides.take_notices()) == 1
