"""Words at a distance of one typing mistake, by an index of their halves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORTEST, _LONGEST = 7, 24


class Typos:
    """Finds listed words with one letter added, left out, replaced, or swapped with its neighbour.

    One mistake leaves one half of a word as it was, so each listed word of 7 to 24 letters is filed under
    both of its halves: two entries a word, where an index of all shortened forms needs one a letter. A swap
    across the middle breaks both halves; it is undone and looked up as it is.
    """

    def __init__(self, words: Iterable[str]) -> None:
        heads: dict[tuple[int, str], list[str]] = {}
        tails: dict[tuple[int, str], list[str]] = {}
        self._words = {word for word in words if self.fits(word)}
        for word in self._words:
            length = len(word)
            half = length // 2
            heads.setdefault((length, word[:half]), []).append(word)
            tails.setdefault((length, word[half:]), []).append(word)
        self._heads = heads
        self._tails = tails

    @staticmethod
    def fits(word: str) -> bool:
        """Is the word long enough to be recognised in spite of a mistake, and short enough to be a word?"""
        return _SHORTEST <= len(word) <= _LONGEST and word.isalpha()

    def nearest(self, word: str) -> set[str]:
        """The listed words at a distance of one mistake; none for a word that does not fit."""
        if not self.fits(word):
            return set()
        near: set[str] = set()
        for length in range(len(word) - 1, len(word) + 2):
            half = length // 2
            near.update(self._heads.get((length, word[:half]), ()))
            near.update(self._tails.get((length, word[half - length :]), ()))
        found = {form for form in near if one_mistake(form, word)}
        half = len(word) // 2
        swapped = word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]
        if swapped in self._words:
            found.add(swapped)
        return found


def one_mistake(one: str, other: str) -> bool:
    """Do the words differ by at most one letter added, left out or replaced, or by one swap?"""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    at = 0
    while at < len(one) and one[at] == other[at]:
        at += 1
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]
    return one[at + 1 :] == other[at + 1 :] or swapped == other[at:]
