"""The seed: what was written by hand, and what is drawn."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from api.simulator.seed import build_world
from api.simulator.seed.orders import order_of
from api.simulator.seed.shop import load_shop
from api.simulator.seed.tables import age
from api.simulator.settings import SimulatorSettings

if TYPE_CHECKING:
    from api.simulator.model import Thread, World

NOW = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(SimulatorSettings(now=NOW))


def newest_first(world: World) -> list[Thread]:
    return sorted(world.threads, key=lambda it: it.place, reverse=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6m", timedelta(minutes=6)),
        ("2h 10m", timedelta(hours=2, minutes=10)),
        ("3d", timedelta(days=3)),
        ("1d 2h 3m", timedelta(days=1, hours=2, minutes=3)),
    ],
)
def test_an_age_is_read(text: str, expected: timedelta) -> None:
    assert age(text) == expected


@pytest.mark.parametrize("text", ["", "soon", "2h10", "10m 2h", "-1d"])
def test_an_age_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no age"):
        age(text)


def test_an_item_that_cannot_be_read_is_refused() -> None:
    """A slip in the data is told where it is made."""
    order = {"key": "k", "bought": "1d", "items": ["ramka x viele"], "via": "kurier"}
    buyer = {"login": "a", "name": "A B", "street": "S", "zip": "Z", "city": "C", "phone": "P"}
    with pytest.raises(ValueError, match="is no item"):
        order_of(load_shop("me", NOW), order, buyer)


def test_every_conversation_runs_forward_and_lies_in_the_past(world: World) -> None:
    """Within a thread each message is later than the one before it, and none is from the future."""
    for thread in world.threads:
        for earlier, later in itertools.pairwise(thread.messages):
            assert earlier.created_at < later.created_at
            assert earlier.number < later.number
        assert thread.place[0] <= NOW


def test_nobody_writes_about_an_order_before_it_is_bought(world: World) -> None:
    bought = {order.id: order.bought_at for order in world.orders}
    for thread in world.threads:
        for message in thread.messages:
            assert message.order is None or message.created_at > bought[message.order]


def test_the_newest_thread_asks_for_an_invoice(world: World) -> None:
    """The first thing that a newcomer reads: unread, from a buyer, about an order that is there."""
    first = newest_first(world)[0]
    assert not first.read
    assert "fakturę" in first.messages[-1].text
    assert first.messages[-1].order in {order.id for order in world.orders}


def test_about_a_third_is_unread(world: World) -> None:
    unread = sum(not thread.read for thread in world.threads)
    assert 0.25 <= unread / len(world.threads) <= 0.4


def test_conversations_are_spread_over_six_days(world: World) -> None:
    """The newest is minutes old, and every one of the last six days has some."""
    ages = [NOW - thread.place[0] for thread in world.threads]
    assert min(ages) < timedelta(minutes=10)
    assert {it.days for it in ages} == set(range(6))


def test_all_ids_are_different(world: World) -> None:
    """Threads, messages and orders, in a generated world too."""
    large = build_world(SimulatorSettings(now=NOW, threads=300, hostile=True))
    for one in (world, large):
        ids = [
            *(thread.id for thread in one.threads),
            *(message.id for thread in one.threads for message in thread.messages),
            *(order.id for order in one.orders),
        ]
        assert len(ids) == len(set(ids))


def test_there_is_one_ordinary_thread_with_each_user() -> None:
    """As on Allegro: one thread for each pair of users, for ever."""
    large = build_world(SimulatorSettings(now=NOW, threads=300, hostile=True))
    logins = [
        person.login.casefold()
        for thread in large.threads
        if thread.type == "COMMON"
        for person in thread.participants
        if person.login and person.login != "pracownia_debowa"
    ]
    assert len(logins) == len(set(logins))


def test_fewer_threads_are_the_newest_ones(world: World) -> None:
    few = build_world(SimulatorSettings(now=NOW, threads=3))
    assert [it.id for it in newest_first(few)] == [it.id for it in newest_first(world)[:3]]


def test_generated_threads_lie_before_the_written_ones(world: World) -> None:
    """The first page of a large world reads like that of a small one."""
    large = build_world(SimulatorSettings(now=NOW, threads=200))
    written = len(world.threads)
    assert [it.id for it in newest_first(large)[:written]] == [it.id for it in newest_first(world)]


@pytest.mark.parametrize(("threads", "messages"), [(50, None), (50, 400), (None, 400), (100, 1)])
def test_as_many_as_are_asked_for(threads: int | None, messages: int | None) -> None:
    """`threads` exactly, `messages` at least."""
    made = build_world(SimulatorSettings(now=NOW, threads=threads, messages=messages))
    if threads is not None:
        assert len(made.threads) == threads
    assert sum(len(it.messages) for it in made.threads) >= (messages or 0)


def test_the_seller_may_have_another_login() -> None:
    """`user_login` is the account, a participant of every thread, and the author of its messages."""
    made = build_world(SimulatorSettings(now=NOW, user_login="someone_else"))
    assert made.account.login == "someone_else"
    for thread in made.threads:
        assert "someone_else" in {person.login for person in thread.participants}
