"""What a file is, by its first bytes: the six types that the Message Center takes, and no other.

A name proves nothing: `invoice.pdf` may be a program. Strict on purpose: a signature stands at the very
start, as PDF in the middle of something else is something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

HEAD: Final = 32
"""Bytes that `kind_of` needs to see."""

_BITMAP_HEADERS = {12, 40, 52, 56, 64, 108, 124}
_BITMAP_MINIMUM = 18


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of file: its bare MIME type, and the endings that its names have, the usual one first."""

    mime: str
    endings: tuple[str, ...]


PNG: Final = Kind("image/png", (".png",))
GIF: Final = Kind("image/gif", (".gif",))
BMP: Final = Kind("image/bmp", (".bmp", ".dib"))
TIFF: Final = Kind("image/tiff", (".tiff", ".tif"))
JPEG: Final = Kind("image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"))
PDF: Final = Kind("application/pdf", (".pdf",))

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"\xff\xd8\xff", JPEG),
    (b"%PDF-", PDF),
)


def kind_of(content: bytes) -> Kind | None:
    """The type of a file that begins so (at least `HEAD` bytes of it), or None for every other."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    return BMP if _is_bitmap(content) else None


def _is_bitmap(content: bytes) -> bool:
    """`BM` alone begins many a text: the reserved bytes and the size of the next header must fit too."""
    if len(content) < _BITMAP_MINIMUM or not content.startswith(b"BM"):
        return False
    return content[6:10] == bytes(4) and int.from_bytes(content[14:18], "little") in _BITMAP_HEADERS
