"""/sale/user-ratings (read in beta.v1, written in public.v1) and /sale/quality.

Reading ratings in public.v1 is answered with 406: it is not spoken here.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from api.simulator import wire_reputation
from api.simulator.call import BETA, PUBLIC, Answer, Call, Resource
from api.simulator.checks import language_of
from api.simulator.refusal import INVALID, RefusalError
from api.simulator.refusals_issues import RATING_TEXT

if TYPE_CHECKING:
    from api.simulator.state import State

SCOPE = "allegro:api:ratings"
LIMIT = 100
PAGE = 20
OFFSET_LIMIT = 20_000
TEXT_LIMIT = 500
TRUTH = {"true": True, "false": False}


def _ratings(call: Call, state: State) -> Answer:
    recommended = call.one("recommended")
    if recommended is not None and recommended not in TRUTH:
        raise RefusalError(INVALID, "recommended must be true or false", "recommended")
    low, high = _moment(call, "lastChangedAt.gte"), _moment(call, "lastChangedAt.lte")
    offset = call.number("offset", low=0, high=OFFSET_LIMIT, default=0)
    limit = call.number("limit", low=1, high=LIMIT, default=PAGE)
    found = [
        it
        for it in state.reputation.ratings()
        if (recommended is None or it.recommended is TRUTH[recommended])
        and (low is None or it.changed_at >= low)
        and (high is None or it.changed_at <= high)
    ]
    return Answer(wire_reputation.ratings(found[offset : offset + limit]))


def _rating(call: Call, state: State) -> Answer:
    return Answer(wire_reputation.rating(state.reputation.rating(call.path["ratingId"])))


def _answer(call: Call, state: State) -> Answer:
    text = _text(call.json(), "message")
    return Answer(wire_reputation.answer(state.reputation.answer(call.path["ratingId"], text)), 201)


def _removal(call: Call, state: State) -> Answer:
    request = call.json().get("request")
    if not isinstance(request, dict):
        raise RefusalError(RATING_TEXT, "request must be an object", "request")
    text = _text(request, "request.message")
    return Answer(wire_reputation.removal(state.reputation.ask_removal(call.path["ratingId"], text)), 201)


def _quality(call: Call, state: State) -> Answer:
    return Answer(wire_reputation.quality(state.reputation.quality, language_of(call)))


def _text(body: dict[str, object], path: str) -> str:
    """The file knows 400 here, where others say 422."""
    text = body.get("message")
    if not isinstance(text, str) or not text.strip() or len(text) > TEXT_LIMIT:
        raise RefusalError(RATING_TEXT, f"{path} must have 1 to {TEXT_LIMIT} characters", path)
    return text


def _moment(call: Call, name: str) -> datetime | None:
    text = call.one(name)
    try:
        moment = None if text is None else datetime.fromisoformat(text)
    except ValueError:
        raise RefusalError(INVALID, f"{name} must be an ISO 8601 time", name) from None
    if moment is not None and moment.tzinfo is None:
        raise RefusalError(INVALID, f"{name} needs a zone", name)
    return moment


RESOURCES = (
    Resource("GET", "/sale/user-ratings", _ratings, SCOPE, BETA),
    Resource("GET", "/sale/user-ratings/{ratingId}", _rating, SCOPE, BETA),
    Resource("PUT", "/sale/user-ratings/{ratingId}/answer", _answer, SCOPE, PUBLIC, reads_json=True),
    Resource("PUT", "/sale/user-ratings/{ratingId}/removal", _removal, SCOPE, PUBLIC, reads_json=True),
    Resource("GET", "/sale/quality", _quality, "allegro:api:profile:read", PUBLIC),
)
