"""The one place that changes: threads, messages, what was sent and what becomes of it."""

from __future__ import annotations

import threading
import time
from functools import cached_property
from typing import TYPE_CHECKING

from api.simulator.attachments import Attachments
from api.simulator.faults import Faults
from api.simulator.handling import Handling
from api.simulator.issues import Issues
from api.simulator.lively import Buyers
from api.simulator.mailbox import Mailbox
from api.simulator.model_issues import Voices
from api.simulator.order_table import OrderTable
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
from api.simulator.untold import UntoldThread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from api.simulator.model import Attachment, Message, Order, Thread, World
    from api.simulator.settings import SimulatorSettings
    from api.simulator.thread_index import Place


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
        self.orders = OrderTable(world.orders)
        self.handling = Handling(self.orders, world.told, settings, monotonic, self.lock)
        voices = world.voices or Voices()
        self.issues = Issues(voices.issues, world.account.login, settings, self.lock)
        self.reputation = Reputation(voices.ratings, voices.quality)
        # What is generated has no files.
        written = [it for it in world.threads if not isinstance(it, UntoldThread)]
        messages = [message for thread in written for message in thread.messages]
        self.attachments = Attachments(messages, settings, monotonic)
        self.attachments.keep(self.issues.center_files().values(), settings.now)
        self.beta_messaging = settings.beta_messaging
        self.faults = Faults(settings.faults, settings.seed, monotonic)
        self._mail = Mailbox(world, settings, self.faults, self.attachments, monotonic)
        self._monotonic = monotonic
        self._next_send = 0.0
        every = settings.lively or settings.faults.lively
        if every is not None:
            Buyers(self, world, every).begin(self._mail.agenda, monotonic())

    def threads(self) -> list[Thread]:
        """All threads, the one with the newest message first."""
        with self.lock:
            return list(self.newest_first())

    def newest_first(
        self,
        *,
        below: Place | None = None,
        kind: str | None = None,
        status: str | None = None,
        read: bool | None = None,
    ) -> Iterator[Thread]:
        """The threads of that type, status and read flag below a place in the list, see `ThreadIndex`."""
        self._mail.run()
        return self._mail.threads.newest_first(below=below, kind=kind, status=status, read=read)

    def thread(self, thread_id: str) -> Thread:
        """Raises RefusalError (404)."""
        with self.lock:
            self._mail.run()
            thread = self._mail.threads.get(thread_id)
            if thread is None:
                raise RefusalError(THREAD_NOT_FOUND, f"Thread {thread_id} not found")
            return thread

    def message(self, message_id: str) -> Message:
        """Raises RefusalError (404)."""
        with self.lock:
            self._mail.run()
            message = self._mail.message(message_id)
            if message is None:
                raise RefusalError(MESSAGE_NOT_FOUND, f"Message {message_id} not found")
            return message

    def order(self, order_id: str) -> Order:
        """Raises RefusalError (404)."""
        try:
            return self.orders[order_id]
        except KeyError:
            raise RefusalError(ORDER_NOT_FOUND, f"Checkout form {order_id} not found") from None

    def orders_of(self, login: str) -> Iterable[Order]:
        """The orders of a buyer; logins are the same whatever their case."""
        return [self.orders[order_id] for order_id in self._orders_by_login.get(login.casefold(), ())]

    @cached_property
    def _orders_by_login(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for order in self.orders.values():
            found.setdefault(order.buyer.login.casefold(), []).append(order.id)
        return found

    def thread_with(self, login: str) -> Thread | None:
        """The one ordinary thread that this account has with this user, if there is one."""
        return self._mail.threads.common_with(login)

    def mark_read(self, thread_id: str) -> None:
        with self.lock:
            thread = self.thread(thread_id)
            thread.read = True
            self._mail.threads.put(thread)

    def pace(self) -> None:
        """Let one send a second pass, or raise RefusalError (429); a refused one does not delay the next."""
        now = self._monotonic()
        if now < self._next_send:
            raise RefusalError(TOO_MANY_REQUESTS, "Too Many Requests.")
        self._next_send = now + self.settings.send_interval

    def answer(self, thread: Thread, text: str, files: tuple[Attachment, ...] = ()) -> Message:
        """Write in a thread; it is VERIFYING first."""
        return self._mail.send(thread, text, None, files)

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
            thread = self._mail.new_thread(self.orders[order_id].buyer.login)
        return self._mail.send(thread, text, order_id, files)

    def receive(
        self,
        thread_id: str,
        text: str,
        files: tuple[Attachment, ...] = (),
        *,
        order: str | None = None,
        at: float | None = None,
    ) -> Message:
        """Let the buyer of a thread write now, or at a moment gone by on the simulator's clock.

        It is delivered at once and makes the thread unread, unless a fault keeps it back.
        """
        with self.lock:
            return self._mail.receive(self.thread(thread_id), text, files, order=order, at=at)

    def ask(self, login: str, text: str, offer: str, at: float | None = None) -> Message:
        """Let somebody ask about an offer who has never written before."""
        with self.lock:
            thread = self.thread_with(login) or self._mail.new_thread(login)
            return self._mail.receive(thread, text, offer=offer, at=at)

    def delete(self, message_id: str) -> None:
        """Take a message away, as when a co-worker deletes it; its thread keeps the date that it had.

        Raises RefusalError (404).
        """
        with self.lock:
            self._mail.remove(self.message(message_id))
