"""Signs that every language shares: addresses, numbers, stars. Regular expressions on folded text.

A number may be what it looks like only if its check digits agree; python-stdnum knows them.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CHECKS = {
    "iban": ("stdnum.iban", ""),
    "polish_account": ("stdnum.iban", "pl"),
    "czech_account": ("stdnum.cz.bankaccount", ""),
    "pesel": ("stdnum.pl.pesel", ""),
    "birth_number": ("stdnum.cz.rc", ""),
    "nip": ("stdnum.pl.nip", ""),
    "regon": ("stdnum.pl.regon", ""),
    "ean": ("stdnum.ean", ""),
    "card": ("stdnum.luhn", ""),
}
"""The module whose `is_valid` decides about a number, and what is put before the number first."""


DOT = "dot"
# A run of digits, with what stands between the groups of a number.
_RUN = re.compile(r"\d(?:[\d .()/+–-]{0,80}\d)?")
# A dot or a scheme inside a word.
_DOTS = re.compile(r"\.(?=[a-z0-9])|://|www\.")
_BLANK = re.compile(r"\s")
# How far before and behind a literal its sign reaches: a name after "at".
_AROUND = 48
_LONGEST = 120


class Sign(NamedTuple):
    """One regular expression, searched around what it needs.

    That is any of the literals in `needs` (`DOT`: a dot inside a word), or a run of at least so many
    `digits`, from so many characters before it to so many behind.

    `within` names the sign in whose matches alone this one is searched; `check` one of `CHECKS`.
    """

    name: str
    bit: int
    pattern: str
    needs: tuple[str, ...] = ()
    digits: tuple[int, ...] = ()
    within: str = ""
    check: str = ""
    indivisible: bool = False
    """No full stop, comma or colon inside it ends a clause."""


class Mark(NamedTuple):
    """A sign found: its bit and its half-open place in the folded text."""

    bit: int
    start: int
    end: int


class Signs:
    """All signs, in the order in which they are searched."""

    def __init__(self, signs: Sequence[Sign]) -> None:
        self.bits: Mapping[str, int] = {sign.name: sign.bit for sign in signs}
        self._free = [sign for sign in signs if sign.needs or sign.digits]
        self._without_digits = [sign for sign in self._free if not sign.digits]
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._inner = {
            sign.name: [inner for inner in signs if inner.within == sign.name] for sign in self._free
        }

    def find(self, folded: str) -> tuple[list[Mark], list[tuple[int, int]]]:
        """The signs of a folded text, and the places in it that are never cut in two (in order)."""
        marks: list[Mark] = []
        whole: list[tuple[int, int]] = []
        runs = [(*found.span(), _count(found[0])) for found in _RUN.finditer(folded)]
        for sign in self._free if runs else self._without_digits:
            if sign.needs and sign.needs != (DOT,) and not any(literal in folded for literal in sign.needs):
                continue
            if sign.digits:
                least, before, behind = sign.digits
                near = [
                    (max(0, start - before), end + behind) for start, end, count in runs if count >= least
                ]
                if len(near) > 1:
                    near = _merged(near)
            else:
                near = _windows(folded, sign.needs)
            if not near:
                continue
            pattern = self._pattern(sign)
            for first, last in near:
                for found in pattern.finditer(folded, first, last):
                    start, end = found.span()
                    if sign.check and not is_valid(sign.check, found[0]):
                        continue
                    marks.append(Mark(sign.bit, start, end))
                    if sign.indivisible:
                        whole.append((start, end))
                    marks += [
                        Mark(inner.bit, start, end)
                        for inner in self._inner[sign.name]
                        if self._pattern(inner).search(folded, start, end)
                    ]
        return marks, _merged(sorted(whole))

    def _pattern(self, sign: Sign) -> re.Pattern[str]:
        """The expression, compiled when a text first needs it: most texts need few."""
        pattern = self._compiled.get(sign.name)
        if pattern is None:
            pattern = self._compiled[sign.name] = re.compile(sign.pattern)
        return pattern


def _count(run: str) -> int:
    """How many digits there are."""
    return len(run) if run.isdigit() else sum(map(str.isdigit, run))


def _windows(folded: str, needs: tuple[str, ...]) -> list[tuple[int, int]]:
    """The parts of a text that can hold a sign: around what it needs, up to white space further on."""
    if needs == (DOT,):
        # An address is one word: nothing before it belongs to it, and all behind it does.
        return _merged(
            [
                (_blank_before(folded, found.start(), _LONGEST), _blank_behind(folded, found.end()))
                for found in _DOTS.finditer(folded)
            ]
        )
    around = []
    for literal in needs:
        at = folded.find(literal)
        while at >= 0:
            around.append((max(0, at - _AROUND), at + len(literal) + _AROUND))
            at = folded.find(literal, at + 1)
    return _merged(sorted(around)) if around else around


def _blank_before(folded: str, at: int, furthest: int) -> int:
    first = max(0, at - furthest)
    return max(first, folded.rfind(" ", first, at) + 1)


def _blank_behind(folded: str, at: int) -> int:
    found = _BLANK.search(folded, at)
    return found.start() if found else len(folded)


def is_valid(check: str, number: str) -> bool:
    """Do the check digits of a number agree with what it claims to be?"""
    module, before = CHECKS[check]
    return bool(import_module(module).is_valid(before + number))


def _merged(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted places without overlaps."""
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
