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
from typing import TYPE_CHECKING, Generic, TypeVar

from api.simulator.refusal import INVALID, RefusalError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    end = len(oldest_first)
    if page_id is not None:
        end = bisect_left(oldest_first, _read(page_id), key=place_of)
    found: list[T] = []
    for index in range(end - 1, -1, -1):
        element = oldest_first[index]
        if not wanted(element):
            continue
        if len(found) == limit:
            return Page(tuple(found), _write(place_of(found[-1])))
        found.append(element)
    return Page(tuple(found), None)


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
