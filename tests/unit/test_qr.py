"""The QR code in the terminal holds the address, in every way of drawing it."""

from __future__ import annotations

import io
import os
import re
import sys

import pytest
import segno

from tui.cli import qr

ADDRESS = "https://allegro.pl/skojarz-aplikacje?code=123456789"
HALVES = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}


def expected() -> list[list[bool]]:
    """Where segno puts the dark modules, with the border around them."""
    code = segno.make(ADDRESS, error="l", micro=False, boost_error=False)
    return [[bool(module) for module in row] for row in code.matrix_iter(border=qr.BORDER)]


def read(lines: list[str], *, dark: bool) -> list[list[bool]]:
    """The dark modules of half blocks; `dark` says whether what is drawn is dark."""
    rows: list[list[bool]] = []
    for line in lines:
        pairs = [HALVES[character] for character in re.sub(r"\x1b\[[\d;]*m", "", line)]
        rows += [[top is dark for top, _low in pairs], [low is dark for _top, low in pairs]]
    return rows[: len(expected())]


def test_half_blocks_are_black_on_white() -> None:
    """Whatever the colours of the terminal are: its ground is set on every line, and left at its end."""
    lines = qr.draw(ADDRESS, blocks=True, colour=True)
    assert read(lines, dark=True) == expected()
    assert all(line.startswith("\x1b[38;5;16;48;5;231m") and line.endswith("\x1b[0m") for line in lines)


def test_half_blocks_without_colour_draw_the_light() -> None:
    """As on a dark terminal; no escape is written."""
    lines = qr.draw(ADDRESS, blocks=True, colour=False)
    assert read(lines, dark=False) == expected()
    assert len(lines[0]) == 33
    assert len(lines) == 17


def test_ascii_alone() -> None:
    """For a terminal that has no blocks: two columns a module."""
    plain = qr.draw(ADDRESS, blocks=False, colour=False)
    assert [[line[at] == " " for at in range(0, len(line), 2)] for line in plain] == expected()
    coloured = qr.draw(ADDRESS, blocks=False, colour=True)
    assert all(line.isascii() for line in coloured)
    grounds = [re.findall(r"48;5;(\d+)m", line) for line in coloured]
    assert [[ground == "16" for ground in line] for line in grounds] == expected()


class Screen(io.TextIOWrapper):
    """stderr as a terminal of an encoding."""

    def __init__(self, encoding: str, *, terminal: bool = True) -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.fixture
def size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "40")
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize(("encoding", "ascii_only"), [("utf-8", False), ("ascii", True), ("iso8859-2", True)])
def test_the_encoding_decides(encoding: str, ascii_only: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    monkeypatch.setattr(sys, "stderr", Screen(encoding))
    lines = qr.drawn_here(ADDRESS)
    assert lines
    assert all(line.isascii() for line in lines) is ascii_only


@pytest.mark.usefixtures("size")
@pytest.mark.parametrize("change", [{"COLUMNS": "32"}, {"LINES": "16"}, {"TERM": "dumb"}])
def test_no_code_where_it_does_not_fit(change: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a code is worse than none: the address and the code stand there anyway."""
    monkeypatch.setattr(sys, "stderr", Screen("utf-8"))
    for name, value in change.items():
        monkeypatch.setenv(name, value)
    assert qr.drawn_here(ADDRESS) == []


@pytest.mark.usefixtures("size")
def test_no_code_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Screen("utf-8", terminal=False))
    assert qr.drawn_here(ADDRESS) == []


@pytest.mark.usefixtures("size")
def test_no_color_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Screen("utf-8"))
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    assert "\x1b" not in "".join(qr.drawn_here(ADDRESS))
