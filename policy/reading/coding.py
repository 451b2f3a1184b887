"""How the words of a language lie in its data file: as text, taken apart only where a message needs it.

Thousands of small lists cost more to load than all else; a string costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Entry(NamedTuple):
    """The groups of a word, as a mask, and the steps of phrases that it may be."""

    mask: int
    steps: tuple[int, ...]


NO_ENTRY = Entry(0, ())


def entry_as_text(mask: int, steps: Iterable[int]) -> str:
    """An entry as a word: the bits of its groups between dots, and behind a comma the steps."""
    groups = [str(bit) for bit in range(mask.bit_length()) if mask >> bit & 1]
    return ",".join([".".join(groups), ".".join(map(str, steps))])


def entry_from(coded: str) -> Entry:
    """The entry that `entry_as_text` wrote."""
    groups, _, steps = coded.partition(",")
    mask = 0
    for bit in groups.split(".") if groups else ():
        mask |= 1 << int(bit)
    return Entry(mask, tuple(map(int, steps.split("."))) if steps else ())


def table_as_text(rows: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Entries (as text) with all words that have just these, a line each."""
    return "\n".join(f"{coded} {' '.join(words)}" for coded, words in rows)


def table_from(text: str) -> dict[str, str]:
    """Each word of a table with its entry, still as text."""
    found: dict[str, str] = {}
    for line in text.split("\n") if text else ():
        coded, _, words = line.partition(" ")
        if " " in words:
            found.update(dict.fromkeys(words.split(" "), coded))
        else:
            found[words] = coded
    return found


def homographs_as_text(others: Mapping[str, str]) -> str:
    """Typed forms, each with its entry (as text)."""
    return " ".join(f"{typed} {coded}" for typed, coded in others.items())


def homograph_from(text: str, typed: str) -> Entry | None:
    """The entry of a word that was typed so, None when that is no word of its own."""
    forms = text.split(" ")
    for form, coded in zip(forms[::2], forms[1::2], strict=True):
        if form == typed:
            return entry_from(coded)
    return None


def phrases_as_text(phrases: Iterable[Sequence[int]]) -> str:
    """The bit of the group and the further steps of each phrase."""
    return ";".join(" ".join(map(str, numbers)) for numbers in phrases)


def phrases_from(text: str) -> Iterator[list[int]]:
    """What `phrases_as_text` wrote."""
    for phrase in text.split(";") if text else ():
        yield [int(number) for number in phrase.split(" ")]
