"""A real pseudo-terminal with the installed program in it, and what a person would see there."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

OKIENKO = Path(sys.executable).with_name("okienko")
"""The command as pip installed it."""

PATIENCE = 60.0
"""Seconds until a test that waits for the screen gives up."""

KEYS = {"enter": "\r", "esc": "\x1b", "ctrl+s": "\x13", "ctrl+q": "\x11", "ctrl+r": "\x12"}


class Terminal:
    """`okienko` in a pty of a given size. Ends the program at the end of a `with` block."""

    def __init__(
        self, *arguments: str, environ: Mapping[str, str], columns: int = 120, lines: int = 40
    ) -> None:
        inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self._child = pexpect.spawn(
            str(OKIENKO),
            list(arguments),
            env={**inherited, "TERM": "xterm-256color", **environ},  # type: ignore[arg-type]
            dimensions=(lines, columns),
            timeout=PATIENCE,
        )
        self._child.delaybeforesend = None
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.written = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.close(force=True)

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self._screen.display)

    def press(self, *keys: str) -> None:
        """Press keys by name, or type texts as they are."""
        for key in keys:
            self._child.send(KEYS.get(key, key))

    def until(self, what: str | Callable[[str], bool]) -> None:
        """Wait until the screen holds a text, or fulfils a condition."""
        deadline = time.monotonic() + PATIENCE
        while not (what in self.text if isinstance(what, str) else what(self.text)):
            if time.monotonic() > deadline:
                raise AssertionError(f"never on the screen: {what}\n{self.text}")
            self._read()

    def end(self) -> int:
        """Wait for the program to end by itself; its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._child.isalive():
            if time.monotonic() > deadline:
                raise AssertionError(f"the program does not end\n{self.text}")
            self._read()
        self._read()
        return int(self._child.exitstatus if self._child.exitstatus is not None else -1)

    def kill(self) -> None:
        """kill -9."""
        self._child.kill(9)
        self._child.wait()

    def _read(self) -> None:
        try:
            seen = self._child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return
        except pexpect.EOF:
            return
        self.written += seen
        self._stream.feed(seen)
