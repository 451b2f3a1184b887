"""Keeping drafts while they are typed: nothing typed is lost, and nothing sent comes back."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from api.store import Draft, Drafts, StoreError
from tests.unit.builders import NOW
from tui import drafting
from tui.drafting import DraftKeeper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def drafts(tmp_path: Path) -> Iterator[Drafts]:
    opened = Drafts(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def keeper(drafts: Drafts) -> DraftKeeper:
    return DraftKeeper(drafts, "1")


def kept(drafts: Drafts, thread: str = "t1") -> str:
    draft = drafts.get("1", thread)
    return draft.text if draft else ""


def test_nothing_typed(keeper: DraftKeeper) -> None:
    """A thread without a draft has no text."""
    assert keeper.text("t1") == ""
    assert keeper.threads == set()


def test_what_is_noted_is_told_at_once(keeper: DraftKeeper, drafts: Drafts) -> None:
    """What stands in the pane is the draft before it is on the disk."""
    keeper.note("t1", "o1", "Dzień")
    assert keeper.text("t1") == "Dzień"
    assert keeper.threads == {"t1"}
    assert kept(drafts) == ""


def test_flush_writes(keeper: DraftKeeper, drafts: Drafts) -> None:
    """After a flush the disk holds text, order and time of every pending draft."""
    keeper.note("t1", "o1", "Dzień dobry")
    keeper.note("t2", "", "Witam")
    keeper.flush()
    assert drafts.get("1", "t1") == Draft("1", "t1", "o1", "Dzień dobry", NOW)
    assert kept(drafts, "t2") == "Witam"


def test_flushed_once(keeper: DraftKeeper, drafts: Drafts) -> None:
    """What is written is not written again over what another terminal wrote since."""
    keeper.note("t1", "", "moje")
    keeper.flush()
    drafts.put(Draft("1", "t1", "", "z drugiego terminala", NOW))
    keeper.flush()
    assert kept(drafts) == "z drugiego terminala"


@pytest.mark.parametrize("empty", ["", " \n\t"])
def test_an_emptied_pane_has_no_draft(empty: str, keeper: DraftKeeper, drafts: Drafts) -> None:
    """Deleting everything deletes the draft: from the list at once, from the disk with the flush."""
    keeper.note("t1", "", "Dzień dobry")
    keeper.flush()
    keeper.note("t1", "", empty)
    assert keeper.threads == set()
    assert keeper.text("t1") == empty
    keeper.flush()
    assert drafts.get("1", "t1") is None


def test_drafts_of_an_earlier_run(drafts: Drafts) -> None:
    """What was left behind is found: its threads at once, its text when it is opened."""
    drafts.put(Draft("1", "t7", "", "z wczoraj", NOW))
    later = DraftKeeper(drafts, "1")
    assert later.threads == {"t7"}
    assert later.text("t7") == "z wczoraj"


def test_drafts_of_other_accounts_stay_out(keeper: DraftKeeper, drafts: Drafts) -> None:
    """Another account's draft of the same thread is none of ours."""
    drafts.put(Draft("2", "t1", "", "cudze", NOW))
    assert keeper.text("t1") == ""
    assert keeper.threads == set()


def test_sent_text_is_dropped(keeper: DraftKeeper, drafts: Drafts) -> None:
    """What was sent is no draft any more, in the pane or on the disk."""
    keeper.note("t1", "", "Dzień dobry")
    keeper.flush()
    keeper.drop("t1", "Dzień dobry")
    assert keeper.text("t1") == ""
    assert drafts.get("1", "t1") is None


def test_text_typed_since_is_kept(keeper: DraftKeeper, drafts: Drafts) -> None:
    """A new reply that was begun while the last one went stays."""
    keeper.note("t1", "", "Dzień dobry")
    keeper.flush()
    keeper.note("t1", "", "Jeszcze jedno")
    keeper.drop("t1", "Dzień dobry")
    keeper.flush()
    assert kept(drafts) == "Jeszcze jedno"


class BrokenDrafts(Drafts):
    """A disk that refuses for as long as it is told to."""

    broken = False

    def put(self, draft: Draft) -> None:
        if self.broken:
            raise StoreError("drafts.json: cannot be written (No space left on device)")
        super().put(draft)


def test_disk_that_refuses_loses_nothing(tmp_path: Path) -> None:
    """What could not be written stays pending, is told as typed, and is written when there is room."""
    drafts = BrokenDrafts(tmp_path)
    keeper = DraftKeeper(drafts, "1")
    keeper.note("t1", "", "jeden")
    keeper.note("t2", "", "dwa")
    drafts.broken = True
    with pytest.raises(StoreError):
        keeper.flush()
    assert (keeper.text("t1"), keeper.text("t2")) == ("jeden", "dwa")
    drafts.broken = False
    keeper.flush()
    assert (kept(drafts), kept(drafts, "t2")) == ("jeden", "dwa")
    drafts.close()


async def test_soon_writes_what_is_newest(
    keeper: DraftKeeper, drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the pause the text of that moment is written, not that of the first key."""
    monkeypatch.setattr(drafting, "PAUSE", 0)
    keeper.note("t1", "", "D")
    writing = asyncio.create_task(keeper.soon())
    keeper.note("t1", "", "Dzień")
    await writing
    assert kept(drafts) == "Dzień"


async def test_soon_tells_of_a_disk_that_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure in the background reaches whoever waits for it."""
    monkeypatch.setattr(drafting, "PAUSE", 0)
    drafts = BrokenDrafts(tmp_path)
    drafts.broken = True
    keeper = DraftKeeper(drafts, "1")
    keeper.note("t1", "", "jeden")
    with pytest.raises(StoreError):
        await keeper.soon()
    assert keeper.text("t1") == "jeden"
    drafts.close()


class SlowDrafts(Drafts):
    """A disk that stops in the middle of its first write until it is let go."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.writing, self.go_on = threading.Event(), threading.Event()

    def put(self, draft: Draft) -> None:
        if not self.writing.is_set():
            self.writing.set()
            assert self.go_on.wait(30)
        super().put(draft)


async def test_key_typed_during_a_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is typed while the disk writes is not taken for written."""
    monkeypatch.setattr(drafting, "PAUSE", 0)
    drafts = SlowDrafts(tmp_path)
    keeper = DraftKeeper(drafts, "1")
    keeper.note("t1", "", "Dzie")
    background = asyncio.create_task(keeper.soon())
    await asyncio.to_thread(drafts.writing.wait, 30)
    keeper.note("t1", "", "Dzień")
    drafts.go_on.set()
    await background
    assert keeper.text("t1") == "Dzień"
    keeper.flush()
    assert kept(drafts) == "Dzień"
    drafts.close()


async def test_flush_during_a_write_in_the_background(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quitting while the disk writes: an older text never comes after the newer one."""
    monkeypatch.setattr(drafting, "PAUSE", 0)
    drafts = SlowDrafts(tmp_path)
    keeper = DraftKeeper(drafts, "1")
    keeper.note("t1", "", "Dzie")
    background = asyncio.create_task(keeper.soon())
    await asyncio.to_thread(drafts.writing.wait, 30)
    keeper.note("t1", "", "Dzień dobry")
    quitting = asyncio.create_task(asyncio.to_thread(keeper.flush))
    await asyncio.wait([quitting], timeout=0.2)  # a flush that waits for its turn is let go below
    drafts.go_on.set()
    await asyncio.gather(background, quitting)
    assert kept(drafts) == "Dzień dobry"
    drafts.close()
