"""Real processes: kill -9 in the middle of writes, rivals at the same file, a full disk, a locked folder."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
from typing import TYPE_CHECKING, Any

import pytest

from api.store import Draft, Drafts
from tests.unit.store import writers

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess
    from pathlib import Path

KILLED = 120
PATIENCE = 60
"""Seconds that a process may take before the test gives up on it: a limit, not a wait."""

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload([writers.__name__])


def start(work: Callable[..., None], *arguments: Any) -> BaseProcess:
    process = SERVER.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def finish(processes: list[BaseProcess]) -> None:
    for process in processes:
        process.join(PATIENCE)
    assert [process.exitcode for process in processes] == [0] * len(processes)


class Writer:
    """A process that writes until it is killed, and tells of every write that it has done."""

    def __init__(self, folder: Path, thread: str) -> None:
        self._reads, tells = SERVER.Pipe(duplex=False)
        self._process = start(writers.write_for_ever, folder, thread, tells)
        tells.close()
        self._told = b""
        while b"!" not in self._told:
            assert self._listen(), "the writer has died of itself"

    @property
    def done(self) -> int:
        """How many writes it has told of so far."""
        while self._reads.poll(0):
            assert self._listen(), "the writer has died of itself"
        return self._told.count(b".")

    def kill(self, after: int, moment: float) -> int:
        """Kill it so many seconds after so many writes, unless it tells of one more; how many it did."""
        while self._told.count(b".") < after:
            assert self._listen(), "the writer has died of itself"
        self._reads.poll(moment)
        self._process.kill()
        self._process.join(PATIENCE)
        while self._listen():
            pass
        self._reads.close()
        return self._told.count(b".")

    def _listen(self) -> bool:
        assert self._reads.poll(PATIENCE), "the writer says nothing"
        heard = os.read(self._reads.fileno(), 65_536)
        self._told += heard
        return bool(heard)


def number_of(draft: Draft | None) -> int:
    """Which write left this draft; the text must be all of it."""
    if draft is None:
        return 0
    number = int(draft.text.partition(":")[0])
    assert draft.text == writers.text_of(number)
    return number


def whole(folder: Path) -> dict[str, Any]:
    """The documents of the file as any other program reads them."""
    return json.loads((folder / "drafts.json").read_bytes())["drafts"]


def test_killed_in_the_middle_of_a_write(tmp_path: Path) -> None:
    """Over a hundred killed writers: the file is whole each time, and holds the last write they told of."""
    chance = random.Random(20260302)  # noqa: S311  moments, not secrets
    caught_writing, before = 0, 0
    for _round in range(KILLED):
        done = Writer(tmp_path, "t1").kill(chance.randrange(4), chance.uniform(0, 0.002))
        caught_writing += bool(list(tmp_path.glob(".drafts.json.*")))
        if done or before:
            assert set(whole(tmp_path)) == {"1/t1"}
        drafts = Drafts(tmp_path)
        now = number_of(drafts.get("1", "t1"))
        drafts.close()
        told = (before + done - 1) % 40 + 1 if before + done else 0
        assert now in {told, told % 40 + 1}, "a write that was told of is lost"
        assert list(tmp_path.glob(".drafts.json.*")) == []
        before = now
    assert list(tmp_path.glob("*.damaged-*")) == []
    assert caught_writing >= KILLED // 10, "hardly any was killed in mid-write: this test has proved nothing"


def test_killed_beside_others(tmp_path: Path) -> None:
    """A writer that dies lets go of the lock: the others go on, and their drafts stay whole."""
    chance = random.Random(20251209)  # noqa: S311  see above
    reader = Drafts(tmp_path)
    crowd = {name: Writer(tmp_path, name) for name in ("t1", "t2", "t3")}
    told: dict[str, int] = {}
    for name, writer in crowd.items():
        told[name] = writer.kill(3, chance.uniform(0, 0.002))
    for name, done in told.items():
        number = number_of(reader.get("1", name))
        assert number in {(done - 1) % 40 + 1, done % 40 + 1}
    assert reader.take_notices() == []
    reader.close()


def test_readers_never_see_half_a_write(tmp_path: Path) -> None:
    """Whoever reads while another process writes sees one whole state or another."""
    writer = Writer(tmp_path, "t1")
    reader = Drafts(tmp_path)
    looks, seen = 0, set()
    while writer.done < 60:
        looks += 1
        seen.add(number_of(reader.get("1", "t1")))
    writer.kill(60, 0)
    assert reader.take_notices() == []
    assert looks > 10
    assert len(seen) > 5, "hardly anything was written meanwhile: this test has proved nothing"
    reader.close()


def test_two_processes_add_at_once(tmp_path: Path) -> None:
    """No update of one process is lost to another."""
    barrier = SERVER.Barrier(2)
    finish([start(writers.add_many, tmp_path, name, 100, barrier) for name in "ab"])
    assert set(whole(tmp_path)) == {f"1/{name}{number}" for name in "ab" for number in range(100)}


def test_one_adds_while_another_removes(tmp_path: Path) -> None:
    """A removal takes away its own draft and no other one."""
    barrier = SERVER.Barrier(2)
    works = ((writers.add_many, "a"), (writers.add_and_remove, "b"))
    finish([start(work, tmp_path, name, 60, barrier) for work, name in works])
    kept = {f"1/a{number}" for number in range(60)} | {f"1/b{number}" for number in range(0, 60, 2)}
    assert set(whole(tmp_path)) == kept


@pytest.mark.parametrize(
    ("work", "kept", "reason"),
    [
        (writers.write_beyond_the_room, "mieści się", "cannot be written (File too large)"),
        (writers.write_into_a_read_only_folder, "przedtem", "cannot be written (Permission denied)"),
        (writers.open_in_a_read_only_folder, None, "cannot be opened (Permission denied)"),
    ],
)
def test_disk_that_takes_nothing(
    work: Callable[..., None], kept: str | None, reason: str, tmp_path: Path
) -> None:
    """No room, or no right to write: StoreError names file and reason, and the old state is whole."""
    reads, tells = SERVER.Pipe(duplex=False)
    process = start(work, tmp_path, tells)
    assert reads.poll(PATIENCE)
    kind, words = reads.recv()
    finish([process])
    assert kind == "StoreError"
    assert words == f"{tmp_path / 'drafts.json'}: {reason}"
    drafts = Drafts(tmp_path)
    draft = drafts.get("1", "t1")
    assert (draft.text if draft else None) == kept
    drafts.close()
