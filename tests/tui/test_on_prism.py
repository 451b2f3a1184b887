"""The inbox on a server that nobody here wrote: the examples of Allegro's OpenAPI file, through Prism."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from api.config import Connection, Folders
from api.session import open_session
from tests.prism import needs_prism
from tests.tui.desktop import desktop
from tui.app import OkienkoApp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from api.session import Session

pytestmark = needs_prism


async def test_threads_messages_and_an_order_show_in_the_three_panes(prism_url: str, tmp_path: Path) -> None:
    """The thread list, a conversation and its order come from the examples."""
    connection = Connection(prism_url, prism_url, "okienko", "https://okienko.example/", token="anything")

    @asynccontextmanager
    async def opened() -> AsyncIterator[Session]:
        async with open_session(connection, Folders(tmp_path, tmp_path, tmp_path), "pl-PL") as session:
            yield session

    async with desktop(OkienkoApp(opened)) as desk:
        buyers = {row.buyer for row in desk.threads._rows}
        assert "BuyerLogin" in buyers
        assert len(desk.threads._rows) == 2
        await desk.go_to("BuyerLogin")
        (conversation,) = (
            c for c in desk.screen.desk.conversations.values() if c.thread.buyer == "BuyerLogin"
        )
        assert conversation.messages
        assert conversation.messages[-1].text.split()[0] in desk.text
        # The example's message names an order whose id is no UUID; the thread names one that can be read.
        await desk.press("o", "n")
        await desk.quiet()
        order = desk.screen.desk.orders[desk.screen.panes.order_shown]
        assert order.items[0].name.split()[0] in desk.text
