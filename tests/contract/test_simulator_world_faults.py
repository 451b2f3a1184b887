"""What a script makes of messages: late, deleted, stuck, blocked, gone, refused; and buyers who write."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from api.allegro import errors
from api.domain import MessageState
from api.simulator.model import Attachment
from api.simulator.refusal import RefusalError
from api.simulator.seed import build_world
from api.simulator.settings import SimulatorSettings
from api.simulator.state import State
from tests.contract.conftest import SEED_NOW
from tests.contract.hurried import client_of, scripted

if TYPE_CHECKING:
    from api.allegro import Allegro
    from api.domain import Account, Message
    from api.simulator.server import Simulator
    from tests.contract.conftest import Hand

DAY = 86_400
SPAM = "Taniej na https://sklep.pracownia-debowa.example/"
HELLO = "dzień dobry"


def rule(fault: str, more: str = "") -> str:
    return f'[[world]]\nfault = "{fault}"\n{more}\n'


def some_thread(simulator: Simulator) -> str:
    return next(it.id for it in simulator.state.threads() if it.status == "OPEN" and len(it.messages) > 1)


async def reply(allegro: Allegro, simulator: Simulator, text: str = HELLO) -> tuple[Account, Message]:
    me = await allegro.account.me()
    return me, await allegro.messaging.reply(me, some_thread(simulator), text)


async def state_of(allegro: Allegro, me: Account, message: Message) -> MessageState:
    return (await allegro.messaging.message(me, message.id, message.thread)).state


async def test_a_late_message_appears_with_its_old_date(hand: Hand) -> None:
    """Nowhere until its time; then below what was written meanwhile, and the thread unread."""
    with scripted(rule("late", "seconds = 600\ntimes = 1"), hand) as simulator:
        thread = some_thread(simulator)
        async with client_of(simulator, hand) as allegro:
            me = await allegro.account.me()
            late_id = simulator.state.receive(thread, "Spóźniona").id
            with pytest.raises(errors.NotFound):
                await allegro.messaging.message(me, late_id, thread)
            before = (await allegro.messaging.messages(me, thread)).items
            simulator.state.receive(thread, "Punktualna")
            hand.move(600)
            after = (await allegro.messaging.messages(me, thread)).items
    assert "Spóźniona" not in {it.text for it in before}
    late = next(it for it in after if it.text == "Spóźniona")
    assert after[0].text == "Punktualna"
    assert after[0].created_at - late.created_at >= timedelta(seconds=600)


async def test_a_late_message_brings_its_files(hand: Hand) -> None:
    """They cannot be had before it appears, and can afterwards."""
    file = Attachment("late-file", "zdjecie.png", "image/png", "SAFE", b"\x89PNG")
    with scripted(rule("late", "seconds = 600"), hand) as simulator:
        state = simulator.state
        late = state.receive(some_thread(simulator), "Spóźniona", (file,))
        with pytest.raises(RefusalError):
            state.attachments.safe(file.id)
        hand.move(600)
        assert state.message(late.id).attachments == (file,)
        assert state.attachments.safe(file.id) == file


async def test_files_stay_with_a_message_whatever_becomes_of_it(hand: Hand) -> None:
    """The outcome of the message and that of the scan come both."""
    with scripted(rule("outcome", 'becomes = "INTERACTING"'), hand) as simulator:
        state = simulator.state
        identifier = state.attachments.declare("faktura.pdf", 4)
        state.attachments.upload(identifier, "application/pdf", b"%PDF")
        thread = state.thread(some_thread(simulator))
        sent = state.answer(thread, HELLO, state.attachments.assign([identifier]))
        hand.move(10)
        shown = state.attachments.shown(state.message(sent.id))
    assert shown.status == "INTERACTING"
    assert [(it.id, it.status) for it in shown.attachments] == [(identifier, "SAFE")]


async def test_a_deleted_message_leaves_the_date_of_its_thread(hand: Hand) -> None:
    """Gone from the list and by its id; `lastMessageDateTime` stays new."""
    with scripted(rule("deleted", "seconds = 60"), hand) as simulator:
        thread = some_thread(simulator)
        async with client_of(simulator, hand) as allegro:
            me = await allegro.account.me()
            message = simulator.state.receive(thread, "Zaraz zniknie")
            listed = await allegro.messaging.thread(me, thread)
            hand.move(60)
            with pytest.raises(errors.NotFound):
                await allegro.messaging.message(me, message.id, thread)
            page = await allegro.messaging.messages(me, thread)
            again = await allegro.messaging.thread(me, thread)
    assert "Zaraz zniknie" not in {it.text for it in page.items}
    assert again.last_message_at == listed.last_message_at


async def test_the_message_of_a_seller_is_deleted_only_where_the_script_says_so(hand: Hand) -> None:
    """`by` chooses whose messages a co-worker deletes."""
    with scripted(rule("deleted", 'by = "seller"'), hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            kept = simulator.state.receive(some_thread(simulator), "Zostaje")
            me, message = await reply(allegro, simulator)
            with pytest.raises(errors.NotFound):
                await state_of(allegro, me, message)
            assert await allegro.messaging.message(me, kept.id, kept.thread)


async def test_a_stuck_message_stays_in_verifying(hand: Hand) -> None:
    """For so much longer, or for ever."""
    script = rule("stuck", "seconds = 100\nnth = 1") + rule("stuck", "nth = 1")
    with scripted(script, hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            me, first = await reply(allegro, simulator)
            _, second = await reply(allegro, simulator, "dzień dobry raz jeszcze")
            hand.move(90)
            assert await state_of(allegro, me, first) is MessageState.VERIFYING
            hand.move(20)
            assert await state_of(allegro, me, first) is MessageState.DELIVERED
            hand.move(30 * DAY)
            assert await state_of(allegro, me, second) is MessageState.VERIFYING


async def test_a_blocked_message_is_gone_after_a_day(hand: Hand) -> None:
    """It is there, BLOCKED, for 24 hours of the simulator's clock."""
    with scripted(rule("vanish"), hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            me, message = await reply(allegro, simulator, SPAM)
            hand.move(2)
            assert await state_of(allegro, me, message) is MessageState.BLOCKED
            hand.move(DAY - 1)
            assert await state_of(allegro, me, message) is MessageState.BLOCKED
            hand.move(1)
            with pytest.raises(errors.NotFound):
                await state_of(allegro, me, message)


async def test_without_a_script_a_blocked_message_stays(hand: Hand) -> None:
    with scripted("", hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            me, message = await reply(allegro, simulator, SPAM)
            hand.move(3 * DAY)
            assert await state_of(allegro, me, message) is MessageState.BLOCKED


async def test_everything_is_refused_for_a_while(hand: Hand) -> None:
    """Even dzień dobry, with Allegro's sentence and nothing stored; before and after it passes."""
    with scripted(rule("refuse", "from = 10\nuntil = 20"), hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            await reply(allegro, simulator)
            hand.move(10)
            with pytest.raises(errors.Unprocessable, match="niezgodna z naszymi zasadami") as caught:
                await reply(allegro, simulator)
            hand.move(10)
            await reply(allegro, simulator)
        there = [m for t in simulator.state.threads() for m in t.messages if m.text == HELLO]
    assert len(there) == 2
    assert caught.value.field == "text"


async def test_everything_may_be_blocked_instead(hand: Hand) -> None:
    """The other reading of that day: taken, and BLOCKED after verification."""
    with scripted(rule("refuse", 'how = "blocked"'), hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            me, message = await reply(allegro, simulator)
            hand.move(2)
            assert await state_of(allegro, me, message) is MessageState.BLOCKED


async def test_every_state_of_moderation_can_be_reached(hand: Hand) -> None:
    """INTERACTING after verification, DISMISSED half a minute later."""
    script = rule("outcome", 'becomes = "INTERACTING"\nthen = "DISMISSED"\nseconds = 30')
    with scripted(script, hand) as simulator:
        async with client_of(simulator, hand) as allegro:
            me, message = await reply(allegro, simulator)
            hand.move(2)
            assert await state_of(allegro, me, message) is MessageState.INTERACTING
            hand.move(30)
            assert await state_of(allegro, me, message) is MessageState.DISMISSED


def lively(hand: Hand, seed: int = 1) -> State:
    settings = SimulatorSettings(now=SEED_NOW, lively=10.0, seed=seed)
    return State(build_world(settings), settings, hand)


def test_buyers_write_while_it_runs(hand: Hand) -> None:
    """One every ten seconds, some of them in new conversations, all unread and in order."""
    state = lively(hand)
    before = {it.id: len(it.messages) for it in state.threads()}
    hand.move(9)
    assert {it.id: len(it.messages) for it in state.threads()} == before
    hand.move(391)
    after = state.threads()
    assert sum(len(it.messages) for it in after) == sum(before.values()) + 40
    new = [it for it in after if it.id not in before]
    assert new
    assert all(it.messages[0].type == "ASK_QUESTION" and it.messages[0].offer and not it.read for it in new)
    assert [it.place for it in after] == sorted((it.place for it in after), reverse=True)


def test_the_same_seed_brings_the_same_buyers(hand: Hand) -> None:
    """However often one looks meanwhile; another seed brings others."""
    seldom, often, other = lively(hand), lively(hand), lively(hand, seed=2)
    for _ in range(20):
        hand.move(5)
        often.threads()

    def told(state: State) -> list[tuple[str, str]]:
        return [(message.id, message.text) for thread in state.threads() for message in thread.messages]

    assert sorted(told(seldom)) == sorted(told(often))
    assert sorted(told(seldom)) != sorted(told(other))


def test_a_window_holds_for_the_moment_at_which_a_buyer_writes(hand: Hand) -> None:
    """However late one looks: what was written in the window is deleted, what was written after it is not."""
    script = "lively = 10\n" + rule("deleted", "until = 25")
    with scripted(script, hand) as simulator:
        before = sum(len(it.messages) for it in simulator.state.threads())
        hand.move(50)
        assert sum(len(it.messages) for it in simulator.state.threads()) == before + 3
