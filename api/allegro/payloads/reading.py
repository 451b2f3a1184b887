"""From bytes to a struct, and in words without content what was wrong."""

from __future__ import annotations

import json
import re
from typing import TypeVar

import msgspec

T = TypeVar("T")

_PATH = re.compile(r"^(?P<problem>.*?)(?: - at `(?P<field>\$[^`]*)`)?$", re.DOTALL)


class NotUnderstood(Exception):  # noqa: N818  the name says what happened
    """A body is not what was expected at `field` (`$` is the whole); holds nothing of the body."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(field, problem)
        self.field = field
        self.problem = problem


def decode(body: bytes, decoder: msgspec.json.Decoder[T], kind: type[T]) -> T:
    """Decode a body.

    A body that msgspec finds malformed gets a second, forgiving reading: a text cut inside an emoji
    leaves a lone surrogate, or half a UTF-8 character, and one buyer's message must not hide a page.
    Raises NotUnderstood.
    """
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        wrong = _wrong(error)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _forgiving(body, kind)
    raise wrong


def _forgiving(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.convert(json.loads(body.decode("utf-8-sig", "replace")), kind)
    except msgspec.ValidationError as error:
        wrong = _wrong(error)
    except (ValueError, RecursionError):
        wrong = NotUnderstood("$", "no JSON")
    raise wrong


def _wrong(error: msgspec.ValidationError) -> NotUnderstood:
    match = _PATH.match(str(error))
    problem, field = (match["problem"], match["field"]) if match else ("", None)
    return NotUnderstood(field or "$", problem.replace("`", ""))
