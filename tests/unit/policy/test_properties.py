"""What holds for every text: a verdict, spans inside it, and no blow-up."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import Attachment, Contact, Context, Level, Message, check, pack_for
from policy.reading.fold import fold
from policy.wire import verdict_json

PIECES = [example.text for rule in pack_for("allegro-pl").rules for example in rule.match + rule.near_miss]
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
languages = st.sampled_from(["pl", "cs", "xx", ""])


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
