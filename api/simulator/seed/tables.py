"""Reading the seed's TOML files."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

Table = dict[str, Any]

FOLDER = Path(__file__).parent
_AGE = re.compile(r"(?:(\d+)d)? ?(?:(\d+)h)? ?(?:(\d+)m)?")


def table(name: str) -> Table:
    """The file of that name beside this module."""
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def age(text: str) -> timedelta:
    """How long ago: "2d 3h 10m", any part may be missing. Raises ValueError for anything else."""
    match = _AGE.fullmatch(text)
    if not match or not any(match.groups()):
        raise ValueError(f"{text!r} is no age such as '2d 3h 10m'")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)
