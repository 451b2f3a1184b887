"""What buyers say publicly about the account, the seller's answers, and requests to take a rating back.

Read in beta.v1, which tells the reasons that a buyer ticked and the language of a comment before Allegro
translated it (allegro/allegro-api#11594); writing knows public.v1 only.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import msgspec

from api.allegro import translate_reputation
from api.allegro.call import Call, Media, Scope, segment
from api.allegro.changes import change
from api.allegro.errors import RatingNotTaken
from api.allegro.outgoing import prepare
from api.allegro.payloads import reputation as payloads
from api.allegro.payloads.reading import decode
from api.domain import Page

if TYPE_CHECKING:
    from api.allegro.client import Allegro
    from api.domain import Rating, RatingAnswer, Removal

MAX_LENGTH: Final = 500
"""Code points of an answer and of a request (`maxLength` of both)."""

PAGE_SIZE: Final = 100
MAX_OFFSET: Final = 20_000

_RATINGS = "/sale/user-ratings"
_LOOK = "the rating"


class RatingsResource:
    """`/sale/user-ratings`."""

    def __init__(self, allegro: Allegro) -> None:
        self._allegro = allegro

    async def ratings(
        self,
        offset: int = 0,
        limit: int = PAGE_SIZE,
        *,
        recommended: bool | None = None,
        changed_from: datetime | None = None,
        changed_to: datetime | None = None,
    ) -> Page[Rating]:
        """Ratings, the latest changed first; `Page.next` is the next offset, up to 20,000.

        `limit` is 1 to 100; the times are aware. Further back go on with `changed_to`.
        """
        if not (1 <= limit <= PAGE_SIZE and 0 <= offset <= MAX_OFFSET):
            raise ValueError(
                f"offset {offset}, limit {limit}: limit is 1 to {PAGE_SIZE}, offset 0 to {MAX_OFFSET}"
            )
        filters = {
            "recommended": None if recommended is None else str(recommended).lower(),
            "lastChangedAt.gte": _utc(changed_from),
            "lastChangedAt.lte": _utc(changed_to),
        }
        call = Call(
            "GET",
            _RATINGS,
            Media.BETA,
            Scope.RATINGS,
            params=(
                *((name, value) for name, value in filters.items() if value is not None),
                ("limit", str(limit)),
                ("offset", str(offset)),
            ),
            collection=True,
        )
        items = await self._allegro.request(call, _ratings)
        following = offset + len(items)
        more = len(items) >= limit and following <= MAX_OFFSET
        return Page(items, str(following) if more else None)

    async def rating(self, rating_id: str) -> Rating:
        """One rating."""
        call = Call("GET", f"{_RATINGS}/{segment(rating_id)}", Media.BETA, Scope.RATINGS)
        return await self._allegro.request(call, _rating)

    async def answer(self, rating_id: str, text: str) -> RatingAnswer:
        """Answer a rating in public: up to 500 code points, once.

        Raises TextEmpty and TextTooLong before anything is sent, RatingNotTaken, and ChangeUnknown when it
        may have arrived. Never repeated.
        """
        call = _writing(f"{_RATINGS}/{segment(rating_id)}/answer", text, asks=False)
        del text  # a crash report with local variables must not quote it
        return await change(self._allegro, call, _answer, _LOOK)

    async def ask_removal(self, rating_id: str, text: str) -> Removal:
        """Ask the buyer to take a rating back, with the reason in words: up to 500 code points, once.

        Allegro knows no list of reasons. `Rating.removable` tells beforehand whether it may be asked.
        Raises as `answer` does.
        """
        call = _writing(f"{_RATINGS}/{segment(rating_id)}/removal", text, asks=True)
        del text  # see answer
        return await change(self._allegro, call, _removal, _LOOK)


def _writing(path: str, text: str, *, asks: bool) -> Call:
    prepared = prepare(text, limit=MAX_LENGTH)
    message = {"message": prepared}
    return Call(
        "PUT",
        path,
        Media.PUBLIC,
        Scope.RATINGS,
        body=msgspec.json.encode({"request": message} if asks else message),
        once=True,
        meanings=((400, RatingNotTaken),),
        confidential=(prepared,),
    )


def _utc(moment: datetime | None) -> str | None:
    """`2026-11-23T13:30:00.000Z`. Raises ValueError for a time without a zone."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError("a time needs a zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _ratings(body: bytes) -> tuple[Rating, ...]:
    page = decode(body, payloads.ratings_decoder, payloads.Ratings)
    return tuple(translate_reputation.rating(payload) for payload in page.ratings)


def _rating(body: bytes) -> Rating:
    return translate_reputation.rating(decode(body, payloads.rating_decoder, payloads.Rating))


def _answer(body: bytes) -> RatingAnswer:
    return translate_reputation.answer(decode(body, payloads.answer_decoder, payloads.Answer))


def _removal(body: bytes) -> Removal:
    return translate_reputation.removal(decode(body, payloads.removal_decoder, payloads.Removal))
