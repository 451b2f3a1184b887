"""The installed command in a real terminal, by keys alone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.terminal.emulator import OKIENKO, PATIENCE, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLES = {"api_url": "OKIENKO_API_URL", "auth_url": "OKIENKO_AUTH_URL", "token": "OKIENKO_TOKEN"}


@pytest.fixture
def allegro(tmp_path: Path) -> Iterator[dict[str, str]]:
    """`okienko sim --hostile` as a program of its own; gives the environment of its clients."""
    command = [str(OKIENKO), "sim", "--hostile", "--verify-seconds", "0.2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        environ = {VARIABLES[name]: value for name, value in first.items() if name in VARIABLES}
        yield {**environ, "OKIENKO_HOME": str(tmp_path / "home")}
        process.terminate()


def test_the_demo_from_the_first_unread_thread_to_delivered(tmp_path: Path) -> None:
    """Read the first unread conversation, reply, see it delivered, quit; nothing stays behind."""
    with Terminal("--demo", environ={"OKIENKO_HOME": str(tmp_path)}) as terminal:
        terminal.until("Zamówienie")
        terminal.until(lambda text: "●" in text and "↩" in text and "Płatność" in text)
        terminal.press("u", "enter")
        terminal.until("tylko nieprzeczytane")
        terminal.press("r")
        terminal.until("znane reguły: brak zastrzeżeń")
        terminal.press("Dzień dobry, już sprawdzam i zaraz odpiszę.")
        terminal.until("43/2000")
        terminal.press("ctrl+s")
        terminal.until("Allegro sprawdza")
        terminal.until("✓ dostarczona")
        terminal.press("ctrl+q")
        assert terminal.end() == 0, terminal.text
    assert not list(tmp_path.iterdir())


def test_a_killed_demo_leaves_no_simulator_behind(tmp_path: Path) -> None:
    """kill -9 of the inbox ends the pretend Allegro that it started."""
    with Terminal("--demo", environ={"OKIENKO_HOME": str(tmp_path)}) as terminal:
        terminal.until("↩")
        (child,) = children(terminal.pid)
        terminal.kill()
    deadline = time.monotonic() + PATIENCE
    while alive(child):
        assert time.monotonic() < deadline, "the simulator outlives its demo"


def test_a_draft_survives_kill_9(allegro: dict[str, str]) -> None:
    """What was typed is there again after the program was killed in the middle of it."""
    drafts = Path(allegro["OKIENKO_HOME"]) / "drafts.json"
    with Terminal(environ=allegro) as terminal:
        terminal.until("Płatność")  # of the order under the cursor: its conversation has been read
        terminal.press("r")
        terminal.until("0/2000")
        terminal.press("zdanie bez końca")
        terminal.until("16/2000")
        deadline = time.monotonic() + PATIENCE
        while not (drafts.exists() and "zdanie bez końca" in drafts.read_text()):
            assert time.monotonic() < deadline, "the draft never reached the disk"
        terminal.kill()
    with Terminal(environ=allegro) as terminal:
        terminal.until("✎ szkic")
        terminal.until("Płatność")
        terminal.press("r")
        terminal.until("zdanie bez końca")
        terminal.press("ctrl+q")
        assert terminal.end() == 0, terminal.text


def test_no_byte_of_a_hostile_message_reaches_the_terminal(allegro: dict[str, str]) -> None:
    """Every conversation is shown; neither the clipboard sequence nor a bidi control is written."""
    with Terminal(environ=allegro, columns=200, lines=60) as terminal:
        terminal.until("↩")
        terminal.until(lambda text: "[/foo]" in text)
        for _step in range(60):
            terminal.press("j")
        terminal.press("o", "ctrl+q")
        assert terminal.end() == 0, terminal.text
        written = terminal.written
        assert b"[@click=app.quit]x[/]" in re.sub(rb"\x1b\[[0-9;]*m", b"", written)
        assert b"]52;" not in written
        assert b"AAAA" not in written
        for character in "\u202e\u2066\u200b\u009b":
            assert character.encode() not in written


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (200, 60)])
def test_it_works_at_the_sizes_that_people_use(allegro: dict[str, str], columns: int, lines: int) -> None:
    """List, order and a reply with its lamps are on the screen."""
    with Terminal(environ=allegro, columns=columns, lines=lines) as terminal:
        terminal.until("↩")
        terminal.press("o")
        terminal.until("następne zamówienie")
        terminal.until("Płatność")
        terminal.press("esc")
        terminal.until("enter otwórz")
        terminal.press("r")
        terminal.until("✓ Powtórki ok")
        terminal.until("✓ Limity ok")
        terminal.press("ctrl+q")
        assert terminal.end() == 0, terminal.text


def test_without_an_account_it_says_what_to_do(tmp_path: Path) -> None:
    """No account: what to do in a few lines, the exit code for "sign in", no screen."""
    with Terminal(environ={"OKIENKO_HOME": str(tmp_path)}) as terminal:
        terminal.until("okienko --demo")
        assert terminal.end() == 5
        assert "okienko login" in terminal.text
        assert "OKIENKO_TOKEN" in terminal.text


def test_without_a_terminal_it_says_so() -> None:
    """In a pipe there is no inbox, and the exit code tells."""
    done = subprocess.run(
        [sys.executable, "-m", "tui"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "terminal" in done.stderr
    assert not done.stdout


def children(pid: int) -> list[int]:
    """Processes that this one started."""
    return [
        int(status.parent.name) for status in Path("/proc").glob("[0-9]*/stat") if parent_of(status) == pid
    ]


def parent_of(status: Path) -> int:
    try:
        return int(status.read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_no_color_means_no_colour_at_all(allegro: dict[str, str]) -> None:
    """With NO_COLOR set the terminal's own colours stay: only bold, underline and reverse are written."""
    with Terminal(environ={**allegro, "NO_COLOR": "1"}) as terminal:
        terminal.until("Płatność")  # of the order under the cursor: its conversation has been read
        terminal.press("r")
        terminal.until("0/2000")
        terminal.press("nasz sklep www.debowe-deski.pl")
        terminal.until("■ stop")
        terminal.press("ctrl+q")
        assert terminal.end() == 0, terminal.text
        assert not re.search(rb"\x1b\[[0-9;]*[34]8;[25];", terminal.written)
        assert not re.search(
            rb"\x1b\[(?:[0-9]+;)*(?:3[0-7]|4[0-7]|9[0-7]|10[0-7])(?:;[0-9]+)*m", terminal.written
        )
