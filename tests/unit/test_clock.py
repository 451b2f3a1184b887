"""The one clock, and how it is frozen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from api.clock import BadClockError, now


@pytest.mark.parametrize(
    ("frozen", "moment"),
    [
        ("2026-11-23T14:30:00+01:00", datetime(2026, 11, 23, 13, 30, tzinfo=UTC)),
        ("2026-11-23T14:30+01:00", datetime(2026, 11, 23, 13, 30, tzinfo=UTC)),
        ("2026-11-23T13:30:00Z", datetime(2026, 11, 23, 13, 30, tzinfo=UTC)),
        ("2026-07-01T00:30:00.250+02:00", datetime(2026, 6, 30, 22, 30, 0, 250_000, tzinfo=UTC)),
    ],
)
def test_frozen(frozen: str, moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """OKIENKO_NOW is the time, in UTC whatever its zone."""
    monkeypatch.setenv("OKIENKO_NOW", frozen)
    assert now() == moment
    assert now().tzinfo is UTC


@pytest.mark.parametrize("empty", [None, ""])
def test_running(empty: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without OKIENKO_NOW, or with an empty one, time is this machine's."""
    monkeypatch.delenv("OKIENKO_NOW")
    if empty is not None:
        monkeypatch.setenv("OKIENKO_NOW", empty)
    before = datetime.now(UTC)
    assert before <= now() <= datetime.now(UTC)
    assert now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("yesterday", "not an ISO 8601 time"),
        (" ", "not an ISO 8601 time"),
        ("2026-02-30T10:00:00Z", "not an ISO 8601 time"),
        ("2026-11-23T14:30:00", r"a zone is missing \(write \.\.\.T10:00:00\+01:00\)"),
        ("2026-11-23", "a zone is missing"),
        ("0001-01-01T00:00:00+01:00", "not an ISO 8601 time"),
    ],
)
def test_unreadable(bad: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A time that cannot be used is refused by name, with what was found."""
    monkeypatch.setenv("OKIENKO_NOW", bad)
    with pytest.raises(
        BadClockError, match=rf"^OKIENKO_NOW={bad!r}: {words}".replace("+01:00'", r"\+01:00'")
    ):
        now()
