"""The figures of an evaluation as people read them on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.domain.text import one_line
from policy import Level
from tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.evaluation import Evaluation, Judged

_COLUMN = 8


def evaluation_text(result: Evaluation) -> str:
    """Confusion of the levels, the figures as a whole, by language and by rule, and the misses."""
    return "\n".join(_lines(result))


def _lines(result: Evaluation) -> Iterator[str]:
    yield _("{count} messages; expected (rows) and found (columns):").format(count=len(result.judged))
    yield f"{'':<{_COLUMN}}" + "".join(f"{level.word:>{_COLUMN}}" for level in Level)
    for expected, row in result.confusion().items():
        yield f"{expected.word:<{_COLUMN}}" + "".join(f"{row[found]:>{_COLUMN}}" for found in Level)
    yield ""
    yield " " * 6 + "".join(
        f"{title:>22}" for title in (_("exact level"), _("recall of block"), _("false alarms"))
    )
    for name, one in {_("all"): result, **result.languages()}.items():
        shares = (one.exact, one.block_recall, one.false_alarms)
        yield f"{name:<6}" + "".join(f"{f'{s.part}/{s.whole} {s.percent}':>22}" for s in shares)
    yield ""
    yield " " * 20 + "".join(f"{title:>18}" for title in (_("precision"), _("recall")))
    for rule, (precision, recall) in result.rules().items():
        shown = (f"{s.part}/{s.whole} {s.percent}" for s in (precision, recall))
        yield f"{rule:<20}" + "".join(f"{text:>18}" for text in shown)
    if result.misses:
        yield ""
        yield _("wrong:")
        for miss in result.misses:
            yield from _miss(miss)


def _miss(one: Judged) -> Iterator[str]:
    found = ", ".join(f"{rule} {level.word}" for rule, level in one.rules.items()) or "–"
    expected = ", ".join(sorted(one.labelled.rules)) or "–"
    yield f"  {one.labelled.id}: {one.labelled.level.word} ({expected}) → {one.level.word} ({found})"
    yield f"    {one_line(one.labelled.message.text)}"
