"""The JSON form of messages and verdicts."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from policy import Attachment, Contact, Context, Message, check
from policy.wire import BadInput, message_and_context, verdict_json

WHOLE: dict[str, Any] = {
    "id": "a1",
    "text": "Dzień dobry",
    "lang": "cs",
    "marketplace": "allegro-cz",
    "context": {
        "contact": "reply",
        "buyer_last": "Kdy?",
        "carrier_integrated": False,
        "invoice_required": True,
        "paid": False,
        "repeats": 6,
        "thread_closed": True,
        "no_order": True,
    },
    "attachments": [{"name": "a.pdf", "mime": "application/pdf", "size": 12}],
    "as_of": "2026-03-01",
    "expect": {"level": "ok"},
}


def test_every_field() -> None:
    """Every field arrives, and keys that are not known are left alone."""
    message, context = message_and_context(WHOLE)
    assert message == Message("Dzień dobry", (Attachment("a.pdf", "application/pdf", 12),), "cs")
    assert context == Context(
        Contact.REPLY, "Kdy?", False, True, False, "allegro-cz", date(2026, 3, 1), 6, True, True
    )


def test_only_the_text() -> None:
    """A text is enough; null stands for a missing field."""
    missing = dict.fromkeys(("lang", "marketplace", "context", "attachments", "as_of"))
    for obj in ({"text": "x"}, {"text": "x", **missing}):
        assert message_and_context(obj) == (Message("x"), Context())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": None}, "text: expected a text, found nothing"),
        ({"text": 3}, "text: expected a text, found 3"),
        ({"lang": 3}, "lang: expected a text, found 3"),
        ({"marketplace": "ebay"}, "marketplace: expected one of allegro-"),
        ({"context": []}, "context: expected an object, found a list"),
        ({"context": {"contact": "friend"}}, "context.contact: expected one of reply, "),
        ({"context": {"contact": ["reply"]}}, "found a list"),
        ({"context": {"repeats": -1}}, "context.repeats: expected a whole number, found -1"),
        ({"context": {"buyer_last": 1}}, "context.buyer_last: expected a text, found 1"),
        ({"context": {"paid": "yes"}}, "context.paid: expected true or false, found 'yes'"),
        (
            {"context": {"carrier_integrated": 1}},
            "context.carrier_integrated: expected true or false, found 1",
        ),
        ({"attachments": {}}, "attachments: expected a list, found an object"),
        ({"attachments": ["a.pdf"]}, "attachments[0]: expected an object, found 'a.pdf'"),
        ({"attachments": [{"mime": "x"}]}, "attachments[0].name: expected a text, found nothing"),
        (
            {"attachments": [{"name": "a", "size": -1}]},
            "attachments[0].size: expected a whole number of bytes",
        ),
        (
            {"attachments": [{"name": "a", "size": True}]},
            "attachments[0].size: expected a whole number of bytes",
        ),
        ({"as_of": "yesterday"}, "as_of: expected a date such as 2026-03-02, found 'yesterday'"),
        ({"as_of": "\x1b[31m" * 40}, r"'\x1b[31m"),
    ],
)
def test_bad_input(change: dict[str, Any], sentence: str) -> None:
    """A wrong field is named, with what was found (safe to print) and what was expected."""
    with pytest.raises(BadInput) as caught:
        message_and_context({**WHOLE, **change})
    assert sentence in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(caught.value.found) <= 60


@pytest.mark.parametrize("obj", [None, [], "text", 3])
def test_no_object(obj: object) -> None:
    """What is no object at all is named the input."""
    with pytest.raises(BadInput, match="input: expected an object"):
        message_and_context(obj)


def test_verdict() -> None:
    """A verdict carries all of the promised keys and survives JSON."""
    message = Message("Wpłata dotarła.", (Attachment("fv.pdf"),))
    answer = verdict_json(check(message, Context()), "pl", 87, id="a1")
    assert json.loads(json.dumps(answer)) == answer
    assert (answer["id"], answer["level"], answer["elapsed_us"]) == ("a1", "block", 87)
    words, file = answer["findings"]
    assert words == {
        "rule": "DUP-PAYMENT",
        "level": "block",
        "span": [0, 15],
        "attachment": None,
        "excerpt": "Wpłata dotarła.",
        "guessed": False,
        "message": "o wpłacie powiadamia Allegro",
        "why": words["why"],
        "source": {
            "url": "https://github.com/allegro/allegro-api/issues/13038",
            "date": "2026-02-10",
            "known": "read",
        },
        "since": "2026-03-02",
        "instead": {"text": words["instead"]["text"], "action": ""},
    }
    assert (file["span"], file["attachment"], file["excerpt"]) == (None, 0, "fv.pdf")
    assert file["instead"]["action"] == "invoice_link"  # the buyer asked for no invoice with the order
    assert answer["allowed"] == []


def test_what_is_allowed() -> None:
    """What an answer may say is told with the permission."""
    message, context = Message("Tak, wpłata dotarła."), Context(Contact.REPLY, "Czy pieniądze doszły?")
    answer = verdict_json(check(message, context), "pl", 0, id=None)
    assert answer["allowed"] == [{"rule": "DUP-PAYMENT", "by": "ALLOW-REPLY", "span": [5, 20]}]


def test_language_of_a_verdict() -> None:
    """The texts of a verdict come in the language that is asked for."""
    verdict = check(Message("Wpłata dotarła."), Context())
    assert (
        verdict_json(verdict, "en", 0, id=None)["findings"][0]["message"]
        == "Allegro reports the payment itself"
    )
