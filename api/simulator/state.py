"""The one place that changes: threads, messages, what was sent and what becomes of it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api import clock
from api.simulator import moderation
from api.simulator.attachments import Attachments
from api.simulator.handling import Handling
from api.simulator.ids import thread_id_of, uuid_of
from api.simulator.issues import Issues
from api.simulator.model import Attachment, Message, Order, Person, Thread, World
from api.simulator.model_issues import Voices
from api.simulator.refusal import (
    MESSAGE_NOT_FOUND,
    ORDER_NOT_FOUND,
    THREAD_CLOSED,
    THREAD_NOT_FOUND,
    TOO_MANY_REQUESTS,
    RefusalError,
)
from api.simulator.reputation import Reputation
from api.simulator.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from api.simulator.settings import SimulatorSettings


@dataclass(frozen=True, slots=True)
class Pending:
    """A message in VERIFYING: what it becomes, and when on the monotonic clock."""

    message: Message
    outcome: str
    due: float


class State:
    """The world of a running simulator.

    `lock` is held while a request is answered, and by the methods that a test may call from another thread.
    `monotonic` runs on while `OKIENKO_NOW` stands still; a test may hand in one that it moves itself.
    """

    def __init__(
        self,
        world: World,
        settings: SimulatorSettings,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.lock = threading.RLock()
        self.settings = settings
        self.account = world.account
        self.tokens = Tokens(settings, monotonic)
        self.orders = {order.id: order for order in world.orders}
        self.handling = Handling(self.orders, world.told, settings, monotonic, self.lock)
        voices = world.voices or Voices()
        self.issues = Issues(voices.issues, world.account.login, settings, self.lock)
        self.reputation = Reputation(voices.ratings, voices.quality)
        self._threads = {thread.id: thread for thread in world.threads}
        self._messages = {message.id: message for thread in world.threads for message in thread.messages}
        self.attachments = Attachments(self._messages.values(), settings, monotonic)
        self.attachments.keep(self.issues.center_files().values(), settings.now)
        self.beta_messaging = settings.beta_messaging
        self._number = max((message.number for message in self._messages.values()), default=0)
        self._monotonic = monotonic
        self._pending: list[Pending] = []
        self._next_send = 0.0
        self._in_order: list[Thread] | None = None

    def threads(self) -> list[Thread]:
        """All threads, the one with the newest message first."""
        return self.threads_oldest_first()[::-1]

    def threads_oldest_first(self) -> list[Thread]:
        """All threads, the one with the newest message last; not to be changed."""
        with self.lock:
            if self._in_order is None:
                self._in_order = sorted(self._threads.values(), key=lambda it: it.place)
            return self._in_order

    def thread(self, thread_id: str) -> Thread:
        """Raises RefusalError (404)."""
        with self.lock:
            self._settle()
            try:
                return self._threads[thread_id]
            except KeyError:
                raise RefusalError(THREAD_NOT_FOUND, f"Thread {thread_id} not found") from None

    def message(self, message_id: str) -> Message:
        """Raises RefusalError (404)."""
        with self.lock:
            self._settle()
            try:
                return self._messages[message_id]
            except KeyError:
                raise RefusalError(MESSAGE_NOT_FOUND, f"Message {message_id} not found") from None

    def order(self, order_id: str) -> Order:
        """Raises RefusalError (404)."""
        try:
            return self.orders[order_id]
        except KeyError:
            raise RefusalError(ORDER_NOT_FOUND, f"Checkout form {order_id} not found") from None

    def orders_of(self, login: str) -> Iterable[Order]:
        """The orders of a buyer; logins are the same whatever their case."""
        wanted = login.casefold()
        return (order for order in self.orders.values() if order.buyer.login.casefold() == wanted)

    def thread_with(self, login: str) -> Thread | None:
        """The one ordinary thread that this account has with this user, if there is one."""
        wanted = login.casefold()
        return next(
            (
                thread
                for thread in self._threads.values()
                if thread.type == "COMMON"
                and any(person.login and person.login.casefold() == wanted for person in thread.participants)
            ),
            None,
        )

    def mark_read(self, thread_id: str) -> None:
        with self.lock:
            self.thread(thread_id).read = True

    def pace(self) -> None:
        """Let one send a second pass, or raise RefusalError (429); a refused one does not delay the next."""
        now = self._monotonic()
        if now < self._next_send:
            raise RefusalError(TOO_MANY_REQUESTS, "Too Many Requests.")
        self._next_send = now + self.settings.send_interval

    def answer(self, thread: Thread, text: str, files: tuple[Attachment, ...] = ()) -> Message:
        """Write in a thread; it is VERIFYING first."""
        return self._send(thread, text, None, files)

    def open_thread(self, thread_id: str) -> Thread:
        """A thread that can be written in. Raises RefusalError (404, 422 THREAD_CLOSED)."""
        thread = self.thread(thread_id)
        if thread.status == "CLOSED":
            raise RefusalError(THREAD_CLOSED, "Cannot add a message to a closed POST_PURCHASE_ISSUE thread.")
        return thread

    def write(self, recipient: str, text: str, order_id: str, files: tuple[Attachment, ...] = ()) -> Message:
        """Write to an order's buyer: in the thread with that buyer, or a new one."""
        thread = self.thread_with(recipient)
        if thread is None:
            login = self.orders[order_id].buyer.login
            thread = Thread(
                id=thread_id_of(self.settings.seed, "thread", self.account.login, login),
                type="COMMON",
                status="OPEN",
                participants=(Person("USER", login), Person("USER", self.account.login)),
                messages=[],
                read=True,
            )
        return self._send(thread, text, order_id, files)

    def receive(self, thread_id: str, text: str, files: tuple[Attachment, ...] = ()) -> Message:
        """Let the buyer of a thread write now; it is delivered at once and makes the thread unread."""
        with self.lock:
            thread = self.thread(thread_id)
            buyer = next(person for person in thread.participants if person.login != self.account.login)
            message = replace(self._new(thread, buyer, "DELIVERED", text, None), attachments=files)
            self._add(thread, message)
            thread.read = False
            return message

    def _send(
        self, thread: Thread, text: str, order_id: str | None, files: tuple[Attachment, ...]
    ) -> Message:
        role = "SELLER" if any(person.role == "SELLER" for person in thread.participants) else "USER"
        outcome = moderation.outcome(text, buyer_wrote_before=self._buyer_wrote(thread, order_id))
        author = Person(role, self.account.login)
        message = replace(self._new(thread, author, "VERIFYING", text, order_id), attachments=files)
        self._add(thread, message)
        self._pending.append(Pending(message, outcome, self._monotonic() + self.settings.verify_seconds))
        return message

    def _buyer_wrote(self, thread: Thread, order_id: str | None) -> bool:
        """Whether the buyer wrote about this order, or without an order: at all in this thread."""
        return any(
            message.author.login not in {None, self.account.login} and order_id in {None, message.order}
            for message in thread.messages
        )

    def _new(self, thread: Thread, author: Person, status: str, text: str, order_id: str | None) -> Message:
        self._number += 1
        created_at = clock.now()
        if thread.messages:  # a thread stays in order, even where the clock stands before the seed
            created_at = max(created_at, thread.messages[-1].created_at)
        return Message(
            id=uuid_of(self.settings.seed, "message", thread.id, self._number),
            thread=thread.id,
            number=self._number,
            author=author,
            status=status,
            type="MESSAGE_CENTER",
            created_at=created_at,
            text=text,
            order=order_id,
        )

    def _add(self, thread: Thread, message: Message) -> None:
        thread.messages.append(message)
        self._threads[thread.id] = thread
        self._messages[message.id] = message
        self.attachments.sent_with(message)
        self._in_order = None

    def _settle(self) -> None:
        """Give every message its outcome whose time has come."""
        now = self._monotonic()
        for pending in [it for it in self._pending if it.due <= now]:
            self._pending.remove(pending)
            settled = replace(pending.message, status=pending.outcome)
            messages = self._threads[settled.thread].messages
            messages[messages.index(pending.message)] = settled
            self._messages[settled.id] = settled
