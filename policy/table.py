"""A table of a rule file, read key by key: every mistake is named with its file, rule and key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_T = TypeVar("_T")


class PackError(ValueError):
    """A rule file says something that cannot be understood; the message names file, rule and key."""


class Table:
    """A TOML table that knows where it stands ("duplicates.toml: DUP-PAYMENT: levels")."""

    def __init__(self, data: Mapping[str, Any], where: str) -> None:
        self._data = data
        self._where = where
        self._asked: set[str] = set()

    def error(self, key: str, complaint: str) -> PackError:
        return PackError(f"{self._where}: {key}: {complaint}")

    def has(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._data

    def names(self) -> tuple[str, ...]:
        self._asked.update(self._data)
        return tuple(self._data)

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self._value(key, str, "a text")
        if not value.strip():
            raise self.error(key, "is empty")
        return value

    def optional_text(self, key: str) -> str:
        return self._value(key, str, "a text") if self.has(key) else ""

    def is_text(self, key: str) -> bool:
        """Does the key hold a text, rather than a table?"""
        return isinstance(self._data.get(key), str)

    @staticmethod
    def near(name: str, known: Collection[str]) -> str:
        """A suggestion for a name that is not known, or ""."""
        import difflib  # noqa: PLC0415  only a mistake pays for it

        close = difflib.get_close_matches(name, known, n=1)
        return f"; did you mean {close[0]!r}?" if close else ""

    def number(self, key: str) -> int:
        """A whole number above zero, or zero when the key is missing."""
        if not self.has(key):
            return 0
        value = self._value(key, int, "a whole number")
        if isinstance(value, bool) or value <= 0:
            raise self.error(key, f"expected a whole number above 0, found {value!r}")
        return value

    def flag(self, key: str) -> bool:
        """True or false; false when the key is missing."""
        return self._value(key, bool, "true or false") if self.has(key) else False

    def day(self, key: str) -> date:
        found = self._data.get(key)
        if isinstance(found, str):
            # Compiled rule files are JSON, which has no dates.
            self._asked.add(key)
            try:
                return date.fromisoformat(found)
            except ValueError:
                raise self.error(key, f"expected a date such as 2026-03-02, found {found!r}") from None
        return self._value(key, date, "a date such as 2026-03-02")

    def optional_day(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when the key is missing."""
        if not self.has(key):
            return ()
        values = self._value(key, list, "a list of texts")
        for value in values:
            if not isinstance(value, str) or not value.strip():
                raise self.error(key, f"expected a list of texts, found {value!r} in it")
        return tuple(values)

    def items(self, key: str) -> list[Any]:
        """A list of anything, empty when the key is missing."""
        return self._value(key, list, "a list") if self.has(key) else []

    def table(self, key: str) -> Table:
        return Table(self._value(key, dict, "a table"), f"{self._where}: {key}")

    def tables(self, key: str) -> Iterator[Table]:
        """A list of tables, empty when the key is missing."""
        for number, value in enumerate(self.items(key), start=1):
            if not isinstance(value, dict):
                raise self.error(key, f"expected a list of tables, found {value!r} in it")
            yield Table(value, f"{self._where}: {key} {number}")

    def named(self, name: str) -> Table:
        """The same table, called by its id rather than by its number."""
        return Table(self._data, f"{self._where.rpartition(': ')[0]}: {name}")

    def finish(self) -> None:
        """Complain about keys that nobody asked for: a misspelt key would be a rule that says less."""
        for key in self._data:
            if key not in self._asked:
                raise self.error(key, f"unknown key{self.near(key, self._asked)}")

    def _value(self, key: str, kind: type[_T], expected: str) -> _T:
        self._asked.add(key)
        if key not in self._data:
            raise self.error(key, f"missing; expected {expected}")
        value = self._data[key]
        if not isinstance(value, kind):
            raise self.error(key, f"expected {expected}, found {value!r}")
        return value
