"""Sending one message: once, with consent, and followed until Allegro has decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import pytest

from api.allegro import errors
from api.allegro.outgoing import fingerprint
from api.domain import Message, MessageState, Page
from api.outbox import Consent, Demand, Letter, NotConsentedError, Sender
from api.store import Override, Overrides, StoreError
from policy import Contact, Context, Level
from tests.unit.builders import BUYER, ME, NOW, SELLER, ago, message

if TYPE_CHECKING:
    from api.allegro import Allegro
    from api.domain import Account

FINE = "Dzień dobry, jaki kolor wybrać?"
PAID = "Dzień dobry, wpłata dotarła."
PAID_AND_SHOP = "Dzień dobry, wpłata dotarła. Taniej na www.sklep-ani.pl"
REASON = "Kupująca prosiła o potwierdzenie."
SHOWN = frozenset({"DUP-PAYMENT"})

VERIFYING = message(SELLER, id="m9", text=FINE, state=MessageState.VERIFYING)


def letter(text: str = FINE, contact: Contact = Contact.REPLY) -> Letter:
    return Letter("t1", "o1", text, Context(contact=contact))


def unknown(text: str = FINE) -> errors.SendOutcomeUnknown:
    timed_out = errors.TimedOut("POST", "/messaging/threads/t1/messages", trace_id="trace-1")
    return errors.SendOutcomeUnknown(timed_out, sent_at=NOW, digest=fingerprint(text), thread="t1")


def outage() -> errors.Outage:
    return errors.Outage("GET", "/messaging", status=503)


@dataclass
class FakeMessaging:
    """Plays its answers in order and writes down what it was asked; a raised answer is an exception."""

    replies: list[Message | Exception] = field(default_factory=list)
    pages: list[Iterable[Message] | Exception] = field(default_factory=list)
    states: list[MessageState | Exception] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    looked: int = 0
    watch: Callable[[], None] = lambda: None

    async def reply(self, me: Account, thread_id: str, text: str) -> Message:
        assert me is ME
        self.watch()
        self.sent.append((thread_id, text))
        return self._play(self.replies)

    async def messages(self, me: Account, thread_id: str, cursor: str | None = None) -> Page[Message]:
        assert (me, cursor) == (ME, None)
        self.read.append(thread_id)
        return Page(tuple(self._play(self.pages)), None)

    async def message(self, me: Account, message_id: str, thread: str) -> Message:
        assert (me, message_id, thread) == (ME, VERIFYING.id, VERIFYING.thread)
        self.looked += 1
        state = self._play(self.states)
        return replace(VERIFYING, state=state)

    @staticmethod
    def _play(answers: list[object]) -> object:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class FakeAllegro:
    messaging: FakeMessaging


@dataclass
class FakeOverrides:
    kept: list[Override] = field(default_factory=list)
    error: Exception | None = None

    def add(self, override: Override) -> None:
        if self.error is not None:
            raise self.error
        self.kept.append(override)


@dataclass
class Scene:
    """A sender, and everything around it."""

    messaging: FakeMessaging
    overrides: FakeOverrides
    pauses: list[float]
    sender: Sender

    async def follow(self, sent: Message = VERIFYING) -> list[MessageState]:
        return [changed.state async for changed in self.sender.follow(sent)]


def scene(
    *,
    replies: Iterable[Message | Exception] = (VERIFYING,),
    pages: Iterable[Iterable[Message] | Exception] = (),
    states: Iterable[MessageState | Exception] = (),
    error: Exception | None = None,
) -> Scene:
    messaging = FakeMessaging([*replies], [*pages], [*states])
    overrides, pauses = FakeOverrides(error=error), []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    allegro = cast("Allegro", FakeAllegro(messaging))
    return Scene(messaging, overrides, pauses, Sender(allegro, ME, cast("Overrides", overrides), sleep))


async def test_a_message_that_no_rule_speaks_against() -> None:
    """It goes as it was typed, once, and what Allegro made of it comes back."""
    stage = scene()
    assert await stage.sender.send(letter(), Consent()) is VERIFYING
    assert stage.messaging.sent == [("t1", FINE)]
    assert stage.overrides.kept == []
    assert stage.pauses == []


@pytest.mark.parametrize(
    ("contact", "needed", "level"),
    [
        (Contact.STALE, Demand.CONFIRMATION, Level.WARN),
        (Contact.INITIATED, Demand.REASON, Level.BLOCK),
    ],
)
async def test_nothing_goes_without_consent(contact: Contact, needed: Demand, level: Level) -> None:
    """A warn and a block stop a message before the wire, and the error says what is asked for."""
    stage = scene()
    with pytest.raises(NotConsentedError) as stopped:
        await stage.sender.send(letter(PAID, contact), Consent())
    assert stopped.value.needed is needed
    assert stopped.value.verdict.level is level
    assert stage.messaging.sent == []
    assert stage.overrides.kept == []


async def test_confirmed_warn_goes_and_leaves_no_override() -> None:
    """Who confirms a warn sends; only blocks are overridden."""
    stage = scene()
    await stage.sender.send(letter(PAID, Contact.STALE), Consent(SHOWN))
    assert stage.messaging.sent == [("t1", PAID)]
    assert stage.overrides.kept == []


async def test_changed_text_that_breaks_another_rule_asks_again() -> None:
    """A consent to the rules of one text sends no other text that breaks more of them."""
    stage = scene()
    with pytest.raises(NotConsentedError) as stopped:
        await stage.sender.send(letter(PAID_AND_SHOP, Contact.INITIATED), Consent(SHOWN, REASON))
    assert stopped.value.needed is Demand.REASON
    assert stage.messaging.sent == []
    assert stage.overrides.kept == []


async def test_override_is_kept_before_the_message_goes() -> None:
    """The reason is on the disk when the message reaches the wire."""
    stage = scene()
    kept_when_sent: list[Override] = []
    stage.messaging.watch = lambda: kept_when_sent.extend(stage.overrides.kept)
    await stage.sender.send(letter(PAID, Contact.INITIATED), Consent(SHOWN, f"  {REASON}\n"))
    assert kept_when_sent == [Override("1", "t1", "o1", ("DUP-PAYMENT",), REASON, NOW)]
    assert len(stage.messaging.sent) == 1


async def test_override_names_only_the_rules_that_stop() -> None:
    """What merely warned beside a block is no part of the decision."""
    stage = scene()
    text = f"{PAID} Taniej na www.sklep-ani.pl"
    with pytest.raises(NotConsentedError) as stopped:
        await stage.sender.send(letter(text, Contact.STALE), Consent())
    levels = {finding.rule.id: finding.level for finding in stopped.value.verdict.findings}
    assert set(levels.values()) >= {Level.WARN, Level.BLOCK}
    await stage.sender.send(letter(text, Contact.STALE), Consent(frozenset(levels), REASON))
    blocking = sorted(rule for rule, level in levels.items() if level is Level.BLOCK)
    assert [list(override.rules) for override in stage.overrides.kept] == [blocking]


async def test_not_sent_when_the_reason_cannot_be_kept() -> None:
    """A reason that the disk refuses is no reason to send."""
    stage = scene(error=StoreError("overrides.json: cannot be written (No space left on device)"))
    with pytest.raises(StoreError, match="No space"):
        await stage.sender.send(letter(PAID, Contact.INITIATED), Consent(SHOWN, REASON))
    assert stage.messaging.sent == []


REFUSALS = [
    errors.NotSignedIn("POST", "/messaging"),
    errors.Unprocessable("POST", "/messaging", code="THREAD_CLOSED"),
    errors.TooMany("POST", "/messaging"),
    errors.Unreachable("POST", "/messaging", nothing_sent=True),
    errors.TextTooLong(2001, 2000),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda error: type(error).__name__)
async def test_a_refusal_is_told_and_not_repeated(refusal: Exception) -> None:
    """A message that did not go is the seller's to send again, never ours."""
    stage = scene(replies=[refusal])
    with pytest.raises(type(refusal)):
        await stage.sender.send(letter(), Consent())
    assert len(stage.messaging.sent) == 1
    assert stage.messaging.read == []


