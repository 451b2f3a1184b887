"""A text as blocks, which are read one by one: what has not changed since the last key is not read again.

A block ends with a line, for no clause goes over the end of one. Two ends do not count: behind a word, where
a phrase may go on in the next line, and behind a colon, which announces what stands there.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=64)
def blocks(text: str) -> tuple[tuple[int, str], ...]:
    """The blocks of a text, each with the place where it begins; together they are the whole text."""
    found: list[tuple[int, str]] = []
    start = at = 0
    for line in text.split("\n"):
        at += len(line) + 1
        last = line.rstrip()[-1:]
        if last == ":" or last.isalnum():
            continue
        found.append((start, text[start:at]))
        start = at
    found.append((start, text[start:]))
    return tuple((begin, part) for begin, part in found if part)
