"""What a buyer says publicly about a purchase, and what the seller says to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.domain.openset import OpenSet


class RemovalSource(OpenSet):
    """Who asked for a removal: the seller, or Allegro's people (One Fulfillment)."""

    SELLER = "SELLER"
    ADMIN = "ADMIN"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class RatingAnswer:
    """The seller's public answer; `language` such as "pl" is empty where Allegro does not say."""

    text: str
    created_at: datetime | None
    language: str = ""


@dataclass(frozen=True, slots=True)
class RemovalRequest:
    text: str
    created_at: datetime | None
    source: RemovalSource


@dataclass(frozen=True, slots=True)
class Removal:
    """Until when the buyer may be asked to take a rating back, and the request if there was one."""

    possible_to: datetime | None
    request: RemovalRequest | None = None


@dataclass(frozen=True, slots=True)
class Justification:
    """A reason that the buyer ticked; some are shown to the seller only."""

    text: str
    public: bool


@dataclass(frozen=True, slots=True)
class RatedOffer:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating. Texts are safe for a terminal and empty where there are none.

    `language` is what the buyer wrote the comment in, before Allegro translated it. `stars` are those of
    old ratings as (name, 1 to 5); new ones have none. `excluded` says that it does not count, and why.
    `first_negative` is Allegro's mark for the first negative one in 30 days.
    """

    id: str
    recommended: bool
    comment: str
    language: str
    buyer: str
    buyer_id: str
    order: str
    offers: tuple[RatedOffer, ...]
    created_at: datetime | None
    edited_at: datetime | None
    changed_at: datetime | None
    justifications: tuple[Justification, ...] = ()
    stars: tuple[tuple[str, int], ...] = ()
    excluded: bool = False
    excluded_reason: str = ""
    first_negative: bool = False
    answer: RatingAnswer | None = None
    removal: Removal | None = None

    def removable(self, now: datetime) -> bool:
        """Whether its removal can still be asked for: Allegro names a day, and nobody has asked yet."""
        removal = self.removal
        return bool(
            removal and removal.request is None and removal.possible_to and now <= removal.possible_to
        )
