"""What a command pays for: fresh interpreters that run it, and then say what they have loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

OUTSIDE = {
    "textual",
    "httpx",
    "tinydb",
    "keyring",
    "cryptography",
    "filelock",
    "segno",
    "starlette",
    "uvicorn",
    "babel",
}
"""What the command line does without, unless a verb needs it."""

COMMAND = """
import runpy
import sys

sys.argv = ["okienko", *{arguments!r}]
code = 0
try:
    runpy.run_module("tui", run_name="__main__")
except SystemExit as ended:
    code = ended.code
"""

REPORT = """
import json
import sys

tell = {"code": globals().get("code", 0), "loaded": sorted(sys.modules)}
print("\\n" + json.dumps(tell), file=sys.__stdout__)
"""


def after(program: str) -> dict[str, Any]:
    """Run a program in a fresh interpreter: its words, its exit code, and every module loaded at its end."""
    command = [sys.executable, "-c", program + REPORT]
    environ = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8", env=environ)
    words, _newline, told = done.stdout.rstrip("\n").rpartition("\n")
    return {**json.loads(told), "words": words, "errors": done.stderr}


def okienko(*arguments: str) -> dict[str, Any]:
    return after(COMMAND.format(arguments=arguments))


def packages(told: dict[str, Any]) -> set[str]:
    return {name.partition(".")[0] for name in told["loaded"]}


def test_help_is_cheap() -> None:
    """The help is shown without a screen, a network, a store or a dictionary of dates."""
    told = okienko("--help")
    assert told["code"] == 0
    assert "okienko --demo" in told["words"]
    assert packages(told) & OUTSIDE == set()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("Dzień dobry",), 0),
        (("Wpłata dotarła.",), 20),
        (("Wpłata dotarła.", "--json"), 20),
    ],
)
def test_check_is_cheap(arguments: tuple[str, ...], code: int) -> None:
    """A verdict needs the rules and nothing else."""
    told = okienko("check", *arguments)
    assert told["code"] == code
    assert told["words"].strip()
    assert "policy.checking" in told["loaded"]
    assert packages(told) & OUTSIDE == set()


@pytest.mark.parametrize("arguments", [("--version",), ("--colour",), ("check", "x", "--contact", "x")])
def test_ends_of_the_parser_are_cheap(arguments: tuple[str, ...]) -> None:
    """A version and a wrong usage cost no more than help."""
    told = okienko(*arguments)
    assert told["code"] == (0 if arguments == ("--version",) else 2)
    assert packages(told) & OUTSIDE == set()


def test_the_screen_paints_before_the_network_loads() -> None:
    """The application can be built without httpx: it is loaded when the session opens."""
    told = after("import tui.app")
    assert "textual.app" in told["loaded"]
    assert packages(told) & {"httpx", "httpcore", "starlette", "uvicorn"} == set()


def test_policy_is_standard_library_only() -> None:
    """The rules run on a bare Python."""
    bare = packages(after(""))
    loaded = {name for name in packages(after("import policy")) - bare if not name.startswith("_")}
    assert "policy" in loaded
    assert loaded - set(sys.stdlib_module_names) == {"policy"}


def test_errors_load_no_client() -> None:
    """Whoever only catches Allegro's errors does not pay for a connection."""
    told = after("import api.allegro.errors")
    assert "api.allegro.errors.base" in told["loaded"]
    assert packages(told) & {"httpx", "msgspec", "textual", "tinydb"} == set()


@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("api.domain", {"httpx", "textual", "tinydb", "msgspec"}),
        ("api.inbox", {"httpx", "textual", "tinydb"}),
        ("api.outbox", {"httpx", "textual"}),
        ("api.store", {"httpx", "textual"}),
        ("api.secrets", {"httpx", "textual", "tinydb", "keyring", "cryptography", "filelock"}),
        ("api.access", {"httpx", "textual", "keyring", "cryptography", "filelock"}),
        ("api.signing_in", {"httpx", "textual", "keyring", "cryptography", "filelock", "segno"}),
        ("api.config", {"httpx", "textual", "tinydb", "platformdirs"}),
    ],
)
def test_rooms_stay_apart(module: str, without: set[str]) -> None:
    """No part of api loads a screen or, before it must, the network."""
    told = after(f"import {module}")
    assert module in told["loaded"]
    assert packages(told) & without == set()
