r"""Strangers' text in every pane, toast and title: markup stays text, escape sequences stay out.

The message is `order [/foo] [ORDER-1] [@click=app.quit]x[/] \x1b]52;c;AAAA\x07 \u202e` and its like in every
other field that a stranger fills.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.events import Paste

from tests.tui.desktop import Desktop, desktop, opener
from tui.app import OkienkoApp
from tui.widgets.conversation_view import Bubble, ConversationView
from tui.widgets.order_pane import OrderPane

if TYPE_CHECKING:
    from pathlib import Path

    from api.simulator.server import Simulator

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
MARKUP = ("[/foo]", "[ORDER-1]", "[@click=app.quit]x[/]")


async def to_the_hostile_buyer(desk: Desktop) -> str:
    """Go to the conversation that tries to break programs; returns its id."""
    conversations = desk.screen.desk.conversations.values()
    hostile = next(c for c in conversations if any("[@click=app.quit]" in m.text for m in c.messages))
    await desk.go_to(hostile.thread.buyer)
    return hostile.thread.id


def rendered(desk: Desktop) -> str:
    """All that the terminal would get, with the escape sequences that Textual itself writes taken out."""
    return "".join(
        segment.text
        for strip in desk.app.screen._compositor.render_strips()
        for segment in strip
        if not segment.control
    )


async def test_nothing_is_lost_but_the_unsafe_characters(hostile: Simulator, tmp_path: Path) -> None:
    """The markup stands there letter by letter; no control or bidi character is on the screen."""
    app = OkienkoApp(opener(hostile, tmp_path / "home"))
    async with desktop(app, (200, 60)) as desk:
        thread = await to_the_hostile_buyer(desk)
        await desk.press("enter", "home")
        await desk.pilot.pause()
        texts = [message.text for message in desk.screen.desk.conversations[thread].messages]
        whole = "\n".join(texts)
        for markup in MARKUP:
            assert markup in whole
            assert markup in desk.text
        assert "52;c;AAAA" not in whole
        assert not UNSAFE.search(whole)
        assert not UNSAFE.search(rendered(desk).replace("\n", ""))


async def test_no_stranger_gains_an_action(hostile: Simulator, tmp_path: Path) -> None:
    """Clicking where the fake link stands does nothing, and the app still runs."""
    app = OkienkoApp(opener(hostile, tmp_path / "home"))
    async with desktop(app, (200, 60)) as desk:
        await to_the_hostile_buyer(desk)
        for bubble in desk.screen.query(Bubble):
            await desk.pilot.click(bubble, offset=(30, 1))
        await desk.press("enter", "j", "k")
        assert app.is_running
        styles = [segment.style for strip in app.screen._compositor.render_strips() for segment in strip]
        assert not any(style and "app.quit" in str(style.meta) for style in styles)


async def test_every_pane_title_toast_and_dialog_takes_hostile_text(
    hostile: Simulator, tmp_path: Path
) -> None:
    """List, conversation, order, reply, findings, dialogs and toasts show it and nothing crashes."""
    app = OkienkoApp(opener(hostile, tmp_path / "home"))
    async with desktop(app) as desk:
        thread = await to_the_hostile_buyer(desk)
        buyer = desk.screen.desk.threads[thread].buyer
        assert "[" in buyer
        assert buyer in desk.text
        await desk.press("o")
        assert desk.screen.query_one(OrderPane).has_focus
        await desk.press("escape", "enter")
        assert desk.screen.query_one(ConversationView).has_focus
        await desk.reply(f"{MARKUP[2]} {MARKUP[0]} nasz sklep www.[b]sklepik.pl {MARKUP[1]} 600 100 200")
        await desk.press("ctrl+s")
        assert "LINK-SHOP" in desk.text
        await desk.type("powód [/foo] [ORDER-1] zapisany")
        await desk.press("enter")
        await desk.until(lambda: "wrócił do szkiców" in desk.toasts, "the toast that names the buyer")
        for size in ((60, 20), (80, 24), (160, 50)):
            await desk.pilot.resize_terminal(*size)
            await desk.pilot.pause()
        assert not UNSAFE.search(rendered(desk).replace("\n", ""))


async def test_pasted_text_goes_in_without_its_escape_sequences(hostile: Simulator, tmp_path: Path) -> None:
    """A clipboard is a stranger too."""
    app = OkienkoApp(opener(hostile, tmp_path / "home"))
    async with desktop(app) as desk:
        await to_the_hostile_buyer(desk)
        await desk.press("r")
        desk.area.post_message(Paste("dzień\x1b]52;c;AAAA\x07 dobry\u202e[/foo]"))
        await desk.pilot.pause()
        assert desk.area.text == "dzień dobry[/foo]"
