"""The three scripts of docs/simulator.md, run by the program that the page is about."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from api.simulator.call import BETA
from api.simulator.process import SimulatorProcess
from tests.contract.conftest import USER_AGENT, Hand
from tests.contract.hurried import scripted

PAGE = Path(__file__).parents[2] / "docs" / "simulator.md"
SCRIPTS = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

if TYPE_CHECKING:
    from api.simulator.server import Simulator


def say_hello(simulator: Simulator, times: int) -> list[str]:
    """What becomes of greetings in the newest thread: the status, or the error's name."""
    headers = {
        "Authorization": f"Bearer {simulator.token}",
        "User-Agent": USER_AGENT,
        "Accept": BETA,
        "Content-Type": BETA,
    }
    thread = simulator.state.threads()[0].id
    found = []
    with httpx.Client(base_url=simulator.api_url, headers=headers, timeout=20) as client:
        for _ in range(times):
            try:
                response = client.post(
                    f"/messaging/threads/{thread}/messages", content='{"text": "dzień dobry"}'.encode()
                )
                found.append(str(response.status_code))
            except httpx.TransportError as error:
                found.append(type(error).__name__)
    return found


def test_the_first_script_makes_a_bad_network(hand: Hand) -> None:
    """Held answers are left out: this client would wait for them."""
    script = SCRIPTS[0].replace('fault = "timeout"', 'fault = "timeout"\nseconds = 0')
    with scripted(script, hand) as simulator:
        found = []
        for _ in range(100):
            hand.move(1)
            found += say_hello(simulator, 1)
    assert {"201", "500", "429", "ReadError"} <= set(found)
    assert found.count("201") > 70


def test_the_second_script_is_the_day_of_refusals(hand: Hand) -> None:
    with scripted(SCRIPTS[1], hand) as simulator:
        before = len(simulator.state.threads())
        found = []
        for seconds in (9, 1, 299, 1, 1):
            hand.move(seconds)
            found += say_hello(simulator, 1)
        assert len(simulator.state.threads()) > before
    assert found == ["201", "422", "422", "201", "201"]


def test_the_third_script_lets_messages_come_and_go(hand: Hand) -> None:
    """After an hour some have come late, some are gone, and some will never be verified."""
    with scripted(SCRIPTS[2], hand) as simulator:
        say_hello(simulator, 1)
        hand.move(1)
        say_hello(simulator, 1)
        hand.move(1)
        say_hello(simulator, 1)
        hand.move(3_600)
        statuses = [
            m.status for t in simulator.state.threads() for m in t.messages if m.text == "dzień dobry"
        ]
        acted = {name.partition("(")[2].rstrip(")") for name in simulator.state.faults.acted}
    assert statuses == ["DELIVERED", "VERIFYING", "DISMISSED"]
    assert {"late", "deleted", "stuck", "outcome"} <= acted


@pytest.mark.parametrize("number", range(3))
def test_the_program_takes_the_script(tmp_path: Path, number: int) -> None:
    """`okienko sim --faults FILE` starts with each of them."""
    file = tmp_path / "faults.toml"
    file.write_text(SCRIPTS[number], encoding="utf-8")
    with SimulatorProcess.start(threads=2, faults=file, lively=60) as child:
        assert child.api_url


def test_a_script_with_a_slip_is_a_usage_error(tmp_path: Path) -> None:
    """Exit code 2, and the words name the file, the rule and what was meant."""
    file = tmp_path / "faults.toml"
    file.write_text('[[request]]\nfault = "reste"\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tui", "sim", "--faults", str(file)],
        capture_output=True,
        check=False,
        timeout=20,
    )
    words = done.stderr.decode()
    assert done.returncode == 2
    assert done.stdout == b""
    assert all(it in words for it in ("faults.toml", "request 1", "'reste'", "'reset'"))
    assert "Traceback" not in words
