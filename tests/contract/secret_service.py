"""A real Secret Service: gnome-keyring on a bus of its own, in folders of its own, ended by its id."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS = ("dbus-run-session", "dbus-send", "gnome-keyring-daemon")
MISSING = [program for program in PROGRAMS if shutil.which(program) is None]
SKIPPED = (
    f"THE SYSTEM KEYRING IS NOT TESTED HERE: {', '.join(MISSING)} missing. "
    "On Debian: apt-get install gnome-keyring dbus (.ci/run does it)"
)
PATIENCE = 30.0
"""Seconds until a service that does not start is given up on: a limit, not a wait."""
_ASK = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]


class Bus:
    """A session bus and the folders of one user; keyrings survive from one daemon to the next."""

    def __init__(self, root: Path, address: str) -> None:
        (root / "run").mkdir(mode=0o700)
        self.environ = {
            **{name: value for name, value in os.environ.items() if "DISPLAY" not in name},
            "DBUS_SESSION_BUS_ADDRESS": address,
            "HOME": str(root),
            "XDG_DATA_HOME": str(root / "data"),
            "XDG_RUNTIME_DIR": str(root / "run"),
        }

    @contextmanager
    def keyring(self, password: str | None) -> Iterator[None]:
        """gnome-keyring, unlocked by a password, or locked (None), until the block ends."""
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        daemon = subprocess.Popen(
            command if password is None else [*command, "--unlock"],
            env=self.environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert daemon.stdin is not None
            daemon.stdin.write((password or "").encode())
            daemon.stdin.close()
            deadline = time.monotonic() + PATIENCE
            while not self._served():
                assert time.monotonic() < deadline, "gnome-keyring does not start"
                assert daemon.poll() is None, "gnome-keyring has ended"
            yield
        finally:
            daemon.terminate()
            daemon.wait(PATIENCE)

    def _served(self) -> bool:
        """Whether somebody answers as the Secret Service; asking does not start anybody."""
        ask = [*_ASK, "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]
        told = subprocess.run(ask, env=self.environ, capture_output=True, text=True, check=True)
        return "boolean true" in told.stdout


@contextmanager
def session_bus() -> Iterator[Bus]:
    """A bus that lives as long as the block. Its folder's path is short: sockets take 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="okr-") as folder:
        # `cat` ends with its stdin, and the bus with `cat`.
        command = ["dbus-run-session", "--", "sh", "-c", 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat']
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as session:
            assert session.stdin is not None
            assert session.stdout is not None
            try:
                yield Bus(Path(folder), session.stdout.readline().strip())
            finally:
                session.stdin.close()
                session.wait(PATIENCE)
