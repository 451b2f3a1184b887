"""Decisions about repeating, waiting and pacing, without a wire."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from api.allegro import retry
from api.allegro.answers import seconds
from api.allegro.errors import (
    AllegroError,
    NotFound,
    Outage,
    Reason,
    SendOutcomeUnknown,
    TimedOut,
    TooMany,
    Undecodable,
    Unreachable,
)
from tests.unit.allegro.script import FakeTime

HERE = ("GET", "/x")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(("tries", "bound"), [(1, 0.5), (2, 1.0), (3, 2.0), (20, 8.0)])
def test_backoff_doubles_up_to_its_cap(tries: int, bound: float) -> None:
    """The bound doubles with each try and stays at eight seconds."""
    assert retry.Backoff(lambda _low, high: high)(tries) == bound


def test_backoff_may_be_any_wait_below_its_bound() -> None:
    """Full jitter: the wait may be nothing at all."""
    assert retry.Backoff(lambda low, _high: low)(5) == 0.0


@pytest.mark.parametrize(
    "error",
    [
        Unreachable(*HERE, reason=Reason.TLS, nothing_sent=True),
        Outage(*HERE, status=200),
        Outage(*HERE, status=404),
        NotFound(*HERE),
        Undecodable(*HERE),
        TooMany(*HERE, said=None),
        TooMany(*HERE, said=30.0),
    ],
)
def test_reads_do_not_go_on_where_it_cannot_help(error: AllegroError) -> None:
    """A bad certificate, a refusal, a surprise or a long pause is told at once."""
    assert retry.for_reads(FakeTime().timing)(error, 1) is None


@pytest.mark.parametrize(
    "error", [TimedOut(*HERE), Unreachable(*HERE, reason=Reason.CUT), Outage(*HERE, status=503)]
)
def test_messages_do_not_go_on_once_something_was_sent(error: AllegroError) -> None:
    """What may have arrived is not sent twice."""
    assert retry.for_sends(FakeTime().timing)(error, 1) is None


def test_at_most_counts_tries() -> None:
    """The third failure is the last."""
    decide = retry.AtMost(3, lambda _error, _tries: 1.0)
    assert [decide(TimedOut(*HERE), tries) for tries in (1, 2, 3)] == [1.0, 1.0, None]


def test_first_of_asks_in_order() -> None:
    """The first decision that wants to go on wins."""
    decide = retry.FirstOf((lambda _e, _t: None, lambda _e, _t: 2.0, lambda _e, _t: 3.0))
    assert decide(TimedOut(*HERE), 1) == 2.0


async def test_the_pause_counts_from_the_end_of_a_turn() -> None:
    """A slow answer does not shorten the distance to the next message."""
    time = FakeTime()
    pacer = retry.Pacer(time.timing)
    async with pacer.turn():
        time.now += 5.0
    async with pacer.turn():
        pass
    assert time.slept == [pytest.approx(1.1)]


async def test_a_message_after_a_while_does_not_wait() -> None:
    """Where the pause has passed already, nobody waits."""
    time = FakeTime()
    pacer = retry.Pacer(time.timing)
    async with pacer.turn():
        pass
    time.now += 60
    async with pacer.turn():
        pass
    assert time.slept == []


async def test_a_failed_turn_keeps_the_pause_and_frees_the_lock() -> None:
    """An error inside a turn blocks nobody, and still counts as a message."""
    time = FakeTime()
    pacer = retry.Pacer(time.timing)
    with pytest.raises(ValueError, match="x"):
        async with pacer.turn():
            raise ValueError("x")
    async with pacer.turn():
        pass
    assert len(time.slept) == 1


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", 120.0),
        ("Mon, 23 Nov 2026 12:01:30 GMT", 90.0),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("²", None),
    ],
)
def test_retry_after_in_both_forms(header: str, wait: float | None) -> None:
    """Seconds or a date; anything else is none."""
    assert seconds(header, NOW) == wait


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            Unreachable(*HERE, reason=Reason.DNS),
            "GET /x: the host's name cannot be found (no Trace-Id). Check the",
        ),
        (TimedOut(*HERE), "GET /x: no answer in time (no Trace-Id). Try again"),
        (Outage(*HERE, status=503, trace_id="t"), "GET /x: Allegro answered 503 (Trace-Id t). Allegro is in"),
        (
            NotFound(*HERE, code="NO", user_message="Nie ma."),
            'answered 404 NO (no Trace-Id). Allegro says: "Nie ma." It is',
        ),
        (TooMany(*HERE, retry_after=61.4), "Wait 61 seconds."),
        (
            SendOutcomeUnknown(TimedOut("POST", "/x"), sent_at=NOW, digest="d"),
            "sent at 2026-11-23T12:00:00+00:00 and no answer",
        ),
    ],
)
def test_an_error_says_what_happened_and_what_to_do(error: AllegroError, words: str) -> None:
    """Words for people: what was tried, what came, what next."""
    assert words in str(error)
