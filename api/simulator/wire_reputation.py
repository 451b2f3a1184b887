"""Ratings as JSON (beta.v1 to read, public.v1 as the answer to a write), and the quality of sales."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from api.simulator.wire import Json, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.simulator.model_issues import QualityDay, QualityMetric, Rating, RatingAnswer


def ratings(shown: Sequence[Rating]) -> Json:
    return {"ratings": [rating(it) for it in shown]}


def rating(it: Rating) -> Json:
    """What there is none of is left out: the file calls none of it nullable."""
    told: Json = {
        "id": it.id,
        "createdAt": moment(it.created_at),
        "lastChangedAt": moment(it.changed_at),
        "recommended": it.recommended,
        "buyer": {"id": it.buyer_id, "login": it.buyer},
        "order": {
            "id": it.order,
            "offers": [{"id": number, "title": html.escape(title)} for number, title in it.offers],
        },
        "justifications": [
            {"text": html.escape(text), "visibleForBuyer": public} for text, public in it.reasons
        ],
        "firstNegativeReviewInLast30Days": it.first_negative,
    }
    if it.edited_at is not None:
        told["editedAt"] = moment(it.edited_at)
    if it.comment is not None:
        told["comment"] = {"text": html.escape(it.comment), "language": it.language}
    if it.excluded is not None:
        told["exclusion"] = {"reason": it.excluded}
    if it.answer is not None:
        told["answer"] = {
            "createdAt": moment(it.answer.created_at),
            "text": html.escape(it.answer.text),
            "language": it.answer.language,
        }
    if it.removable_to is not None:
        told["removal"] = removal(it)
    return told


def answer(it: RatingAnswer) -> Json:
    """In public.v1."""
    return {"createdAt": moment(it.created_at), "message": html.escape(it.text)}


def removal(it: Rating) -> Json:
    """The same in both versions."""
    told: Json = {} if it.removable_to is None else {"possibleTo": moment(it.removable_to)}
    if it.removal is not None:
        told["request"] = {
            "createdAt": moment(it.removal.created_at),
            "message": html.escape(it.removal.text),
            "source": it.removal.source,
        }
    return told


def quality(days: Sequence[QualityDay], language: str) -> Json:
    return {"quality": [_day(it, language) for it in days]}


def _day(it: QualityDay, language: str) -> Json:
    return {
        "resultFor": it.day.isoformat(),
        "score": it.score,
        "grade": it.grade,
        "maxScore": it.max_score,
        "metrics": [_metric(one, language) for one in it.metrics],
    }


def _metric(it: QualityMetric, language: str) -> Json:
    told: Json = {
        "code": it.code,
        "name": it.polish if language == "pl-PL" else it.english,
        "score": it.score,
    }
    if it.max_score is not None:
        told["maxScore"] = it.max_score
    return told
