"""The simulator as a program of its own: it serves until a signal, or until its parent is gone."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from typing import TYPE_CHECKING

from api.simulator.server import serve

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.simulator.server import Simulator
    from api.simulator.settings import SimulatorSettings


def run(
    settings: SimulatorSettings,
    port: int,
    on_started: Callable[[Simulator], None],
    *,
    until_stdin_closes: bool = False,
) -> signal.Signals | None:
    """Serve until SIGINT or SIGTERM comes, and say which it was.

    With `until_stdin_closes` the end of stdin ends it too (None): whoever holds the other end of that pipe
    may be killed without leaving an orphan. Raises PortTakenError.
    """
    return asyncio.run(_run(settings, port, on_started, until_stdin_closes=until_stdin_closes))


async def _run(
    settings: SimulatorSettings,
    port: int,
    on_started: Callable[[Simulator], None],
    *,
    until_stdin_closes: bool,
) -> signal.Signals | None:
    stop = asyncio.Event()
    received: list[signal.Signals] = []

    def on_signal(number: signal.Signals) -> None:
        received.append(number)
        stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, on_signal, number)
    if until_stdin_closes:
        threading.Thread(target=_wait_for_end_of_stdin, args=(loop, stop), daemon=True).start()
    await serve(settings, port, on_started, stop)
    return received[0] if received else None


def _wait_for_end_of_stdin(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    # Through the descriptor: a thread that sits in sys.stdin holds a lock that the interpreter's end needs.
    while os.read(0, 4096):
        pass
    loop.call_soon_threadsafe(stop.set)
