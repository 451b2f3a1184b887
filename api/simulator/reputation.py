"""Ratings while the simulator runs, and the quality of sales, which stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api import clock
from api.simulator.model_issues import QualityDay, Rating, RatingAnswer, RemovalRequest
from api.simulator.refusal import RefusalError
from api.simulator.refusals_issues import ANSWERED, RATING_NOT_FOUND, REMOVAL_ASKED, REMOVAL_LATE

if TYPE_CHECKING:
    from collections.abc import Sequence


class Reputation:
    """Whether an answer may be changed is written nowhere: here it is given once."""

    def __init__(self, ratings: Sequence[Rating], quality: tuple[QualityDay, ...]) -> None:
        self._ratings = {it.id: it for it in ratings}
        self.quality = quality

    def ratings(self) -> list[Rating]:
        """The latest changed first."""
        return sorted(self._ratings.values(), key=lambda it: (it.changed_at, it.id), reverse=True)

    def rating(self, rating_id: str) -> Rating:
        """Raises RefusalError (404)."""
        try:
            return self._ratings[rating_id]
        except KeyError:
            raise RefusalError(RATING_NOT_FOUND, f"Rating {rating_id} not found") from None

    def answer(self, rating_id: str, text: str) -> RatingAnswer:
        """Raises RefusalError (404, 400)."""
        rating = self.rating(rating_id)
        if rating.answer is not None:
            raise RefusalError(ANSWERED, "The rating is answered")
        answer = RatingAnswer(text, clock.now())
        self._ratings[rating_id] = replace(rating, answer=answer)
        return answer

    def ask_removal(self, rating_id: str, text: str) -> Rating:
        """Raises RefusalError (404, 400: not for this rating, too late, asked already)."""
        rating = self.rating(rating_id)
        if rating.removable_to is None or rating.removable_to < clock.now():
            raise RefusalError(REMOVAL_LATE, "A removal request cannot be submitted")
        if rating.removal is not None:
            raise RefusalError(REMOVAL_ASKED, "A removal request was submitted")
        changed = replace(rating, removal=RemovalRequest(text, clock.now()))
        self._ratings[rating_id] = changed
        return changed
