"""What every dialog has: a body that the arrow keys scroll."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """A question or a text over the inbox; its one VerticalScroll is moved by the arrow and page keys."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("down", "body('scroll_down')", show=False),
        Binding("up", "body('scroll_up')", show=False),
        Binding("pagedown", "body('scroll_page_down')", show=False),
        Binding("pageup", "body('scroll_page_up')", show=False),
    ]

    def action_body(self, move: str) -> None:
        getattr(self.query_one(VerticalScroll), move)(animate=False)
