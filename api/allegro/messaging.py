"""The Message Center: conversations, their messages, and messages to buyers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from api.allegro import translate
from api.allegro.call import Call, Media, Scope, Sending, segment
from api.allegro.outgoing import prepare
from api.allegro.payloads import messaging as payloads
from api.allegro.payloads.reading import decode
from api.domain import Page, Thread, ThreadStatus, ThreadType

if TYPE_CHECKING:
    from api.allegro.client import Allegro
    from api.domain import Account, Message

_THREADS = "/messaging/threads"
_MESSAGES = "/messaging/messages"
_MARKED = msgspec.json.encode({"read": True})


class MessagingResource:
    """`/messaging` in beta.v1, the only version in which problems with a purchase appear.

    `me` decides which author is this account. Lists go on at `Page.next`, to be given back as `cursor`.
    """

    def __init__(self, allegro: Allegro) -> None:
        self._allegro = allegro

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
        """
        filters = {
            "page.id": cursor,
            "read": None if read is None else str(read).lower(),
            "status": status,
            "orderId": order,
            "type": type,
        }
        call = Call(
            "GET",
            _THREADS,
            Media.BETA,
            Scope.MESSAGING,
            params=tuple((name, str(value)) for name, value in filters.items() if value is not None),
            collection=True,
        )
        return await self._allegro.request(call, lambda body: _threads(body, me))

    async def thread(self, me: Account, thread_id: str) -> Thread:
        """One conversation, without its messages."""
        call = Call("GET", f"{_THREADS}/{segment(thread_id)}", Media.BETA, Scope.MESSAGING)
        return await self._allegro.request(call, lambda body: _thread(body, me))

    async def messages(self, me: Account, thread_id: str, cursor: str | None = None) -> Page[Message]:
        """Messages of a conversation as they come, the newest first.

        NotFound happens for threads that the list shows (allegro/allegro-api#13123).
        """
        call = Call(
            "GET",
            f"{_THREADS}/{segment(thread_id)}/messages",
            Media.BETA,
            Scope.MESSAGING,
            params=(("page.id", cursor),) if cursor is not None else (),
        )
        return await self._allegro.request(call, lambda body: _messages(body, me, thread_id))

    async def message(self, me: Account, message_id: str, thread: str) -> Message:
        """One message, for instance to see what became of it; `thread` is not told by beta.v1."""
        call = Call("GET", f"{_MESSAGES}/{segment(message_id)}", Media.BETA, Scope.MESSAGING)
        return await self._allegro.request(call, lambda body: _message(body, me, thread))

    async def reply(self, me: Account, thread_id: str, text: str) -> Message:
        """Write into a conversation. The message that comes back is VERIFYING, not delivered.

        Raises TextEmpty and TextTooLong before anything is sent, Unprocessable (THREAD_CLOSED) for a
        closed problem, SendOutcomeUnknown when it may have arrived.
        """
        call = _reply(thread_id, text)
        del text  # a crash report with local variables must not quote it
        return await self._allegro.request(call, lambda body: _message(body, me, thread_id))

    async def write(self, me: Account, *, order: str, buyer: str, text: str) -> Message:
        """Write to the buyer of an order; Allegro takes no message that names no order.

        Raises as `reply` does. `Message.thread` is empty: beta.v1 does not say where the message went;
        it is in the thread whose `buyer` this is.
        """
        call = _write(order, buyer, text)
        del text  # see reply
        return await self._allegro.request(call, lambda body: _message(body, me, ""))

    async def mark_read(self, thread_id: str) -> None:
        """Mark a conversation as read in Allegro's Message Center; there is no way back."""
        call = Call("PUT", f"{_THREADS}/{segment(thread_id)}/read", Media.BETA, Scope.MESSAGING, body=_MARKED)
        await self._allegro.request(call, lambda _body: None)


def _reply(thread_id: str, text: str) -> Call:
    sending = Sending(prepare(text), thread=thread_id)
    return Call(
        "POST",
        f"{_THREADS}/{segment(thread_id)}/messages",
        Media.BETA,
        Scope.MESSAGING,
        body=msgspec.json.encode({"text": sending.text}),
        sending=sending,
    )


def _write(order: str, buyer: str, text: str) -> Call:
    if not order or not buyer:
        raise ValueError("a message to a buyer needs the order and the buyer's login")
    sending = Sending(prepare(text), order=order, buyer=buyer)
    return Call(
        "POST",
        _MESSAGES,
        Media.BETA,
        Scope.MESSAGING,
        body=msgspec.json.encode(
            {"recipient": {"login": buyer}, "text": sending.text, "order": {"id": order}}
        ),
        sending=sending,
    )


def _threads(body: bytes, me: Account) -> Page[Thread]:
    page = decode(body, payloads.threads_decoder, payloads.Threads)
    return Page(tuple(translate.thread(payload, me) for payload in page.threads), _next(page.nextPage))


def _thread(body: bytes, me: Account) -> Thread:
    return translate.thread(decode(body, payloads.thread_decoder, payloads.Thread), me)


def _messages(body: bytes, me: Account, thread_id: str) -> Page[Message]:
    page = decode(body, payloads.messages_decoder, payloads.Messages)
    return Page(
        tuple(translate.message(payload, me, thread_id) for payload in page.messages),
        _next(page.nextPage),
    )


def _message(body: bytes, me: Account, thread_id: str) -> Message:
    return translate.message(decode(body, payloads.message_decoder, payloads.Message), me, thread_id)


def _next(page: payloads.NextPage | None) -> str | None:
    return (page.id or None) if page else None
