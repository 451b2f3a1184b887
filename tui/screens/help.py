"""The keys of the place where the reader is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.actions import Place, at
from tui.i18n import _
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

NAMES = {
    "question_mark": "?",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "escape": "esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


class HelpScreen(Dialog[None]):
    """Lists every key of one place and those that work everywhere."""

    BINDINGS: ClassVar[list[Binding]] = [
        Binding("escape,q,question_mark,f1,enter", "dismiss", show=False),
        Binding("j", "body('scroll_down')", show=False),
        Binding("k", "body('scroll_up')", show=False),
    ]

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            with VerticalScroll(can_focus=False):
                yield Static(_keys(self._place))
            yield Static(Content(_("esc: close")), classes="keys")


def _keys(place: Place) -> Content:
    lines: list[Content] = []
    for where in dict.fromkeys((place, Place.EVERYWHERE)):
        if lines:
            lines.append(Content(""))
        lines.append(Content.styled(_(where.value), "bold"))
        for action in at(where):
            keys = " ".join(NAMES.get(key, key) for key in action.keys.split(","))
            lines.append(Content(f"  {keys:<16} {_(action.explanation)}"))
    return Content("\n").join(lines)
