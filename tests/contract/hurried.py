"""A network for clients of a simulator that holds answers back: nobody waits for a time-out."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

import httpx

from api.allegro import Allegro
from api.allegro.retry import Timing
from api.config import Connection
from api.simulator.faults.reading import read_script
from api.simulator.seed import build_world
from api.simulator.server import running
from api.simulator.settings import SimulatorSettings
from api.simulator.state import State
from tests.contract.conftest import SEED_NOW

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from api.simulator.faults import RequestRule
    from api.simulator.server import Simulator
    from tests.contract.conftest import Hand


class Hurried(httpx.AsyncHTTPTransport):
    """For one request at a time: gives up an answer as soon as the simulator holds it back."""

    def __init__(self, simulator: Simulator) -> None:
        super().__init__()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._held = asyncio.Event()
        simulator.state.faults.listeners.append(self._hear)

    def _hear(self, rule: RequestRule) -> None:
        if rule.fault == "timeout" and self._loop is not None:
            self._loop.call_soon_threadsafe(self._held.set)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._loop = asyncio.get_running_loop()
        self._held.clear()
        answer = asyncio.ensure_future(super().handle_async_request(request))
        held = asyncio.ensure_future(self._held.wait())
        await asyncio.wait({answer, held}, return_when=asyncio.FIRST_COMPLETED)
        held.cancel()
        if answer.done():
            return answer.result()
        answer.cancel()
        await asyncio.gather(answer, return_exceptions=True)
        raise httpx.ReadTimeout("held back", request=request)


@contextmanager
def scripted(script: str, hand: Hand, verify_seconds: float = 2.0) -> Iterator[Simulator]:
    """A simulator with this fault script, on the clock `hand`."""
    settings = SimulatorSettings(
        now=SEED_NOW, verify_seconds=verify_seconds, faults=read_script(script, "script")
    )
    with running(state=State(build_world(settings), settings, hand)) as simulator:
        yield simulator


@asynccontextmanager
async def client_of(simulator: Simulator, hand: Hand) -> AsyncIterator[Allegro]:
    """A client whose waits move the simulator's clock instead of taking time."""

    async def wait(seconds: float) -> None:
        hand.move(seconds)

    connection = Connection(
        api_url=simulator.api_url,
        auth_url=simulator.auth_url,
        app_name="okienko",
        app_url="https://okienko.example/",
        token=simulator.token,
    )
    timing = Timing(monotonic=hand, sleep=wait)
    async with Allegro(connection, transport=Hurried(simulator), timing=timing) as allegro:
        yield allegro
