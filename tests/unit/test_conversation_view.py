"""How one message looks."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.builders import BUYER, message
from tui.widgets.conversation_view import _bubble


def test_a_file_that_only_allegro_shows_is_told() -> None:
    """A mail may have files that the API does not give: the message says so instead of hiding them."""
    mail = message(BUYER, text="w załączniku paragon")
    assert "załącznik" not in _bubble(mail, "kupujacy_1", "").plain.replace(mail.text, "")
    more = replace(mail, more_attachments=True)
    assert "załącznik widoczny tylko na Allegro" in _bubble(more, "kupujacy_1", "").plain
