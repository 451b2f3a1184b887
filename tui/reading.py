"""Reading for the screen: each kind of read is a lane of its own, whose answers come as events."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from api.allegro.errors import (
    AllegroError,
    NotPermitted,
    NotSignedIn,
    RenewalFailed,
    TokensOutOfReach,
    TooMany,
    Unavailable,
)
from tui.events import ConversationRead, MarkedRead, OrderMissing, OrderRead, ReadingFailed, ThreadsRead
from tui.working import start

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator

    from textual.screen import Screen

    from api.domain import Thread
    from api.inbox import Conversation
    from api.session import Session

MOST_PAGES = 25
"""Pages of threads read in one go (500 threads): this list is in memory only."""

PREFETCHED = 60
"""Conversations read ahead, so that the list shows first words and opens without waiting."""

REST = 0.12
"""Seconds that the cursor must rest on a thread before its messages are asked for."""


class Reader:
    """Starts reads on behalf of a screen. A newer read of the same lane replaces the older one."""

    def __init__(self, screen: Screen[None], session: Session) -> None:
        self._screen = screen
        self._session = session
        self._complete = False

    def threads(self) -> None:
        """All threads, page by page."""
        self._run("threads", partial(self._threads, MOST_PAGES))

    def news(self) -> None:
        """The newest page of threads; all pages again where the first reading was not finished."""
        self._run("threads", partial(self._threads, 1 if self._complete else MOST_PAGES))

    def conversation(self, thread: Thread, known: Conversation | None) -> None:
        """The newest messages of a thread that the reader looks at."""
        self._run("conversation", partial(self._conversation, thread, known))

    def older(self, conversation: Conversation) -> None:
        """One more page of older messages."""
        self._run("older", partial(self._older, conversation))

    def ahead(self, threads: Iterable[Thread]) -> None:
        """The conversations of these threads, before anyone asks."""
        self._run("ahead", partial(self._ahead, list(threads)[:PREFETCHED]))

    def order(self, order_id: str) -> None:
        """One order."""
        self._run("order", partial(self._order, order_id))

    def mark_read(self, thread: Thread) -> None:
        """Tell Allegro that a thread was read."""
        self._run("mark", partial(self._mark_read, thread), exclusive=False)

    def _run(self, lane: str, work: Callable[[], Awaitable[None]], *, exclusive: bool = True) -> None:
        start(self._screen, lane, work, alone=exclusive)

    async def _threads(self, pages: int) -> None:
        cursor: str | None = None
        seen: set[str] = set()
        for number in range(pages):
            try:
                page = await self._session.inbox.threads(cursor)
            except AllegroError as error:
                self._screen.post_message(ReadingFailed("", error))
                return
            cursor = page.next
            fresh = {thread.id for thread in page.items} - seen  # a server may give one page for ever
            seen |= fresh
            ends = cursor is None or not fresh
            last = ends or number == pages - 1
            if last and not self._complete:
                self._complete = True
                cut_short = not ends
            else:
                cut_short = None
            self._screen.post_message(ThreadsRead(page.items, complete=last, cut_short=cut_short))
            if last:
                return

    async def _conversation(self, thread: Thread, known: Conversation | None) -> None:
        await asyncio.sleep(REST)
        await self._read(thread, known)

    async def _read(self, thread: Thread, known: Conversation | None) -> None:
        inbox = self._session.inbox
        try:
            read = await (inbox.fresh(known, thread) if known else inbox.conversation(thread))
        except AllegroError as error:
            self._screen.post_message(ReadingFailed(thread.id, error))
            return
        self._screen.post_message(ConversationRead(read))

    async def _older(self, conversation: Conversation) -> None:
        try:
            read = await self._session.inbox.older(conversation)
        except AllegroError as error:
            self._screen.post_message(ReadingFailed(conversation.thread.id, error))
            return
        self._screen.post_message(ConversationRead(read))

    async def _ahead(self, threads: list[Thread]) -> None:
        """Two at a time, so that what the reader looks at does not wait behind them."""
        waiting = iter(threads)
        await asyncio.gather(self._read_quietly(waiting), self._read_quietly(waiting))

    async def _read_quietly(self, threads: Iterator[Thread]) -> None:
        """Read ahead; a thread that cannot be read now says so when the reader opens it.

        Ends at an error that the next thread would meet as well.
        """
        for thread in threads:
            try:
                read = await self._session.inbox.conversation(thread)
            except (TooMany, NotSignedIn, NotPermitted, Unavailable, RenewalFailed, TokensOutOfReach):
                return
            except AllegroError:
                continue
            self._screen.post_message(ConversationRead(read))

    async def _order(self, order_id: str) -> None:
        try:
            order = await self._session.inbox.order(order_id)
        except AllegroError as error:
            self._screen.post_message(OrderMissing(order_id, error))
            return
        self._screen.post_message(OrderRead(order_id, order))

    async def _mark_read(self, thread: Thread) -> None:
        try:
            read = await self._session.inbox.mark_read(thread)
        except AllegroError as error:
            self._screen.post_message(ReadingFailed(thread.id, error))
            return
        self._screen.post_message(MarkedRead(read))
