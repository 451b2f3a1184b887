"""The list of conversations: one scroll view that draws two lines a row and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from api.clock import now
from tui import formats
from tui.actions import Place, bindings
from tui.i18n import _

if TYPE_CHECKING:
    from textual import events
    from textual.binding import Binding

    from tui.desk import Row

LINES = 2
"""Screen lines of one row."""


class ThreadList(ScrollView, can_focus=True):
    """Rows of conversations with one cursor. Draws from `set_rows`, tells where the cursor is."""

    BINDINGS: ClassVar[list[Binding]] = bindings(Place.LIST)  # type: ignore[assignment]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "thread-list--cursor",
        "thread-list--unread",
        "thread-list--faint",
        "thread-list--alarm",
    }

    class Moved(Message):
        """The cursor rests on another conversation (None: the list is empty)."""

        def __init__(self, thread: str | None) -> None:
            super().__init__()
            self.thread = thread

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ThreadList.Moved)

    class Opened(Message):
        """The conversation under the cursor is to be read."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._rows: list[Row] = []
        self._cursor = 0
        self._empty = ""
        self._strips: LRUCache[tuple[object, ...], tuple[Strip, Strip]] = LRUCache(400)

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    def set_rows(self, rows: list[Row], empty: str) -> None:
        """Show these rows; the cursor stays on its conversation, else on its line, always in range.

        `empty` is the sentence shown where there are none.
        """
        before = self.current
        self._rows, self._empty = rows, empty
        places = {row.id: place for place, row in enumerate(rows)}
        kept = places.get(before.id) if before else 0
        self._cursor = min(self._cursor, max(0, len(rows) - 1)) if kept is None else kept
        self.virtual_size = Size(self.size.width, LINES * len(rows))
        self.refresh()
        self._show_cursor()
        after = self.current
        if (after and after.id) != (before and before.id):
            self.post_message(self.Moved(after.id if after else None))

    def move_to(self, thread: str) -> None:
        """Put the cursor on a conversation that is listed."""
        for place, row in enumerate(self._rows):
            if row.id == thread:
                self._move(place)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        place, part = divmod(y + self.scroll_offset.y, LINES)
        if not self._rows:
            return self._empty_line(y, width)
        if place >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[place]
        at = formats.short(row.at, now())
        key = (row, at, width, place == self._cursor, self.has_focus, self.app.theme)
        strips = self._strips.get(key)
        if strips is None:
            strips = self._strips[key] = self._draw(row, at, width, cursor=place == self._cursor)
        return strips[part]

    def on_resize(self, event: events.Resize) -> None:
        self.virtual_size = Size(event.size.width, LINES * len(self._rows))
        self._show_cursor()

    def on_focus(self) -> None:
        self._refresh_row(self._cursor)

    def on_blur(self) -> None:
        self._refresh_row(self._cursor)

    def on_click(self, event: events.Click) -> None:
        place = (event.y + self.scroll_offset.y) // LINES
        if 0 <= place < len(self._rows):
            self._move(place)
            self.post_message(self.Opened())

    def action_cursor_down(self) -> None:
        self._move(self._cursor + 1)

    def action_cursor_up(self) -> None:
        self._move(self._cursor - 1)

    def action_page_down(self) -> None:
        self._move(self._cursor + max(1, self.size.height // LINES - 1))

    def action_page_up(self) -> None:
        self._move(self._cursor - max(1, self.size.height // LINES - 1))

    def action_first(self) -> None:
        self._move(0)

    def action_last(self) -> None:
        self._move(len(self._rows) - 1)

    def action_open(self) -> None:
        if self._rows:
            self.post_message(self.Opened())

    def _move(self, place: int) -> None:
        place = max(0, min(place, len(self._rows) - 1))
        if place == self._cursor or not self._rows:
            return
        before, self._cursor = self._cursor, place
        self._refresh_row(before)
        self._refresh_row(place)
        self._show_cursor()
        self.post_message(self.Moved(self._rows[place].id))

    def _refresh_row(self, place: int) -> None:
        self.refresh(Region(0, LINES * place - self.scroll_offset.y, self.size.width, LINES))

    def _show_cursor(self) -> None:
        row = Region(0, LINES * self._cursor, 1, LINES)
        self.scroll_to_region(row, animate=False, force=True)

    def _empty_line(self, y: int, width: int) -> Strip:
        words = self._empty.split("\n")
        text = words[y - 1] if 0 < y <= len(words) else ""
        return Strip([Segment(f" {text}", self.rich_style)]).adjust_cell_length(width, self.rich_style)

    def _draw(self, row: Row, at: str, width: int, *, cursor: bool) -> tuple[Strip, Strip]:
        base = self.rich_style
        name_style = self._component("thread-list--unread") if row.unread else base
        faint = self._component("thread-list--faint")
        alarm = self._component("thread-list--alarm")
        room = max(1, width - len(at) - 5)
        top = [
            Segment(" ● " if row.unread else "   ", name_style),
            Segment(fit(row.buyer, room), name_style),
            Segment(f" {at} ", faint),
        ]
        marks: list[Segment] = []
        if row.blocked:
            marks.append(_mark("■", _("blocked"), alarm))
        if row.draft:
            marks.append(_mark("✎", _("draft"), alarm))
        if row.closed:
            marks.append(_mark("×", _("closed"), faint))
        elif row.problem:
            marks.append(_mark("!", _("problem"), alarm))
        if row.needs_reply and not row.draft:
            marks.append(Segment("↩ ", faint))
        room = max(1, width - 4 - sum(segment.cell_length for segment in marks))
        bottom = [Segment("   ", base), *marks, Segment(fit(row.first_words, room) + " ", faint)]
        strips = [Strip(line).adjust_cell_length(width, base) for line in (top, bottom)]
        if cursor:
            strips = [self._under_cursor(strip, width) for strip in strips]
        return strips[0], strips[1]

    def _under_cursor(self, strip: Strip, width: int) -> Strip:
        """A line under the cursor: a bar at its start, and a ground where the list has the focus."""
        style = self._component("thread-list--cursor")
        ground = Style(bgcolor=style.bgcolor) if self.has_focus else Style()
        rest = Segment.apply_style(strip.crop(1, width), post_style=ground)
        return Strip([Segment("▌", Style(color=style.color) + ground), *rest], width)

    def _component(self, name: str) -> Style:
        return self.get_component_rich_style(name)


def _mark(glyph: str, word: str, style: Style) -> Segment:
    return Segment(f"{glyph} {word} ", style)


def fit(text: str, width: int) -> str:
    """A text cut or padded to exactly `width` cells; a cut shows an ellipsis."""
    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    kept: list[str] = []
    used = 0
    for character in text:
        used += cell_len(character)
        if used > width - 1:
            break
        kept.append(character)
    cut = "".join(kept) + "…"
    return cut + " " * max(0, width - cell_len(cut))
