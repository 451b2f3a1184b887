"""`/sale/user-ratings` (UserRatingVBeta1 and, for answers to writes, public.v1) and `/sale/quality`.

Where the two versions name the same thing differently both names are here.
"""
# ruff: noqa: N815  the fields are called as on the wire

import msgspec


class User(msgspec.Struct):
    id: str | int | None = None
    login: str | None = None


class Comment(msgspec.Struct):
    text: str | None = None
    language: str | None = None


class Answer(msgspec.Struct):
    """`message` in public.v1, `text` in beta.v1."""

    createdAt: str | None = None
    message: str | None = None
    text: str | None = None
    language: str | None = None


class RemovalRequest(msgspec.Struct):
    createdAt: str | None = None
    message: str | None = None
    source: str | None = None


class Removal(msgspec.Struct):
    possibleTo: str | None = None
    request: RemovalRequest | None = None


class Offer(msgspec.Struct):
    id: str | int | None = None
    title: str | None = None


class Order(msgspec.Struct):
    id: str | None = None
    offers: list[Offer] | None = None


class Justification(msgspec.Struct):
    text: str | None = None
    visibleForBuyer: bool | str | None = None


class Exclusion(msgspec.Struct):
    reason: str | None = None


class Rating(msgspec.Struct):
    id: str | int
    recommended: bool | str | None = None
    buyer: User | None = None
    comment: Comment | str | None = None
    createdAt: str | None = None
    editedAt: str | None = None
    lastChangedAt: str | None = None
    order: Order | None = None
    rates: dict[str, int | float | str | None] | None = None
    justifications: list[Justification] | None = None
    exclusion: Exclusion | None = None
    excludedFromAverageRates: bool | str | None = None
    excludedFromAverageRatesReason: str | None = None
    firstNegativeReviewInLast30Days: bool | str | None = None
    answer: Answer | None = None
    removal: Removal | None = None


class Ratings(msgspec.Struct):
    ratings: list[Rating]


class Metric(msgspec.Struct):
    code: str | None = None
    name: str | None = None
    score: int | float | str | None = None
    maxScore: int | float | str | None = None


class Day(msgspec.Struct):
    resultFor: str | None = None
    score: int | float | str | None = None
    maxScore: int | float | str | None = None
    grade: str | None = None
    metrics: list[Metric] | None = None


class Quality(msgspec.Struct):
    quality: list[Day]


ratings_decoder = msgspec.json.Decoder(Ratings)
rating_decoder = msgspec.json.Decoder(Rating)
answer_decoder = msgspec.json.Decoder(Answer)
removal_decoder = msgspec.json.Decoder(Removal)
quality_decoder = msgspec.json.Decoder(Quality)
