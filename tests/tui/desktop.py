"""The inbox on top of a pretend Allegro, driven by a pilot, in words of this program."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from api.config import Connection, Folders
from api.session import open_session
from tui.screens.inbox import InboxScreen
from tui.widgets.compose import Compose
from tui.widgets.compose_area import ComposeArea
from tui.widgets.thread_list import ThreadList

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from api.session import Session
    from api.simulator.server import Simulator
    from tui.app import OkienkoApp

READING = {"session-opening", "threads", "ahead", "conversation", "older", "order", "mark"}
"""Groups of workers that end by themselves; a quiet desk has none of them."""

PATIENCE = 1500
"""Looks at a condition, some 20 ms apart, before a test gives up."""


def opener(simulator: Simulator, home: Path, token: str | None = None) -> Callable[[], object]:
    """What `OkienkoApp` asks for: a way to open a session on this simulator."""
    connection = Connection(
        api_url=simulator.api_url,
        auth_url=simulator.auth_url,
        app_name="okienko",
        app_url="https://okienko.example/",
        token=simulator.token if token is None else token,
    )

    @asynccontextmanager
    async def opened() -> AsyncIterator[Session]:
        async with open_session(connection, Folders(home, home, home), "pl-PL") as session:
            yield session

    return opened


class Desktop:
    """A pilot with the words of this program."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot = pilot
        self.app = pilot.app

    @property
    def screen(self) -> InboxScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, InboxScreen))

    @property
    def account(self) -> str:
        """Id of the account that is signed in."""
        assert self.screen._work is not None
        return self.screen._work.session.account.id

    @property
    def threads(self) -> ThreadList:
        return self.screen.query_one(ThreadList)

    @property
    def compose(self) -> Compose:
        return self.screen.query_one(Compose)

    @property
    def area(self) -> ComposeArea:
        return self.screen.query_one(ComposeArea)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type a text key by key."""
        await self.pilot.press(
            *({" ": "space", "\n": "enter"}.get(character, character) for character in text)
        )
        self.breathe()

    def breathe(self) -> None:
        """What a person does between the last key of a text and ctrl+s."""
        self.compose._typed_at = 0.0

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for a condition."""
        for _look in range(PATIENCE):
            if condition():
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"never came: {what}\n{self.text}")

    async def quiet(self) -> None:
        """Wait until everything that is being read has come and is shown."""
        await self.until(lambda: self.screen.panes.checked is not None, "the first threads")
        await self.until(self._nothing_runs, "the end of reading")
        await self.pilot.pause()

    def _nothing_runs(self) -> bool:
        return not any(worker.group in READING and not worker.is_finished for worker in self.app.workers)

    async def go_to(self, buyer: str) -> None:
        """Put the cursor on the conversation with a buyer and wait until it is shown."""
        thread = next(thread for thread in self.screen.desk.threads.values() if thread.buyer == buyer)
        self.threads.move_to(thread.id)
        await self.pilot.pause()
        await self.quiet()

    async def reply(self, text: str) -> None:
        """Open a reply and put a text into it at once."""
        await self.press("r")
        self.area.load_text(text)
        self.area.move_cursor(self.area.document.end)
        await self.pilot.pause()
        self.breathe()

    async def quit(self) -> None:
        """Press ctrl+q and wait until the program has ended."""
        await self.press("ctrl+q")
        for _look in range(PATIENCE):
            if self.app._exit:
                return
            await self.pilot.pause(0.02)
        raise AssertionError("the program does not end")

    @property
    def toasts(self) -> str:
        """What the toasts on the screen say."""
        return "\n".join(notification.message for notification in self.app._notifications)

    @property
    def text(self) -> str:
        """What a person sees, line by line."""
        return "\n".join(
            "".join(segment.text for segment in strip)
            for strip in self.app.screen._compositor.render_strips()
        )


@asynccontextmanager
async def desktop(app: OkienkoApp, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Desktop]:
    """Run an inbox with toasts and tooltips on, and wait until its conversations are there."""
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        desk = Desktop(pilot)
        await desk.quiet()
        yield desk
        if not app._exit:  # ends what is under way, as a person would
            await desk.quit()
