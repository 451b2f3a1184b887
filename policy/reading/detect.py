"""Which language is a text written in? The small words tell."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from policy.reading.fold import fold
from policy.reading.language import LANGUAGES, function_words
from policy.reading.lexicon import WORD

if TYPE_CHECKING:
    from collections.abc import Mapping

# Enough to tell any two of the languages apart, and all that a long text costs.
_LONGEST = 1_000
# Letters that only one of the languages has: worth more than any word.
_LETTERS = {
    "pl": "ąęłńśźżćĄĘŁŃŚŹŻĆ",
    "cs": "ěřůĚŘŮ",
    "sk": "ľĺŕôäĽĹŔÔÄ",
    "hu": "őűöüŐŰÖÜ",
}
_LETTER_WEIGHT = 3
# So much has to speak for another language than the declared one.
_CLEARLY = 3


def languages_of(text: str, declared: str = "") -> tuple[str, ...]:
    """The languages to read a text in: the declared one, and another that its words show more clearly.

    Without a declared language and without a sign of any, Polish.
    """
    code = declared.partition("-")[0].lower()
    scores = _scores(text[:_LONGEST])
    shown = max(LANGUAGES, key=lambda known: scores[known])
    if not code:
        return (shown,)
    if code not in LANGUAGES or scores[shown] < _CLEARLY or scores[shown] <= scores[code]:
        return (code,)
    return (code, shown)


@lru_cache(maxsize=256)
def _scores(beginning: str) -> Mapping[str, int]:
    """How much speaks for each language; all nought when nothing tells."""
    weights = function_words()
    scores = dict.fromkeys(LANGUAGES, 0)
    for word in WORD.findall(fold(beginning).text):
        for code, weight in weights.get(word, {}).items():
            scores[code] += weight
    for code, letters in _LETTERS.items():
        scores[code] += _LETTER_WEIGHT * sum(letter in beginning for letter in letters)
    return scores
