"""A thousand messages through a bad network: nothing lost, nothing sent twice, each outcome known.

What settles an unknown outcome here is built only on what the client hands out; the outbox has its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from api.allegro import errors
from api.allegro.outgoing import fingerprint
from tests.contract.hurried import client_of, scripted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from api.allegro import Allegro
    from api.allegro.errors import SendOutcomeUnknown
    from api.domain import Account, Message
    from tests.contract.conftest import Hand

COUNT = 1_000
TOLERANCE = timedelta(minutes=2)

SCRIPT = """
seed = 22

[[request]]
name = "reset before"
requests = "sends"
fault = "reset"
share = 0.04

[[request]]
name = "reset after"
requests = "sends"
fault = "reset"
handled = true
share = 0.04

[[request]]
name = "stored, no answer"
requests = "sends"
fault = "timeout"
share = 0.04

[[request]]
name = "not stored, no answer"
requests = "sends"
fault = "timeout"
handled = false
share = 0.02

[[request]]
name = "500 before"
requests = "sends"
fault = "status"
status = 500
share = 0.03

[[request]]
name = "500 after"
requests = "sends"
fault = "status"
status = 500
handled = true
share = 0.03

[[request]]
name = "429"
requests = "sends"
fault = "status"
status = 429
share = 0.03

[[request]]
name = "reads fail"
requests = "reads"
fault = "status"
status = 502
share = 0.3

[[request]]
name = "reads are cut"
requests = "reads"
fault = "reset"
share = 0.1
"""


@dataclass(frozen=True)
class Letter:
    text: str
    thread: str = ""
    order: str = ""
    buyer: str = ""


class Post:
    """Sends letters one after the other and knows what became of each."""

    def __init__(self, allegro: Allegro, me: Account, hand: Hand) -> None:
        self.allegro = allegro
        self.me = me
        self.hand = hand
        self.met: Counter[str] = Counter()
        self.accounted_for: set[str] = set()

    async def deliver(self, letter: Letter) -> str:
        """Until the letter is there; gives the id of the message that it became."""
        while True:
            try:
                message = await self._once(letter)
            except errors.TooMany as error:
                self.met["429" if error.asked else "kept quiet"] += 1
                if not error.asked:  # whoever asks too early is told so without a request
                    self.hand.move(error.retry_after)
                continue
            except errors.SendOutcomeUnknown as unknown:
                self.met[type(unknown.failure).__name__] += 1
                found = await self._find(unknown)
                self.met["was there" if found else "was not there"] += 1
                if found is None:
                    continue
                message = found
            self.accounted_for.add(message.id)
            return message.id

    async def _once(self, letter: Letter) -> Message:
        if letter.thread:
            return await self.allegro.messaging.reply(self.me, letter.thread, letter.text)
        return await self.allegro.messaging.write(
            self.me, order=letter.order, buyer=letter.buyer, text=letter.text
        )

    async def _find(self, unknown: SendOutcomeUnknown) -> Message | None:
        """The message of an unknown send, looked for until the conversation can be read to the end."""
        while True:
            try:
                thread = unknown.thread or await self._thread_with(unknown.buyer)
                async for message in self._since(thread, unknown):
                    ours = message.author.mine and message.id not in self.accounted_for
                    if ours and fingerprint(message.text) == unknown.digest:
                        return message
            except errors.Unavailable:
                self.met["reading failed"] += 1
            else:
                return None

    async def _since(self, thread: str, unknown: SendOutcomeUnknown) -> AsyncIterator[Message]:
        """Everything in the thread that may be younger than the send."""
        cursor: str | None = None
        while thread:
            page = await self.allegro.messaging.messages(self.me, thread, cursor)
            for message in page.items:
                if message.created_at < unknown.sent_at - TOLERANCE:
                    return
                yield message
            cursor = page.next
            if cursor is None:
                return

    async def _thread_with(self, buyer: str) -> str:
        cursor: str | None = None
        while True:
            page = await self.allegro.messaging.threads(self.me, cursor)
            for thread in page.items:
                if thread.buyer.casefold() == buyer.casefold():
                    return thread.id
            cursor = page.next
            if cursor is None:
                return ""


async def test_a_thousand_sends_through_trouble(hand: Hand) -> None:
    """Resets, time-outs before and after storing, 500s and 429s: each text stands there exactly once."""
    with scripted(SCRIPT, hand) as simulator:
        state = simulator.state
        threads = [it.id for it in state.threads() if it.type == "COMMON"]
        lone = [it for it in state.orders.values() if state.thread_with(it.buyer.login) is None]
        letters = []
        for number in range(COUNT):
            text = f"Dzień dobry, to odpowiedź numer {number} & dalszy ciąg."
            if number % 5:
                letters.append(Letter(text, thread=threads[number % len(threads)]))
            else:
                order = lone[number % len(lone)]
                letters.append(Letter(text, order=order.id, buyer=order.buyer.login))
        async with client_of(simulator, hand) as allegro:
            me = await allegro.account.me()
            post = Post(allegro, me, hand)
            outcomes = {letter.text: await post.deliver(letter) for letter in letters}
        there = [
            (message.text, message.id)
            for thread in state.threads()
            for message in thread.messages
            if message.text.startswith("Dzień dobry, to odpowiedź numer")
        ]
        acted = state.faults.acted
    assert lone
    assert len(there) == COUNT
    assert dict(there) == outcomes
    assert all(
        acted[name] >= 15 for name in ("reset before", "reset after", "stored, no answer", "500 after")
    )
    assert all(acted[name] >= 10 for name in ("not stored, no answer", "500 before", "429"))
    assert post.met["429"] == acted["429"] == post.met["kept quiet"]
    assert post.met["Unreachable"] == acted["reset before"] + acted["reset after"]
    assert post.met["TimedOut"] == acted["stored, no answer"] + acted["not stored, no answer"]
    assert post.met["Outage"] == acted["500 before"] + acted["500 after"]
    handled = acted["reset after"] + acted["stored, no answer"] + acted["500 after"]
    assert post.met["was there"] == handled
    assert post.met["reading failed"] > 0
