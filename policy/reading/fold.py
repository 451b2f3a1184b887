"""Text as the word lists see it: lower case, without diacritics and disguises, with the way back.

Three things are undone: what Unicode allows (case, marks, widths, invisible characters, Cyrillic and Greek
letters that look Latin), words whose letters stand apart ("f a k t u r a"), and signs that stand for letters
inside a word ("f@ktura", "skl3p").
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

# Letters that no Unicode decomposition takes apart, and letters of other scripts that look Latin.
_PLAIN = {
    "ł": "l",
    "đ": "d",
    "ø": "o",
    "ħ": "h",
    "ı": "i",
    **dict(zip("авекмнорстухіѕјԁѵѡԛԝѐёї", "abekmhopctyxisjdvwqweei", strict=True)),
    **dict(zip("αβεικνορτυχωγηϲ", "abeikvoptuxwync", strict=True)),
}
# Marks that follow a letter, and characters without a width (joiners, soft hyphens): both are dropped.
_DROPPED = frozenset({"Mn", "Me", "Cf"})

# Four or more single letters, each apart from the next by the same sign. A preposition before a whole word
# ("f a k t u r a w pliku") is none of them.
_APART = re.compile(r"(?<![^\W_])[a-z](?:([ .*_-])[a-z])(?:\1(?![kswvz] [a-z]{2})[a-z]){2,60}(?![^\W_])")
# Begins with what is rarer than letters: a text without it, which most are, is passed over quickly.
_MAYBE_APART = re.compile(r"[ .*_-][a-z][ .*_-][a-z][ .*_-][a-z](?![a-z])")
# A sign between letters; an at sign of an e-mail address has a dot behind it.
_DISGUISED = re.compile(r"@(?<=[a-z].)(?=[a-z]{2,20}(?![a-z.@-]))|[013$](?<=[a-z].)(?=[a-z])")
_LETTERS = str.maketrans("@013$", "aoies")
# A letter between digits: "5O2 33I 9O8".
_DIGIT_LIKE = re.compile(r"\d[oil](?=\d|\s\d)")
_DIGITS = str.maketrans("oil", "011")


class Folded(NamedTuple):
    """A folded text. `origin` holds, for each of its characters, the index of the typed one it comes from.

    `origin` is None when both texts are equally long and agree character by character.
    """

    text: str
    typed_length: int
    origin: tuple[int, ...] | None = None

    def typed_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span in the text as typed (code points) of a non-empty span of the folded text."""
        if self.origin is None:
            return start, end
        last = self.origin[end - 1]
        after = bisect_left(self.origin, last + 1)
        # Marks dropped behind the last letter belong to it.
        stop = self.origin[after] if after < len(self.origin) else self.typed_length
        return self.origin[start], stop


class _Table(dict[int, str]):
    """Folds one character the first time that it is met; `uneven` are those that do not fold to just one."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = "".join(
            _PLAIN.get(part, part)
            for part in unicodedata.normalize("NFKD", character.casefold())
            if unicodedata.category(part) not in _DROPPED
        )
        if len(plain) != 1:
            self.uneven.add(character)
        self[code] = plain
        return plain


_TABLE = _Table()


@lru_cache(maxsize=1_024)
def fold(text: str) -> Folded:
    """Fold a text: „Wysłaliśmy" becomes "wyslalismy", a full-width or combined letter its plain one."""
    lowered = text.lower()
    if lowered.isascii():
        return Folded(lowered, len(text))
    if len(lowered) == len(text):
        # Most characters are plain already: only the others, which are few, are replaced.
        others = [character for character in set(lowered) if not character.isascii()]
        folded = lowered
        for character in others:
            folded = folded.replace(character, _TABLE[ord(character)])
        if _TABLE.uneven.isdisjoint(others):
            return Folded(folded, len(text))
    folded = text.translate(_TABLE)
    if _TABLE.uneven.isdisjoint(text):
        return Folded(folded, len(text))
    origin = tuple(index for index, character in enumerate(text) for _ in _TABLE[ord(character)])
    return Folded(folded, len(text), origin)


def unmask(folded: Folded) -> Folded:
    """Undo the disguises of words in a folded text; what was typed plainly stays as it is."""
    text = folded.text
    if _DISGUISED.search(text):
        text = _DISGUISED.sub(lambda found: found[0].translate(_LETTERS), text)
    if _DIGIT_LIKE.search(text):
        text = _DIGIT_LIKE.sub(lambda found: found[0].translate(_DIGITS), text)
    if _MAYBE_APART.search(text) is None:
        return folded if text == folded.text else Folded(text, folded.typed_length, folded.origin)
    origin = folded.origin or range(len(text))
    kept: list[str] = []
    places: list[int] = []
    reached = 0
    for found in _APART.finditer(text):
        start, end = found.span()
        kept.append(text[reached:start])
        places += origin[reached:start]
        kept.append(text[start:end:2])
        places += origin[start:end:2]
        reached = end
    kept.append(text[reached:])
    places += origin[reached:]
    return Folded("".join(kept), folded.typed_length, tuple(places))
