"""Text as the word lists see it: lower case, without diacritics, with the way back to what was typed."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

# Letters that no Unicode decomposition takes apart.
_PLAIN = {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i"}
# Marks that follow a letter, and characters without a width (joiners, soft hyphens): both are dropped.
_DROPPED = frozenset({"Mn", "Me", "Cf"})


@dataclass(frozen=True, slots=True)
class Folded:
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


def fold(text: str) -> Folded:
    """Fold a text: „Wysłaliśmy" becomes "wyslalismy", a full-width or combined letter its plain one."""
    folded = text.translate(_TABLE)
    if _TABLE.uneven.isdisjoint(text):
        return Folded(folded, len(text))
    origin = tuple(index for index, character in enumerate(text) for _ in _TABLE[ord(character)])
    return Folded(folded, len(text), origin)
