"""How fast Allegro's answers become values: `make bench`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from api.allegro import messaging
from tests.unit.allegro.script import AUTHOR_ME, ME, MESSAGE, THREAD

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture


def test_twenty_threads(benchmark: BenchmarkFixture) -> None:
    """A page of threads, decoded, translated and cleaned; the aim is 0.5 ms."""
    body = json.dumps({"threads": [THREAD] * 20, "nextPage": None}).encode()
    benchmark(messaging._threads, body, ME)


def test_a_thousand_messages(benchmark: BenchmarkFixture) -> None:
    """1,000 messages of 300 characters, decoded, translated and cleaned; the aim is 20 ms."""
    text = "Dzień dobry, kiedy wyślą Państwo paczkę? " * 7
    one = {**MESSAGE, "author": AUTHOR_ME, "text": text}
    body = json.dumps({"messages": [one] * 1000, "nextPage": None}).encode()
    benchmark(messaging._messages, body, ME, "t")
