"""How fast the rules read: `make bench`.

The messages are long ones of the labelled set (instructions, apologies, shop templates), brought to 2,000
characters; each round judges one that the round before did not. What was read is remembered by paragraphs,
so three things are measured: a message never seen, a key later in it, and the same message again.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policy import Context, Message, check, matching, pack_for
from policy.loading import examples_data, marketplaces
from policy.reading import blocks, detect, fold, reader
from policy.reading import language as spoken
from policy.wire import message_and_context

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

ROOT = Path(__file__).parents[2]
LENGTH = 2000


def messages(code: str) -> list[Message]:
    """Messages of exactly 2,000 characters: the set's own texts, long ones first, short ones joined."""
    lines = (ROOT / "tests" / "corpus" / f"{code}.jsonl").read_text(encoding="utf-8").split("\n")
    texts = [message_and_context(json.loads(line))[0].text for line in lines if line.strip()]
    texts.sort(key=len, reverse=True)
    made: list[Message] = []
    text = ""
    for one in texts:
        text = f"{text}\n\n{one}" if text else one
        if len(text) >= LENGTH:
            made.append(Message(text[:LENGTH], (), code))
            text = ""
    return made


def forget_texts() -> None:
    """Forget every text that was read, but no word of the language."""
    for cached in (blocks.blocks, detect._shown, fold.fold, matching._hits, reader._block, reader._marks):
        cached.cache_clear()


@pytest.mark.parametrize("code", ["pl", "cs", "sk", "hu", "en"])
@pytest.mark.parametrize("how", ["first", "typing", "again"])
def test_long_message(benchmark: BenchmarkFixture, code: str, how: str) -> None:
    """A check of 2,000 characters, after warm-up: never seen before, a key later, and once more."""
    texts = messages(code)
    for message in texts:
        check(message, Context())
    turn = itertools.cycle(texts)
    keys = itertools.count(1)

    def next_message() -> tuple[tuple[Message], dict[str, object]]:
        message = next(turn)
        if how == "first":
            forget_texts()
        if how == "typing":
            check(message, Context())
            middle = LENGTH // 2
            added = "a" * (next(keys) % 7 + 1)
            message = replace(message, text=f"{message.text[:middle]}{added}{message.text[middle:]}")
        return (message,), {}

    benchmark.pedantic(lambda message: check(message, Context()), setup=next_message, rounds=600)


def test_short_message(benchmark: BenchmarkFixture) -> None:
    """A check of one sentence, after warm-up."""
    message = Message("Dzień dobry, wpłata dotarła, ale brakuje numeru domu w adresie.", (), "pl")
    check(message, Context())
    benchmark(check, message, Context())


def test_loading(benchmark: BenchmarkFixture) -> None:
    """Rules, Polish words and patterns, from the files of the program."""

    def forget() -> None:
        from policy import checking, loading  # noqa: PLC0415  their caches

        for cached in (
            *(pack_for, marketplaces, examples_data, loading._data),
            *(spoken.language, spoken.signs, spoken.function_words, checking._recognisers),
        ):
            cached.cache_clear()

    def load() -> None:
        from policy import checking  # noqa: PLC0415  what a first check does

        checking._recognisers(pack_for("allegro-pl"), spoken.language("pl"))

    benchmark.pedantic(load, setup=forget, rounds=30)


@pytest.mark.parametrize("what", ["python -c pass", "okienko check"])
def test_cold(benchmark: BenchmarkFixture, what: str) -> None:
    """A fresh process: bare Python, and a verdict."""
    command = (
        [sys.executable, "-c", "pass"]
        if what.startswith("python")
        else [str(Path(sys.executable).with_name("okienko")), "check", "Jaki kolor nici wybrać?"]
    )
    benchmark.pedantic(lambda: subprocess.run(command, check=True, capture_output=True), rounds=15)
