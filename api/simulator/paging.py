"""Pages of beta.v1: `page.id` names a place in the list, so nothing repeats when the top moves.

A page holds the elements below a place (a time and the number of a message), newest first. The id is that
place in base64, as in Allegro's own example. Which filters were asked is not part of it: the caller sends
them again.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from api.simulator.refusal import INVALID, RefusalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")
Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some elements, and the id of the next page or None at the end."""

    elements: tuple[T, ...]
    next_id: str | None


def page_of(
    newest_first: Iterable[T], place_of: Callable[[T], Place], page_id: str | None, limit: int
) -> Page[T]:
    """The page that `page_id` names, or the first one.

    Raises RefusalError (422) for an id that this simulator never gave.
    """
    below = None if page_id is None else _read(page_id)
    found: list[T] = []
    for element in newest_first:
        if below is not None and place_of(element) >= below:
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
