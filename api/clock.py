"""The one clock of the program: `OKIENKO_NOW` freezes it for tests and pictures."""

from __future__ import annotations

import os
from datetime import UTC, datetime


class BadClockError(ValueError):
    """OKIENKO_NOW holds something that is no ISO 8601 time with a zone."""


def now() -> datetime:
    """The current time with zone UTC, or the frozen one.

    Raises BadClockError when OKIENKO_NOW cannot be read or names no zone.
    """
    frozen = os.environ.get("OKIENKO_NOW")
    if not frozen:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(frozen)
        universal = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadClockError(f"OKIENKO_NOW={frozen!r}: not an ISO 8601 time") from None
    if moment.tzinfo is None:
        raise BadClockError(f"OKIENKO_NOW={frozen!r}: a zone is missing (write ...T10:00:00+01:00)")
    return universal
