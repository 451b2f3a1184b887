"""The rules as data: every rule is whole, and its examples prove it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from policy import Contact, Context, Example, Level, Message, Rule, check, pack_for
from policy.parsing import LEAST_EXAMPLES
from policy.reading.fold import fold
from policy.reading.language import LANGUAGES, language

PACK = pack_for("allegro-pl")
EVERYTHING = replace(PACK, rules=tuple(replace(rule, on=True) for rule in PACK.rules))
"""The pack with every rule switched on: what is off by default has examples too."""

FAMILIES = {
    "duplicates": {
        *("DUP-PAYMENT", "DUP-STATUS", "DUP-TRACKING", "DUP-ORDER-CONFIRM", "DUP-THANKS", "DUP-RATE-REQUEST"),
        *("RATE-CHANGE", "RATE-INDUCE", "PAY-REMINDER"),
    },
    "documents": {"DOC-FISCAL-FILE", "DOC-FISCAL-LINK"},
    "offplatform": {"OFF-SALE", "OFF-PAY"},
    "advertising": {"LINK-SHOP", "LINK-INFO", "CONTACT-DATA", "ADS", "ADS-OWN", "BULK"},
    "conduct": {"CREDENTIALS", "PRIVACY-3P", "ABUSE", "OFFTOPIC", "RIGHTS"},
    "limits": {"API-LEN", "API-ATT-TYPE", "API-ATT-SIZE", "API-CLOSED", "API-ORDER"},
}
WITHOUT_LANGUAGE = {*FAMILIES["limits"], "BULK", "OFFTOPIC"}
"""Rules that are recognised by other things than the words of a language."""

EXAMPLES = PACK.examples()


def examples(kind: str) -> list[object]:
    return [
        pytest.param(rule.id, example, id=f"{rule.id}-{example.language or 'any'}-{number}")
        for rule in PACK.rules
        for number, example in enumerate(getattr(EXAMPLES[rule.id], kind))
    ]


def matches(rule: str, example: Example, text: str) -> bool:
    message = Message(text, example.attachments, example.language)
    context = Context(
        contact=example.contact or Contact.INITIATED,
        buyer_last=example.buyer_last,
        repeats=example.repeats,
        thread_closed="thread_closed" in example.facts,
        no_order="no_order" in example.facts,
    )
    return any(finding.rule.id == rule for finding in check(message, context, EVERYTHING).findings)


@pytest.mark.parametrize(("rule", "example"), examples("match"))
def test_match(rule: str, example: Example) -> None:
    """Every example that a rule must match is found: as typed, shouted, and with letters taken apart."""
    assert matches(rule, example, example.text)
    assert matches(rule, example, example.text.upper())
    if rule != "API-LEN":
        assert matches(rule, example, unicodedata.normalize("NFD", example.text))


@pytest.mark.parametrize(("rule", "example"), examples("match"))
def test_without_diacritics(rule: str, example: Example) -> None:
    """Left-out diacritics, those of ł too, hide nothing."""
    if rule != "API-LEN":
        assert matches(rule, example, fold(example.text).text)


@pytest.mark.parametrize(("rule", "example"), examples("near_miss"))
def test_near_miss(rule: str, example: Example) -> None:
    """No near miss of a rule is found."""
    assert not matches(rule, example, example.text)


@pytest.mark.parametrize("rule", PACK.rules, ids=lambda rule: rule.id)
def test_five_of_each_in_every_language(rule: Rule) -> None:
    """A rule has five examples that match and five near misses in each language that it covers: all."""
    found = EXAMPLES[rule.id]
    languages = [""] if rule.id in WITHOUT_LANGUAGE else LANGUAGES
    for kind in (found.match, found.near_miss):
        counted = Counter(example.language for example in kind)
        assert all(counted[code] >= LEAST_EXAMPLES for code in languages)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_recognises_every_rule(code: str) -> None:
    """No rule is forgotten in a language."""
    spoken = language(code)
    assert spoken is not None
    worded = {rule.id for rule in PACK.rules} - WITHOUT_LANGUAGE
    assert {row.split(" ")[0] for row in spoken.patterns} == worded
    assert {row.split(" ")[0] for row in spoken.asked} == {"DOC-FISCAL-FILE", "DOC-FISCAL-LINK"}


@pytest.mark.parametrize("rule", PACK.rules, ids=lambda rule: rule.id)
def test_whole(rule: Rule) -> None:
    """A rule has its texts in both languages, a source, a term and levels."""
    for texts in (rule.title, rule.message, rule.why, rule.instead):
        assert texts.text("pl").strip()
        assert texts.text("en").strip()
        assert texts.text("pl") != texts.text("en")
    assert rule.source.url.startswith("https://")
    assert rule.source.date >= date(2011, 1, 1)
    assert rule.since <= (rule.until or date.max)
    assert rule.levels


@pytest.mark.parametrize("rule", PACK.rules, ids=lambda rule: rule.id)
def test_honest(rule: Rule) -> None:
    """No text promises delivery, and a lamp's text fits beside the lamp."""
    for code in ("pl", "en"):
        words = f"{rule.message.text(code)} {rule.why.text(code)} {rule.instead.text(code)}"
        assert "will be delivered" not in words
        assert "zostanie dostarczona" not in words
        assert len(rule.message.text(code)) <= 48


