"""A large world is not read through: what a start and a page of a list touch, counted instead of timed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from api.simulator.call import Call
from api.simulator.resources import messaging, messaging_public, orders
from api.simulator.seed import build_world
from api.simulator.settings import SimulatorSettings
from api.simulator.state import State
from api.simulator.untold import UntoldThread

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.simulator.call import Answer

SETTINGS = SimulatorSettings(now=datetime(2026, 11, 23, 13, 30, tzinfo=UTC), threads=2_000, messages=40_000)
PAGE = 20


@pytest.fixture
def state() -> State:
    return State(build_world(SETTINGS), SETTINGS)


def ask(
    handler: Callable[[Call, State], Answer], state: State, path: str = "", **query: str
) -> dict[str, object]:
    pairs = tuple((name.replace("_", "."), value) for name, value in query.items())
    body = handler(Call({"threadId": path, "messageId": path}, pairs, {}, b""), state).body
    assert isinstance(body, dict)
    return body


def untold(state: State) -> list[UntoldThread]:
    return [it for it in state.threads() if isinstance(it, UntoldThread)]


def test_neither_a_start_nor_a_list_makes_messages(state: State) -> None:
    """Only whoever opens a thread has its messages made, and only those."""
    ask(messaging._threads, state)
    ask(messaging_public._threads, state, offset="100")
    assert not any(it.told for it in untold(state))
    opened = untold(state)[7]
    assert ask(messaging._messages, state, opened.id)["messages"]
    assert [it.id for it in untold(state) if it.told] == [opened.id]


def test_a_message_is_found_by_its_id_alone(state: State) -> None:
    """In a world that has made none yet, by making one thread's."""
    message = untold(State(build_world(SETTINGS), SETTINGS))[1_500].messages[4]
    assert ask(messaging._message, state, message.id)["id"] == message.id
    assert sum(it.told for it in untold(state)) == 1


def test_it_does_not_matter_which_thread_is_opened_first(state: State) -> None:
    other = State(build_world(SETTINGS), SETTINGS)
    forwards = [[m.text for m in it.messages] for it in untold(state)[:30]]
    backwards = [[m.text for m in it.messages] for it in reversed(untold(other)[:30])]
    assert forwards == backwards[::-1]


@pytest.mark.parametrize(
    ("handler", "query"),
    [
        (messaging._threads, {}),
        (messaging._threads, {"read": "false"}),
        (messaging._threads, {"type": "POST_PURCHASE_ISSUE"}),
        (messaging._threads, {"status": "CLOSED"}),
        (messaging_public._threads, {}),
    ],
)
def test_a_page_looks_at_no_more_threads_than_it_shows(
    state: State,
    monkeypatch: pytest.MonkeyPatch,
    handler: Callable[[Call, State], Answer],
    query: dict[str, str],
) -> None:
    """Whatever is asked for, of two thousand threads about twenty are touched."""
    touched = 0
    found = state._mail.threads.newest_first

    def counted(**filters: object) -> object:
        nonlocal touched
        for thread in found(**filters):  # type: ignore[arg-type]
            touched += 1
            yield thread

    monkeypatch.setattr(state._mail.threads, "newest_first", counted)
    first = ask(handler, state, **query)
    assert touched <= PAGE + 1
    assert len(first["threads"]) == min(PAGE, touched)  # type: ignore[arg-type]


def test_orders_are_sorted_once_until_one_changes(state: State) -> None:
    ask(orders._orders, state)
    kept = state.orders.oldest_first("bought_at")
    ask(orders._orders, state, offset="500")
    assert state.orders.oldest_first("bought_at") is kept
    state.handling.buyer_changes(kept[0].id)
    assert state.orders.oldest_first("bought_at") is not kept
