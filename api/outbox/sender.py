"""Sending one message: through the gate, onto the wire, and on until Allegro has decided."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import chain, repeat
from typing import TYPE_CHECKING

from api.allegro.errors import AllegroError, NotFound, SendOutcomeUnknown, TooMany, Unavailable
from api.allegro.outgoing import prepare
from api.allegro.sent import OVERLAP, Sought, find
from api.clock import now
from api.outbox.gate import Consent, Demand, demand
from api.rules import seller_pack
from api.store import Override, Overrides
from policy import Context, Level, Verdict, check
from policy import Message as Words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from datetime import datetime

    from api.allegro import Allegro
    from api.domain import Account, Message

PASSING = (Unavailable, TooMany)
"""Troubles that say nothing about the message and pass by themselves."""

FOLLOWING = (0.5, 1.0, 1.0, 2.0, 2.0, 3.0, 5.0, 5.0, 10.0, *repeat(15.0, 40))
"""Seconds between looks at a message that Allegro verifies: soon at first, ten minutes in all ..."""

FOLLOWING_LATER = 60.0
"""... and then once a minute: a held message may take hours."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be sent into a thread, the order it is about, and what the rules must know of it.

    `known` are the ids of the messages that stood in the thread before: none of them is this one.
    """

    thread: str
    order: str
    text: str
    context: Context
    known: frozenset[str] = frozenset()


class NotConsentedError(Exception):
    """The gate is closed: the verdict asks for something that the seller has not given."""

    def __init__(self, verdict: Verdict, needed: Demand) -> None:
        super().__init__(f"the verdict {verdict.level.word} asks for a {needed.value}")
        self.verdict = verdict
        self.needed = needed


class Sender:
    """Sends the messages of one account. Methods raise `api.allegro.errors.AllegroError`."""

    def __init__(
        self,
        allegro: Allegro,
        account: Account,
        overrides: Overrides,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._allegro = allegro
        self._account = account
        self._overrides = overrides
        self._sleep = sleep
        self._accounted_for: set[str] = set()

    async def send(self, letter: Letter, consent: Consent) -> Message:
        """Send a letter once and return the message that Allegro made of it.

        Raises, before anything is sent: TextRefused for a text that Allegro cannot take, NotConsentedError
        when the rules ask for more consent, StoreError when the reason of an override cannot be kept. Raises
        SendOutcomeUnknown only when reading the thread again
        could not settle whether the message is there.
        """
        prepare(letter.text)
        verdict = check(Words(letter.text), letter.context, seller_pack(letter.context.marketplace))
        needed = demand(verdict, consent)
        if needed is not Demand.NOTHING:
            raise NotConsentedError(verdict, needed)
        started = now()
        override = self._override(letter, verdict, consent, started)
        if override is not None:  # before the wire: a reason that cannot be kept is no reason to send
            await asyncio.to_thread(self._overrides.add, override)
        try:
            message = await self._allegro.messaging.reply(self._account, letter.thread, letter.text)
        except SendOutcomeUnknown as unknown:
            sought = Sought(
                digest=unknown.digest,
                since=started - OVERLAP,
                thread=letter.thread,
                attachments=unknown.attachments,
                known=frozenset(self._accounted_for | letter.known),
            )
            found = await self._find(sought)
            if found is None:
                raise
            message = found
        self._accounted_for.add(message.id)  # the same words again are another message
        return message

    async def follow(self, message: Message) -> AsyncIterator[Message]:
        """The message each time its state changes, until Allegro has decided or it is gone."""
        pauses = chain(FOLLOWING, repeat(FOLLOWING_LATER))
        while not message.state.settled:
            await self._sleep(next(pauses))
            try:
                fresh = await self._allegro.messaging.message(
                    self._account, message.id, thread=message.thread
                )
            except PASSING:
                continue
            except NotFound:
                return
            if fresh.state is not message.state:
                message = fresh
                yield message

    async def _find(self, sought: Sought) -> Message | None:
        """Our own message with this text in the thread, looked for a few times."""
        for pause in (1.0, 2.0, 4.0):
            await self._sleep(pause)
            try:
                found = await find(self._allegro.messaging, self._account, sought)
            except AllegroError:
                continue
            if found is not None:
                return found
        return None

    def _override(self, letter: Letter, verdict: Verdict, consent: Consent, at: datetime) -> Override | None:
        if verdict.level < Level.BLOCK:
            return None
        blocking = {finding.rule.id for finding in verdict.findings if finding.level >= Level.BLOCK}
        return Override(
            account=self._account.id,
            thread=letter.thread,
            order=letter.order,
            rules=tuple(sorted(blocking)),
            reason=consent.reason.strip(),
            at=at,
        )
