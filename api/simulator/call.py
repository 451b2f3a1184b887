"""A request as the resources see it, their answer, and what a resource declares about itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from api.simulator.refusal import BAD_REQUEST, INVALID, RefusalError
from api.simulator.state import State

PUBLIC = "application/vnd.allegro.public.v1+json"
BETA = "application/vnd.allegro.beta.v1+json"
ANY = "*/*"


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `query` keeps repeated parameters in order, `headers` have lower-case names."""

    path: Mapping[str, str]
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def one(self, name: str) -> str | None:
        """The last value of a query parameter, or None."""
        return next((value for key, value in reversed(self.query) if key == name), None)

    def many(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.query if key == name)

    def number(self, name: str, *, low: int, high: int | None, default: int) -> int:
        """A whole number of the query. Raises RefusalError (422) for anything else or one out of range."""
        text = self.one(name)
        if text is None:
            return default
        if (
            not re.fullmatch(r"[0-9]{1,18}", text)
            or int(text) < low
            or (high is not None and int(text) > high)
        ):
            top = "" if high is None else f" and at most {high}"
            raise RefusalError(INVALID, f"{name} must be a number, at least {low}{top}", name)
        return int(text)

    def json(self) -> dict[str, object]:
        """The body as an object. Raises RefusalError: 400 for no JSON, 422 for JSON of another kind."""
        try:
            value = json.loads(self.body)
            json.dumps(value, ensure_ascii=False).encode()  # half of a surrogate pair is no text
        except (ValueError, RecursionError):
            raise RefusalError(BAD_REQUEST, "Bad Request") from None
        if not isinstance(value, dict):
            raise RefusalError(INVALID, "The body must be an object")
        return value


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is a value for JSON, or bytes that go out as they are under `media`."""

    body: dict[str, object] | bytes
    status: int = 200
    media: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resource:
    """One method of one path, and what it demands before its handler is asked.

    `scope` None is a resource of `/auth/oauth`, which knows no bearer and no User-Agent; an empty one asks
    for a bearer and no scope. `media` is the one representation it speaks (ANY: bytes). `reads_json` says
    that a body of that media type must come along.
    """

    method: str
    path: str
    handler: Callable[[Call, State], Answer]
    scope: str | None
    media: str = PUBLIC
    reads_json: bool = False
