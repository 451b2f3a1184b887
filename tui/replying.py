"""Writing and sending a reply: who it answers, what the rules ask, and what became of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from api.allegro.errors import SendOutcomeUnknown
from api.clock import now
from api.domain import MessageState
from api.inbox import read_contact, rules_context
from api.outbox import Consent, Demand, Letter, demand
from api.store import StoreError
from policy import Level, Verdict
from tui import words
from tui.i18n import _
from tui.screens.consent import ConfirmScreen, OverrideScreen
from tui.widgets.compose import Addressed, Compose

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.notifications import SeverityLevel

    from api.domain import Account, Message
    from api.inbox import Conversation
    from tui.app import OkienkoApp
    from tui.desk import Desk
    from tui.drafting import DraftKeeper


class Replies:
    """The replies of one account. One is written at a time; several may be on their way.

    Drafts are kept through `keeper`; its StoreError passes through to the caller.
    """

    def __init__(
        self, app: OkienkoApp, pane: Compose, desk: Desk, keeper: DraftKeeper, account: Account
    ) -> None:
        self._app = app
        self._pane = pane
        self._desk = desk
        self._keeper = keeper
        self._account = account
        self._consents: dict[str, tuple[str, Consent]] = {}
        self._on_the_way: dict[str, Letter] = {}
        self.none_on_the_way = asyncio.Event()
        self.none_on_the_way.set()

    def on_the_way(self, thread: str) -> bool:
        """Whether a reply into this thread waits for Allegro's answer."""
        return thread in self._on_the_way

    def open(self, conversation: Conversation) -> None:
        """Begin a reply, or go on with its draft."""
        thread = conversation.thread.id
        self._pane.open(self._address(conversation), self._keeper.text(thread))

    def follow(self, conversation: Conversation) -> None:
        """A conversation has changed: the reply that is written in it may be of another class now."""
        written = self._pane.addressed
        if written is not None and written.thread == conversation.thread.id:
            self._pane.address(self._address(conversation))

    def ask(self, to: Addressed, text: str, verdict: Verdict, leave: Callable[[], None]) -> None:
        """The seller wants this sent: ask for what the rules demand, then send; `leave` closes the pane."""
        obstacle = self._obstacle(to, text, verdict)
        if obstacle:
            self._say(obstacle, "warning")
            return
        asked_for, consent = self._consents.get(to.thread, ("", Consent()))
        if asked_for != text:
            consent = Consent()  # it was given for other words
        shown = frozenset(finding.rule.id for finding in verdict.findings if finding.level >= Level.WARN)

        def confirmed(answer: bool | None) -> None:  # noqa: FBT001  Textual passes it so
            if answer:
                self._send(to, text, Consent(shown), leave)

        def reasoned(reason: str | None) -> None:
            if reason:
                self._send(to, text, Consent(shown, reason), leave)

        match demand(verdict, consent):
            case Demand.REASON:
                self._app.push_screen(OverrideScreen(verdict), reasoned)
            case Demand.CONFIRMATION:
                self._app.push_screen(ConfirmScreen(verdict), confirmed)
            case Demand.NOTHING:
                self._send(to, text, consent, leave)

    def sent(self, letter: Letter, message: Message) -> None:
        """Allegro took a letter."""
        self._consents.pop(letter.thread, None)
        self._desk.take_message(message)
        try:
            self._keeper.drop(letter.thread, letter.text)
        finally:
            self._arrived(letter)

    def failed(self, letter: Letter, error: Exception) -> None:
        """A letter did not go, or nobody knows: its text is still the draft."""
        self._arrived(letter)
        seconds = 20 if isinstance(error, SendOutcomeUnknown) else 10
        kept = _("Your text is kept as a draft.")
        self._say(f"{words.trouble(error).rstrip('.')}. {kept}", "error", seconds)

    def settled(self, letter: Letter, message: Message) -> None:
        """Allegro has decided: a blocked text comes back as a draft, unless another one is written."""
        self._desk.take_message(message)
        buyer = self._desk.threads[letter.thread].buyer if letter.thread in self._desk.threads else ""
        if message.state is MessageState.DELIVERED:
            self._say(_("Delivered to {buyer}.").format(buyer=buyer), "information")
        elif message.state is MessageState.BLOCKED:
            self._give_back(letter, buyer)

    def _give_back(self, letter: Letter, buyer: str) -> None:
        """A blocked text becomes the draft again; where another one is written, it says where to find it."""
        if self._keeper.text(letter.thread).strip():
            told = _("Allegro blocked the message to {buyer}; you have begun another, so copy it from above.")
        else:
            told = _("Allegro blocked the message to {buyer}; its text is a draft again.")
            self._keeper.note(letter.thread, letter.order, letter.text)
            self._keeper.flush()
            written = self._pane.addressed
            if written is not None and written.thread == letter.thread:
                self._pane.open(written, letter.text)
        self._say(told.format(buyer=buyer), "error", 20)

    def _obstacle(self, to: Addressed, text: str, verdict: Verdict) -> str:
        """Why this text cannot go whatever the seller says, or ""."""
        if not text.strip():
            return _("There is nothing to send yet.")
        if self.on_the_way(to.thread):
            return _("The last reply in this conversation is still on its way.")
        if any(finding.rule.family == "limits" for finding in verdict.findings):
            return _("Allegro takes at most 2,000 characters; shorten the text.")
        return ""

    def _send(self, to: Addressed, text: str, consent: Consent, leave: Callable[[], None]) -> None:
        conversation = self._desk.conversations.get(to.thread)
        known = frozenset(message.id for message in conversation.messages) if conversation else frozenset()
        letter = Letter(thread=to.thread, order=to.order, text=text, context=to.context, known=known)
        self._keeper.note(to.thread, to.order, text)
        try:
            self._keeper.flush()
        except StoreError as error:  # a full disk is no reason not to answer; the text stays in memory
            self._say(words.trouble(error), "error", 20)
        self._consents[to.thread] = (text, consent)
        self._on_the_way[to.thread] = letter
        self.none_on_the_way.clear()
        leave()
        self._app.send_letter(letter, consent)

    def _arrived(self, letter: Letter) -> None:
        self._on_the_way.pop(letter.thread, None)
        if not self._on_the_way:
            self.none_on_the_way.set()

    def _address(self, conversation: Conversation) -> Addressed:
        thread = conversation.thread
        order_id = self._desk.order_of(thread.id)
        order = self._desk.orders.get(order_id)
        bought = [item.bought_at for item in order.items if item.bought_at] if order else []
        reading = read_contact(
            thread,
            conversation.messages,
            order=order_id,
            ordered_at=min(bought) if bought else None,
            at=now(),
        )
        context = rules_context(reading, order, self._account)
        return Addressed(thread.id, thread.buyer, order_id, reading, context)

    def _say(self, text: str, severity: SeverityLevel, seconds: float = 5) -> None:
        self._app.say(text, severity, seconds)
