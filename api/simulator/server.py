"""Serving the pretend Allegro on 127.0.0.1: in a thread of the tests, or as a program of its own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from api.simulator.app import create_app
from api.simulator.connections import Connections
from api.simulator.seed import build_world
from api.simulator.settings import SimulatorSettings
from api.simulator.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Simulator:
    """A running pretend Allegro: where it listens and what it takes to be let in."""

    port: int
    state: State

    @property
    def api_url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def auth_url(self) -> str:
        """Root of `/auth/oauth/...`: here the same as that of the API."""
        return self.api_url

    @property
    def client_id(self) -> str:
        return self.state.tokens.client_id

    @property
    def client_secret(self) -> str:
        return self.state.tokens.client_secret

    @property
    def token(self) -> str:
        """A bearer with all the scopes of the settings, good for the whole run."""
        return self.state.tokens.token


class PortTakenError(OSError):
    """The port that was asked for cannot be had."""


class _Server(uvicorn.Server):
    """A uvicorn that says when its socket accepts, and leaves signals to whoever started it."""

    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_started()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.contextmanager
def running(settings: SimulatorSettings | None = None, state: State | None = None) -> Iterator[Simulator]:
    """A simulator on a free port, served by a thread until the block is left.

    `state` is for tests that bring their own (with a clock that they move); it wins over `settings`.
    """
    if state is None:
        chosen = settings or SimulatorSettings()
        state = State(build_world(chosen), chosen)
    listening = _listen(0)
    simulator = Simulator(listening.getsockname()[1], state)
    started = threading.Event()
    server = _Server(_config(state), started.set)
    thread = threading.Thread(target=server.run, args=([listening],), name="simulator", daemon=True)
    thread.start()
    started.wait()
    try:
        yield simulator
    finally:
        server.should_exit = True
        thread.join()


async def serve(
    settings: SimulatorSettings,
    port: int,
    on_started: Callable[[Simulator], None],
    stop: asyncio.Event,
) -> None:
    """Serve until `stop` is set; `on_started` is called once the socket accepts.

    Raises PortTakenError when the port cannot be had.
    """
    listening = _listen(port)
    state = State(build_world(settings), settings)
    simulator = Simulator(listening.getsockname()[1], state)
    server = _Server(_config(state), lambda: on_started(simulator))
    serving = asyncio.create_task(server.serve([listening]))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    server.should_exit = True
    await serving


def _listen(port: int) -> socket.socket:
    # The protocol is named because asyncio turns Nagle off for sockets that name it: 40 ms an answer.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise PortTakenError(error.errno, error.strerror) from error
    return listening


def _config(state: State) -> uvicorn.Config:
    connections = Connections()
    return uvicorn.Config(
        create_app(state, connections),
        loop="asyncio",
        http=connections.protocol(),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
