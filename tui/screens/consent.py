"""Two questions before a message goes that the rules speak against."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from api.domain.text import one_line
from tui.i18n import _
from tui.screens.dialog import Dialog
from tui.widgets import indicators

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Paste

    from policy import Verdict

REASON_LENGTH = 10
"""Characters that a reason must have at least: "because" explains nothing to an appeal."""


class ConfirmScreen(Dialog[bool]):
    """A `warn`: asks once whether the message shall go all the same."""

    BINDINGS: ClassVar[list[Binding]] = [
        Binding("y,t,enter", "answer(True)", show=False),
        Binding("n,escape", "answer(False)", show=False),
    ]

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self._verdict = verdict

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(_("Allegro may hold this message. Send it all the same?")), classes="title")
            with VerticalScroll(can_focus=False):
                yield Static(indicators.findings(self._verdict))
            yield Static(Content(_("enter or y: send    esc or n: back to the text")), classes="keys")

    def action_answer(self, answer: bool) -> None:  # noqa: FBT001  Textual passes it so
        self.dismiss(answer)


class ReasonInput(Input):
    """A line for a reason; pasted text goes in without what acts on a terminal."""

    def on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(one_line(event.text))


class OverrideScreen(Dialog[str | None]):
    """A `block`: the message goes only with a reason, which is kept."""

    BINDINGS: ClassVar[list[Binding]] = [
        Binding("escape", "give_up", show=False),
    ]

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self._verdict = verdict

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(_("A rule stops this message.")), classes="title")
            with VerticalScroll(can_focus=False):
                yield Static(indicators.findings(self._verdict))
            ask = _("If the rule is wrong here, say why; the reason is kept as your evidence.")
            yield Static(Content(ask), classes="ask")
            yield ReasonInput(placeholder=_("why this message must go"))
            yield Static(Content(_("enter: send with this reason    esc: back to the text")), classes="keys")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        reason = one_line(event.value)
        if len(reason) < REASON_LENGTH:
            wanted = _("A reason needs at least {count} characters.").format(count=REASON_LENGTH)
            self.query_one(".ask", Static).update(Content(wanted))
            return
        self.dismiss(reason)

    def action_give_up(self) -> None:
        self.dismiss(None)
