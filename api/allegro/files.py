"""A file from Allegro onto the disk: in parts, whole or not at all, never over another file.

The bytes go to a temporary file beside the target, which gets its name when all is there. Nothing here
opens a file that came, nor lets anybody else read it (mode 0600).
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from api.allegro.errors import FileNotSaved
from api.allegro.filenames import numbered, safe_name

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from api.allegro.call import Call
    from api.allegro.client import Allegro

Progress = Callable[[int, int | None], None]
"""Called with the bytes so far and the bytes of the whole (None where Allegro does not tell); begins anew
at 0 after trouble that passed."""

_MODE = 0o600


async def save_file(
    allegro: Allegro,
    call: Call,
    folder: Path,
    name: str,
    *,
    limit: int,
    progress: Progress | None = None,
) -> Path:
    """Carry a call out whose answer is a file, and keep it in `folder` under a safe form of `name`.

    Where that name is taken, " (2)" is added, and so on. A cancelled or failed download leaves nothing.
    Raises AllegroError, Undecodable for more than `limit` bytes, FileNotSaved when the disk does not
    take it.
    """
    with _Partial(folder, safe_name(name), progress) as partial:
        await allegro.download(call, partial.write, limit)
        return partial.keep()


class _Partial:
    """A file that is being written; gone at the end of the block unless it was kept."""

    def __init__(self, folder: Path, name: str, progress: Progress | None) -> None:
        self._folder = folder
        self._name = name
        self._progress = progress
        self._path = folder / f".{name}.{secrets.token_hex(6)}.part"
        self._descriptor = -1
        self._received = 0

    def __enter__(self) -> Self:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            self._descriptor = os.open(self._path, flags, _MODE)
        except OSError as error:
            reason = _reason(error)
        else:
            return self
        raise FileNotSaved(str(self._folder), reason)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._descriptor)
        self._path.unlink(missing_ok=True)

    def write(self, part: bytes, size: int | None) -> None:
        """Take the next part; an empty one begins the file anew."""
        try:
            if part:
                _write_all(self._descriptor, part)
            else:
                os.ftruncate(self._descriptor, 0)
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                self._received = 0
        except OSError as error:
            reason = _reason(error)
        else:
            self._received += len(part)
            if self._progress is not None:
                self._progress(self._received, size)
            return
        raise FileNotSaved(str(self._folder), reason)

    def keep(self) -> Path:
        """Give the file its name, the first that is free."""
        try:
            os.fsync(self._descriptor)
            target = self._reserve()
            try:
                self._path.replace(target)
            except OSError:
                target.unlink(missing_ok=True)
                raise
        except OSError as error:
            reason = _reason(error)
        else:
            return target
        raise FileNotSaved(str(self._folder), reason)

    def _reserve(self) -> Path:
        """A new, empty file of the first free name: what is then replaced is certainly ours.

        A hard link would need no reservation, but memory sticks and network disks know none.
        """
        for name in numbered(self._name):
            target = self._folder / name
            try:
                os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _MODE))
            except FileExistsError:
                continue
            return target
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def _write_all(descriptor: int, part: bytes) -> None:
    rest = memoryview(part)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
