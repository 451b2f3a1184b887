"""Small values out of payloads: a line, a word, a moment, an amount, however loosely Allegro writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from api import domain
from api.allegro.payloads.reading import NotUnderstood
from api.domain.text import clean_line, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.allegro.payloads import orders

_AMOUNT = re.compile(r"-?\d{1,15}(\.\d{1,8})?")


def line(text: str | None) -> str:
    """One line that a person wrote, decoded and made safe; empty for nothing."""
    return clean_line(text) if text else ""


def word(text: str | float | None) -> str:
    """An id or a word of the wire, made safe; empty for nothing."""
    return "" if text is None else one_line(str(text))


def words(texts: Iterable[str | float | None] | None) -> tuple[str, ...]:
    """The words of a list that may be missing, without empty ones."""
    return tuple(filter(None, map(word, texts or ())))


def full_name(*names: str | None) -> str:
    return " ".join(filter(None, map(line, names)))


def count(value: float | str | None) -> int:
    """A whole number; 0 for what is none."""
    try:
        return int(float(value or 0))
    except (ValueError, OverflowError):
        return 0


def flag(value: bool | str | None) -> bool:  # noqa: FBT001  a value, not a switch
    return value if isinstance(value, bool) else str(value).casefold() == "true"


def money(payload: orders.Price | None) -> domain.Money | None:
    """An amount, or None where there is none. Raises NotUnderstood for one that is no number."""
    return None if payload is None or payload.amount is None else price(payload)


def price(payload: orders.Price) -> domain.Money:
    """An amount that must be there. Raises NotUnderstood."""
    amount = str(payload.amount)
    if not _AMOUNT.fullmatch(amount):
        raise NotUnderstood("$..amount", "expected a decimal number")
    return domain.Money(Decimal(amount), word(payload.currency))


def aware(moment: datetime) -> datetime:
    """Allegro writes UTC; a time without a zone is read as such."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def moment(text: str | None) -> datetime | None:
    """A time that may be missing, or be no time at all."""
    try:
        return aware(datetime.fromisoformat(text)) if text else None
    except ValueError:
        return None


def day(text: str | None) -> date | None:
    """A day that may be missing, be written with a time, or be no day at all."""
    found = moment(text)
    return found.date() if found else None
