"""A pretend Allegro on a real socket for the tests of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.simulator.server import running
from api.simulator.settings import SimulatorSettings
from tests.tui.desktop import opener
from tui.app import OkienkoApp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from api.simulator.server import Simulator


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    """The hand-written conversations; messages are verified at once and may be sent without a pause."""
    with running(SimulatorSettings(verify_seconds=0.2, send_interval=0)) as started:
        yield started


@pytest.fixture
def hostile() -> Iterator[Simulator]:
    """The same with a buyer whose every word tries to break programs."""
    with running(SimulatorSettings(verify_seconds=0.2, send_interval=0, hostile=True)) as started:
        yield started


@pytest.fixture
def make_app(simulator: Simulator, tmp_path: Path) -> Callable[[], OkienkoApp]:
    """Makes inboxes that share one home."""
    return lambda: OkienkoApp(opener(simulator, tmp_path / "home"))
