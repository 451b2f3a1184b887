"""`okienko sim` as a program, and as the child of another one."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest

from api.simulator.call import BETA, PUBLIC
from api.simulator.process import SimulatorProcess, SimulatorStartError
from tests.contract.conftest import USER_AGENT

if TYPE_CHECKING:
    from collections.abc import Iterator

SIM = [sys.executable, "-m", "tui", "sim"]
PATIENCE = 20.0


@pytest.fixture
def program() -> Iterator[subprocess.Popen[bytes]]:
    """A running `okienko sim` that has not been read from yet."""
    command = [*SIM, "--threads", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        yield running
        running.kill()


def get(values: dict[str, str], path: str, media: str) -> bytes:
    headers = {"Authorization": f"Bearer {values['token']}", "User-Agent": USER_AGENT, "Accept": media}
    response = httpx.get(f"{values['api_url']}{path}", headers=headers)
    assert response.status_code == 200
    return response.content


def gone(api_url: str) -> bool:
    """Whether nobody listens there any more, within the patience of a test."""
    parts = urlsplit(api_url)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection((parts.hostname or "", parts.port or 0), 1).close()
        except OSError:
            return True
    return False


def test_the_first_line_says_how_to_come_in(program: subprocess.Popen[bytes]) -> None:
    """One line of JSON, and the socket accepts when it is there."""
    assert program.stdout
    values = json.loads(program.stdout.readline())
    assert list(values) == ["api_url", "auth_url", "client_id", "client_secret", "token"]
    assert json.loads(get(values, "/me", PUBLIC))["login"] == "pracownia_debowa"
    assert urlsplit(values["api_url"]).hostname == "127.0.0.1"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_ends_it_without_a_traceback(
    program: subprocess.Popen[bytes], number: signal.Signals, code: int
) -> None:
    """130 for ctrl+c, 0 for SIGTERM; stdout has carried data only."""
    assert program.stdout
    program.stdout.readline()
    program.send_signal(number)
    rest, words = program.communicate(timeout=PATIENCE)
    assert program.returncode == code
    assert rest == b""
    assert b"Traceback" not in words
    assert b"127.0.0.1" in words


def test_a_port_that_is_taken_is_said_plainly() -> None:
    """Exit code 2, a sentence that names the port, nothing on stdout."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run([*SIM, "--port", str(port)], capture_output=True, check=False, timeout=PATIENCE)
    assert done.returncode == 2
    assert done.stdout == b""
    assert str(port) in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "option", ["--port=70000", "--threads=0", "--messages=x", "--verify-seconds=-1", "--seed=a", "--faults=f"]
)
def test_an_option_that_makes_no_sense_is_a_usage_error(option: str) -> None:
    done = subprocess.run([*SIM, option], capture_output=True, check=False, timeout=PATIENCE)
    assert done.returncode == 2
    assert option.partition("=")[0] in done.stderr.decode()


def test_two_starts_at_a_frozen_time_give_the_same_bytes() -> None:
    """With OKIENKO_NOW set (as every test has it) lists, conversations and orders are alike to the byte."""

    def dump() -> list[bytes]:
        with SimulatorProcess.start(threads=45, seed=7) as child:
            values = {"api_url": child.api_url, "token": child.token}
            threads = get(values, "/messaging/threads", BETA)
            paths = [f"/messaging/threads/{it['id']}/messages" for it in json.loads(threads)["threads"]]
            orders = get(values, "/order/checkout-forms", PUBLIC)
            return [threads, orders, *(get(values, path, BETA) for path in paths)]

    assert dump() == dump()


def test_another_seed_draws_other_people() -> None:
    """Beyond the hand-written threads a seed decides who writes."""

    def logins(seed: int) -> bytes:
        with SimulatorProcess.start(threads=45, seed=seed) as child:
            values = {"api_url": child.api_url, "token": child.token}
            return get(values, "/order/checkout-forms?sort=lineItems.boughtAt&limit=5", PUBLIC)

    assert logins(1) != logins(2)


def test_a_child_process_is_reached_by_its_environment() -> None:
    """The variables of the environment are those of a client, and stopping twice is fine."""
    child = SimulatorProcess.start(threads=1, hostile=True, verify_seconds=0)
    environment = child.environment()
    assert set(environment) == {
        "OKIENKO_API_URL",
        "OKIENKO_AUTH_URL",
        "OKIENKO_CLIENT_ID",
        "OKIENKO_CLIENT_SECRET",
        "OKIENKO_TOKEN",
    }
    values = {"api_url": environment["OKIENKO_API_URL"], "token": environment["OKIENKO_TOKEN"]}
    assert "evil" in get(values, "/messaging/threads", BETA).decode()
    child.stop()
    child.stop()
    assert gone(child.api_url)


def test_secrets_stay_out_of_the_representation() -> None:
    with SimulatorProcess.start(threads=1) as child:
        assert child.token not in repr(child)
        assert child.client_secret not in repr(child)


def test_a_killed_parent_leaves_no_orphan() -> None:
    """The simulator ends when the process that started it is gone, however it went."""
    code = """
from api.simulator.process import SimulatorProcess
import sys
child = SimulatorProcess.start(threads=1)
print(child.api_url, flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout
        api_url = parent.stdout.readline().decode().strip()
        assert api_url
        parent.kill()
    assert gone(api_url)


def test_a_child_that_does_not_start_says_why() -> None:
    """The error holds what the child wrote to stderr and its exit code."""
    with pytest.raises(SimulatorStartError) as caught:
        SimulatorProcess._start([sys.executable, "-c", "raise SystemExit('kaput')"], within=PATIENCE)
    assert "kaput" in caught.value.stderr
    assert "exit code 1" in str(caught.value)


def test_a_child_that_says_nothing_is_given_up() -> None:
    """After the time limit it is ended and reported."""
    command = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    with pytest.raises(SimulatorStartError, match=r"no word from it within 0\.2 s"):
        SimulatorProcess._start(command, within=0.2)


@pytest.mark.parametrize("module", ["tui.cli.sim", "api.simulator.process"])
def test_nobody_pays_for_a_server_who_does_not_start_one(module: str) -> None:
    """Neither the verb's parser nor the demo's parent loads the server or the screen."""
    code = f"import {module}, sys; print(sorted({{'starlette', 'uvicorn', 'textual'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=PATIENCE)
    assert done.stdout.strip() == b"[]"
