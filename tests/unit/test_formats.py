"""Dates, times and money as people write them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from api.domain import Money
from tests.unit.builders import NOW
from tui import formats
from tui.i18n import choose_language


def utc(month: int, day: int, hour: int = 12, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (utc(11, 23, 13, 3), "14:03"),
        (utc(7, 1, 13, 3), "15:03"),
        (utc(11, 22, 23, 0), "00:00"),
        (utc(10, 25, 0, 30), "02:30"),
        (utc(10, 25, 1, 30), "02:30"),
    ],
)
def test_clock_is_the_sellers(moment: datetime, shown: str) -> None:
    """Hours and minutes in Warsaw, in summer and in winter."""
    assert formats.clock(moment) == shown


@pytest.mark.parametrize(
    ("moment", "polish", "english"),
    [
        (NOW, "dzisiaj", "today"),
        (utc(11, 22, 23, 0), "dzisiaj", "today"),
        (utc(11, 22, 22, 59), "wczoraj", "yesterday"),
        (utc(11, 21, 23, 0), "wczoraj", "yesterday"),
        (utc(11, 21, 22, 59), "sobota, 21 listopada", "Saturday, 21 November"),
        (utc(1, 1), "czwartek, 1 stycznia", "Thursday, 1 January"),
        (utc(12, 31, 22, 59, year=2025), "środa, 31 grudnia 2025", "Wednesday, 31 December 2025"),
    ],
)
def test_day(moment: datetime, polish: str, english: str) -> None:
    """A heading: near days by name, others with weekday and month, the year only where it is another."""
    said = [formats.day(moment, NOW)]
    choose_language("en")
    said.append(formats.day(moment, NOW))
    assert [said[0].replace("dziś", "dzisiaj"), said[1]] == [polish, english]


@pytest.mark.parametrize(
    ("moment", "polish", "english"),
    [
        (utc(11, 22, 23, 0), "00:00", "00:00"),
        (utc(11, 22, 22, 59), "niedz", "Sun"),
        (utc(11, 17), "wt", "Tue"),
        (utc(11, 16, 23, 0), "wt", "Tue"),
        (utc(11, 16, 22, 59), "16.11", "16.11"),
        (utc(11, 24), "wt", "Tue"),
        (utc(3, 5, year=2024), "05.03", "05.03"),
    ],
)
def test_short(moment: datetime, polish: str, english: str) -> None:
    """The time today, the weekday within the last six days, else day and month; never wider than six."""
    said = [formats.short(moment, NOW)]
    choose_language("en")
    said.append(formats.short(moment, NOW))
    assert said == [polish, english]
    assert max(map(len, said)) <= 6


@pytest.mark.parametrize(("language", "shown"), [("pl", "18 lis, 14:03"), ("en", "Nov 18, 14:03")])
def test_moment(language: str, shown: str) -> None:
    """A date and a time in one."""
    choose_language(language)
    assert formats.moment(utc(11, 18, 13, 3)) == shown


@pytest.mark.parametrize(
    ("amount", "currency", "polish", "english"),
    [
        ("49.99", "PLN", "49,99 zł", "PLN49.99"),
        ("1234567.5", "PLN", "1 234 567,50 zł", "PLN1,234,567.50"),
        ("0", "PLN", "0,00 zł", "PLN0.00"),
        ("-5", "PLN", "-5,00 zł", "-PLN5.00"),
        ("129.00", "CZK", "129,00 CZK", "CZK129.00"),
        ("12.34", "EUR", "12,34 €", "€12.34"),
        ("10", "XXQ", "10,00 XXQ", "XXQ10.00"),
    ],
)
def test_money(amount: str, currency: str, polish: str, english: str) -> None:
    """An amount with its currency as each language writes it; a currency nobody knows keeps its code."""
    price = Money(Decimal(amount), currency)
    said = [formats.money(price)]
    choose_language("en")
    said.append(formats.money(price))
    assert [text.replace("\xa0", "").replace(" ", "") for text in said] == [
        polish.replace(" ", ""),
        english,
    ]


def test_money_does_not_break() -> None:
    """No line ends between an amount and its currency, nor within an amount."""
    assert formats.money(Money(Decimal("1234567.5"), "PLN")) == "1\xa0234\xa0567,50\xa0zł"


def test_letters_and_amount_are_apart() -> None:
    """English writes PLN 49.99, with a space that does not break."""
    choose_language("en")
    assert formats.money(Money(Decimal("49.99"), "PLN")) == "PLN\xa049.99"