async def test_lost_answer_and_the_message_is_there() -> None:
    """Where the answer was lost the thread is read, and our message in it is the outcome."""
    arrived = replace(VERIFYING, text="Dzień dobry,\u00a0 jaki kolor wybrać?\n")
    stage = scene(replies=[unknown()], pages=[[message(BUYER, ago(minutes=1)), arrived]])
    assert await stage.sender.send(letter(), Consent()) is arrived
    assert len(stage.messaging.sent) == 1
    assert stage.messaging.read == ["t1"]


async def test_lost_answer_and_the_message_shows_up_later() -> None:
    """It may take Allegro a while to show a message, and reading may fail meanwhile."""
    stage = scene(replies=[unknown()], pages=[[], outage(), [VERIFYING]])
    assert await stage.sender.send(letter(), Consent()) is VERIFYING
    assert len(stage.messaging.sent) == 1
    assert stage.pauses == sorted(stage.pauses)
    assert len(stage.pauses) == 3


OTHERS = {
    "nothing": [],
    "another text": [replace(VERIFYING, text="Dzień dobry, jaki rozmiar wybrać?")],
    "the buyer's same words": [message(BUYER, text=FINE)],
    "our same words of yesterday": [replace(VERIFYING, created_at=ago(days=1))],
    "our same words of 121 seconds ago": [replace(VERIFYING, created_at=ago(seconds=121))],
}


