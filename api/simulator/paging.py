"""Pages of beta.v1: `page.id` names a place in the list, so nothing repeats when the top moves.

A page holds the elements below a place (a time and the number of a message), newest first. The id is that
place in base64, as in Allegro's own example. Which filters were asked is not part of it: the caller sends
them again.
"""

from __future__ import annotations

import base64
import binascii
from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

from api.simulator.refusal import INVALID, RefusalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")
Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some elements, and the id of the next page or None at the end."""

    elements: tuple[T, ...]
    next_id: str | None


def page_of(
    oldest_first: Sequence[T],
    place_of: Callable[[T], Place],
    page_id: str | None,
    limit: int,
    wanted: Callable[[T], bool] = lambda _: True,
) -> Page[T]:
    """The wanted elements below the place that `page_id` names, or the newest ones.

    Raises RefusalError (422) for an id that this simulator never gave.
    """
    below = place_named(page_id)
    end = len(oldest_first) if below is None else bisect_left(oldest_first, below, key=place_of)
    downwards = (oldest_first[index] for index in range(end - 1, -1, -1))
    return cut((it for it in downwards if wanted(it)), place_of, limit)


def cut(newest_first: Iterator[T], place_of: Callable[[T], Place], limit: int) -> Page[T]:
    """The first elements, and where the next page begins; one more is taken to know whether there is one."""
    found = tuple(islice(newest_first, limit + 1))
    if len(found) > limit:
        return Page(found[:limit], _write(place_of(found[limit - 1])))
    return Page(found, None)


def place_named(page_id: str | None) -> Place | None:
    """The place below which the page begins. Raises RefusalError (422) for an id that nobody gave."""
    return None if page_id is None else _read(page_id)


def _write(place: Place) -> str:
    moment, number = place
    return base64.urlsafe_b64encode(f"p={moment.isoformat()};s={number}".encode()).decode()


def _read(page_id: str) -> Place:
    try:
        text = base64.b64decode(page_id.encode(), altchars=b"-_", validate=True).decode()
        position, number = text.removeprefix("p=").split(";s=")
        moment = datetime.fromisoformat(position)
        place = moment, int(number)
    except (ValueError, binascii.Error):
        raise RefusalError(INVALID, "page.id is not an id of a page", "page.id") from None
    if moment.tzinfo is None:
        raise RefusalError(INVALID, "page.id is not an id of a page", "page.id")
    return place
