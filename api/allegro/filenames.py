"""Names of files that strangers chose, made fit for any disk.

    safe_name("../../etc/passwd")     -> "passwd"
    safe_name(".bashrc")              -> "bashrc"
    safe_name("CON.pdf")              -> "_CON.pdf"

A safe name is one part of a path, in NFC, without control characters, without characters that Windows
refuses, without a leading dot (hidden) or dash (an option), without dots and spaces at its end, no word
that Windows keeps for a device, and at most MAX_BYTES long. `safe_name` leaves a safe name as it is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from api.domain.text import one_line, sanitise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_BYTES: Final = 180
"""In UTF-8. Disks take 255; the rest is room for " (2)", an ending, and a temporary name."""

MAX_ENDING: Final = 20
"""Bytes of an ending that survives when a name is cut."""

NAMELESS: Final = "file"

_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f]')
_SPACES = re.compile(r"\s+")
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE | re.DOTALL
)


def safe_name(name: str, fallback: str = NAMELESS) -> str:
    """A stranger's name of a file, safe; `fallback` where nothing of it is left."""
    name = unicodedata.normalize("NFC", one_line(name))
    name = re.split(r"[/\\]", name)[-1]
    name = _SPACES.sub(" ", _FORBIDDEN.sub("_", name))
    name = _cut(name.lstrip(". ")).rstrip(". ")
    if name.startswith("-") or _RESERVED.fullmatch(name):
        name = _cut("_" + name).rstrip(". ")
    return name or fallback


def with_ending(name: str, endings: Sequence[str]) -> str:
    """A safe name with one of these endings; the first of them is put behind any other."""
    return name if name.casefold().endswith(tuple(endings)) else _cut(name + endings[0])


def numbered(name: str) -> Iterator[str]:
    """The name, then "name (2).pdf", "name (3).pdf", ... for ever."""
    yield name
    stem, ending = _split(name)
    number = 2
    while True:
        yield f"{stem} ({number}){ending}"
        number += 1


def _split(name: str) -> tuple[str, str]:
    """The stem and the ending with its dot; no ending where it would be too long or all there is."""
    stem, dot, ending = name.rpartition(".")
    if not stem or not ending or len(ending.encode()) >= MAX_ENDING:
        return name, ""
    return stem, dot + ending


def _cut(name: str) -> str:
    """At most MAX_BYTES, by taking from the stem."""
    if len(name.encode()) <= MAX_BYTES:
        return name
    stem, ending = _split(name)
    room = MAX_BYTES - len(ending.encode())
    # Sanitised again: the cut may leave half of a joined emoji.
    return sanitise(stem.encode()[:room].decode("utf-8", "ignore")).rstrip(". ") + ending
