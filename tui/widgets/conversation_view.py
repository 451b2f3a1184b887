"""The messages of one conversation, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message as Event
from textual.widgets import Static

from api.clock import now
from api.domain import ThreadType
from tui import formats, words
from tui.actions import Place, bindings
from tui.i18n import _

if TYPE_CHECKING:
    from textual.binding import Binding

    from api.domain import Message
    from api.inbox import Conversation


class Bubble(Static):
    """One message: who, when, about what, the text, with which files, and what became of it."""

    def __init__(self, message: Message, buyer: str, topic: str) -> None:
        super().__init__(_bubble(message, buyer, topic), markup=False)
        self.message_id = message.id
        self.set_class(message.author.mine, "-mine")
        self.set_class(not message.author.mine and not message.from_buyer, "-allegro")


class ConversationView(VerticalScroll, can_focus=True):
    """Scrolls through a conversation; asks for older messages when it is moved past the top."""

    BINDINGS: ClassVar[list[Binding]] = bindings(Place.CONVERSATION)  # type: ignore[assignment]

    class Back(Event):
        """The reader goes back to the list."""

    class OlderWanted(Event):
        """The reader is at the top and there may be older messages."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._shown: Conversation | None = None
        self._at_end = True

    async def show(self, conversation: Conversation | None, notice: str = "") -> None:
        """Show a conversation (None: only the notice). A new one opens at its newest message."""
        before, self._shown = self._shown, conversation
        same = before is not None and conversation is not None and before.thread.id == conversation.thread.id
        if same and before == conversation:
            return
        at_end = self._at_end
        older_added = same and _first(before) != _first(conversation)
        from_bottom = self.max_scroll_y - self.scroll_offset.y
        with self.app.batch_update():
            await self.remove_children()
            if not self.is_attached:  # the program ended meanwhile
                return
            if conversation is None:
                await self.mount(Static(Content(notice), classes="notice"))
                return
            await self.mount_all(_widgets(conversation))
        if older_added:
            self.call_after_refresh(self._keep_place, from_bottom)
        elif not same or at_end:
            self.call_after_refresh(self.scroll_end, animate=False, immediate=True)

    def on_resize(self) -> None:
        """A reply that opens below takes lines away: the newest message stays in sight."""
        if self._at_end:
            self.call_after_refresh(self.scroll_end, animate=False, immediate=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._at_end = new_value >= self.max_scroll_y - 1

    def _keep_place(self, from_bottom: float) -> None:
        self.scroll_to(y=max(0, self.max_scroll_y - from_bottom), animate=False, immediate=True)

    def action_back(self) -> None:
        self.post_message(self.Back())

    def action_scroll_up(self) -> None:
        self._ask_for_older()
        super().action_scroll_up()

    def action_page_up(self) -> None:
        self._ask_for_older()
        super().action_page_up()

    def _ask_for_older(self) -> None:
        if self.scroll_offset.y <= 0 and self._shown is not None and self._shown.older is not None:
            self.post_message(self.OlderWanted())


def _first(conversation: Conversation | None) -> str:
    return conversation.messages[0].id if conversation and conversation.messages else ""


def _widgets(conversation: Conversation) -> list[Static]:
    """A line for each day and a bubble for each message."""
    thread = conversation.thread
    widgets: list[Static] = []
    if conversation.older is not None:
        widgets.append(Static(Content(_("k at the top loads older messages")), classes="notice"))
    if thread.type is ThreadType.POST_PURCHASE_ISSUE:
        known = words.PURCHASE_PROBLEMS.get(thread.subtype)
        problem = _(known) if known else thread.subtype
        title = _("Problem with a purchase: {problem}").format(problem=problem)
        widgets.append(Static(Content(f"! {title}"), classes="problem"))
    heading = topic = ""
    for message in conversation.messages:
        day = formats.day(message.created_at, now())
        if day != heading:
            widgets.append(Static(Content(f"── {day} ──"), classes="day"))
            heading = day
        about = _topic(message)
        widgets.append(Bubble(message, thread.buyer, about if about != topic else ""))
        topic = about or topic
    if not thread.open:
        widgets.append(Static(Content("× " + _("This conversation is closed.")), classes="notice"))
    return widgets


def _topic(message: Message) -> str:
    """Which order or offer a message is about, or ""."""
    if message.order:
        return _("order") + " " + message.order[:8]
    return _("offer") + " " + message.offer if message.offer else ""


def _bubble(message: Message, buyer: str, topic: str) -> Content:
    about = f"  {topic}" if topic else ""
    head = Content.assemble(
        (_author(message, buyer), "bold"), (f"  {formats.clock(message.created_at)}{about}", "dim")
    )
    parts: list[Content] = [head]
    if message.subject:
        parts.append(Content.styled(message.subject, "italic"))
    parts.append(Content(message.text))
    for attachment in message.attachments:
        scan = words.SCANS.get(attachment.state)
        scanned = _(scan) if scan else attachment.state.value
        parts.append(Content.styled(f"▤ {attachment.name} ({scanned})", "dim"))
    if message.more_attachments:
        parts.append(Content.styled("▤ " + _("an attachment that only Allegro shows"), "dim"))
    if message.author.mine:
        parts.append(Content.styled(words.state(message), "dim"))
    return Content("\n").join(parts)


def _author(message: Message, buyer: str) -> str:
    if message.author.mine:
        return _("You")
    role = words.ROLES.get(message.author.role)
    if role:
        return _(role)
    return message.author.login or buyer
