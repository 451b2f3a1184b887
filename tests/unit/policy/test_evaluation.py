"""The figures of labelled messages."""

from __future__ import annotations

import pytest

from policy import Level
from policy.evaluation import Evaluation, evaluate, labelled
from policy.wire import BadInput


def line(
    text: str, level: str, *rules: str, lang: str = "pl", contact: str = "initiated"
) -> dict[str, object]:
    return {
        "id": text[:8],
        "text": text,
        "lang": lang,
        "context": {"contact": contact},
        "expect": {"level": level, "rules": list(rules)},
    }


@pytest.fixture
def result() -> Evaluation:
    return evaluate(
        labelled(obj)
        for obj in (
            line("Wpłata dotarła.", "block", "DUP-PAYMENT"),
            line("Kto pyta, nie błądzi.", "block", "ABUSE"),
            line("Zamówienie zostało wysłane.", "ok"),
            line("Dziękujemy za zakup! Jaki kolor?", "hint", "DUP-THANKS"),
            line("Which colour?", "ok", lang="en"),
        )
    )


def test_figures(result: Evaluation) -> None:
    """Exact levels, the recall of block and the false alarms are shares of the right wholes."""
    assert (result.exact.part, result.exact.whole) == (3, 5)
    assert (result.block_recall.part, result.block_recall.whole) == (1, 2)
    assert (result.false_alarms.part, result.false_alarms.whole) == (1, 3)
    assert [one.labelled.level for one in result.misses] == [Level.BLOCK, Level.OK]


def test_confusion(result: Evaluation) -> None:
    """Every message stands once in the table."""
    table = result.confusion()
    assert table[Level.BLOCK] == {Level.OK: 1, Level.HINT: 0, Level.WARN: 0, Level.BLOCK: 1}
    assert table[Level.OK][Level.BLOCK] == 1
    assert sum(sum(row.values()) for row in table.values()) == 5


def test_rules_and_languages(result: Evaluation) -> None:
    """A rule that raises the level wrongly loses precision, a missed one recall."""
    rules = result.rules()
    assert [share.percent for share in rules["DUP-PAYMENT"]] == ["100.0 %", "100.0 %"]
    assert rules["DUP-STATUS"][0].ratio == 0
    assert rules["DUP-STATUS"][1].ratio is None
    assert rules["ABUSE"][1].ratio == 0
    assert list(result.languages()) == ["pl", "en"]
    assert result.languages()["en"].exact.percent == "100.0 %"


def test_nothing() -> None:
    """No messages give no figures, and no error."""
    empty = evaluate([])
    assert empty.exact.ratio is None
    assert empty.exact.percent == "–"


@pytest.mark.parametrize(
    ("expect", "field"),
    [
        (None, "expect"),
        ({"level": "red"}, "expect.level"),
        ({"level": "ok", "rules": "ABUSE"}, "expect.rules"),
    ],
)
def test_bad_labels(expect: object, field: str) -> None:
    """A label that cannot be read names its field."""
    with pytest.raises(BadInput) as caught:
        labelled({"text": "x", "expect": expect})
    assert caught.value.field == field
