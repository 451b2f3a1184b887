"""A file on its way to a buyer: looked at before anything reaches the wire."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from api.allegro.errors import FileEmpty, FileTooLarge, FileTypeRefused, FileUnreadable
from api.allegro.filenames import safe_name, with_ending
from api.allegro.signatures import kind_of
from api.domain.text import one_line

if TYPE_CHECKING:
    from pathlib import Path

MAX_SIZE: Final = 5_242_880
"""Bytes that `/messaging` takes (`maximum` of NewAttachmentDeclaration)."""


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file that Allegro takes: `name` is safe and ends as its type does, `mime` comes from the bytes."""

    name: str
    mime: str
    content: bytes = field(repr=False)

    @classmethod
    def of(cls, name: str, content: bytes) -> OutgoingFile:
        """Check bytes that are at hand. Raises FileEmpty, FileTooLarge, FileTypeRefused."""
        shown = one_line(name)
        if not content:
            raise FileEmpty(shown)
        if len(content) > MAX_SIZE:
            raise FileTooLarge(shown, len(content), MAX_SIZE)
        kind = kind_of(content)
        if kind is None:
            raise FileTypeRefused(shown)
        return cls(with_ending(safe_name(name), kind.endings), kind.mime, content)


def read_outgoing(path: Path) -> OutgoingFile:
    """Read a file and check it; blocks, so call it in a thread where it matters.

    Never reads more than Allegro takes, and waits for no pipe. Raises FileRefused.
    """
    shown = one_line(path.name)
    try:
        # O_NONBLOCK: opening a pipe that nobody writes into would wait for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise FileUnreadable(shown, "not a file")
            if status.st_size > MAX_SIZE:
                raise FileTooLarge(shown, status.st_size, MAX_SIZE)
            content = file.read(MAX_SIZE + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
    except ValueError as error:
        if isinstance(error, FileUnreadable | FileTooLarge):
            raise
        reason = "no name of a file"  # a NUL in it
    else:
        return OutgoingFile.of(path.name, content)
    raise FileUnreadable(shown, reason)
