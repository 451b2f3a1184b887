"""What the rest of the program calls: one resource, whichever version of `/messaging` is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from api.allegro import sent
from api.allegro.call import Sending
from api.allegro.messaging import attachments
from api.allegro.messaging.dialect import Filters
from api.allegro.messaging.public import finds_nothing
from api.allegro.messaging.version import Version
from api.allegro.outgoing import prepare
from api.domain import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from api.allegro.client import Allegro
    from api.allegro.files import Progress
    from api.allegro.messaging.dialect import Ask, Dialect
    from api.allegro.outgoing_file import OutgoingFile
    from api.allegro.retry import Timing
    from api.domain import Account, Attachment, Message, Thread, ThreadStatus, ThreadType

T = TypeVar("T")


class MessagingResource:
    """`/messaging` in beta.v1; in public.v1 where Allegro does not know beta.v1, see `version`.

    `me` decides which author is this account. Lists go on at `Page.next`, to be given back as `cursor`; a
    page may be empty and not be the last. A cursor of the version that is not spoken any more begins the
    list anew: what was seen comes again, nothing is left out.
    """

    def __init__(self, allegro: Allegro, timing: Timing) -> None:
        self._allegro = allegro
        self.version = Version(allegro, timing)
        """`version.problems_visible` and its `listeners` tell a screen what cannot be seen."""

    async def threads(
        self,
        me: Account,
        cursor: str | None = None,
        *,
        read: bool | None = None,
        status: ThreadStatus | None = None,
        order: str | None = None,
        type: ThreadType | None = None,  # noqa: A002  the wire's filter of that name
    ) -> Page[Thread]:
        """Conversations, the one with the newest message first.

        `order` finds problems with that purchase only, never common conversations about it.

        In public.v1 Allegro filters nothing. `read` is looked at here. What the other three ask for cannot
        be told there: every conversation counts as COMMON and OPEN, so `order`, `type` POST_PURCHASE_ISSUE
        and `status` CLOSED find nothing, which then says nothing about the account.
        """
        filters = Filters(read, status, order, type)
        if not self.version.problems_visible and finds_nothing(filters):
            return Page((), None)
        return await self._ask(lambda spoken: spoken.threads(me, cursor, filters))

    async def thread(self, me: Account, thread_id: str) -> Thread:
        """One conversation, without its messages."""
        return await self._ask(lambda spoken: spoken.thread(me, thread_id))

    async def messages(self, me: Account, thread_id: str, cursor: str | None = None) -> Page[Message]:
        """Messages of a conversation as they come, the newest first.

        NotFound happens for threads that the list shows (allegro/allegro-api#13123).
        """
        return await self._ask(lambda spoken: spoken.messages(me, thread_id, cursor))

    async def message(self, me: Account, message_id: str, thread: str) -> Message:
        """One message, for instance to see what became of it; `thread` is not told by beta.v1."""
        return await self._ask(lambda spoken: spoken.message(me, message_id, thread))

    async def reply(self, me: Account, thread_id: str, text: str, attachments: Sequence[str] = ()) -> Message:
        """Write into a conversation. The message that comes back is VERIFYING, not delivered.

        `attachments` are ids that `attach` gave; beside one the text may be empty.

        Raises TextEmpty and TextTooLong before anything is sent, Unprocessable (THREAD_CLOSED) for a
        closed problem, AttachmentsNotTaken when Allegro does not find a file (nothing was sent: attach
        again), SendOutcomeUnknown when it may have arrived: see `find_sent`.
        """
        sending = _sending(text, attachments, thread=thread_id)
        del text  # a crash report with local variables must not quote it
        return await self._ask(lambda spoken: spoken.send(me, sending))

    async def write(
        self, me: Account, *, order: str, buyer: str, text: str, attachments: Sequence[str] = ()
    ) -> Message:
        """Write to the buyer of an order; Allegro takes no message that names no order.

        Takes and raises what `reply` does. In beta.v1 `Message.thread` is empty, as it does not say where
        the message went; it is in the thread whose `buyer` this is.
        """
        if not order or not buyer:
            raise ValueError("a message to a buyer needs the order and the buyer's login")
        sending = _sending(text, attachments, order=order, buyer=buyer)
        del text  # see reply
        return await self._ask(lambda spoken: spoken.send(me, sending))

    async def find_sent(self, me: Account, sought: sent.Sought) -> Message | None:
        """The message whose answer was lost, looked for from the newest down to `sought.since`.

        None says that Allegro does not show it. It may still come: lists lag behind by up to hours
        (allegro/allegro-api#10049), so look more than once, some time apart, before sending again.
        """
        return await sent.find(self, me, sought)

    async def mark_read(self, thread_id: str) -> None:
        """Mark a conversation as read in Allegro's Message Center; there is no way back."""
        await self._ask(lambda spoken: spoken.mark_read(thread_id))

    async def attach(self, file: OutgoingFile) -> str:
        """Bring a file to Allegro and return its id for `reply` or `write`; no buyer sees it before that.

        May be done again after any failure: a file that is in no message is nowhere seen. An id is good for
        one message. Raises TypeNotTaken and TooLarge where Allegro does not want the file.
        """
        return await attachments.attach(self._allegro, self.version, file)

    async def save(self, attachment: Attachment, folder: Path, progress: Progress | None = None) -> Path:
        """Fetch an attachment into a folder and return where it is; it is never opened nor overwrites.

        Raises AttachmentUnavailable for one that is unsafe, not yet scanned or gone, FileNotSaved when the
        disk does not take it, Outage (try again later) when Allegro does not give it out now (#13153).
        """
        return await attachments.save(self._allegro, attachment, folder, progress)

    async def _ask(self, question: Callable[[Dialect], Ask[T]]) -> T:
        async def do(spoken: Dialect) -> T:
            ask = question(spoken)
            return await self._allegro.request(ask.call, ask.read)

        return await self.version.carry(do)


def _sending(
    text: str, attached: Sequence[str], *, thread: str = "", order: str = "", buyer: str = ""
) -> Sending:
    ready = prepare(text, attached=bool(attached))
    return Sending(ready, thread=thread, order=order, buyer=buyer, attachments=tuple(attached))
