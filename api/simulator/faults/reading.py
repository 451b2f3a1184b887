"""Reading a fault script: every slip is told with the file, the place, and what may have been meant."""

from __future__ import annotations

import difflib
import tomllib
from typing import TYPE_CHECKING, Any, NoReturn

from api.simulator.faults.keys import (
    REQUEST_COMMON,
    REQUEST_FAULTS,
    TOP,
    WHEN,
    WORLD_COMMON,
    WORLD_FAULTS,
    Fault,
    Key,
)
from api.simulator.faults.script import RequestRule, Script, When, WorldRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Table = dict[str, Any]


class BadScriptError(ValueError):
    """A script that cannot be used; the words name the file, the key and what to write instead."""

    def __init__(self, file: str, place: str, problem: str) -> None:
        super().__init__(f"{file}: {place}: {problem}" if place else f"{file}: {problem}")
        self.file = file
        self.place = place
        self.problem = problem


def load_script(path: Path) -> Script:
    """The script in this file. Raises BadScriptError, also for a file that cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadScriptError(str(path), "", f"cannot be read ({error.strerror}): check the path") from None
    except UnicodeDecodeError:
        raise BadScriptError(str(path), "", "is no text in UTF-8: save it as UTF-8") from None
    return read_script(text, str(path))


def read_script(text: str, file: str) -> Script:
    """The script in this text; `file` is what errors call it. Raises BadScriptError."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadScriptError(file, "", f"is no TOML: {error}") from None
    return _Reader(file).script(table)


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file

    def script(self, table: Table) -> Script:
        rules = {name: self._rules(table, name) for name in ("request", "world")}
        top = {key: value for key, value in table.items() if key not in rules}
        values = self._values(top, TOP, "", (*TOP, *rules))
        return Script(
            requests=tuple(
                self._rule(it, f"request {number}", REQUEST_FAULTS, REQUEST_COMMON, RequestRule)
                for number, it in enumerate(rules["request"], 1)
            ),
            world=tuple(
                self._rule(it, f"world {number}", WORLD_FAULTS, WORLD_COMMON, WorldRule)
                for number, it in enumerate(rules["world"], 1)
            ),
            **values,
        )

    def _rules(self, table: Table, name: str) -> list[Table]:
        rules = table.get(name, [])
        if not isinstance(rules, list) or not all(isinstance(it, dict) for it in rules):
            self._fail(name, f"must be a list of tables: begin each rule with [[{name}]]")
        return rules

    def _rule(
        self,
        table: Table,
        place: str,
        faults: Mapping[str, Fault],
        common: Mapping[str, Key],
        kind: Any,
    ) -> Any:
        name = table.get("fault")
        if name is None:
            self._fail(place, f"'fault' is missing: write fault = one of {_list(faults)}")
        if not isinstance(name, str) or name not in faults:
            self._fail(f"{place}, fault", f"{name!r} is no fault{_meant(name, faults)}")
        fault = faults[name]
        here = f"{place} ({name})"
        allowed = {**common, **WHEN, **fault.keys}
        given = {key: value for key, value in table.items() if key != "fault"}
        values = self._values(given, allowed, here, (*allowed, "fault"))
        for key in fault.needs:
            if key not in values:
                self._fail(here, f"{key!r} is missing: {allowed[key].means}")
        when = When(**{key: values.pop(key) for key in list(values) if key in WHEN_FIELDS})
        if when.since >= when.until:
            self._fail(f"{here}, until", f"{when.until:g} is not after 'from' ({when.since:g})")
        return kind(fault=name, when=when, **{"name": here, **fault.defaults, **values})

    def _values(
        self, table: Table, keys: Mapping[str, Key], place: str, known: Iterable[str]
    ) -> dict[str, Any]:
        """The values of a table by the names of the fields that they go into."""
        found: dict[str, Any] = {}
        for name, value in table.items():
            where = f"{place}, {name}" if place else name
            key = keys.get(name)
            if key is None:
                self._fail(where, f"there is no such key here{_meant(name, known)}")
            read = key.read(value)
            if read is None:
                self._fail(where, f"{value!r} is not {key.wants}{_meant(value, key.choices)}")
            found[key.field or name] = read
        return found

    def _fail(self, place: str, problem: str) -> NoReturn:
        raise BadScriptError(self._file, place, problem)


WHEN_FIELDS = frozenset(key.field or name for name, key in WHEN.items())


def _meant(found: object, known: Iterable[str]) -> str:
    """What somebody may have meant, else all that there is."""
    known = list(known)
    if not known:
        return ""
    close = difflib.get_close_matches(str(found), known, n=1)
    return f": did you mean {close[0]!r}?" if close else f": there are {_list(known)}"


def _list(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)
