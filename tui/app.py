"""The application: opens the session, owns what outlives a screen (sending), and ends it all well."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding
from textual.worker import Worker, WorkerState

from api.allegro.errors import AllegroError, TextRefused
from api.config import ConfigError
from api.outbox import NotConsentedError
from api.store import StoreError
from tui import words
from tui.events import LetterFailed, LetterSent, SessionFailed, SessionOpened, StateChanged
from tui.i18n import _
from tui.screens.inbox import InboxScreen
from tui.working import start

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from textual.notifications import SeverityLevel

    from api.outbox import Consent, Letter
    from api.session import Session

    Opener = Callable[[], AbstractAsyncContextManager[Session]]

SENDING_TIME = 20.0
"""Seconds that quitting waits for a message that is on the wire: ended there, nobody knows its outcome."""

CLOSING_TIME = 3.0
"""Seconds that quitting waits for the session to close."""


class OkienkoApp(App[int]):
    """One inbox. `open_session` makes its session; it is called in a worker, after the first paint.

    `open_session` raises AllegroError, ConfigError, StoreError or OSError where there can be none.
    """

    CSS_PATH: ClassVar[list[str]] = ["app.tcss"]  # type: ignore[assignment]
    TITLE = "okienko"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("ctrl+q", "quit", show=False, priority=True)
    ]

    def __init__(self, open_session: Opener) -> None:
        colourless = "NO_COLOR" in os.environ  # Textual takes it out of the environment
        super().__init__(ansi_color=True if colourless else None)
        self._open_session = open_session
        self._ending = asyncio.Event()
        self._session: Session | None = None
        self._quitting = False
        self._inbox = InboxScreen()
        self.animation_level = "none"
        if colourless:
            self.theme = "ansi-dark"  # the default theme still emits greys

    def on_mount(self) -> None:
        self.push_screen(self._inbox)
        self.connect()

    def connect(self) -> None:
        """Open the session, or try again after it failed."""
        start(self, "session", self._hold_session, alone=True)

    def say(self, text: str, severity: SeverityLevel = "information", seconds: float = 5) -> None:
        """A toast; the text may hold a stranger's words, so it is never markup."""
        self.notify(text, severity=severity, timeout=seconds, markup=False)

    def send_letter(self, letter: Letter, consent: Consent) -> None:
        """Send a letter and follow it; runs here because it must outlive every screen."""
        start(self, "send", partial(self._send, letter, consent))

    async def action_quit(self) -> None:
        if self._quitting:
            self._inbox.keep_drafts()  # what was typed since the first ctrl+q, where the disk takes it now
            self.exit(0)
            return
        self._quitting = True
        if not self._inbox.keep_drafts():
            self.say(_("What you typed cannot be kept. ctrl+q again: quit all the same."), "error", 20)
            return
        start(self, "quit", self._quit)

    def action_help_quit(self) -> None:
        """ctrl+c does not quit; say what does."""
        self.say(_("ctrl+q quits; drafts are kept."))

    async def _quit(self) -> None:
        await self._finish_sending()
        running = [worker for worker in self.workers if worker.is_running and worker.group != "quit"]
        for worker in running:
            if worker.group != "session":
                worker.cancel()  # a request must not be under way when its connection is closed
        self._ending.set()
        if running:
            waits = [asyncio.ensure_future(worker.wait()) for worker in running]
            await asyncio.wait(waits, timeout=CLOSING_TIME)
            for wait in waits:
                if wait.done() and not wait.cancelled():
                    wait.exception()  # an ended worker says so by an error, which is known here
        self.exit(0)

    async def _finish_sending(self) -> None:
        """Let a message that is on the wire arrive, and its draft go, before the session is closed."""
        if self._inbox.sending:
            waiting = _("Waiting for Allegro's answer to your last message. ctrl+q again: quit now.")
            self.say(waiting, seconds=SENDING_TIME)
        with suppress(TimeoutError):
            async with asyncio.timeout(SENDING_TIME):
                await self._inbox.sent()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker that ends in an error nobody foresaw says so instead of vanishing."""
        if event.state is WorkerState.ERROR:
            what = _("An error in okienko itself ({kind}). What you typed is kept; please report it.")
            kind = type(event.worker.error).__name__
            self.say(what.format(kind=kind), "error", 20)
            if event.worker.group == "session" and isinstance(event.worker.error, Exception):
                self._inbox.post_message(SessionFailed(event.worker.error))
            self.log.error(event.worker, event.worker.error)

    async def _hold_session(self) -> None:
        """Keep the session open until the application ends."""
        try:
            async with self._open_session() as session:
                self._session = session
                self._inbox.post_message(SessionOpened(session))
                await self._ending.wait()
        except (AllegroError, ConfigError, StoreError, OSError) as error:
            self._inbox.post_message(SessionFailed(error))

    async def _send(self, letter: Letter, consent: Consent) -> None:
        if self._session is None:
            raise RuntimeError("nothing can be sent before the session is open")
        sender = self._session.sender
        try:
            message = await sender.send(letter, consent)
        except (AllegroError, TextRefused, NotConsentedError, StoreError) as error:
            self._inbox.post_message(LetterFailed(letter, error))
            return
        self._inbox.post_message(LetterSent(letter, message))
        if message.state.settled:
            self._inbox.post_message(StateChanged(letter, message))
        try:
            async for changed in sender.follow(message):
                self._inbox.post_message(StateChanged(letter, changed))
        except AllegroError as error:
            self.say(words.trouble(error), "warning", 10)
