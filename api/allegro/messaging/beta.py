"""`/messaging` in beta.v1: lists go on at a page id, and every thread tells who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.allegro import translate
from api.allegro.call import Call, Media, Scope, segment
from api.allegro.messaging.dialect import THREADS, Ask, Dialect, Filters
from api.allegro.messaging.public import is_cursor_of_public
from api.allegro.payloads import messaging as payloads
from api.allegro.payloads.reading import NotUnderstood, decode
from api.domain import Page

if TYPE_CHECKING:
    from api.domain import Account, Message, Thread


class Beta(Dialect):
    media = Media.BETA

    def threads(self, me: Account, cursor: str | None, filters: Filters) -> Ask[Page[Thread]]:
        cursor = _own(cursor)
        named = {
            "page.id": cursor,
            "read": None if filters.read is None else str(filters.read).lower(),
            "status": filters.status,
            "orderId": filters.order,
            "type": filters.type,
        }
        call = Call(
            "GET",
            THREADS,
            self.media,
            Scope.MESSAGING,
            params=tuple((name, str(value)) for name, value in named.items() if value is not None),
            collection=True,
        )
        return Ask(call, lambda body: _threads(body, me, cursor))

    def messages(self, me: Account, thread_id: str, cursor: str | None) -> Ask[Page[Message]]:
        cursor = _own(cursor)
        call = Call(
            "GET",
            f"{THREADS}/{segment(thread_id)}/messages",
            self.media,
            Scope.MESSAGING,
            params=(("page.id", cursor),) if cursor is not None else (),
        )
        return Ask(call, lambda body: _messages(body, me, thread_id, cursor))

    def read_thread(self, body: bytes, me: Account) -> Thread:
        return translate.thread(decode(body, payloads.thread_decoder, payloads.Thread), me)

    def read_message(self, body: bytes, me: Account, thread_id: str) -> Message:
        return translate.message(decode(body, payloads.message_decoder, payloads.Message), me, thread_id)


def _own(cursor: str | None) -> str | None:
    """The cursor, unless it is one of public.v1 from an earlier session: then the list begins anew."""
    return None if cursor is not None and is_cursor_of_public(cursor) else cursor


def _threads(body: bytes, me: Account, cursor: str | None) -> Page[Thread]:
    page = decode(body, payloads.threads_decoder, payloads.Threads)
    return Page(
        tuple(translate.thread(payload, me) for payload in page.threads), _next(page.nextPage, cursor)
    )


def _messages(body: bytes, me: Account, thread_id: str, cursor: str | None) -> Page[Message]:
    page = decode(body, payloads.messages_decoder, payloads.Messages)
    return Page(
        tuple(translate.message(payload, me, thread_id) for payload in page.messages),
        _next(page.nextPage, cursor),
    )


def _next(page: payloads.NextPage | None, cursor: str | None) -> str | None:
    following = (page.id or None) if page else None
    if following is not None and following == cursor:
        raise NotUnderstood("$.nextPage.id", "the next page is this one again")
    return following
