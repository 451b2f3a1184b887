"""The grammar of a fault script: every key, what it holds, and which faults know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

REQUESTS = ("all", "reads", "writes", "sends")
METHODS = ("GET", "PUT", "POST", "DELETE")
AUTHORS = ("buyer", "seller", "anyone")
STATES = ("DELIVERED", "BLOCKED", "DISMISSED", "INTERACTING", "VERIFYING")
REFUSALS = ("refused", "blocked")
DAY = 86_400.0
LOWEST_ERROR, HIGHEST_ERROR = 400, 599

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `read` gives the value for the rule or None, `wants` says what it should be.

    `means` is a sentence for whoever has left it out; `field` is the name in `script` where it is another.
    """

    read: Callable[[Any], Any]
    wants: str
    means: str = ""
    field: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """The keys of one fault beyond the common ones, those that must be there, and what it begins with."""

    keys: Mapping[str, Key] = field(default_factory=lambda: _NOTHING)
    needs: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


def _number(low: float, high: float = float("inf"), *, above: bool = False) -> Callable[[Any], float | None]:
    def read(value: Any) -> float | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        fits = low < value <= high if above else low <= value <= high
        return float(value) if fits and value != float("inf") else None

    return read


def _whole(low: int | None, high: int | None = None) -> Callable[[Any], int | None]:
    def read(value: Any) -> int | None:
        if isinstance(value, bool) or not isinstance(value, int):
            return None
        return value if (low is None or value >= low) and (high is None or value <= high) else None

    return read


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _path(value: Any) -> str | None:
    return value if isinstance(value, str) and value.startswith("/") else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _places(value: Any) -> tuple[int, ...] | None:
    """`3` or `[3, 7]`."""
    values = value if isinstance(value, list) else [value]
    whole = _whole(1)
    return tuple(values) if values and all(whole(it) is not None for it in values) else None


def _one_of(*choices: str) -> Key:
    listed = ", ".join(f'"{it}"' for it in choices)
    return Key(lambda value: value if value in choices else None, f"one of {listed}", choices=choices)


_SECONDS = Key(_number(0), "a number of seconds, 0 or more", 'write "seconds = 3"')
_HANDLED = Key(_flag, "true or false")

TOP: Mapping[str, Key] = {
    "seed": Key(_whole(None), "a whole number"),
    "lively": Key(_number(0, above=True), "a number of seconds above 0"),
}

WHEN: Mapping[str, Key] = {
    "share": Key(_number(0, 1), "a share from 0 to 1, such as 0.1 for a tenth"),
    "nth": Key(_places, "a whole number from 1 on, or a list of them"),
    "every": Key(_whole(1), "a whole number from 1 on"),
    "from": Key(_number(0), "a number of seconds, 0 or more", field="since"),
    "until": Key(_number(0, above=True), "a number of seconds above 0"),
    "times": Key(_whole(1), "a whole number from 1 on"),
}

_NAME = Key(_text, "a text")

REQUEST_COMMON: Mapping[str, Key] = {
    "name": _NAME,
    "requests": _one_of(*REQUESTS),
    "method": _one_of(*METHODS),
    "path": Key(_path, 'a path that begins with "/"'),
}

REQUEST_FAULTS: Mapping[str, Fault] = {
    "latency": Fault({"seconds": _SECONDS}, ("seconds",)),
    "status": Fault(
        {
            "status": Key(
                _whole(LOWEST_ERROR, HIGHEST_ERROR),
                f"an HTTP status from {LOWEST_ERROR} to {HIGHEST_ERROR}",
                'write "status = 503"',
            ),
            "code": Key(_text, "a text"),
            "message": Key(_text, "a text"),
            "retry_after": Key(_whole(0), "a whole number of seconds"),
            "handled": _HANDLED,
        },
        ("status",),
    ),
    "reset": Fault({"handled": _HANDLED}),
    "timeout": Fault({"seconds": _SECONDS, "handled": _HANDLED}, defaults={"seconds": 60.0, "handled": True}),
    "html404": Fault(defaults={"status": 404}),
    "first-page": Fault(),
}

WORLD_COMMON: Mapping[str, Key] = {"name": _NAME}

WORLD_FAULTS: Mapping[str, Fault] = {
    "late": Fault({"seconds": _SECONDS}, ("seconds",)),
    "deleted": Fault({"seconds": _SECONDS, "by": _one_of(*AUTHORS)}, defaults={"seconds": 0.0}),
    "stuck": Fault({"seconds": _SECONDS}),
    "outcome": Fault(
        {"becomes": _one_of(*STATES), "then": _one_of(*STATES), "seconds": _SECONDS},
        ("becomes",),
        {"seconds": 0.0},
    ),
    "vanish": Fault({"seconds": _SECONDS}, defaults={"seconds": DAY}),
    "refuse": Fault({"how": _one_of(*REFUSALS)}),
}
