"""A QR code drawn with characters, for a camera that looks at the terminal."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Final

BORDER: Final = 2
"""Modules of quiet around the code. The standard says 4; on an own white ground 2 are read as well."""

_BLACK_ON_WHITE = "\x1b[38;5;16;48;5;231m"
_BLACK = "\x1b[48;5;16m"
_WHITE = "\x1b[48;5;231m"
_END = "\x1b[0m"
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def draw(text: str, *, blocks: bool, colour: bool) -> list[str]:
    """The lines of a code that holds a text.

    `blocks`: two rows a line in half blocks; without it ASCII alone, two columns a module. `colour`: black on
    white whatever the terminal's colours are; without it what is light is drawn, as on a dark terminal.
    """
    import segno  # noqa: PLC0415  `okienko login` alone pays for it

    code = segno.make(text, error="l", micro=False, boost_error=False)
    rows = [[bool(module) for module in row] for row in code.matrix_iter(border=BORDER)]
    if blocks:
        if len(rows) % 2:
            rows.append([False] * len(rows[0]))
        return [_halves(upper, lower, colour) for upper, lower in zip(rows[::2], rows[1::2], strict=True)]
    return [_plain(row, colour) for row in rows]


def drawn_here(text: str) -> list[str]:
    """The code as stderr can show it; no lines where that is no terminal, a dumb one, or too small."""
    stream = sys.stderr
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        return []
    blocks = _can_say(stream.encoding or "ascii", "▀▄█")
    lines = draw(text, blocks=blocks, colour="NO_COLOR" not in os.environ)
    size = shutil.get_terminal_size()
    width = len(draw(text, blocks=blocks, colour=False)[0])
    return lines if width <= size.columns and len(lines) <= size.lines else []


def _halves(upper: list[bool], lower: list[bool], colour: bool) -> str:  # noqa: FBT001  as in draw
    if colour:
        return _BLACK_ON_WHITE + "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True)) + _END
    return "".join(_HALVES[not top, not bottom] for top, bottom in zip(upper, lower, strict=True))


def _plain(row: list[bool], colour: bool) -> str:  # noqa: FBT001  as in draw
    if colour:
        return "".join((_BLACK if dark else _WHITE) + "  " for dark in row) + _END
    return "".join("  " if dark else "##" for dark in row)


def _can_say(encoding: str, characters: str) -> bool:
    try:
        characters.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