def test_families() -> None:
    """The rules stand in the families of the lamps, in the order of the lamps."""
    assert [family.id for family in PACK.families] == list(FAMILIES)
    for family, ids in FAMILIES.items():
        assert {rule.id for rule in PACK.rules if rule.family == family} == ids


def test_lamp_names() -> None:
    """A lamp has a short name in both languages."""
    for family in PACK.families:
        assert 3 < len(family.name.text("pl")) <= 16
        assert 3 < len(family.name.text("en")) <= 16
        assert family.name.text("pl") != family.name.text("en")


def test_permissions() -> None:
    """What Allegro allows expressly turns existing rules off; an answer says which permission it was."""
    assert [permission.id for permission in PACK.permissions] == [
        "ALLOW-REPLY",
        "ALLOW-ASKED",
        "ALLOW-EXEC",
        "ALLOW-START",
        "ALLOW-INDIV",
    ]
    answer = Context(contact=Contact.REPLY, buyer_last="Czy pieniądze doszły? Poproszę fakturę.")
    verdict = check(Message("Tak, wpłata dotarła, faktura w załączniku."), answer)
    assert verdict.level is Level.OK
    assert {(one.rule.id, one.by.id) for one in verdict.allowed} >= {
        ("DUP-PAYMENT", "ALLOW-REPLY"),
        ("DOC-FISCAL-FILE", "ALLOW-ASKED"),
    }


@pytest.mark.parametrize("marketplace", ["allegro-cz", "allegro-sk", "allegro-hu"])
def test_other_marketplaces(marketplace: str) -> None:
    """Another marketplace has the same rules, and says how well they are known there."""
    pack = pack_for(marketplace)
    assert [rule.id for rule in pack.rules] == [rule.id for rule in PACK.rules]
    assert pack.rule("DUP-PAYMENT").why != PACK.rule("DUP-PAYMENT").why
    assert pack.rule("DUP-PAYMENT").levels == PACK.rule("DUP-PAYMENT").levels
    assert pack.rule("API-LEN") == PACK.rule("API-LEN")


def test_invoice_that_nobody_asked_for() -> None:
    """Where the buyer asked for no invoice with the order, the way to give one is another."""
    message = Message("W załączniku faktura.")
    (asked,) = check(message, Context(invoice_required=True)).findings
    (unasked,) = check(message, Context(invoice_required=False)).findings
    assert (asked.instead.action, unasked.instead.action) == ("invoice", "invoice_link")


@pytest.mark.parametrize(
    ("day", "payment", "thanks", "document"),
    [
        (date(2021, 6, 30), "ok", "ok", "ok"),
        (date(2021, 7, 1), "warn", "ok", "ok"),
        (date(2025, 10, 19), "warn", "ok", "ok"),
        (date(2025, 10, 20), "warn", "hint", "hint"),
        (date(2026, 3, 1), "warn", "hint", "hint"),
        (date(2026, 3, 2), "block", "warn", "block"),
        (None, "block", "warn", "block"),
    ],
)
def test_rules_of_a_day(day: date | None, payment: str, thanks: str, document: str) -> None:
    """A day has its own rules: the clause of 2021, the postponed phase of 2025, the stop of 2 March 2026."""
    for text, level in (
        ("Wpłata dotarła, pozdrawiamy.", payment),
        ("Dziękujemy za zakup!", thanks),
        ("W załączniku faktura.", document),
    ):
        verdict = check(Message(text), Context(as_of=day))
        assert verdict.level.word == level
        for finding in verdict.findings:
            assert finding.rule.in_force(day)


def test_rule_by_id() -> None:
    """A pack hands out a rule by its id, in its newest wording."""
    assert PACK.rule("DUP-PAYMENT").since == date(2026, 3, 2)
    with pytest.raises(KeyError):
        PACK.rule("DUP-NOTHING")
