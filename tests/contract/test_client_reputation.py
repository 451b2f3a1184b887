"""Ratings and the quality of sales against the pretend Allegro, judged by Allegro's own file."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from api.allegro import errors
from api.domain import Metric, RemovalSource
from api.simulator.server import running
from api.simulator.settings import ALL_SCOPES, SimulatorSettings
from tests.contract.conftest import SEED_NOW
from tests.contract.test_client_simulator import Judge, connected, texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from api.allegro import Allegro
    from api.domain import Rating
    from api.simulator.server import Simulator

SETTINGS = SimulatorSettings(now=SEED_NOW)


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with running(SETTINGS) as simulator:
        yield simulator


@pytest.fixture
async def allegro(simulator: Simulator) -> AsyncIterator[Allegro]:
    async with connected(simulator, Judge()) as client:
        yield client


async def rating_of(allegro: Allegro, buyer: str) -> Rating:
    return next(it for it in (await allegro.ratings.ratings()).items if it.buyer == buyer)


async def test_ratings_come_the_latest_changed_first(allegro: Allegro) -> None:
    """Each with its buyer, order and offers, page by page."""
    every = await allegro.ratings.ratings()
    changed = [it.changed_at for it in every.items if it.changed_at]
    assert changed == sorted(changed, reverse=True)
    assert len(changed) == 6
    first = await allegro.ratings.ratings(limit=4)
    rest = await allegro.ratings.ratings(offset=int(first.next or 0), limit=4)
    assert first.items + rest.items == every.items
    assert rest.next is None
    assert all(it.buyer and it.order and it.offers for it in every.items)


async def test_ratings_are_narrowed(allegro: Allegro) -> None:
    """By whether the buyer recommends, and by the time of the last change."""
    assert not any(it.recommended for it in (await allegro.ratings.ratings(recommended=False)).items)
    day = SEED_NOW - timedelta(days=1)
    late = (await allegro.ratings.ratings(changed_from=day, changed_to=SEED_NOW)).items
    assert {it.buyer for it in late} == {"dorota_wlkp", "rafal-ogrodnik"}


async def test_a_rating_tells_what_the_buyer_said(allegro: Allegro) -> None:
    """Words decoded, reasons with whether they are public, the marks, the answer."""
    rating = await rating_of(allegro, "dorota_wlkp")
    assert await allegro.ratings.rating(rating.id) == rating
    assert [(it.text, it.public) for it in rating.justifications] == [
        ("czas dostawy", True),
        ("problem z kurierem", False),
    ]
    assert rating.first_negative
    praise = await rating_of(allegro, "lucyna57")
    assert "deska & cudowny" in praise.comment
    assert praise.answer is not None
    assert (await rating_of(allegro, "honza_brno")).language == "cs"
    assert (await rating_of(allegro, "fhu_domator")).excluded_reason == "Ocena nie jest unikalna"


async def test_an_answer_is_public_and_given_once(allegro: Allegro) -> None:
    """It stands at the rating; a second one is not taken."""
    rating = await rating_of(allegro, "dorota_wlkp")
    text = "Bardzo nam przykro & przepraszamy."
    assert (await allegro.ratings.answer(rating.id, text)).text == text
    answered = await allegro.ratings.rating(rating.id)
    assert answered.answer is not None
    assert answered.answer.text == text
    with pytest.raises(errors.RatingNotTaken):
        await allegro.ratings.answer(rating.id, text)


async def test_a_removal_is_asked_for_once(allegro: Allegro) -> None:
    """The request is remembered, and asked for only in time."""
    rating = await rating_of(allegro, "dorota_wlkp")
    now = datetime.fromisoformat(SEED_NOW.isoformat())
    assert rating.removable(now)
    asked = await allegro.ratings.ask_removal(rating.id, "Wysłaliśmy drugą miarkę.")
    assert asked.request is not None
    assert asked.request.source is RemovalSource.SELLER
    after = await allegro.ratings.rating(rating.id)
    assert after.removal == asked
    assert not after.removable(now)
    with pytest.raises(errors.RatingNotTaken, match="REMOVAL_REQUESTED"):
        await allegro.ratings.ask_removal(rating.id, "Wysłaliśmy drugą miarkę.")


async def test_a_removal_that_is_too_late_is_refused(allegro: Allegro) -> None:
    """The client can tell beforehand, and Allegro says no."""
    rating = await rating_of(allegro, "kinga_s_torun")
    assert not rating.removable(SEED_NOW)
    with pytest.raises(errors.RatingNotTaken):
        await allegro.ratings.ask_removal(rating.id, "Proszę o usunięcie.")


async def test_an_unknown_rating_is_not_found(allegro: Allegro) -> None:
    with pytest.raises(errors.NotFound):
        await allegro.ratings.rating("nowhere")


async def test_quality_is_told_by_day(allegro: Allegro) -> None:
    """The newest day first, days without a result left out, unknown metrics kept by their word."""
    days = await allegro.quality.days()
    assert [it.day for it in days] == sorted((it.day for it in days), reverse=True)
    assert len(days) == 28
    newest = days[0]
    assert newest.score == sum(it.score for it in newest.metrics)
    assert (newest.grade, newest.max_score) == ("GOOD", 500)
    assert newest.metrics[0].metric is Metric.BUYER_SATISFACTION
    assert newest.metrics[0].name == "Zadowolenie kupujących"
    assert (newest.metrics[-1].metric, newest.metrics[-1].word) == (Metric.OTHER, "REPLIES_IN_TIME")
    assert newest.metrics[-1].max_score is None


@pytest.mark.parametrize("scope", ["allegro:api:ratings", "allegro:api:profile:read"])
async def test_a_missing_scope_is_named(scope: str) -> None:
    with running(replace(SETTINGS, scopes=ALL_SCOPES - {scope})) as simulator:
        async with connected(simulator) as allegro:
            with pytest.raises(errors.NotPermitted, match=scope):
                await (allegro.ratings.ratings() if "ratings" in scope else allegro.quality.days())


async def test_nothing_unsafe_comes_through() -> None:
    """No string of a hostile rating can act on a terminal."""
    with running(replace(SETTINGS, hostile=True)) as simulator:
        async with connected(simulator, Judge()) as allegro:
            ratings = (await allegro.ratings.ratings()).items
    assert len(ratings) == 7
    characters = {character for text in texts(ratings) for character in text} - set("\n\t\u200d")
    assert [c for c in characters if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}] == []


@pytest.mark.needs_openapi
async def test_every_operation_was_judged(simulator: Simulator) -> None:
    """A tour of all operations breaks no rule of the OpenAPI file."""
    judge = Judge()
    async with connected(simulator, judge) as allegro:
        rating = await rating_of(allegro, "dorota_wlkp")
        await allegro.ratings.ratings(
            recommended=True, changed_from=SEED_NOW - timedelta(days=9), changed_to=SEED_NOW
        )
        await allegro.ratings.rating(rating.id)
        await allegro.ratings.answer(rating.id, "Przepraszamy.")
        await allegro.ratings.ask_removal(rating.id, "Prosimy.")
        await allegro.quality.days()
    assert {call.replace(rating.id, "{id}") for call in judge.judged} == {
        "GET /sale/user-ratings",
        "GET /sale/user-ratings/{id}",
        "PUT /sale/user-ratings/{id}/answer",
        "PUT /sale/user-ratings/{id}/removal",
        "GET /sale/quality",
    }
