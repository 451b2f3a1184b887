"""What holds for every text: a verdict, spans inside it, and no blow-up."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import Attachment, Contact, Context, Level, Message, check, pack_for
from policy.reading.fold import fold
from policy.wire import verdict_json

PIECES = [
    example.text
    for examples in pack_for("allegro-pl").examples().values()
    for example in examples.match + examples.near_miss
]
SHORT = [piece for piece in PIECES if len(piece) < 200]
JOINTS = [
    "",
    " ",
    ", ",
    ". ",
    "\n",
    " ale ",
    " 🙂 ",
    "\u200b",
    "\u0301",
    "?",
    " - ",
    "…",
    "\x1b[0m",
    "\ud800",
]

anything = st.text(st.characters(), max_size=400)
salad = st.lists(st.sampled_from(SHORT + JOINTS), max_size=12).map("".join)
contexts = st.builds(
    Context,
    contact=st.sampled_from(Contact),
    buyer_last=st.none() | salad,
    carrier_integrated=st.booleans(),
    as_of=st.none() | st.dates(),
)
languages = st.sampled_from(["pl", "cs", "sk", "hu", "en", "xx", ""])
needed = st.sampled_from(
    [
        "Jaki kolor nici wybrać?",
        "Niestety brakuje numeru domu w adresie.",
        "Paczkomat jest nieczynny, proszę wskazać inny.",
        "Wysyłka opóźni się o dwa dni.",
    ]
)
polish_stops = st.sampled_from(
    [
        example.text
        for rule_id, examples in pack_for("allegro-pl").examples().items()
        for example in examples.match
        if example.language == "pl"
        and not example.attachments
        and len(example.text) < 300
        and check(Message(example.text, (), "pl"), Context()).level is Level.BLOCK
    ]
)
duplicates = st.sampled_from(
    [
        example.text
        for rule_id in ("DUP-PAYMENT", "DUP-STATUS", "DUP-TRACKING")
        for example in pack_for("allegro-pl").examples()[rule_id].match
        if example.language == "pl" and example.contact is None
    ]
)


@settings(deadline=None)
@given(text=anything | salad, context=contexts, language=languages, name=anything)
def test_any_text(text: str, context: Context, language: str, name: str) -> None:
    """Any text gives a verdict whose spans lie inside it and never overlap within a rule."""
    verdict = check(Message(text, (Attachment(name),), language), context)
    assert verdict.level == max((finding.level for finding in verdict.findings), default=Level.OK)
    levels = [finding.level for finding in verdict.findings]
    assert levels == sorted(levels, reverse=True)
    assert Level.OK not in levels
    reached: dict[str, int] = {}
    for finding in sorted(verdict.findings, key=lambda finding: finding.span or (-1, -1)):
        if finding.span is None:
            assert (finding.attachment, finding.excerpt) == (0, name)
            continue
        start, end = finding.span
        assert reached.get(finding.rule.id, 0) <= start < end <= len(text)
        assert finding.excerpt == text[start:end]
        reached[finding.rule.id] = end
    json.dumps(verdict_json(verdict, "pl", 0, id=None))


@settings(deadline=None)
@given(text=anything | salad)
def test_fold_maps_back(text: str) -> None:
    """Every folded character has a place in the typed text, in order."""
    folded = fold(text)
    reached = 0
    for index in range(len(folded.text)):
        start, end = folded.typed_span(index, index + 1)
        assert reached <= start < end <= len(text)
        reached = start


@settings(deadline=None)
@given(text=duplicates, more=st.lists(needed, min_size=1, max_size=3))
def test_needed_content_never_makes_a_duplicate_worse(text: str, more: list[str]) -> None:
    """A duplicate beside something that the buyer needs is judged no more severely than alone."""

    def worst(whole: str) -> Level:
        findings = check(Message(whole, (), "pl"), Context()).findings
        return max((one.level for one in findings if one.rule.id.startswith("DUP-")), default=Level.OK)

    assert worst("\n".join([text, *more])) <= worst(text)


@settings(deadline=None)
@given(text=polish_stops, greeting=st.sampled_from(["", "Dzień dobry, ", "Cześć! "]))
def test_shouting_and_leaving_out_diacritics_hides_nothing(text: str, greeting: str) -> None:
    """Capital letters or missing diacritics never turn a stop into ok."""
    for typed in (text.upper(), fold(text).text, fold(text).text.upper()):
        assert check(Message(greeting + typed, (), "pl"), Context()).level > Level.OK


@pytest.mark.parametrize("language", ["pl", "xx"])
@pytest.mark.parametrize(
    "unit",
    [
        *(
            "a",
            "ł",
            " ",
            "\n",
            ".",
            ",",
            "a,",
            "a.",
            "a-",
            "-",
            "@",
            "a@",
            "www.",
            "http://",
            "1",
            "1 ",
            "123 ",
        ),
        *("w ", "proszę ", "kropka ", "małpa ", "numer ", "((", "⭐", "🙂", "o\u0301", "\u200b", "?", "…"),
        *("wpłata dotarła, ", "w załączniku faktura ", "poza allegro ", "sklep-", "a.pl ", "nie "),
    ],
)
def test_hostile_text(unit: str, language: str) -> None:
    """A hundred thousand characters of anything are read to the end."""
    text = (unit * (100_000 // len(unit) + 1))[:100_000]
    verdict = check(Message(text, (Attachment(text),), language), Context(buyer_last=text))
    assert verdict.level is Level.BLOCK
    assert "API-LEN" in {finding.rule.id for finding in verdict.findings}


@pytest.mark.parametrize("language", ["cs", "sk", "hu", "en"])
@pytest.mark.parametrize("unit", ["a", "1 ", "a.", ", ", "w ", "prosim ", "kerem ", "please not ", "k*r"])
def test_hostile_text_in_other_languages(unit: str, language: str) -> None:
    """The other languages read on to the end as well."""
    text = (unit * (100_000 // len(unit) + 1))[:100_000]
    assert check(Message(text, (), language), Context(buyer_last=text)).level is Level.BLOCK
