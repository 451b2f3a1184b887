"""The rules as data: every rule is whole, and its examples prove it."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from policy import Contact, Context, Example, Level, Message, Rule, check, pack_for
from policy.reading.fold import fold

PACK = pack_for("allegro-pl")
FAMILIES = {
    "duplicates": {"DUP-PAYMENT", "DUP-STATUS", "DUP-TRACKING", "DUP-RATE-REQUEST", "DUP-THANKS"},
    "documents": {"DOC-FISCAL-FILE"},
    "offplatform": {"OFF-SALE"},
    "links": {"LINK-SHOP", "CONTACT-DATA"},
    "limits": {"API-LEN"},
}


def examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in PACK.rules
        for number, example in enumerate(getattr(rule, kind))
    ]


def matches(rule: Rule, example: Example, text: str) -> bool:
    message = Message(text, example.attachments, example.language)
    context = Context(contact=example.contact or Contact.INITIATED, buyer_last=example.buyer_last)
    return any(finding.rule is rule for finding in check(message, context).findings)


@pytest.mark.parametrize(("rule", "example"), examples("match"))
def test_match(rule: Rule, example: Example) -> None:
    """Every example that a rule must match is found."""
    assert matches(rule, example, example.text)


@pytest.mark.parametrize(("rule", "example"), examples("near_miss"))
def test_near_miss(rule: Rule, example: Example) -> None:
    """No near miss of a rule is found."""
    assert not matches(rule, example, example.text)


@pytest.mark.parametrize(("rule", "example"), examples("match"))
def test_shouted(rule: Rule, example: Example) -> None:
    """Capital letters hide nothing."""
    assert matches(rule, example, example.text.upper())


@pytest.mark.parametrize(("rule", "example"), examples("match"))
def test_without_diacritics(rule: Rule, example: Example) -> None:
    """Left-out diacritics, those of ł too, hide nothing."""
    if rule.id != "API-LEN":
        assert matches(rule, example, fold(example.text).text)


@pytest.mark.parametrize(("rule", "example"), examples("match"))
def test_decomposed(rule: Rule, example: Example) -> None:
    """Letters typed as a base and a combining mark hide nothing."""
    assert matches(rule, example, unicodedata.normalize("NFD", example.text))


@pytest.mark.parametrize("rule", PACK.rules, ids=lambda rule: rule.id)
def test_whole(rule: Rule) -> None:
    """A rule has its texts in both languages, a source, a term, levels, and five examples of each kind."""
    for texts in (rule.title, rule.message, rule.why, rule.instead):
        assert texts.text("pl").strip()
        assert texts.text("en").strip()
        assert texts.text("pl") != texts.text("en")
    assert rule.source.url.startswith("https://")
    assert rule.source.date >= date(2019, 1, 1)
    assert rule.since <= (rule.until or date.max)
    assert rule.levels
    assert rule.patterns
    assert len(rule.match) >= 5
    assert len(rule.near_miss) >= 5


@pytest.mark.parametrize("rule", PACK.rules, ids=lambda rule: rule.id)
def test_honest(rule: Rule) -> None:
    """No text promises delivery, and a lamp's text fits beside the lamp."""
    for language in ("pl", "en"):
        words = f"{rule.message.text(language)} {rule.why.text(language)} {rule.instead.text(language)}"
        assert "will be delivered" not in words
        assert "zostanie dostarczona" not in words
        assert len(rule.message.text(language)) <= 48


def test_families() -> None:
    """The rules stand in the families of the lamps, in the order of the lamps."""
    assert [family.id for family in PACK.families] == list(FAMILIES)
    for family, ids in FAMILIES.items():
        assert {rule.id for rule in PACK.rules if rule.family == family} == ids


def test_lamp_names() -> None:
    """A lamp has a short name in both languages."""
    assert [family.name.text("pl") for family in PACK.families] == [
        "Powtórki",
        "Dokumenty",
        "Poza Allegro",
        "Linki i kontakt",
        "Limity",
    ]
    assert [family.name.text("en") for family in PACK.families] == [
        "Duplicates",
        "Documents",
        "Off Allegro",
        "Links & contact",
        "Limits",
    ]


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (date(2021, 6, 30), Level.OK),
        (date(2021, 7, 1), Level.WARN),
        (date(2025, 10, 20), Level.WARN),
        (date(2026, 3, 1), Level.WARN),
        (date(2026, 3, 2), Level.BLOCK),
        (None, Level.BLOCK),
    ],
)
def test_rules_of_a_day(day: date | None, level: Level) -> None:
    """A day has its own rules: the clause of 2021, the stop of 2 March 2026."""
    verdict = check(Message("Wpłata dotarła, pozdrawiamy."), Context(as_of=day))
    assert verdict.level is level
    for finding in verdict.findings:
        assert finding.rule.in_force(day)


def test_rule_by_id() -> None:
    """A pack hands out a rule by its id, in its newest wording."""
    assert PACK.rule("DUP-PAYMENT").since == date(2026, 3, 2)
    with pytest.raises(KeyError):
        PACK.rule("DUP-NOTHING")
