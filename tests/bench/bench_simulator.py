"""How the pretend Allegro bears size: `make bench`.

Ratios within one run, so that a slow machine changes nothing: a large world beside a small one.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from api.simulator.call import Call
from api.simulator.resources import messaging, orders
from api.simulator.seed import build_world
from api.simulator.settings import SimulatorSettings
from api.simulator.state import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_benchmark.fixture import BenchmarkFixture

SMALL = SimulatorSettings(threads=200, messages=4_000)
LARGE = SimulatorSettings(threads=10_000, messages=200_000)
PAGES = {
    "threads": (messaging._threads, ()),
    "unread": (messaging._threads, (("read", "false"),)),
    "problems": (messaging._threads, (("type", "POST_PURCHASE_ISSUE"),)),
    "orders": (orders._orders, (("limit", "20"),)),
}


def started(settings: SimulatorSettings) -> State:
    return State(build_world(settings), settings)


@pytest.fixture(scope="module")
def small() -> State:
    return started(SMALL)


@pytest.fixture(scope="module")
def large() -> State:
    return started(LARGE)


def seconds(work: Callable[[], object], rounds: int = 50) -> float:
    """The quickest of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_the_same_in_a_large_world(
    name: str, small: State, large: State, benchmark: BenchmarkFixture
) -> None:
    """Fifty times as many threads: less than three times the work for a page. The aim is 5 ms."""
    handler, query = PAGES[name]
    call = Call({}, query, {}, b"")
    benchmark(handler, call, large)
    assert seconds(lambda: handler(call, large)) < 3 * seconds(lambda: handler(call, small))


def test_a_conversation_is_made_when_it_is_opened(large: State, benchmark: BenchmarkFixture) -> None:
    """Twenty messages, each time of another thread that nobody has opened. The aim is 5 ms."""
    threads = iter(large.threads()[-3_000:])

    def next_call() -> tuple[tuple[Call, State], dict[str, object]]:
        return (Call({"threadId": next(threads).id}, (), {}, b""), large), {}

    benchmark.pedantic(messaging._messages, setup=next_call, rounds=200)


def test_a_start_does_not_depend_on_the_messages(benchmark: BenchmarkFixture) -> None:
    """10,000 threads with 200,000 messages: hardly longer than with 30,000. The aim is 3 s."""
    few = seconds(lambda: started(SimulatorSettings(threads=10_000, messages=30_000)), 2)
    benchmark.pedantic(started, (LARGE,), rounds=2)
    assert seconds(lambda: started(LARGE), 2) < 1.5 * few
