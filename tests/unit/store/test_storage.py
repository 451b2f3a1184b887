"""The storage under drafts and overrides: whole after every write, never over what it cannot read."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.store import StoreError
from api.store.storage import AtomicJSONStorage

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD = {"drafts": {"a": {"text": "stare"}}}
NEW = {"drafts": {"a": {"text": "nowe"}}}


def anything(_document: Any) -> None:
    """Every document is one of ours."""


def texts_only(document: Any) -> None:
    if not isinstance(document, dict) or set(document) != {"text"}:
        raise ValueError("no draft")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "drafts.json"


@pytest.fixture
def storage(path: Path) -> Iterator[AtomicJSONStorage]:
    opened = AtomicJSONStorage(path, texts_only)
    yield opened
    opened.close()


def temporary_files(path: Path) -> list[Path]:
    return list(path.parent.glob(f".{path.name}.*"))


def set_aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}.damaged-*"))


def test_nothing_stored_yet(storage: AtomicJSONStorage) -> None:
    """A new store reads as nothing."""
    assert storage.read() is None


def test_round_trip(storage: AtomicJSONStorage) -> None:
    """What was written is read."""
    storage.write(OLD)
    storage.write(NEW)
    assert storage.read() == NEW


def test_a_person_can_read_it(storage: AtomicJSONStorage, path: Path) -> None:
    """The file is UTF-8 with letters as they are, a line a field."""
    storage.write({"drafts": {"a": {"text": "Zażółć gęślą jaźń 🐝"}}})
    assert '"text": "Zażółć gęślą jaźń 🐝"' in path.read_text(encoding="utf-8").splitlines()[3]


def test_nobody_else_can_read_it(storage: AtomicJSONStorage, path: Path) -> None:
    """Letters to buyers are for the seller's eyes: folder, file and lock belong to one user."""
    storage.write(OLD)
    for kept in (path.parent, path, path.with_name("drafts.json.lock")):
        assert kept.stat().st_mode & 0o077 == 0, kept


