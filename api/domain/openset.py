"""Sets of words that Allegro may extend without notice."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class OpenSet(StrEnum):
    """A string enum for a set that the other side may grow.

    `parse` never fails: a value that is not known yet becomes `OTHER`. Every subclass has that member.
    Whoever must show the unknown word keeps the wire's word beside it.
    """

    @classmethod
    def parse(cls, word: str | None) -> Self:
        try:
            return cls(word or "")
        except ValueError:
            return cls["OTHER"]