@pytest.mark.parametrize("page", OTHERS.values(), ids=OTHERS)
async def test_lost_answer_and_no_such_message(page: list[Message]) -> None:
    """What is not our message of just now is not taken for it: the outcome stays unknown."""
    stage = scene(replies=[unknown()], pages=[page, page, page])
    with pytest.raises(errors.SendOutcomeUnknown):
        await stage.sender.send(letter(), Consent())
    assert len(stage.messaging.sent) == 1


async def test_clock_of_allegro_may_be_behind() -> None:
    """Two minutes of difference between the clocks lose no message."""
    behind = replace(VERIFYING, created_at=ago(seconds=120))
    stage = scene(replies=[unknown()], pages=[[behind]])
    assert await stage.sender.send(letter(), Consent()) is behind


async def test_lost_answer_and_reading_fails_each_time() -> None:
    """Where nothing can be read the seller hears that nobody knows, not that reading failed."""
    stage = scene(replies=[unknown()], pages=[outage(), errors.NotSignedIn("GET", "/messaging"), outage()])
    with pytest.raises(errors.SendOutcomeUnknown):
        await stage.sender.send(letter(), Consent())
    assert len(stage.messaging.sent) == 1


async def test_same_words_sent_a_moment_ago_are_another_message() -> None:
    """A "thank you" that went is not taken for the next one, whose answer was lost."""
    stage = scene(replies=[VERIFYING, unknown()], pages=[[VERIFYING]] * 3)
    await stage.sender.send(letter(), Consent())
    with pytest.raises(errors.SendOutcomeUnknown):
        await stage.sender.send(letter(), Consent())


async def test_a_found_message_is_found_once() -> None:
    """A message that settled one lost answer does not settle the next one too."""
    stage = scene(replies=[unknown(), unknown()], pages=[[VERIFYING]] * 4)
    await stage.sender.send(letter(), Consent())
    with pytest.raises(errors.SendOutcomeUnknown):
        await stage.sender.send(letter(), Consent())


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        ([MessageState.DELIVERED], [MessageState.DELIVERED]),
        ([MessageState.BLOCKED], [MessageState.BLOCKED]),
        ([MessageState.VERIFYING, MessageState.VERIFYING, MessageState.DELIVERED], [MessageState.DELIVERED]),
        (
            [MessageState.INTERACTING, MessageState.INTERACTING, MessageState.DISMISSED],
            [MessageState.INTERACTING, MessageState.DISMISSED],
        ),
        ([MessageState.OTHER], [MessageState.OTHER]),
    ],
)
async def test_followed_until_allegro_has_decided(seen: list[MessageState], told: list[MessageState]) -> None:
    """Each change is told once, and the last one is Allegro's decision."""
    stage = scene(states=seen)
    assert await stage.follow() == told
    assert stage.messaging.looked == len(seen)
    assert len(stage.pauses) == len(seen)


@pytest.mark.parametrize("state", [MessageState.DELIVERED, MessageState.BLOCKED, MessageState.DISMISSED])
async def test_what_is_decided_is_not_followed(state: MessageState) -> None:
    """A message that Allegro has already judged costs no request."""
    stage = scene()
    assert await stage.follow(replace(VERIFYING, state=state)) == []
    assert stage.pauses == []


async def test_troubles_that_pass_do_not_end_the_following() -> None:
    """Outages, lost networks and pauses that Allegro asks for say nothing about the message."""
    passing = [
        outage(),
        errors.Unreachable("GET", "/messaging"),
        errors.TimedOut("GET", "/messaging"),
        errors.TooMany("GET", "/messaging"),
    ]
    stage = scene(states=[*passing, MessageState.DELIVERED])
    assert await stage.follow() == [MessageState.DELIVERED]


async def test_a_message_that_is_gone_ends_the_following() -> None:
    """A blocked text vanishes after a day: there is nothing left to look at."""
    stage = scene(states=[MessageState.VERIFYING, errors.NotFound("GET", "/messaging")])
    assert await stage.follow() == []
    assert stage.messaging.looked == 2


@pytest.mark.parametrize("error", [errors.NotSignedIn("GET", "/"), errors.Undecodable("GET", "/")])
async def test_troubles_that_stay_are_raised(error: errors.AllegroError) -> None:
    """Who cannot look any more is told so."""
    with pytest.raises(type(error)):
        await scene(states=[error]).follow()


async def test_a_held_message_is_followed_for_hours() -> None:
    """The looks become rarer, never end by themselves, and stay within Allegro's limits."""
    stage = scene(states=[*[MessageState.VERIFYING] * 500, MessageState.DELIVERED])
    assert await stage.follow() == [MessageState.DELIVERED]
    assert stage.pauses == sorted(stage.pauses)
    assert stage.pauses[0] <= 1
    assert stage.pauses[-1] == 60
    assert sum(stage.pauses) > 6 * 3600
