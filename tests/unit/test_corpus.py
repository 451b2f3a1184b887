"""The labelled messages keep to their form, and their labels to the table."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).parents[1] / "corpus"
FILES = sorted(CORPUS.glob("*.jsonl"), key=lambda path: path.name)
"""Those of which a third is held out; the sets in folders below were written later, each for one purpose."""
ALL = [*FILES, *sorted(CORPUS.glob("*/*.jsonl"))]

FIELDS = ["id", "lang", "marketplace", "context", "text", "attachments", "expect", "note"]
CONTEXT = ["contact", "buyer_last", "carrier_integrated", "invoice_required", "paid"]
MARKETPLACES = {"allegro-pl", "allegro-cz", "allegro-sk", "allegro-hu"}
LEVELS = ("ok", "hint", "warn", "block")
COLUMNS = {"initiated": 0, "stale": 1, "reply": 2, "continuation": 2, "presale": 2}
"""The column of the label table that each class of contact reads."""

MAX_CHARACTERS = 2000
MAX_BYTES = 5_242_880
ALLOWED_TYPES = {
    "image/png",
    "image/gif",
    "image/bmp",
    "image/tiff",
    "image/jpeg",
    "application/pdf",
}

ALONE_OR_NOT = ("block warn", "warn", "")
"""A duplicate: blocked where it stands alone, a warning beside something needed, no rule in an answer."""

DUPLICATE_MAYBE = ("warn", "warn", "")
EVERYWHERE = ("block", "block", "block")
CAREFUL = ("warn", "warn", "hint")

TABLE = {
    "DUP-PAYMENT": ALONE_OR_NOT,
    "DUP-STATUS": ALONE_OR_NOT,
    "DUP-TRACKING": ALONE_OR_NOT,
    "DUP-RATE-REQUEST": ("block", "block", "warn"),
    "DUP-ORDER-CONFIRM": DUPLICATE_MAYBE,
    "PAY-REMINDER": DUPLICATE_MAYBE,
    "DUP-THANKS": ("warn hint", "warn hint", ""),
    "RATE-CHANGE": ("warn", "warn", "warn"),
    "DOC-FISCAL-FILE": ("block", "warn", "warn"),
    "DOC-FISCAL-LINK": ("block", "warn", "warn"),
    "OFF-SALE": EVERYWHERE,
    "OFF-PAY": EVERYWHERE,
    "RATE-INDUCE": EVERYWHERE,
    "LINK-SHOP": EVERYWHERE,
    "ADS": EVERYWHERE,
    "CREDENTIALS": EVERYWHERE,
    "PRIVACY-3P": EVERYWHERE,
    "ABUSE": EVERYWHERE,
    "LINK-INFO": CAREFUL,
    "CONTACT-DATA": CAREFUL,
    "ADS-OWN": CAREFUL,
    "API-LEN": EVERYWHERE,
    "API-ATT-TYPE": EVERYWHERE,
    "API-ATT-SIZE": EVERYWHERE,
}
"""The levels of each rule for a contact that is initiated, stale or an answer. Two levels where the table
leaves a choice to the reader; none where the rule must not be listed."""

OTHER_CARRIER = ("warn", "hint", "")
"""DUP-TRACKING of a parcel whose status Allegro does not report."""

Message = dict[str, Any]


def messages(path: Path) -> list[Message]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").removesuffix("\n").split("\n")]


def levels_of(rule: str, context: Message) -> list[str]:
    row = TABLE[rule]
    if rule == "DUP-TRACKING" and not context["carrier_integrated"]:
        row = OTHER_CARRIER
    return row[COLUMNS[context["contact"]]].split()


def possible_levels(message: Message) -> set[str]:
    """The highest level, for every way to read the choices that the table leaves."""
    choices = [levels_of(rule, message["context"]) for rule in message["expect"]["rules"]]
    return {max(("ok", *reading), key=LEVELS.index) for reading in product(*choices)}


def has_form(message: Message) -> bool:
    context, expect = message["context"], message["expect"]
    return (
        list(message) == FIELDS
        and list(context) == CONTEXT
        and sorted(expect) == ["level", "rules"]
        and all(type(context[flag]) is bool for flag in CONTEXT[2:])
        and all(isinstance(message[words], str) and message[words].strip() for words in ("text", "note"))
        and all(list(attachment) == ["name", "mime", "size"] for attachment in message["attachments"])
        and all(type(attachment["size"]) is int for attachment in message["attachments"])
    )


def has_known_values(message: Message) -> bool:
    rules = message["expect"]["rules"]
    return (
        message["marketplace"] in MARKETPLACES
        and message["context"]["contact"] in COLUMNS
        and message["expect"]["level"] in LEVELS
        and set(rules) <= set(TABLE)
        and len(rules) == len(set(rules))
    )


def follows_its_contact(message: Message) -> bool:
    """Only a seller who writes first has no word of the buyer; before a purchase nothing is paid."""
    context = message["context"]
    wrote_first = context["contact"] == "initiated"
    return (context["buyer_last"] is None) == wrote_first and not (
        context["contact"] == "presale" and context["paid"]
    )


def limits_broken(message: Message) -> set[str]:
    attachments = message["attachments"]
    broken = {
        "API-LEN": len(message["text"]) > MAX_CHARACTERS,
        "API-ATT-TYPE": any(attachment["mime"] not in ALLOWED_TYPES for attachment in attachments),
        "API-ATT-SIZE": any(attachment["size"] > MAX_BYTES for attachment in attachments),
    }
    return {rule for rule, is_broken in broken.items() if is_broken}


def limits_labelled(message: Message) -> set[str]:
    return {rule for rule in message["expect"]["rules"] if rule.startswith("API-")}


def test_there_is_a_corpus() -> None:
    """The other tests have something to read."""
    assert "pl.jsonl" in [path.name for path in FILES]


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_line_has_the_form(path: Path) -> None:
    """Each line has the fields of `okienko check --jsonl`, an expectation and a note."""
    assert [message["id"] for message in messages(path) if not has_form(message)] == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_value_is_a_known_one(path: Path) -> None:
    """Marketplaces, classes of contact, levels and rules are those of the label table."""
    assert [message["id"] for message in messages(path) if not has_known_values(message)] == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_ids_count_the_lines_of_their_language(path: Path) -> None:
    """A file holds one language, and its ids count from nought without a gap, so none occurs twice."""
    found = [(message["id"], message["lang"]) for message in messages(path)]
    name = "own" if path in FILES else path.parent.name
    assert found == [(f"{name}-{path.stem}-{number:03d}", path.stem) for number in range(len(found))]


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_buyers_words_follow_the_contact(path: Path) -> None:
    """A seller who writes first answers nobody, all others do, and a question before purchase is unpaid."""
    assert [message["id"] for message in messages(path) if not follows_its_contact(message)] == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_level_is_the_highest_that_the_table_gives(path: Path) -> None:
    """The rules of a line, read in the column of its contact, give its level."""
    wrong = {
        message["id"]: (message["expect"], sorted(possible_levels(message)))
        for message in messages(path)
        if message["expect"]["level"] not in possible_levels(message)
    }
    assert wrong == {}


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_limits_are_labelled_where_the_data_breaks_them(path: Path) -> None:
    """Length, type and size are no matter of judgement: labelled if and only if the limit is broken."""
    wrong = [
        message["id"] for message in messages(path) if limits_broken(message) != limits_labelled(message)
    ]
    assert wrong == []


def test_no_text_occurs_twice() -> None:
    """Two lines with the same words would count one judgement twice."""
    texts = [
        (message["text"], message["context"]["buyer_last"]) for path in ALL for message in messages(path)
    ]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_third_of_each_language_is_held_out(path: Path) -> None:
    """The ids set aside are known ones, each named once, a third of every file."""
    held = (CORPUS / "held_out.txt").read_text(encoding="utf-8").split()
    ids = {message["id"] for message in messages(path)}
    assert len(held) == len(set(held))
    assert len(ids & set(held)) == len(ids) // 3


def test_nothing_unknown_is_held_out() -> None:
    """An id without a line would set nothing aside."""
    held = (CORPUS / "held_out.txt").read_text(encoding="utf-8").split()
    assert set(held) <= {message["id"] for path in FILES for message in messages(path)}
