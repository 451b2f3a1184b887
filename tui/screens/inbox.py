"""The inbox: conversations, the one that is read, its order, and the reply that is written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Static

from api.clock import now
from api.session import Session
from api.store import StoreError
from tui import events, words
from tui.actions import Place, bindings
from tui.desk import Desk
from tui.drafting import DraftKeeper
from tui.i18n import _
from tui.panes import Panes
from tui.reading import Reader
from tui.replying import Replies
from tui.screens.help import HelpScreen
from tui.widgets.bars import KeyBar, TopBar
from tui.widgets.compose import Compose
from tui.widgets.conversation_view import ConversationView
from tui.widgets.order_pane import OrderPane
from tui.widgets.thread_list import ThreadList
from tui.working import start

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import Binding
    from textual.widget import Widget

    from tui.app import OkienkoApp

NEWS_EVERY = 60.0
"""Seconds between looks for new messages: one request each."""


@dataclass(frozen=True, slots=True)
class Work:
    """What the screen can do once the session is open."""

    session: Session
    reader: Reader
    keeper: DraftKeeper
    replies: Replies


class InboxScreen(Screen[None]):
    """Wires the panes: keys and events in, reads and sends out."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (110, "-wide")]  # noqa: RUF012  Textual's own
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012  Textual's own
    BINDINGS: ClassVar[list[Binding]] = bindings(Place.EVERYWHERE)  # type: ignore[assignment]
    AUTO_FOCUS = "#threads"
    app: OkienkoApp

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self._work: Work | None = None
        self._told = ""

    def compose(self) -> ComposeResult:
        yield TopBar(id="top")
        with Horizontal(id="panes"):
            with Vertical(id="list-pane", classes="pane"):
                yield Static(id="list-title", classes="title", markup=False)
                yield ThreadList(id="threads")
            with Vertical(id="middle", classes="pane"):
                yield Static(id="conversation-title", classes="title", markup=False)
                yield ConversationView(id="conversation")
                yield Compose(id="compose")
            with Vertical(id="order-pane", classes="pane"):
                yield Static(id="order-title", classes="title", markup=False)
                yield OrderPane(id="order")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        self._reply_pane = self.query_one(Compose)
        self.panes = Panes(self, self.desk)
        self._show_list()
        self.set_interval(NEWS_EVERY, self._look_for_news)

    # -- the session ------------------------------------------------------------------------------------

    @on(events.SessionOpened)
    async def _session_opened(self, event: events.SessionOpened) -> None:
        session = event.session
        try:
            keeper = DraftKeeper(session.drafts, session.account.id)
        except StoreError as error:
            await self._show_trouble(words.trouble(error))
            return
        replies = Replies(self.app, self._reply_pane, self.desk, keeper, session.account)
        self._work = Work(session, Reader(self, session), keeper, replies)
        self.panes.account, self.panes.trouble = session.account.login, ""
        self._tell_notices(session)
        self._work.reader.threads()
        self._show_list()

    @on(events.SessionFailed)
    async def _session_failed(self, event: events.SessionFailed) -> None:
        await self._show_trouble(words.trouble(event.error))

    # -- answers of the reader --------------------------------------------------------------------------

    @on(events.ThreadsRead)
    def _threads_read(self, event: events.ThreadsRead) -> None:
        moved = self.desk.take_threads(event.threads)
        self.panes.checked, self.panes.trouble = now(), ""
        if event.cut_short is not None:
            self.panes.cut_short = event.cut_short
        self._show_list()
        current = self.panes.current
        if self._work is None:
            return
        if event.complete:
            self._work.reader.ahead(self.desk.not_read_yet())
        if current is not None and any(thread.id == current.id for thread in moved):
            self._work.reader.conversation(current, self.desk.conversations.get(current.id))

    @on(events.ConversationRead)
    async def _conversation_read(self, event: events.ConversationRead) -> None:
        conversation = self.desk.take_conversation(event.conversation)
        self._show_list()
        if self._work is not None:
            self._work.replies.follow(conversation)
        if self.panes.current is not None and self.panes.current.id == event.conversation.thread.id:
            await self._show_conversation()

    @on(events.OrderRead)
    def _order_read(self, event: events.OrderRead) -> None:
        self.desk.orders[event.asked] = event.order
        self._show_order()
        conversation = self.panes.current_conversation
        if self._work is not None and conversation is not None:
            self._work.replies.follow(conversation)

    @on(events.OrderMissing)
    def _order_missing(self, event: events.OrderMissing) -> None:
        if event.order == self.panes.order_shown:
            self.panes.order.show_notice(f"{event.order}\n\n{words.trouble(event.error)}")

    @on(events.MarkedRead)
    def _marked_read(self, event: events.MarkedRead) -> None:
        self.desk.take_threads([event.thread])
        self._show_list()

    @on(events.ReadingFailed)
    async def _reading_failed(self, event: events.ReadingFailed) -> None:
        trouble = words.trouble(event.error)
        if not self.desk.threads:
            await self._show_trouble(trouble)
        else:
            self.app.say(trouble, "error")
        current = self.panes.current
        if current is not None and event.thread == current.id and current.id not in self.desk.conversations:
            await self.panes.conversation.show(None, trouble)

    # -- answers of the sender --------------------------------------------------------------------------

    @on(events.LetterSent)
    async def _letter_sent(self, event: events.LetterSent) -> None:
        self._storing(lambda work: work.replies.sent(event.letter, event.message))
        await self._show_again(event.letter.thread)

    @on(events.LetterFailed)
    async def _letter_failed(self, event: events.LetterFailed) -> None:
        self._storing(lambda work: work.replies.failed(event.letter, event.error))
        await self._show_again(event.letter.thread)

    @on(events.StateChanged)
    async def _state_changed(self, event: events.StateChanged) -> None:
        self._storing(lambda work: work.replies.settled(event.letter, event.message))
        await self._show_again(event.letter.thread)

    # -- what the panes ask for -------------------------------------------------------------------------

    @on(ThreadList.Moved)
    async def _moved(self, event: ThreadList.Moved) -> None:
        written = self._reply_pane.addressed
        if self.has_class("-writing") and written is not None and written.thread != event.thread:
            self.keep_drafts()
            self._leave_compose(self.panes.list)
        if self.panes.keep != event.thread:
            self.panes.keep = event.thread
            self._show_list()
        await self._show_conversation()
        thread = self.desk.threads.get(event.thread or "")
        if thread is None or self._work is None:
            return
        known = self.desk.conversations.get(thread.id)
        if known is None or known.thread.last_message_at != thread.last_message_at:
            self._work.reader.conversation(thread, known)

    @on(ThreadList.Opened)
    def _opened(self) -> None:
        self.add_class("-reading")
        self.panes.conversation.focus()

    @on(ConversationView.Back)
    def _back_to_list(self) -> None:
        self.remove_class("-reading")
        self.panes.list.focus()

    @on(ConversationView.OlderWanted)
    def _older_wanted(self) -> None:
        conversation = self.panes.current_conversation
        if self._work is not None and conversation is not None:
            self._work.reader.older(conversation)

    @on(OrderPane.Back)
    def _back_from_order(self) -> None:
        self.action_order()

    @on(OrderPane.NextWanted)
    def _next_order(self) -> None:
        self.panes.choose_next_order()
        self._show_order()

    @on(Compose.Typed)
    def _typed(self, event: Compose.Typed) -> None:
        if self._work is not None and self._work.keeper.is_new(event.thread, event.text):
            self._work.keeper.note(event.thread, self.desk.order_of(event.thread), event.text)
            start(self, "drafts", partial(self._keep_soon, self._work.keeper))

    @on(Compose.SendWanted)
    def _send_wanted(self, event: Compose.SendWanted) -> None:
        if self.panes.current is None or event.to.thread != self.panes.current.id:
            raise RuntimeError("a reply may only go to the conversation that is shown")
        self._storing(
            lambda work: work.replies.ask(
                event.to,
                event.text,
                event.verdict,
                partial(self._leave_compose, self.panes.conversation),
            )
        )

    @on(Compose.SendDoubted)
    def _send_doubted(self) -> None:
        self.app.say(
            _("ctrl+s came together with other text, as in a paste. Press it again to send."), "warning"
        )

    @on(Compose.Closed)
    def _compose_closed(self) -> None:
        self.keep_drafts()
        self._leave_compose(self.panes.conversation)

    def on_descendant_focus(self) -> None:
        self.query_one(KeyBar).show(self._place)
        for pane in self.query(".pane"):
            pane.set_class(pane.has_focus_within, "-active")

    # -- keys -------------------------------------------------------------------------------------------

    def action_reply(self) -> None:
        if self._work is None or self.panes.current is None:
            return
        conversation = self.desk.conversations.get(self.panes.current.id)
        if conversation is None:
            self.app.say(_("The conversation is still being read."), "warning")
        elif not conversation.thread.open:
            self.app.say(_("This conversation is closed; Allegro takes no more messages in it."), "warning")
        elif self._work.replies.on_the_way(conversation.thread.id):
            self.app.say(_("The last reply in this conversation is still on its way."), "warning")
        else:
            self.remove_class("-order")
            self.add_class("-writing", "-reading")
            self._storing(lambda work: work.replies.open(conversation))

    def action_unread_only(self) -> None:
        self.desk.unread_only = not self.desk.unread_only
        self.panes.keep = None
        self._show_list()

    def action_mark_read(self) -> None:
        current = self.panes.current
        if self._work is not None and current is not None and not current.read:
            self._work.reader.mark_read(current)

    def action_order(self) -> None:
        """Into the order pane, or out of it."""
        if self.panes.order.has_focus:
            self.remove_class("-order")
            (self.panes.conversation if self.has_class("-reading") else self.panes.list).focus()
        else:
            self.add_class("-order")
            self.panes.order.focus()

    def action_refresh(self) -> None:
        """Ask for news, and for the conversation and the order in sight as they are on Allegro now."""
        self._look_for_news()
        if self._work is not None:
            self._read_current_again(self._work)

    def _look_for_news(self) -> None:
        """Ask for news; where there is no session, try again to open one."""
        if self._work is not None:
            self._work.reader.news()
        elif self.panes.trouble:
            self.panes.trouble = ""
            self._show_list()
            self.app.connect()

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self._place))

    @property
    def sending(self) -> bool:
        """Whether a reply is on its way to Allegro."""
        return self._work is not None and not self._work.replies.none_on_the_way.is_set()

    async def sent(self) -> None:
        """Wait until no reply is on its way to Allegro."""
        if self._work is not None:
            await self._work.replies.none_on_the_way.wait()

    def keep_drafts(self) -> bool:
        """Write every draft now; False (and a sentence on the screen) where that fails."""
        return self._storing(lambda work: work.keeper.flush())

    # -- what the panes show ----------------------------------------------------------------------------

    @property
    def _place(self) -> Place:
        if self._reply_pane.has_focus_within:
            return Place.COMPOSE
        if self.panes.order.has_focus:
            return Place.ORDER
        return Place.CONVERSATION if self.panes.conversation.has_focus else Place.LIST

    def _show_list(self) -> None:
        if self._work is not None:
            self.desk.drafts = self._work.keeper.threads
        self.panes.show_list()

    async def _show_conversation(self) -> None:
        await self.panes.show_conversation()
        self._show_order()

    def _show_order(self) -> None:
        wanted = self.panes.show_order()
        if wanted and self._work is not None:
            self._work.reader.order(wanted)

    async def _show_trouble(self, trouble: str) -> None:
        """Nothing could be read at all."""
        self.panes.trouble = trouble
        self._show_list()
        await self._show_conversation()

    async def _show_again(self, thread: str) -> None:
        self._show_list()
        if self.panes.current is not None and self.panes.current.id == thread:
            await self._show_conversation()

    def _leave_compose(self, focus: Widget) -> None:
        self.remove_class("-writing")
        self._reply_pane.close()
        focus.focus()
        self._show_list()

    def _read_current_again(self, work: Work) -> None:
        """The conversation and the order in sight, as they are on Allegro now."""
        current = self.panes.current
        if current is not None:
            work.reader.conversation(current, self.desk.conversations.get(current.id))
        if self.panes.order_shown:
            work.reader.order(self.panes.order_shown)

    # -- drafts -----------------------------------------------------------------------------------------

    async def _keep_soon(self, keeper: DraftKeeper) -> None:
        try:
            await keeper.soon()
        except StoreError as error:
            self._tell_once(words.trouble(error))
        else:
            self._told = ""
        if self._work is not None:
            self._tell_notices(self._work.session)

    def _tell_once(self, trouble: str) -> None:
        """A toast, unless the last one said the same: a full disk is no news at every key."""
        if trouble != self._told:
            self._told = trouble
            self.app.say(trouble, "error", 20)

    def _tell_notices(self, session: Session) -> None:
        for notice in session.take_notices():
            damaged = _("A damaged file was set aside: {notice}").format(notice=notice)
            self.app.say(damaged, "error", 30)

    def _storing(self, work: Callable[[Work], None]) -> bool:
        """Do work that may touch the disk; False (and a sentence on the screen) where the disk refuses."""
        if self._work is None:
            return True
        try:
            work(self._work)
        except StoreError as error:
            self._tell_once(words.trouble(error))
            return False
        return True
