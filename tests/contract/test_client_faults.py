"""Each request fault happens as the script says, and the client makes of it the error that it documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.allegro import errors
from tests.contract.hurried import client_of, scripted

if TYPE_CHECKING:
    from api.allegro import Allegro
    from api.simulator.server import Simulator
    from tests.contract.conftest import Hand

TEXT = "Dzień dobry, już sprawdzam."


def rule(fault: str, more: str = "", requests: str = "sends") -> str:
    return f'[[request]]\nname = "it"\nrequests = "{requests}"\nfault = "{fault}"\n{more}\n'


def stored(simulator: Simulator) -> int:
    return sum(message.text == TEXT for thread in simulator.state.threads() for message in thread.messages)


async def send(allegro: Allegro, simulator: Simulator) -> None:
    me = await allegro.account.me()
    thread = next(it for it in simulator.state.threads() if it.status == "OPEN")
    await allegro.messaging.reply(me, thread.id, TEXT)


@pytest.mark.parametrize(
    ("fault", "more", "failure", "there"),
    [
        ("reset", "", errors.Unreachable, 0),
        ("reset", "handled = true", errors.Unreachable, 1),
        ("timeout", "", errors.TimedOut, 1),
        ("timeout", "handled = false", errors.TimedOut, 0),
        ("status", "status = 500", errors.Outage, 0),
        ("status", "status = 503\nhandled = true", errors.Outage, 1),
        ("status", "status = 504", errors.Outage, 0),
    ],
)
async def test_a_send_whose_answer_is_lost_is_unknown(
    hand: Hand, fault: str, more: str, failure: type[errors.AllegroError], there: int
) -> None:
    """It is sent once, stored where the script says so, and the error tells what a search needs."""
    with scripted(rule(fault, more), hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            with pytest.raises(errors.SendOutcomeUnknown) as caught:
                await send(allegro, simulator)
        assert simulator.state.faults.acted["it"] == 1
        assert stored(simulator) == there
    assert type(caught.value.failure) is failure
    assert caught.value.thread
    assert caught.value.digest


async def test_a_held_answer_ends_in_a_reset(hand: Hand) -> None:
    """A client that waits longer than the script sees the connection end."""
    with scripted(rule("timeout", "seconds = 0"), hand) as simulator:
        simulator.state.faults.listeners.clear()
        async with client_of(simulator, hand) as allegro:
            simulator.state.faults.listeners.clear()  # nobody tells this client to hurry
            with pytest.raises(errors.SendOutcomeUnknown) as caught:
                await send(allegro, simulator)
    assert isinstance(caught.value.failure, errors.Unreachable)


async def test_a_429_stores_nothing_and_keeps_the_client_quiet(hand: Hand) -> None:
    """TooMany with Allegro's words and its pause; the next send is not asked until the pause is over."""
    with scripted(rule("status", "status = 429\nretry_after = 90\ntimes = 1"), hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            with pytest.raises(errors.TooMany) as first:
                await send(allegro, simulator)
            with pytest.raises(errors.TooMany) as second:
                await send(allegro, simulator)
            assert stored(simulator) == 0
            hand.move(second.value.retry_after)
            await send(allegro, simulator)
        assert stored(simulator) == 1
    assert (first.value.asked, second.value.asked) == (True, False)
    assert first.value.said == 90
    assert first.value.user_message


async def test_a_page_of_html_for_a_list_is_an_outage(hand: Hand) -> None:
    """404 as HTML does not mean that there are no conversations."""
    with scripted(rule("html404", requests="all"), hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            with pytest.raises(errors.Outage) as caught:
                await allegro.account.me()
    assert caught.value.status == 404
    assert caught.value.trace_id


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.BadRequest),
        (401, errors.NotSignedIn),
        (403, errors.NotPermitted),
        (404, errors.NotFound),
        (409, errors.Conflict),
        (422, errors.Unprocessable),
    ],
)
async def test_other_errors_come_in_the_envelope(
    hand: Hand, status: int, kind: type[errors.AllegroError]
) -> None:
    """With the code of the script."""
    more = f'status = {status}\ncode = "FROM_SCRIPT"\npath = "/messaging/threads/*"'
    with scripted(rule("status", more, "reads"), hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            me = await allegro.account.me()
            with pytest.raises(kind) as caught:
                await allegro.messaging.thread(me, simulator.state.threads()[0].id)
    assert caught.value.code == "FROM_SCRIPT"


async def test_a_read_goes_on_through_a_burst_that_passes(hand: Hand) -> None:
    """Two resets, and the third try is answered."""
    with scripted(rule("reset", "times = 2", "reads"), hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            assert (await allegro.account.me()).login == simulator.state.account.login
        assert simulator.state.faults.acted["it"] == 2


async def test_a_429_burst_lasts_as_long_as_its_window(hand: Hand) -> None:
    """Within the seconds of the script everything is too much; after them nothing is."""
    more = 'status = 429\nfrom = 10\nuntil = 30\npath = "/me"'
    with scripted(rule("status", more, "reads"), hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            await allegro.account.me()
            hand.move(15)
            with pytest.raises(errors.TooMany) as caught:
                await allegro.account.me()
            hand.move(caught.value.retry_after)
            await allegro.account.me()


async def test_latency_lets_another_fault_follow(hand: Hand) -> None:
    """A slow answer is an answer; a slow failure is a failure."""
    slow = '[[request]]\nname = "slow"\nfault = "latency"\nseconds = 0.001\n'
    with scripted(slow + rule("status", "status = 422\nnth = 2", "reads"), hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            await allegro.account.me()
            with pytest.raises(errors.Unprocessable):
                await allegro.account.me()
        assert simulator.state.faults.acted == {"slow": 2, "it": 1}


async def test_the_first_page_that_comes_again_is_not_taken_for_the_next(hand: Hand) -> None:
    """Whoever asks for the second page gets the first one, once; the client says so and can ask again."""
    with scripted(rule("first-page", "times = 1", "reads"), hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            me = await allegro.account.me()
            first = await allegro.messaging.threads(me)
            with pytest.raises(errors.Undecodable) as caught:
                await allegro.messaging.threads(me, first.next)
            second = await allegro.messaging.threads(me, first.next)
    assert caught.value.field == "$.nextPage.id"
    assert second.items
    assert not {it.id for it in second.items} & {it.id for it in first.items}
