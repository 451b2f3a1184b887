"""`okienko login` in a real terminal, on a server without a keyring: from nothing to the inbox."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.terminal.emulator import OKIENKO, PATIENCE, Terminal
from tui.cli.qr import draw

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSPHRASE = "hasło do pliku"
CODE = re.compile(r"\b\d{3} \d{3} \d{3}\b")
CTRL_C = "\x03"


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[dict[str, str]]:
    """`okienko sim` that waits for its page; what its first line says, and the environment of a server."""
    here = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    command = [str(OKIENKO), "sim", "--confirm", "page"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **here}
    ) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        yield {
            **first,
            **{name: value for name, value in here.items() if name == "PYTHONPATH"},
            "LANG": "en_US.UTF-8",
            "OKIENKO_HOME": str(tmp_path / "home"),
            "OKIENKO_API_URL": first["api_url"],
            "OKIENKO_AUTH_URL": first["auth_url"],
        }
        process.terminate()


def run(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """A verb without a terminal."""
    return subprocess.run(
        [str(OKIENKO), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env={"PATH": os.environ["PATH"], **environ},
    )


def to_the_code(terminal: Terminal, simulator: dict[str, str]) -> None:
    """Answer every question of a first sign-in."""
    terminal.until("Client ID")
    terminal.until("allegro:api:profile:read")
    terminal.press(simulator["client_id"], "enter")
    terminal.until("as registered")
    terminal.press("enter")
    terminal.until("Client secret")
    terminal.press(simulator["client_secret"], "enter")
    terminal.until("or enter to stop")
    assert "No system keyring" in terminal.text
    terminal.press("1", "enter")
    terminal.until("New passphrase")
    terminal.press(PASSPHRASE, "enter")
    terminal.until("Once more")
    terminal.press(PASSPHRASE, "enter")
    terminal.until("ctrl+c stops")


def test_from_nothing_to_the_inbox(simulator: dict[str, str]) -> None:
    """Questions, the choice of a vault, the code and its QR code, the page, the list, the inbox."""
    with Terminal(environ=simulator) as terminal:
        terminal.until("okienko login")
        assert terminal.end() == 5
    with Terminal("login", environ=simulator, lines=60) as terminal:
        to_the_code(terminal, simulator)
        page = f"{simulator['auth_url']}/skojarz-aplikacje"
        assert page in terminal.text
        found = CODE.search(terminal.text)
        assert found is not None
        address = f"{page}?code={found[0].replace(' ', '')}"
        drawn = draw(address, blocks=True, colour=True)
        for line in drawn:
            assert re.sub(r"\x1b\[[\d;]*m", "", line).rstrip() in terminal.text
        assert httpx.post(page, data={"code": found[0], "answer": "allow"}).status_code == 200
        terminal.until("Signed in as pracownia_debowa")
        assert terminal.end() == 0
        for secret in (simulator["client_secret"], PASSPHRASE):
            assert secret.encode() not in terminal.written
    listed = run(simulator, "accounts", "--json")
    account = json.loads(listed.stdout)
    assert (account["login"], account["vault"], account["current"]) == ("pracownia_debowa", "file", True)
    with Terminal(environ=simulator) as terminal:
        terminal.until("Passphrase")
        terminal.press("wrong", "enter")
        # What is typed before a prompt is thrown away, so it is the second prompt that is waited for.
        terminal.until(lambda text: text.count("Passphrase of the encrypted file:") > 1)
        assert "Try again" in terminal.text
        terminal.press(PASSPHRASE, "enter")
        terminal.until("Order")
        terminal.until("↩")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert run({**simulator, "OKIENKO_PASSPHRASE": PASSPHRASE}, "logout").returncode == 0
    assert run(simulator, "accounts", "--json").stdout == ""


def test_a_refusal_on_the_page_ends_it(simulator: dict[str, str], tmp_path: Path) -> None:
    """4, one sentence, and nothing kept."""
    with Terminal("login", environ=simulator, lines=60) as terminal:
        to_the_code(terminal, simulator)
        found = CODE.search(terminal.text)
        assert found is not None
        page = f"{simulator['auth_url']}/skojarz-aplikacje"
        httpx.post(page, data={"code": found[0], "answer": "refuse"})
        terminal.until("refused on Allegro's page")
        assert terminal.end() == 4
    assert not (tmp_path / "home" / "secrets.encrypted").exists()


def test_ctrl_c_ends_it_anywhere(simulator: dict[str, str], tmp_path: Path) -> None:
    """At a question and while waiting: 130, one sentence, no traceback, nothing kept."""
    with Terminal("login", environ=simulator) as terminal:
        terminal.until("Client ID")
        terminal.press(CTRL_C)
        terminal.until("Interrupted")
        assert terminal.end() == 130
    with Terminal("login", environ=simulator, lines=60) as terminal:
        to_the_code(terminal, simulator)
        terminal.press(CTRL_C)
        terminal.until("Interrupted")
        assert terminal.end() == 130
        assert "Traceback" not in terminal.text
    assert not (tmp_path / "home" / "secrets.encrypted").exists()


def test_a_narrow_terminal_gets_no_qr_code(simulator: dict[str, str]) -> None:
    """The code and the address are enough."""
    environ = {
        **simulator,
        "OKIENKO_CLIENT_ID": simulator["client_id"],
        "OKIENKO_CLIENT_SECRET": simulator["client_secret"],
        "OKIENKO_PASSPHRASE": PASSPHRASE,
    }
    with Terminal("login", "--vault", "file", environ=environ, columns=30, lines=40) as terminal:
        terminal.until("stops.")
        assert CODE.search(terminal.text)
        assert "█" not in terminal.text
        terminal.press(CTRL_C)
        assert terminal.end() == 130
