"""Messages and verdicts as JSON, the form of `okienko check --jsonl`.

In:  {"id", "text", "lang", "marketplace", "context": {"contact", "buyer_last", "carrier_integrated",
     "invoice_required", "paid", "repeats", "thread_closed", "no_order"},
     "attachments": [{"name", "mime", "size"}], "as_of"}
Out: {"id", "level", "findings": [{"rule", "level", "span", "attachment", "excerpt", "guessed", "message",
     "why", "source": {"url", "date", "known"}, "since", "instead": {"text", "action"}}],
     "allowed": [{"rule", "by", "span"}], "elapsed_us"}

Only `text` is required; without `lang` the words tell the language. Keys that are not named here are left
alone, so that the form can grow.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from policy.loading import marketplaces
from policy.message import Attachment, Contact, Context, Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy.verdict import Finding, Verdict

_LONGEST_FOUND = 60


class Expected(StrEnum):
    """What a field should have held."""

    OBJECT = "an object"
    LIST = "a list"
    TEXT = "a text"
    FLAG = "true or false"
    DAY = "a date such as 2026-03-02"
    SIZE = "a whole number of bytes"
    COUNT = "a whole number"
    CHOICE = "one of"
    """Followed by the choices."""


class BadInput(ValueError):  # noqa: N818  the mistake is the sender's
    """A field does not hold what it should; the message is one English sentence for people.

    `field` is its path ("context.contact", empty for the whole), `found` is JSON-like and short; `choices`
    are all that is allowed, where that is a closed set.
    """

    def __init__(self, field: str, found: object, expected: Expected, choices: Iterable[str] = ()) -> None:
        self.field = field
        self.found = _short(found)
        self.expected = expected
        self.choices = tuple(choices)
        wanted = f"{expected} {', '.join(self.choices)}" if self.choices else str(expected)
        super().__init__(f"{field or 'input'}: expected {wanted}, found {self.found}")


def message_and_context(obj: Any) -> tuple[Message, Context]:
    """Read the JSON form of a message and its context; `BadInput` names the field that is wrong."""
    whole = _Fields("", obj)
    around = whole.inner("context")
    attachments = tuple(
        _attachment(_Fields(f"attachments[{index}]", item))
        for index, item in enumerate(whole.items("attachments"))
    )
    message = Message(whole.text("text"), attachments, whole.optional_text("lang") or "")
    context = Context(
        contact=Contact(around.choice("contact", tuple(Contact), Contact.INITIATED)),
        buyer_last=around.optional_text("buyer_last"),
        carrier_integrated=around.flag("carrier_integrated", default=True),
        invoice_required=around.flag("invoice_required", default=False),
        paid=around.flag("paid", default=True),
        marketplace=whole.choice("marketplace", marketplaces(), "allegro-pl"),
        as_of=whole.day("as_of"),
        repeats=around.whole_number("repeats", Expected.COUNT),
        thread_closed=around.flag("thread_closed", default=False),
        no_order=around.flag("no_order", default=False),
    )
    return message, context


def verdict_json(verdict: Verdict, language: str, elapsed_us: int, id: str | int | None) -> dict[str, Any]:  # noqa: A002  the field's name on the wire
    """The JSON form of a verdict; its texts are in `language` ("pl" or "en"), the time in microseconds."""
    return {
        "id": id,
        "level": verdict.level.word,
        "findings": [_finding_json(finding, language) for finding in verdict.findings],
        "allowed": [
            {"rule": one.rule.id, "by": one.by.id, "span": list(one.span) if one.span else None}
            for one in verdict.allowed
        ],
        "elapsed_us": elapsed_us,
    }


def _finding_json(finding: Finding, language: str) -> dict[str, Any]:
    rule = finding.rule
    return {
        "rule": rule.id,
        "level": finding.level.word,
        "span": list(finding.span) if finding.span is not None else None,
        "attachment": finding.attachment,
        "excerpt": finding.excerpt,
        "guessed": finding.guessed,
        "message": rule.message.text(language),
        "why": rule.why.text(language),
        "source": {
            "url": rule.source.url,
            "date": rule.source.date.isoformat(),
            "known": rule.source.known.value,
        },
        "since": rule.since.isoformat(),
        "instead": {"text": finding.instead.text(language), "action": finding.instead.action},
    }


def _attachment(fields: _Fields) -> Attachment:
    return Attachment(
        fields.text("name"), fields.optional_text("mime") or "", fields.whole_number("size", Expected.SIZE)
    )


class _Fields:
    """An object of the input, read field by field; null stands for a missing field."""

    def __init__(self, path: str, found: Any) -> None:
        if not isinstance(found, dict):
            raise BadInput(path, found, Expected.OBJECT)
        self._path = path
        self._found = found

    def text(self, key: str) -> str:
        value = self._found.get(key)
        if not isinstance(value, str):
            raise BadInput(self._at(key), value, Expected.TEXT)
        return value

    def optional_text(self, key: str) -> str | None:
        return None if self._found.get(key) is None else self.text(key)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._found.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise BadInput(self._at(key), value, Expected.FLAG)
        return value

    def choice(self, key: str, choices: tuple[str, ...], default: str) -> str:
        value = self._found.get(key)
        if value is None:
            return default
        if not isinstance(value, str) or value not in choices:
            raise BadInput(self._at(key), value, Expected.CHOICE, choices)
        return value

    def day(self, key: str) -> date | None:
        text = self.optional_text(key)
        if text is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise BadInput(self._at(key), text, Expected.DAY) from None

    def whole_number(self, key: str, expected: Expected) -> int:
        value = self._found.get(key)
        if value is None:
            return 0
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise BadInput(self._at(key), value, expected)
        return value

    def items(self, key: str) -> list[Any]:
        value = self._found.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise BadInput(self._at(key), value, Expected.LIST)
        return value

    def inner(self, key: str) -> _Fields:
        value = self._found.get(key)
        return _Fields(self._at(key), {} if value is None else value)

    def _at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key


def _short(found: object) -> str:
    if found is None:
        return "nothing"
    if isinstance(found, dict | list):
        return "an object" if isinstance(found, dict) else "a list"
    # ascii(): what came in may hold control characters, and this goes to people.
    text = ascii(found)
    return text if len(text) <= _LONGEST_FOUND else text[: _LONGEST_FOUND - 1] + "…"
