"""The exit codes of the command `okienko`."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What a script learns from a verb without reading its output."""

    DONE = 0
    USAGE = 2
    """Wrong usage or configuration."""
    UNREACHABLE = 3
    """Allegro cannot be reached: try again."""
    REFUSED = 4
    """Allegro refused."""
    SIGN_IN = 5
    """The authorisation is gone: sign in again."""
    WARN = 10
    """The verdict is warn."""
    BLOCK = 20
    """The verdict is block."""
    INTERRUPTED = 130
