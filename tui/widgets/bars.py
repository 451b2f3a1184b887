"""The line above the panes and the line of keys below them."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from tui.actions import Action, Place, at
from tui.i18n import _

GAP = "  "


class KeyBar(Static):
    """The keys of the place that has the focus: as many as fit, and always the one that lists them all."""

    place = Place.LIST

    def show(self, place: Place) -> None:
        self.place = place
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        help_key = ("F1" if self.place is Place.COMPOSE else "?", _("keys"))
        last = _key(*help_key)
        room = self.size.width - 2 - last.cell_length
        shown: list[Content] = []
        for action in self._actions():
            key = _key(action.shown, _(action.label))
            room -= key.cell_length + len(GAP)
            if room < 0:
                break
            shown.append(key)
        self.update(Content(GAP).join([*shown, last]))

    def _actions(self) -> list[Action]:
        places = [self.place] if self.place is Place.COMPOSE else [self.place, Place.EVERYWHERE]
        return [action for place in places for action in at(place) if action.label]


class TopBar(Static):
    """Whose inbox this is and how fresh it is."""

    def show(self, *parts: str) -> None:
        self.update(Content.assemble(("okienko", "bold"), *(f"  ·  {part}" for part in parts if part)))


def _key(shown: str, label: str) -> Content:
    return Content.assemble((shown, "bold"), " ", label)
