"""Reading conversations from Allegro, as far as they are needed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.inbox.conversation import Conversation

if TYPE_CHECKING:
    from api.allegro import Allegro
    from api.domain import Account, Order, Page, Thread


class Inbox:
    """The conversations and orders of one account. Every method raises `api.allegro.errors.AllegroError`."""

    def __init__(self, allegro: Allegro, account: Account) -> None:
        self._allegro = allegro
        self._account = account

    async def threads(self, cursor: str | None = None) -> Page[Thread]:
        """One page of threads, newest first."""
        return await self._allegro.messaging.threads(self._account, cursor=cursor)

    async def conversation(self, thread: Thread) -> Conversation:
        """A thread with its newest page of messages."""
        return await self.older(Conversation(thread, (), None))

    async def older(self, conversation: Conversation) -> Conversation:
        """A conversation with one more page of older messages (its newest page when it has none)."""
        thread = conversation.thread
        page = await self._allegro.messaging.messages(self._account, thread.id, cursor=conversation.older)
        return conversation.with_messages(page.items, page.next)

    async def fresh(self, conversation: Conversation, thread: Thread) -> Conversation:
        """A conversation with its newest page read again; the older messages that are known stay."""
        page = await self._allegro.messaging.messages(self._account, thread.id, cursor=None)
        known = bool(conversation.messages)
        return replace(conversation, thread=thread).with_messages(
            page.items, conversation.older if known else page.next
        )

    async def order(self, order_id: str) -> Order:
        return await self._allegro.orders.order(order_id)

    async def mark_read(self, thread: Thread) -> Thread:
        """Tell Allegro that this account has read the thread."""
        await self._allegro.messaging.mark_read(thread.id)
        return replace(thread, read=True)
