"""Which language is a text written in? The small words tell."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from policy.reading.blocks import blocks
from policy.reading.fold import fold
from policy.reading.language import LANGUAGES, function_words
from policy.reading.lexicon import WORD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Enough to tell any two of the languages apart, and all that a long text costs.
_LONGEST = 1_000
# Letters that only one of the languages has: worth more than any word.
_LETTERS = {
    "pl": frozenset("ąęłńśźżćĄĘŁŃŚŹŻĆ"),
    "cs": frozenset("ěřůĚŘŮ"),
    "sk": frozenset("ľĺŕôäĽĹŔÔÄ"),
    "hu": frozenset("őűöüŐŰÖÜ"),
}
_LETTER_WEIGHT = 3
# So much has to speak for another language than the declared one.
_CLEARLY = 3


def languages_of(text: str, declared: str = "") -> tuple[str, ...]:
    """The languages to read a text in: the declared one, and another that its words show more clearly.

    Without a declared language and without a sign of any, Polish.
    """
    code = declared.partition("-")[0].lower()
    scores = _scores(text)
    shown = max(scores, key=lambda known: scores[known])
    if not code:
        return (shown,)
    if code not in LANGUAGES or scores[shown] < _CLEARLY or scores[shown] <= scores[code]:
        return (code,)
    return (code, shown)


def spoken_in(part: str, codes: Sequence[str]) -> int:
    """Which of these languages a part of a text is written in, as an index; the first where nothing tells."""
    weights, letters = _shown(part)
    scores = [
        weights.get(code, 0) + _LETTER_WEIGHT * len(letters & _LETTERS.get(code, frozenset()))
        for code in codes
    ]
    return scores.index(max(scores))


def _scores(text: str) -> Mapping[str, int]:
    """How much speaks for each language; all nought when nothing tells."""
    scores = dict.fromkeys(LANGUAGES, 0)
    letters: set[str] = set()
    for begin, part in blocks(text):
        if begin >= _LONGEST:
            break
        weights, others = _shown(part[: _LONGEST - begin])
        letters |= others
        for code, weight in weights.items():
            scores[code] += weight
    for code, own in _LETTERS.items():
        scores[code] += _LETTER_WEIGHT * len(letters & own)
    return scores


@lru_cache(maxsize=1_024)
def _shown(part: str) -> tuple[Mapping[str, int], frozenset[str]]:
    """What the small words of a block weigh for each language, and the letters in it that are not plain."""
    weights = function_words()
    scores: dict[str, int] = {}
    for word in WORD.findall(fold(part).text):
        for code, weight in weights.get(word, {}).items():
            scores[code] = scores.get(code, 0) + weight
    return scores, frozenset(letter for letter in set(part) if not letter.isascii())
