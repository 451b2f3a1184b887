"""What verbs print: data to stdout, words for people to stderr."""

from __future__ import annotations

import json
import sys
from typing import Any

_NARROWEST, _WIDEST = 40, 100


def put(text: str) -> None:
    """Print to stdout; what its encoding cannot hold becomes a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, errors="replace").decode(encoding) + "\n")


def put_json(answer: dict[str, Any]) -> None:
    """Print one object on a line.

    ASCII: control and direction characters of a message must not reach a terminal.
    """
    sys.stdout.write(json.dumps(answer) + "\n")


def complain(verb: str, words: str) -> None:
    """Tell a person on stderr what is wrong."""
    sys.stderr.write(f"okienko {verb}: {words}\n")


def width() -> int:
    """How wide a text for people may be here."""
    import shutil  # noqa: PLC0415  for people only

    return max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))
