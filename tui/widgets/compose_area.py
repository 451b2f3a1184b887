"""The text of a reply, with marks under the words that a finding is about."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar

from textual.widgets import TextArea

from api.domain.text import sanitise
from policy import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.text import Text
    from textual import events

    from policy import Finding


class ComposeArea(TextArea):
    """A plain text area whose lines carry the marks of findings.

    Marks are drawn through the public `get_line`; columns are code points, like the spans of findings.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "compose-area--hint",
        "compose-area--warn",
        "compose-area--block",
    }

    def __init__(self, *, id: str) -> None:  # noqa: A002  Textual's own name
        super().__init__(
            id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, highlight_cursor_line=False
        )
        self.cursor_blink = False
        self._marks: dict[int, list[tuple[int, int, str]]] = {}

    def mark(self, findings: Iterable[Finding]) -> None:
        """Underline the words of these findings, and nothing else."""
        marks = spans_by_line(self.text, findings)
        if marks != self._marks:
            self._marks = marks
            self.notify_style_update()
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        line = super().get_line(line_index)
        for start, end, component in self._marks.get(line_index, ()):
            line.stylize(self.get_component_rich_style(component, partial=True), start, end)
        return line

    async def on_paste(self, event: events.Paste) -> None:
        """Pasted text is a stranger's too: it goes in without escape sequences and invisible characters."""
        event.prevent_default()
        event.stop()
        self.replace(sanitise(event.text), *self.selection, maintain_selection_offset=False)


def spans_by_line(text: str, findings: Iterable[Finding]) -> dict[int, list[tuple[int, int, str]]]:
    """Spans of the findings as (start column, end column, component class) under their line's number."""
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines[:-1])]
    marks: dict[int, list[tuple[int, int, str]]] = {}
    for finding in sorted(findings, key=lambda finding: finding.level):
        if finding.span is None or finding.level is Level.OK:
            continue
        start, end = finding.span
        component = f"compose-area--{finding.level.word}"
        for number in range(bisect_right(starts, start) - 1, bisect_right(starts, max(start, end - 1))):
            first = max(0, start - starts[number])
            last = min(len(lines[number]), end - starts[number])
            if first < last:
                marks.setdefault(number, []).append((first, last, component))
    return marks
