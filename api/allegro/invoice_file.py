"""An invoice's file before it goes anywhere: a PDF, neither empty nor too large, under a harmless name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from api.allegro.errors import FileEmpty, FileTooLarge, FileUnreadable, NoPdf
from api.domain.text import one_line

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES: Final = 3 * 1024 * 1024
"""Allegro says 3 MB; whether it means a little less, its own 413 tells."""

MAX_NAME: Final = 100
"""Characters of a file's name; Allegro names no limit, a buyer's disk does."""

NAMELESS: Final = "invoice.pdf"

_SIGNATURE = b"%PDF-"
_BEFORE = b"\xef\xbb\xbf \t\r\n\x00"
_UNSAFE = re.compile(r'[<>:"|?*\\/]+')
_SUFFIX = ".pdf"


@dataclass(frozen=True, slots=True)
class InvoiceFile:
    """A file fit to be sent; `name` is what the buyer sees."""

    name: str
    content: bytes = field(repr=False)

    @classmethod
    def of(cls, name: str, content: bytes) -> InvoiceFile:
        """Check a file that is in memory. Raises FileEmpty, FileTooLarge, NoPdf (all FileRefused)."""
        safe = safe_name(name)
        if not content:
            raise FileEmpty(safe)
        if len(content) > MAX_BYTES:
            raise FileTooLarge(safe, len(content), MAX_BYTES)
        if not content[:16].lstrip(_BEFORE).startswith(_SIGNATURE):
            raise NoPdf(safe)
        return cls(safe, content)

    @classmethod
    def read(cls, path: Path) -> InvoiceFile:
        """Read and check a file on the disk; one that is too large is not read at all.

        Raises as `of` does, and FileUnreadable.
        """
        try:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
                size = path.stat().st_size
        except OSError as error:
            raise FileUnreadable(safe_name(path.name), error.strerror or type(error).__name__) from error
        if len(content) > MAX_BYTES:
            raise FileTooLarge(safe_name(path.name), max(size, len(content)), MAX_BYTES)
        return cls.of(path.name, content)


def safe_name(name: str) -> str:
    """A name without a path, without characters that act on a terminal or a file system, ending in .pdf."""
    last = re.split(r"[\\/]", one_line(name))[-1]
    plain = " ".join(_UNSAFE.sub("_", last).split()).strip(". ")
    stem = plain[: -len(_SUFFIX)] if plain.casefold().endswith(_SUFFIX) else plain
    stem = stem[: MAX_NAME - len(_SUFFIX)].rstrip(". ")
    return stem + _SUFFIX if stem and stem.casefold() != _SUFFIX[1:] else NAMELESS
