"""Ratings and the quality of sales: what goes on the wire, and what is made of loose answers."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import httpx
import pytest

from api.allegro import errors
from api.domain import Metric, QualityDay, Rating, RemovalSource
from tests.unit.allegro.script import TEXT, Script, answer, refusal

BETA = "application/vnd.allegro.beta.v1+json"
PUBLIC = "application/vnd.allegro.public.v1+json"
HOSTILE = "[/foo] [@click=app.quit]x[/] \x1b]52;c;AAAA\x07 \u202e"
SAFE = "[/foo] [@click=app.quit]x[/]  "
RATING: dict[str, Any] = {
    "id": "r1",
    "recommended": False,
    "buyer": {"id": "1", "login": "kupujacy_1"},
    "createdAt": "2026-11-20T10:00:00.000Z",
    "lastChangedAt": "2026-11-21T10:00:00.000Z",
    "comment": {"text": "za d&#322;ugo", "language": "pl"},
    "order": {"id": "o1", "offers": [{"id": "7", "title": "Deska"}]},
    "justifications": [{"text": "czas dostawy", "visibleForBuyer": True}],
    "removal": {"possibleTo": "2027-01-20T10:00:00.000Z"},
}


async def read(**changes: Any) -> Rating:
    async with Script(answer({**RATING, **changes})).client() as allegro:
        return await allegro.ratings.rating("r1")


async def days(*found: dict[str, Any]) -> tuple[QualityDay, ...]:
    async with Script(answer({"quality": list(found)})).client() as allegro:
        return await allegro.quality.days()


async def test_a_rating_of_beta_is_read() -> None:
    """Words decoded, order and offers, reasons, the end of the time to ask."""
    rating = await read()
    assert (rating.comment, rating.language, rating.order) == ("za długo", "pl", "o1")
    assert rating.justifications[0].public
    assert rating.removable(datetime(2027, 1, 20, 10, 0, tzinfo=UTC))
    assert not rating.removable(datetime(2027, 1, 20, 10, 1, tzinfo=UTC))


async def test_a_rating_of_public_is_read() -> None:
    """The names that the older version has; stars that are null are none."""
    rating = await read(
        comment="za długo",
        answer={"message": "Przykro nam", "createdAt": "2026-11-21T10:00:00Z"},
        rates={"delivery": None, "service": 4, "description": "5"},
        excludedFromAverageRates=True,
        excludedFromAverageRatesReason="Ocena nie jest unikalna",
    )
    assert rating.comment == "za długo"
    assert rating.answer is not None
    assert rating.answer.text == "Przykro nam"
    assert rating.stars == (("service", 4), ("description", 5))
    assert (rating.excluded, rating.excluded_reason) == (True, "Ocena nie jest unikalna")


async def test_a_rating_of_nothing_but_an_id_is_read() -> None:
    """Null wherever it may be."""
    empty = dict.fromkeys(RATING) | {"id": 7, "answer": None}
    rating = await read(**empty)
    assert (rating.id, rating.comment, rating.buyer, rating.answer, rating.removal) == (
        "7",
        "",
        "",
        None,
        None,
    )
    assert not rating.removable(datetime(2026, 1, 1, tzinfo=UTC))


async def test_texts_of_a_rating_are_made_safe() -> None:
    """Whoever wrote them."""
    request = {"createdAt": "2026-11-21T10:00:00Z", "message": HOSTILE, "source": "ROBOT"}
    rating = await read(
        comment={"text": HOSTILE},
        buyer={"login": HOSTILE},
        answer={"text": HOSTILE},
        removal={"possibleTo": "never", "request": request},
        exclusion={"reason": HOSTILE},
        justifications=[{"text": HOSTILE}],
    )
    assert rating.answer is not None
    assert rating.removal is not None
    assert rating.removal.request is not None
    line = SAFE.rstrip()
    assert (rating.comment, rating.buyer, rating.answer.text) == (SAFE, line, SAFE)
    assert (rating.excluded_reason, rating.justifications[0].text) == (line, line)
    assert (rating.removal.possible_to, rating.removal.request.text) == (None, SAFE)
    assert rating.removal.request.source is RemovalSource.OTHER


async def test_ratings_are_asked_for_in_beta_with_filters() -> None:
    """Times in UTC, whatever their zone."""
    script = Script(answer({"ratings": [RATING, RATING]}))
    moment = datetime(2026, 11, 23, 14, 30, tzinfo=timezone(timedelta(hours=1)))
    async with script.client() as allegro:
        page = await allegro.ratings.ratings(4, 2, recommended=False, changed_from=moment, changed_to=moment)
    request = script.requests[0]
    assert request.headers["Accept"] == BETA
    assert dict(request.url.params) == {
        "recommended": "false",
        "lastChangedAt.gte": "2026-11-23T13:30:00.000Z",
        "lastChangedAt.lte": "2026-11-23T13:30:00.000Z",
        "offset": "4",
        "limit": "2",
    }
    assert page.next == "6"


async def test_the_last_offset_is_the_end() -> None:
    """Allegro takes none above 20,000."""
    async with Script(answer({"ratings": [RATING]})).client() as allegro:
        assert (await allegro.ratings.ratings(20_000, 1)).next is None
        for offset, limit in ((-1, 1), (20_001, 1), (0, 0), (0, 101)):
            with pytest.raises(ValueError, match="offset 0 to 20000"):
                await allegro.ratings.ratings(offset, limit)
        with pytest.raises(ValueError, match="zone"):
            await allegro.ratings.ratings(changed_from=datetime(2026, 1, 1))  # noqa: DTZ001  the point


async def test_words_for_a_rating_go_in_public() -> None:
    """An answer as `message`, a request inside `request`, line ends as LF."""
    script = Script(answer({"message": "Dziękuję", "createdAt": "2026-11-21T10:00:00Z"}, 201))
    async with script.client() as allegro:
        assert (await allegro.ratings.answer("r1", "Dziękuję\r\n!")).text == "Dziękuję"
        await allegro.ratings.ask_removal("r1", "Proszę")
    first, second = script.requests
    assert (first.method, first.url.path) == ("PUT", "/sale/user-ratings/r1/answer")
    assert (first.headers["Accept"], first.headers["Content-Type"]) == (PUBLIC, PUBLIC)
    assert json.loads(first.content) == {"message": "Dziękuję\n!"}
    assert second.url.path == "/sale/user-ratings/r1/removal"
    assert json.loads(second.content) == {"request": {"message": "Proszę"}}


async def test_words_beyond_the_bounds_are_not_sent() -> None:
    """500 code points go, 501 and none do not."""
    script = Script(answer({"message": "x", "createdAt": "2026-11-21T10:00:00Z"}, 201))
    async with script.client() as allegro:
        await allegro.ratings.answer("r1", "😀" * 500)
        for send in (allegro.ratings.answer, allegro.ratings.ask_removal):
            with pytest.raises(errors.TextTooLong, match="takes 500"):
                await send("r1", "x" * 501)
            with pytest.raises(errors.TextEmpty):
                await send("r1", "\u200b ")
    assert len(script.requests) == 1


@pytest.mark.parametrize("lost", [refusal(500), httpx.ReadTimeout("late"), answer([], 201)])
async def test_words_that_may_be_there_are_not_repeated(lost: httpx.Response | Exception) -> None:
    """They are public: the seller is told where to look."""
    script = Script(lost)
    async with script.client() as allegro:
        with pytest.raises(errors.ChangeUnknown, match="Look at the rating"):
            await allegro.ratings.answer("r1", TEXT)
    assert len(script.requests) == 1


async def test_a_refusal_does_not_quote_what_was_written() -> None:
    """Even when Allegro does."""
    async with Script(refusal(400, "TOO_LATE", user_message=f"Nie: {TEXT}")).client() as allegro:
        with pytest.raises(errors.RatingNotTaken) as caught:
            await allegro.ratings.ask_removal("r1", TEXT)
    assert TEXT not in str(caught.value) + repr(caught.value)
    assert "time to ask" in str(caught.value)


async def test_quality_is_read_loosely() -> None:
    """Numbers as texts, unknown metrics, a day that is none, nothing beside a date."""
    metric = {"code": "NEW_ONE", "name": HOSTILE, "score": "20", "maxScore": None}
    found = await days(
        {"resultFor": "2026-11-20"},
        {"resultFor": "2026-11-21", "score": 140.0, "maxScore": "500", "grade": "GOOD", "metrics": [metric]},
        {"resultFor": "yesterday"},
        {"resultFor": None, "score": "NaN"},
    )
    assert [it.day for it in found] == [date(2026, 11, 21), date(2026, 11, 20)]
    newest = found[0]
    assert (newest.score, newest.max_score, newest.grade) == (140, 500, "GOOD")
    assert (newest.metrics[0].metric, newest.metrics[0].word) == (Metric.OTHER, "NEW_ONE")
    assert (newest.metrics[0].score, newest.metrics[0].max_score) == (20, None)
    assert newest.metrics[0].name == SAFE.rstrip()


async def test_points_that_are_no_number_are_none() -> None:
    """And no reason to lose the day."""
    found = await days({"resultFor": "2026-11-20", "score": "much", "metrics": [{"score": "inf"}]})
    assert (found[0].score, found[0].metrics[0].score) == (0, 0)
