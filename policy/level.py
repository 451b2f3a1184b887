"""How strongly a rule speaks."""

from __future__ import annotations

from enum import IntEnum


class Level(IntEnum):
    """Ordered: the level of a verdict is the highest of its findings.

    OK means that no known rule matched; it never promises that a message is delivered.
    """

    OK = 0
    HINT = 1
    WARN = 2
    BLOCK = 3

    @property
    def word(self) -> str:
        """The level as packs, JSON and the command line write it: ok, hint, warn or block."""
        return self.name.lower()

    @classmethod
    def from_word(cls, word: str) -> Level:
        """The level with this word; ValueError for any other."""
        for level in cls:
            if level.word == word:
                return level
        raise ValueError(f"{word!r} is no level; expected one of ok, hint, warn, block")
