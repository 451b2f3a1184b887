"""From Allegro's ratings and sales quality to domain values."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from api import domain
from api.allegro.values import count, flag, line, moment, word
from api.domain.text import clean

if TYPE_CHECKING:
    from api.allegro.payloads import reputation


def rating(payload: reputation.Rating) -> domain.Rating:
    """A rating of either version."""
    comment, order = payload.comment, payload.order
    told = comment if isinstance(comment, str) else comment.text if comment else None
    exclusion = payload.exclusion
    reason = exclusion.reason if exclusion else payload.excludedFromAverageRatesReason
    return domain.Rating(
        id=word(payload.id),
        recommended=flag(payload.recommended),
        comment=clean(told or ""),
        language="" if comment is None or isinstance(comment, str) else word(comment.language),
        buyer=line(payload.buyer.login) if payload.buyer else "",
        buyer_id=word(payload.buyer.id) if payload.buyer else "",
        order=word(order.id) if order else "",
        offers=tuple(
            domain.RatedOffer(word(it.id), line(it.title)) for it in (order.offers if order else None) or ()
        ),
        created_at=moment(payload.createdAt),
        edited_at=moment(payload.editedAt),
        changed_at=moment(payload.lastChangedAt),
        justifications=tuple(
            domain.Justification(line(it.text), flag(it.visibleForBuyer))
            for it in payload.justifications or ()
        ),
        stars=tuple((word(name), count(value)) for name, value in (payload.rates or {}).items() if value),
        excluded=exclusion is not None or flag(payload.excludedFromAverageRates),
        excluded_reason=line(reason),
        first_negative=flag(payload.firstNegativeReviewInLast30Days),
        answer=answer(payload.answer) if payload.answer else None,
        removal=removal(payload.removal) if payload.removal else None,
    )


def answer(payload: reputation.Answer) -> domain.RatingAnswer:
    text = payload.text if payload.text is not None else payload.message
    return domain.RatingAnswer(clean(text or ""), moment(payload.createdAt), word(payload.language))


def removal(payload: reputation.Removal) -> domain.Removal:
    request = payload.request
    return domain.Removal(
        possible_to=moment(payload.possibleTo),
        request=domain.RemovalRequest(
            clean(request.message or ""),
            moment(request.createdAt),
            domain.RemovalSource.parse(request.source),
        )
        if request
        else None,
    )


def quality(payload: reputation.Quality) -> tuple[domain.QualityDay, ...]:
    """The days, the newest first; one whose date cannot be read is left out."""
    days = [day for it in payload.quality if (day := _day(it)) is not None]
    return tuple(sorted(days, key=lambda it: it.day, reverse=True))


def _day(payload: reputation.Day) -> domain.QualityDay | None:
    try:
        day = date.fromisoformat(payload.resultFor or "")
    except ValueError:
        return None
    return domain.QualityDay(
        day=day,
        score=_points(payload.score) or 0.0,
        max_score=_points(payload.maxScore) or 0.0,
        grade=word(payload.grade),
        metrics=tuple(
            domain.MetricScore(
                metric=domain.Metric.parse(it.code),
                word=word(it.code),
                name=line(it.name),
                score=_points(it.score) or 0.0,
                max_score=_points(it.maxScore),
            )
            for it in payload.metrics or ()
        ),
    )


def _points(value: float | str | None) -> float | None:
    try:
        points = None if value is None else float(value)
    except (ValueError, OverflowError):
        return None
    return points if points is not None and math.isfinite(points) else None
