"""What stands in the panes: which conversation is current, which order belongs to it, and what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui import formats
from tui.i18n import _, ngettext
from tui.widgets.bars import TopBar
from tui.widgets.conversation_view import ConversationView
from tui.widgets.order_pane import OrderPane
from tui.widgets.thread_list import ThreadList

if TYPE_CHECKING:
    from datetime import datetime

    from textual.screen import Screen

    from api.domain import Thread
    from api.inbox import Conversation
    from tui.desk import Desk


class Panes:
    """Shows what lies on the desk. `account`, `checked` and `trouble` are told above the panes.

    `keep` is a thread that stays listed whatever the filter says; `cut_short` says that there are more.
    """

    def __init__(self, screen: Screen[None], desk: Desk) -> None:
        self._desk = desk
        self._top = screen.query_one(TopBar)
        self._list_title = screen.query_one("#list-title", Static)
        self._conversation_title = screen.query_one("#conversation-title", Static)
        self.list = screen.query_one(ThreadList)
        self.conversation = screen.query_one(ConversationView)
        self.order = screen.query_one(OrderPane)
        self._orders_chosen: dict[str, str] = {}
        self.account = ""
        self.checked: datetime | None = None
        self.trouble = ""
        self.keep: str | None = None
        self.cut_short = False
        screen.query_one("#order-title", Static).update(Content(_("Order")))

    @property
    def current(self) -> Thread | None:
        """The thread under the cursor."""
        row = self.list.current
        return self._desk.threads.get(row.id) if row else None

    @property
    def current_conversation(self) -> Conversation | None:
        """The messages of the thread under the cursor, where they were read."""
        return self._desk.conversations.get(self.current.id) if self.current else None

    @property
    def orders(self) -> tuple[str, ...]:
        """Ids of the orders of the current conversation, the one spoken of last first."""
        return self.current_conversation.orders if self.current_conversation else ()

    @property
    def order_shown(self) -> str:
        """Id of the order in the order pane, or ""."""
        chosen = self._orders_chosen.get(self.current.id, "") if self.current else ""
        return chosen if chosen in self.orders else next(iter(self.orders), "")

    def choose_next_order(self) -> None:
        """Show the next order of the current conversation from now on."""
        if self.current is not None and self.orders:
            place = self.orders.index(self.order_shown) + 1
            self._orders_chosen[self.current.id] = self.orders[place % len(self.orders)]

    def show_list(self) -> None:
        """The thread list, its title, and the line above the panes."""
        desk = self._desk
        self.list.set_rows(desk.rows(self.keep), self._empty_list())
        self.keep = self.current.id if self.current else None
        title = [_("Conversations")]
        if desk.unread_only:
            title.append(_("unread only"))
        if self.cut_short:
            title.append(_("the newest {count}").format(count=len(desk.threads)))
        self._list_title.update(Content(" · ".join(title)))
        parts = [self.account]
        if self.checked is not None:
            parts.append(ngettext("{count} unread", "{count} unread", desk.unread).format(count=desk.unread))
            parts.append(_("checked {time}").format(time=formats.clock(self.checked)))
        self._top.show(*parts, self.trouble.partition("\n")[0])

    async def show_conversation(self) -> None:
        """The current conversation, or why there is none."""
        thread = self.current
        self._conversation_title.update(Content(thread.buyer if thread else _("Conversation")))
        notice = _("Reading …") if thread else self.trouble
        await self.conversation.show(self.current_conversation, notice)

    def show_order(self) -> str:
        """The order of the current conversation; returns its id where it must be read first, else ""."""
        shown = self.order_shown
        order = self._desk.orders.get(shown)
        if order is not None:
            self.order.show(order, self.orders.index(shown) + 1, len(self.orders))
            return ""
        self.order.show_notice(
            _("Reading the order …") if shown else _("This conversation is about no order.")
        )
        return shown

    def _empty_list(self) -> str:
        if self.trouble:
            return _("ctrl+r: try again")
        if self.checked is None:
            return _("Reading conversations …")
        if self._desk.unread_only and self._desk.threads:
            return _("No unread conversations.\nu: show all")
        return _("No conversations yet.")
