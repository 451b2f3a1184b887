"""What every test stands on: a frozen clock, Polish words, a home of its own, no settings of this machine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.prism import prism
from tui.i18n import choose_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = "2026-11-23T14:30:00+01:00"
"""A Monday afternoon in Warsaw."""

FOREIGN = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "NO_COLOR", "SSH_CONNECTION", "TEXTUAL_THEME")


@pytest.fixture(scope="session")
def prism_url() -> Iterator[str]:
    """The root of a mock server that nobody here wrote."""
    with prism() as url:
        yield url


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in os.environ:
        if name in FOREIGN or name.startswith("OKIENKO_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("OKIENKO_NOW", NOW)
    monkeypatch.setenv("OKIENKO_HOME", str(tmp_path / "home"))
    choose_language("pl")
    yield
    choose_language("pl")
