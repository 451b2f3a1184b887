"""A TinyDB storage that a crash cannot tear and a second process cannot trample.

A write goes to a temporary file beside the real one, is flushed to the disk and then replaces it, so a
reader sees the old state or the new one. A lock on `NAME.lock` (never on the file itself: replacing swaps
the inode) spans the whole read-modify-write of a caller. A file that cannot be understood is renamed, with
a notice, and never written over.
"""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinydb.storages import Storage

from api.clock import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Tables = dict[str, dict[str, Any]]


class StoreError(OSError):
    """A store file cannot be read or written; the text names the file and the reason."""


class AtomicJSONStorage(Storage):
    """One JSON file of TinyDB tables: table name -> document id -> document."""

    def __init__(self, path: Path, check: Callable[[Any], object]) -> None:
        """Open (and create the folder of) a store. Raises StoreError where that is impossible.

        `check` gets every document that is read, and raises ValueError for one that is none of ours.
        """
        self._path = path
        self._check = check
        self._threads = threading.RLock()
        self._depth = 0
        self.notices: list[str] = []
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            self._lock_file = os.open(path.with_name(path.name + ".lock"), flags, 0o600)
        except OSError as error:
            raise StoreError(f"{path}: cannot be opened ({error.strerror})") from error
        with self.lock():
            self._sweep()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other threads and processes out until the block ends; may be nested. Raises StoreError."""
        with self._threads:
            if self._depth == 0:
                try:
                    fcntl.flock(self._lock_file, fcntl.LOCK_EX)
                except OSError as error:
                    raise StoreError(f"{self._path}: cannot be locked ({error.strerror})") from error
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    fcntl.flock(self._lock_file, fcntl.LOCK_UN)

    def read(self) -> Tables | None:
        """All tables, or None where nothing was stored yet. Raises StoreError."""
        try:
            return self._understood()
        except ValueError:
            with self.lock():  # once more alone: a rival may have set it aside and written anew
                try:
                    return self._understood()
                except ValueError as reason:
                    self._set_aside(str(reason))
                    return None

    def write(self, data: Tables) -> None:
        """Replace the stored tables. Raises StoreError; the old state is whole then."""
        text = json.dumps(data, ensure_ascii=False, indent=1)  # before the disk is touched
        raw = text.encode(errors="backslashreplace")  # half a character becomes JSON's own \udXXX
        with self.lock():
            temporary = ""
            try:
                handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=self._prefix)
                with os.fdopen(handle, "wb") as file:
                    file.write(raw)
                    file.flush()
                    os.fsync(file.fileno())
                Path(temporary).replace(self._path)
                self._sync_folder()
            except OSError as error:
                with suppress(OSError):
                    Path(temporary).unlink()
                raise StoreError(f"{self._path}: cannot be written ({error.strerror})") from error

    def close(self) -> None:
        os.close(self._lock_file)

    @property
    def _prefix(self) -> str:
        return f".{self._path.name}."

    def _sweep(self) -> None:
        """Remove the temporary files that a killed process left behind."""
        for leftover in self._path.parent.glob(self._prefix + "*"):
            with suppress(OSError):  # it takes room and does no harm
                leftover.unlink()

    def _sync_folder(self) -> None:
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _understood(self) -> Tables | None:
        """The tables of the file now, None where it holds nothing. Raises StoreError, and ValueError."""
        try:
            raw = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self._path}: cannot be read ({error.strerror})") from error
        return self._tables(raw) if raw else None

    def _set_aside(self, reason: str) -> None:
        stamp = now().strftime("%Y%m%dT%H%M%S")
        kept = self._path.with_name(f"{self._path.name}.damaged-{stamp}")
        attempt = 1
        while kept.exists():
            attempt += 1
            kept = self._path.with_name(f"{self._path.name}.damaged-{stamp}-{attempt}")
        try:
            self._path.rename(kept)
        except OSError as error:
            what = f"{self._path}: {reason}, and cannot be set aside ({error.strerror})"
            raise StoreError(what) from error
        self.notices.append(f"{self._path}: {reason}; kept as {kept}")

    def _tables(self, raw: bytes) -> Tables:
        """The tables of a file. Raises ValueError with the reason when they are none."""
        try:
            data = json.loads(raw)
        except UnicodeDecodeError:
            raise ValueError("not UTF-8") from None
        except json.JSONDecodeError as error:
            raise ValueError(f"not JSON (line {error.lineno}, column {error.colno})") from None
        except RecursionError:
            raise ValueError("nested too deeply") from None
        if not isinstance(data, dict) or not all(isinstance(table, dict) for table in data.values()):
            raise ValueError("not a store of documents")
        for table in data.values():
            for document in table.values():
                self._check(document)
        return data