def test_flushed_before_it_replaces(
    storage: AtomicJSONStorage, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new file is whole on the disk before it takes the name, and the name is on the disk after."""
    storage.write(OLD)
    steps: list[tuple[str, Any]] = []
    fsync, replace = os.fsync, Path.replace

    def watched_fsync(handle: int) -> None:
        is_folder = os.path.samestat(os.fstat(handle), path.parent.stat())
        steps.append(("folder", None) if is_folder else ("file", os.fstat(handle).st_size))
        fsync(handle)

    def watched_replace(source: Path, target: Path) -> Path:
        steps.append(("replace", json.loads(source.read_text())))
        return replace(source, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(Path, "replace", watched_replace)
    storage.write(NEW)
    assert steps == [("file", path.stat().st_size), ("replace", NEW), ("folder", None)]


@pytest.mark.parametrize("step", ["mkstemp", "fsync", "replace"])
def test_disk_that_fails(
    step: str, storage: AtomicJSONStorage, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever step of a write fails: StoreError with file and reason, the old state, no leftovers."""
    storage.write(OLD)

    def fail(*_arguments: Any, **_options: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    owner = {"mkstemp": tempfile, "fsync": os, "replace": Path}[step]
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, fail)
        with pytest.raises(StoreError, match=r"drafts\.json: cannot be written \(No space left on device\)"):
            storage.write(NEW)
    assert storage.read() == OLD
    assert temporary_files(path) == []


def test_usable_again_after_a_failure(storage: AtomicJSONStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed write lets go of the lock: the next one works, from another storage too."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lambda _handle: (_ for _ in ()).throw(OSError(errno.EIO, "I/O error")))
        with pytest.raises(StoreError):
            storage.write(OLD)
    other = AtomicJSONStorage(storage._path, texts_only)
    other.write(NEW)
    other.close()
    assert storage.read() == NEW


def test_what_cannot_be_encoded_touches_nothing(storage: AtomicJSONStorage, path: Path) -> None:
    """A value that is no JSON fails before the disk is touched."""
    storage.write(OLD)
    with pytest.raises(TypeError):
        storage.write({"drafts": {"a": {"text": object()}}})
    assert storage.read() == OLD
    assert temporary_files(path) == []


def test_lone_surrogate(storage: AtomicJSONStorage, path: Path) -> None:
    """Half a character, which some terminals send, is kept and the file stays UTF-8."""
    half = {"drafts": {"a": {"text": "a\ud83db"}}}
    storage.write(half)
    assert storage.read() == half
    path.read_bytes().decode("utf-8")


DAMAGED = {
    "cut": b'{"drafts": {"a": {"text": "dzie',
    "not UTF-8": b'{"drafts": {"a": {"text": "\xff\xfe"}}}',
    "zeros": bytes(4096),
    "a list": b"[]",
    "a table that is a list": b'{"drafts": []}',
    "a document of another kind": b'{"drafts": {"a": {"body": "x"}}}',
    "a document that is none": b'{"drafts": {"a": null}}',
    "too deep": b"[" * 200_000,
}


@pytest.mark.parametrize("raw", DAMAGED.values(), ids=DAMAGED)
def test_damaged_file_is_set_aside(raw: bytes, storage: AtomicJSONStorage, path: Path) -> None:
    """What cannot be understood reads as nothing and is kept, byte for byte, with one notice."""
    path.write_bytes(raw)
    assert storage.read() is None
    assert not path.exists()
    (kept,) = set_aside(path)
    assert kept.read_bytes() == raw
    assert kept.name == "drafts.json.damaged-20261123T133000"
    (notice,) = storage.notices
    assert notice.startswith(f"{path}: ")
    assert notice.endswith(f"; kept as {kept}")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.one_of(st.binary(min_size=1), st.text(min_size=1).map(lambda text: json.dumps(text).encode())))
def test_no_bytes_are_ever_lost(raw: bytes, tmp_path: Path) -> None:
    """Whatever stands in the file, a write after a read leaves every byte of it in the folder."""
    folder = tmp_path / "any"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = folder / "drafts.json"
    path.write_bytes(raw)
    storage = AtomicJSONStorage(path, texts_only)
    try:
        understood = storage.read()
        storage.write(NEW)
    finally:
        storage.close()
    assert understood == {} or [kept.read_bytes() for kept in set_aside(path)] == [raw]


def test_two_damaged_files_in_one_second(storage: AtomicJSONStorage, path: Path) -> None:
    """A second damaged file does not take the place of the first one."""
    for raw in (b"one", b"two", b"three"):
        path.write_bytes(raw)
        storage.read()
    assert sorted(kept.read_bytes() for kept in set_aside(path)) == [b"one", b"three", b"two"]


def test_empty_file_is_nothing(storage: AtomicJSONStorage, path: Path) -> None:
    """A file without a byte holds nothing worth keeping: no notice, and it may be written."""
    path.touch()
    assert storage.read() is None
    assert storage.notices == []
    storage.write(NEW)
    assert storage.read() == NEW


def test_rival_set_the_damaged_file_aside_first(
    storage: AtomicJSONStorage, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes read one damaged file: the slower one finds nothing, and no error."""
    path.write_bytes(b"damaged")
    rival = AtomicJSONStorage(path, texts_only)
    tables = storage._tables

    def slow_tables(raw: bytes) -> Any:
        rival.read()
        return tables(raw)

    monkeypatch.setattr(storage, "_tables", slow_tables)
    assert storage.read() is None
    assert len(rival.notices) == 1
    assert storage.notices == []
    rival.close()


def test_rival_has_already_written_anew(
    storage: AtomicJSONStorage, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slower reader of a damaged file sees what a quicker process wrote in its place, and keeps it."""
    path.write_bytes(b"damaged")
    rival = AtomicJSONStorage(path, texts_only)
    tables = storage._tables

    def slow_tables(raw: bytes) -> Any:
        if raw == b"damaged":
            rival.read()
            rival.write(NEW)
        return tables(raw)

    monkeypatch.setattr(storage, "_tables", slow_tables)
    assert storage.read() == NEW
    assert len(set_aside(path)) == 1
    rival.close()


def test_damaged_file_that_cannot_be_moved(
    storage: AtomicJSONStorage, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a damaged file cannot be set aside nothing is read or written: StoreError."""
    path.write_bytes(b"damaged")

    def refuse(_source: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StoreError, match=r"drafts\.json: .*Permission denied"):
        storage.read()
    assert path.read_bytes() == b"damaged"


def test_leftovers_of_a_killed_process_go(path: Path) -> None:
    """Opening a store removes temporary files of its own name, and no other file."""
    path.parent.mkdir()
    own, foreign = path.with_name(".drafts.json.abc123"), path.with_name(".overrides.json.abc123")
    own.write_bytes(b"half")
    foreign.write_bytes(b"half")
    AtomicJSONStorage(path, anything).close()
    assert not own.exists()
    assert foreign.exists()


def test_leftover_that_cannot_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A leftover that cannot be removed is no reason to keep a seller from their drafts."""
    path.parent.mkdir()
    path.with_name(".drafts.json.abc123").write_bytes(b"half")
    path.write_text(json.dumps(OLD))

    def refuse(_path: Path, *, missing_ok: bool = False) -> None:
        del missing_ok
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    storage = AtomicJSONStorage(path, texts_only)
    assert storage.read() == OLD
    storage.close()


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    """A home that is no folder is a StoreError that names the file."""
    (tmp_path / "home").write_text("")
    with pytest.raises(StoreError, match=r"home/drafts\.json: cannot be opened \((File exist|Not a dir)"):
        AtomicJSONStorage(tmp_path / "home" / "drafts.json", anything)


def test_file_that_is_a_folder(path: Path) -> None:
    """A folder where the file should be is a StoreError and stays."""
    path.mkdir(parents=True)
    storage = AtomicJSONStorage(path, anything)
    with pytest.raises(StoreError, match=r"cannot be read \(Is a directory\)"):
        storage.read()
    with pytest.raises(StoreError, match=r"cannot be written"):
        storage.write(NEW)
    assert path.is_dir()
    assert temporary_files(path) == []
    storage.close()


def test_lock_is_nested(storage: AtomicJSONStorage) -> None:
    """A caller's lock stays until its own end, whatever is locked inside it."""
    rival = AtomicJSONStorage(storage._path, texts_only)
    entered = threading.Event()

    def compete() -> None:
        with rival.lock():
            entered.set()

    thread = threading.Thread(target=compete)
    with storage.lock():
        thread.start()
        storage.write(OLD)
        with storage.lock():
            pass
        assert not entered.is_set()
    thread.join(30)
    assert entered.is_set()
    rival.close()


def test_threads_take_turns(storage: AtomicJSONStorage) -> None:
    """A read-modify-write of one thread is not seen half done by another."""
    storage.write({"drafts": {}})

    def add(name: str) -> None:
        for number in range(10):
            with storage.lock():
                data = storage.read() or {}
                data["drafts"][f"{name}{number}"] = {"text": name}
                storage.write(data)

    threads = [threading.Thread(target=add, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len((storage.read() or {})["drafts"]) == 40
