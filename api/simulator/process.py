"""The simulator as a child process, for the demo: started, asked where it listens, stopped."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

START_SECONDS = 15.0
STOP_SECONDS = 3.0

# The folder that holds our packages: `python -m tui` looks there first, and not where the user stands.
_HOME = Path(__file__).parents[2]


class SimulatorStartError(RuntimeError):
    """The simulator did not start; `stderr` is what it said."""

    def __init__(self, reason: str, stderr: str) -> None:
        super().__init__(f"the simulator did not start: {reason}\n{stderr}".rstrip())
        self.reason = reason
        self.stderr = stderr


@dataclass(slots=True)
class SimulatorProcess:
    """A running `okienko sim`. Stops at the end of a `with` block, and when this process dies.

    The values are those of its first line: roots without a trailing slash, and what lets a client in.
    """

    api_url: str
    auth_url: str
    client_id: str
    client_secret: str = field(repr=False)
    token: str = field(repr=False)
    _process: subprocess.Popen[bytes] = field(repr=False)

    @classmethod
    def start(
        cls,
        *,
        seed: int | None = None,
        threads: int | None = None,
        messages: int | None = None,
        verify_seconds: float | None = None,
        hostile: bool = False,
        lively: float | None = None,
        faults: Path | None = None,
        within: float = START_SECONDS,
    ) -> SimulatorProcess:
        """Start one on a free port and wait until it accepts.

        Raises SimulatorStartError when it ends, says nonsense, or takes longer than `within` seconds.
        """
        options: dict[str, float | Path | None] = {
            "--seed": seed,
            "--threads": threads,
            "--messages": messages,
            "--verify-seconds": verify_seconds,
            "--lively": lively,
            "--faults": faults and faults.absolute(),
        }
        arguments = [f"{name}={value}" for name, value in options.items() if value is not None]
        if hostile:
            arguments.append("--hostile")
        return cls._start([sys.executable, "-m", "tui", "sim", "--until-stdin-closes", *arguments], within)

    @classmethod
    def _start(cls, command: list[str], within: float) -> SimulatorProcess:
        with tempfile.TemporaryFile() as words:
            process = subprocess.Popen(  # noqa: S603  our own program
                command,
                cwd=_HOME,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=words,
                start_new_session=True,  # ctrl+c and a hang-up are for the parent to handle
            )
            try:
                first = json.loads(_first_line(process, within))
                return cls(
                    api_url=first["api_url"],
                    auth_url=first["auth_url"],
                    client_id=first["client_id"],
                    client_secret=first["client_secret"],
                    token=first["token"],
                    _process=process,
                )
            except (TimeoutError, ValueError, KeyError, TypeError) as error:
                _end(process)
                words.seek(0)
                raise SimulatorStartError(
                    _reason(error, process, within), words.read().decode(errors="replace")
                ) from error
            except BaseException:
                _end(process)
                raise

    def environment(self) -> dict[str, str]:
        """What a client needs in its environment to talk to this simulator."""
        return {
            "OKIENKO_API_URL": self.api_url,
            "OKIENKO_AUTH_URL": self.auth_url,
            "OKIENKO_CLIENT_ID": self.client_id,
            "OKIENKO_CLIENT_SECRET": self.client_secret,
            "OKIENKO_TOKEN": self.token,
        }

    def stop(self) -> None:
        """End it and wait until it is gone; a second call does nothing."""
        _end(self._process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _first_line(process: subprocess.Popen[bytes], within: float) -> bytes:
    """Raises TimeoutError; an empty or torn line means that the process ended."""
    stdout: IO[bytes] = process.stdout  # type: ignore[assignment]  # a pipe, see Popen above
    deadline = time.monotonic() + within
    line = b""
    while not line.endswith(b"\n"):
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([stdout], [], [], left)[0]:
            raise TimeoutError
        piece = os.read(stdout.fileno(), 4096)
        if not piece:
            break
        line += piece
    return line


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close its stdin, which it takes as the word to go; terminate, then kill, one that does not listen."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    for insist in (process.terminate, process.kill):
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            insist()
        else:
            return
    process.wait()


def _reason(error: Exception, process: subprocess.Popen[bytes], within: float) -> str:
    if isinstance(error, TimeoutError):
        return f"no word from it within {within:g} s"
    if process.returncode:
        return f"it ended with exit code {process.returncode}"
    return f"its first line is not what was expected ({error})"
