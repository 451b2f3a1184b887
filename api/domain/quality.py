"""Allegro's verdict on a seller's work, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.domain.openset import OpenSet


class Metric(OpenSet):
    """What is measured; Allegro keeps the full list in its Help and changes it."""

    BUYER_SATISFACTION = "BUYER_SATISFACTION"
    DISPATCH_IN_TIME = "DISPATCH_IN_TIME"
    FAST_DISPATCH = "FAST_DISPATCH"
    NO_RETURNS = "NO_RETURNS"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class MetricScore:
    """Points of one metric. `name` is in the client's language; `max_score` None where it has no limit."""

    metric: Metric
    word: str
    name: str
    score: float
    max_score: float | None


@dataclass(frozen=True, slots=True)
class QualityDay:
    """The points of one day. `grade` is Allegro's word (GOOD, ...), of which no list is published."""

    day: date
    score: float
    max_score: float
    grade: str
    metrics: tuple[MetricScore, ...]
