"""The line above the panes and the line of keys below them."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from tui.actions import Place, at
from tui.i18n import _


class KeyBar(Static):
    """The keys of the place that has the focus."""

    def show(self, place: Place) -> None:
        here = [action for action in at(place) if action.label]
        everywhere = [action for action in at(Place.EVERYWHERE) if action.label]
        if place is Place.COMPOSE:
            everywhere = []
        parts = [
            Content.assemble((action.shown, "bold"), f" {_(action.label)}") for action in (*here, *everywhere)
        ]
        if place is Place.COMPOSE:
            parts.append(Content.assemble(("F1", "bold"), " ", _("keys")))
        self.update(Content("  ").join(parts))


class TopBar(Static):
    """Whose inbox this is and how fresh it is."""

    def show(self, *parts: str) -> None:
        self.update(Content.assemble(("okienko", "bold"), *(f"  ·  {part}" for part in parts if part)))
