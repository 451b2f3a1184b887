"""Dates, times and money as a person reads them, in the language chosen and the seller's zone."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_currency

from tui.i18n import _, language

if TYPE_CHECKING:
    from datetime import datetime

    from api.domain import Money

ZONE = ZoneInfo("Europe/Warsaw")
WEEK = timedelta(days=6)


@cache
def _locale(code: str) -> Locale:
    return Locale(code)


def clock(moment: datetime) -> str:
    """Hours and minutes: "14:03"."""
    return moment.astimezone(ZONE).strftime("%H:%M")


def day(moment: datetime, today: datetime) -> str:
    """A day as a heading: "today", "yesterday", "Tuesday, 18 November", with the year when it is another."""
    then, reference = moment.astimezone(ZONE).date(), today.astimezone(ZONE).date()
    if then == reference:
        return _("today")
    if then == reference - timedelta(days=1):
        return _("yesterday")
    pattern = "EEEE, d MMMM" if then.year == reference.year else "EEEE, d MMMM y"
    return format_date(then, pattern, locale=_locale(language()))


def short(moment: datetime, today: datetime) -> str:
    """A moment in at most six columns: "14:03" today, the weekday within a week, else day and month."""
    then, reference = moment.astimezone(ZONE), today.astimezone(ZONE)
    if then.date() == reference.date():
        return clock(moment)
    if reference.date() - then.date() <= WEEK:
        return format_datetime(then, "EEE", locale=_locale(language())).rstrip(".")
    return format_datetime(then, "dd.MM", locale=_locale(language()))


def moment(instant: datetime) -> str:
    """A date and a time: "18 Nov, 14:03"."""
    then = instant.astimezone(ZONE)
    return f"{format_skeleton('MMMd', then, locale=_locale(language()))}, {clock(instant)}"


def money(price: Money) -> str:
    """An amount with its currency: "49,99 zł"."""
    # Babel leaves out CLDR's space between letters and amount: "PLN49.99".
    pattern = None if language() == "pl" else "¤\xa0#,##0.00"
    return format_currency(price.amount, price.currency, pattern, locale=_locale(language()))
