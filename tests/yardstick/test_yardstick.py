"""The figures that the rules must reach, the page that tells them, and the yardstick beside them."""

from __future__ import annotations

import importlib.util
import json

import pytest

from policy.evaluation import evaluate
from tests.yardstick import report, sets

needs_dev = pytest.mark.skipif(not sets.dev(), reason=f"no {sets.DEV.name} beside the repository")
needs_sklearn = pytest.mark.skipif(
    importlib.util.find_spec("sklearn") is None, reason="needs scikit-learn: pip install -e '.[yardstick]'"
)


@needs_dev
def test_development_set() -> None:
    """On the development set: 98 % of the blocks, 2 % false alarms, 95 % exact."""
    result = evaluate(sets.dev())
    assert (result.block_recall.ratio or 0) >= 0.98
    assert (result.false_alarms.ratio or 0) <= 0.02
    assert (result.exact.ratio or 0) >= 0.95


def test_unseen_messages() -> None:
    """On messages that the rule work has not seen: 85 % exact, and every language 80 %."""
    result = evaluate(report.unseen())
    assert (result.exact.ratio or 0) >= 0.85
    for one in result.languages().values():
        assert (one.exact.ratio or 0) >= 0.80


@needs_dev
def test_the_page_is_fresh() -> None:
    """The figures of the page are those of the rules as they are."""
    assert report.PAGE.read_text(encoding="utf-8") == report.page(), "run `make evaluation`"


def test_the_sets_are_apart() -> None:
    """No message is both read and unseen."""
    seen = {one.message.text for one in (*sets.dev(), *sets.tuned())}
    assert seen.isdisjoint(one.message.text for one in report.unseen())


@needs_sklearn
@needs_dev
def test_the_baseline_is_beaten() -> None:
    """A reader of word n-grams, trained on the development set, knows less; the page tells its figures."""
    from tests.yardstick.baseline import baseline  # noqa: PLC0415  needs scikit-learn

    unseen = report.unseen()
    figures = baseline(sets.dev(), unseen)
    rules = evaluate(unseen)
    assert rules.exact.part > figures.exact.part
    assert rules.block_recall.part > figures.block_recall.part
    measured = json.loads(report.MEASURED.read_text(encoding="utf-8"))
    assert measured["baseline trained on the development set"]["exact"][1] == figures.exact.whole
