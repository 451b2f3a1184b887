"""The conversations as they change: what is written, what becomes of it, what fails to appear or vanishes."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from api import clock
from api.simulator import moderation
from api.simulator.agenda import Agenda
from api.simulator.ids import thread_id_of, uuid_of
from api.simulator.model import Message, Person, Thread
from api.simulator.refusal import NOT_COMPLIANT, RefusalError
from api.simulator.thread_index import ThreadIndex
from api.simulator.untold import UntoldThread

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from api.simulator.attachments import Attachments
    from api.simulator.faults import Faults
    from api.simulator.model import Attachment, World
    from api.simulator.settings import SimulatorSettings
    from api.simulator.thread_index import Place


class Mailbox:
    """All threads and messages, under the lock of the state, and what the agenda holds for them."""

    def __init__(
        self,
        world: World,
        settings: SimulatorSettings,
        faults: Faults,
        attachments: Attachments,
        monotonic: Callable[[], float],
    ) -> None:
        self.threads = ThreadIndex(world.threads, world.account.login)
        self.agenda = Agenda()
        self._settings = settings
        self._account = world.account
        self._faults = faults
        self._attachments = attachments
        self._monotonic = monotonic
        self._find = world.find
        # What is generated is made, and found, when it is asked for.
        written = [it for it in world.threads if not isinstance(it, UntoldThread)]
        self._messages = {message.id: message for thread in written for message in thread.messages}
        self._number = max((thread.place[1] for thread in world.threads), default=0)

    def run(self) -> None:
        """Let happen what is due."""
        self.agenda.run(self._monotonic())

    def message(self, message_id: str) -> Message | None:
        return self._messages.get(message_id) or self._generated(message_id)

    def new_thread(self, login: str) -> Thread:
        return Thread(
            id=thread_id_of(self._settings.seed, "thread", self._account.login, login),
            type="COMMON",
            status="OPEN",
            participants=(Person("USER", login), Person("USER", self._account.login)),
            messages=[],
            read=True,
        )

    def receive(
        self,
        thread: Thread,
        text: str,
        files: tuple[Attachment, ...] = (),
        *,
        order: str | None = None,
        offer: str | None = None,
        at: float | None = None,
    ) -> Message:
        """The buyer of a thread writes, now or at a moment gone by; a question when it is about an offer.

        It is there at once and makes the thread unread, unless a fault keeps it back.
        """
        buyer = next(person for person in thread.participants if person.login != self._account.login)
        message = replace(self._new(thread, buyer, "DELIVERED", text, order, at=at), attachments=files)
        if offer is not None:
            message = replace(message, type="ASK_QUESTION", offer=offer)
        written = self._monotonic() if at is None else at
        late = self._faults.on_message("late", "buyer", written)
        if late is None:
            self._appear(thread, message, written)
            return message
        wait = late.seconds or 0.0

        def appear(due: float) -> None:
            # Old even where the wall clock stands still.
            date = min(message.created_at, self._wall(due) - timedelta(seconds=wait))
            self._appear(thread, replace(message, created_at=date), due)

        self.agenda.at(written + wait, appear)
        return message

    def _appear(self, thread: Thread, message: Message, now: float) -> None:
        self._add(thread, message)
        thread.read = False
        self.threads.put(thread)
        self._maybe_delete(message, "buyer", now)

    def send(
        self, thread: Thread, text: str, order_id: str | None, files: tuple[Attachment, ...] = ()
    ) -> Message:
        """The seller writes; it is VERIFYING first. Raises RefusalError (422) while everything is refused."""
        refusing = self._faults.on_message("refuse")
        if refusing and refusing.how == "refused":
            raise RefusalError(NOT_COMPLIANT, "Message does not comply with the rules", "text")
        role = "SELLER" if any(person.role == "SELLER" for person in thread.participants) else "USER"
        becomes = [moderation.outcome(text, buyer_wrote_before=self._buyer_wrote(thread, order_id))]
        author = Person(role, self._account.login)
        message = replace(self._new(thread, author, "VERIFYING", text, order_id), attachments=files)
        self._add(thread, message)
        chosen = self._faults.on_message("outcome")
        if refusing:
            becomes = ["BLOCKED"]
        elif chosen:
            becomes = [status for status in (chosen.becomes, chosen.then) if status]
        self._verify(message, becomes, chosen.seconds or 0.0 if chosen else 0.0)
        self._maybe_delete(message, "seller", self._monotonic())
        return message

    def _verify(self, message: Message, becomes: list[str], between: float) -> None:
        """Give a message its states one after the other, the first when it is verified."""
        stuck = self._faults.on_message("stuck")
        if stuck and stuck.seconds is None:
            return
        due = self._monotonic() + self._settings.verify_seconds + (stuck.seconds or 0.0 if stuck else 0.0)
        for number, status in enumerate(becomes):
            self.agenda.at(due + number * between, partial(self._becomes, message, status))

    def _becomes(self, message: Message, status: str, due: float) -> None:
        known = self._messages.get(message.id)
        thread = self.threads.get(message.thread)
        if known is None or thread is None:
            return  # deleted meanwhile
        settled = replace(known, status=status)
        thread.messages[bisect_left(thread.messages, known.place, key=_place)] = settled
        self._messages[settled.id] = settled
        vanishing = self._faults.on_message("vanish", at=due) if status == "BLOCKED" else None
        if vanishing:
            self.agenda.at(due + (vanishing.seconds or 0.0), lambda _: self.remove(settled))

    def _maybe_delete(self, message: Message, author: str, now: float) -> None:
        deleting = self._faults.on_message("deleted", author, now)
        if deleting:
            self.agenda.at(now + (deleting.seconds or 0.0), lambda _: self.remove(message))

    def _buyer_wrote(self, thread: Thread, order_id: str | None) -> bool:
        """Whether the buyer wrote about this order, or without an order: at all in this thread."""
        return any(
            message.author.login not in {None, self._account.login} and order_id in {None, message.order}
            for message in thread.messages
        )

    def _new(
        self,
        thread: Thread,
        author: Person,
        status: str,
        text: str,
        order_id: str | None,
        *,
        at: float | None = None,
    ) -> Message:
        self._number += 1
        created_at = clock.now() if at is None else self._wall(at)
        if thread.messages:  # a thread stays in order, even where the clock stands before the seed
            created_at = max(created_at, thread.messages[-1].created_at)
        return Message(
            id=uuid_of(self._settings.seed, "message", thread.id, self._number),
            thread=thread.id,
            number=self._number,
            author=author,
            status=status,
            type="MESSAGE_CENTER",
            created_at=created_at,
            text=text,
            order=order_id,
        )

    def _wall(self, moment: float) -> datetime:
        """What the wall clock showed at a moment of the simulator's clock."""
        return clock.now() - timedelta(seconds=self._monotonic() - moment)

    def _add(self, thread: Thread, message: Message) -> None:
        insort(thread.messages, message, key=_place)
        self._messages[message.id] = message
        self._attachments.sent_with(message)
        self.threads.put(thread)

    def remove(self, message: Message) -> None:
        """Take a message away, if it is still there."""
        thread = self.threads.get(message.thread)
        known = self._messages.pop(message.id, None) or self._generated(message.id)
        if thread is None or known is None:
            return  # somebody was quicker
        # Allegro keeps the date of the thread (allegro/allegro-api#12489).
        thread.last_at = thread.place
        thread.messages.remove(known)

    def _generated(self, message_id: str) -> Message | None:
        thread = self._find(message_id)
        return next((it for it in thread.messages if it.id == message_id), None) if thread else None


def _place(message: Message) -> Place:
    return message.place
