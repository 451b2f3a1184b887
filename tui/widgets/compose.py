"""The compose pane: a reply and, live beneath it, what the rules say of it."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.message import Message as Event
from textual.widgets import Static, TextArea

from api.clock import now
from api.inbox import ContactReading
from api.rules import seller_pack
from policy import Context, Message, Verdict, check
from tui.actions import Place, bindings
from tui.widgets import indicators
from tui.widgets.compose_area import ComposeArea

if TYPE_CHECKING:
    from textual.app import ComposeResult


NO_HAND = 0.03
"""Seconds between a changed text and ctrl+s that no hand can do: a terminal may pass on a paste as keys."""

LIMIT = 2000
"""Code points that Allegro takes in one message."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """Where a reply goes and what the rules must know about that."""

    thread: str
    buyer: str
    order: str
    reading: ContactReading
    context: Context


class Findings(VerticalScroll):
    """What the rules say of the text; takes the focus so that keys can scroll it."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
    ]


class Compose(Vertical):
    """A text, its verdict at every key, and the keys that send or close it."""

    BINDINGS: ClassVar[list[Binding]] = bindings(Place.COMPOSE)  # type: ignore[assignment]

    class Typed(Event):
        """The text has changed."""

        def __init__(self, thread: str, text: str) -> None:
            super().__init__()
            self.thread = thread
            self.text = text

    class SendWanted(Event):
        """The seller wants this text sent."""

        def __init__(self, to: Addressed, text: str, verdict: Verdict) -> None:
            super().__init__()
            self.to = to
            self.text = text
            self.verdict = verdict

    class SendDoubted(Event):
        """ctrl+s came together with text: from a paste, or over a slow line."""

    class Closed(Event):
        """The seller leaves the reply; its text stays a draft."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.addressed: Addressed | None = None
        self.verdict: Verdict | None = None
        self._lamps = ""
        self._typed_at = 0.0

    def compose(self) -> ComposeResult:
        yield Static(id="contact", markup=False)
        yield ComposeArea(id="text")
        yield Static(id="summary", markup=False)
        yield Static(id="lamps", markup=False)
        with Findings(id="findings"):
            yield Static(id="finding-list", markup=False)

    @property
    def text(self) -> str:
        return self.query_one(ComposeArea).text

    def open(self, to: Addressed, text: str) -> None:
        """Begin or go on with a reply."""
        self.add_class("-open")
        self._show_contact(to)
        area = self.query_one(ComposeArea)
        if area.text != text:
            area.load_text(text)
            area.move_cursor(area.document.end)
        self._judge()
        area.focus()

    def close(self) -> None:
        """The pane goes away; who was addressed is forgotten, so that nothing can be sent to them."""
        self.remove_class("-open")
        self.addressed = None

    def address(self, to: Addressed) -> None:
        """The conversation went on meanwhile: the same text in another context."""
        self._show_contact(to)
        self._judge()

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._typed_at = monotonic()
        self._judge()
        if self.addressed is not None:
            self.post_message(self.Typed(self.addressed.thread, self.text))

    def action_send(self) -> None:
        if monotonic() - self._typed_at < NO_HAND:
            self.post_message(self.SendDoubted())
            return
        if self.addressed is not None and self.verdict is not None:
            self.post_message(self.SendWanted(self.addressed, self.text, self.verdict))

    def action_close(self) -> None:
        self.post_message(self.Closed())

    def action_findings(self) -> None:
        """From the text to its findings, and back."""
        area, found = self.query_one(ComposeArea), self.query_one("#findings")
        (area if found.has_focus else found).focus()

    def on_resize(self) -> None:
        self._show_lamps()

    def _show_contact(self, to: Addressed) -> None:
        self.addressed = to
        self.query_one("#contact", Static).update(indicators.contact_line(to.buyer, to.reading, now()))

    def _show_lamps(self) -> None:
        if self.verdict is not None and self.addressed is not None:
            pack = seller_pack(self.addressed.context.marketplace)
            lamps = indicators.lamps(self.verdict, pack, self.size.width - 2)  # its padding
            if lamps.markup != self._lamps:
                self._lamps = lamps.markup
                self.query_one("#lamps", Static).update(lamps)

    def _judge(self) -> None:
        """Ask the rules about the text as it is, and show what they say; runs at every key."""
        if self.addressed is None:
            return
        area = self.query_one(ComposeArea)
        text = area.text
        context = self.addressed.context
        verdict = check(Message(text), context, seller_pack(context.marketplace))
        area.mark(verdict.findings)
        summary = indicators.summary(verdict, len(text), LIMIT)
        self.query_one("#summary", Static).update(summary, layout=False)  # a layout costs 20 ms a key
        if verdict == self.verdict:
            return
        self.verdict = verdict
        self._show_lamps()
        self.query_one("#finding-list", Static).update(indicators.findings(verdict))
        self.query_one("#findings").set_class(not verdict.findings, "-empty")
