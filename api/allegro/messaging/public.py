"""`/messaging` in public.v1: lists by offset, one interlocutor a thread, no problems with purchases.

Answers become the payloads of beta.v1 first, so that both versions end in the same domain values.

What this version does not tell: every thread is COMMON and OPEN, `created_at` is the time of the last
message, roles are USER. A third voice (neither this account nor the interlocutor) has the role OTHER.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

from api.allegro import translate
from api.allegro.call import Call, Media, Scope, segment
from api.allegro.messaging.dialect import THREADS, Ask, Dialect, Filters
from api.allegro.payloads import messaging as beta
from api.allegro.payloads import messaging_public as payloads
from api.allegro.payloads.reading import NotUnderstood, decode
from api.domain import Page, ThreadStatus, ThreadType
from api.domain.text import one_line

if TYPE_CHECKING:
    from api.domain import Account, Message, Thread

PAGE_SIZE: Final = 20
"""The most that Allegro gives at once, and its default."""

MAX_THREADS: Final = 15_000_000
MAX_MESSAGES: Final = 15_000
"""The highest offsets that Allegro takes; beyond it, messages are asked for by their time."""

_PREFIX = "public.v1;"
_CURSOR = re.compile(
    r"public\.v1;(?:offset=(?P<offset>\d{1,9});first=(?P<first>.*)|before=(?P<before>\S+))", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: at an offset, or before a time; never both (#11377: 500).

    `first` is the id at the top of the page before this one: when it comes again, Allegro has not looked
    at the offset (#13471).
    """

    offset: int = 0
    first: str = ""
    before: str = ""

    @classmethod
    def of(cls, cursor: str | None) -> Self:
        """The place that a cursor names; the top for none, and for a cursor of beta.v1."""
        match = _CURSOR.fullmatch(cursor or "")
        if match is None:
            return cls()
        return cls(int(match["offset"] or 0), match["first"] or "", match["before"] or "")

    def __str__(self) -> str:
        if self.before:
            return f"{_PREFIX}before={self.before}"
        return f"{_PREFIX}offset={self.offset};first={self.first}"

    @property
    def params(self) -> tuple[tuple[str, str], ...]:
        limit = ("limit", str(PAGE_SIZE))
        if self.before:
            return limit, ("before", self.before)
        return limit, ("offset", str(self.offset))

    def verify(self, echo: int | str | None, first: str | None) -> None:
        """Raises NotUnderstood for another page than the one that was asked for."""
        if self.before:
            return
        if echo is not None and str(echo) != str(self.offset):
            raise NotUnderstood("$.offset", f"the page at {self.offset} was asked for, another one came")
        if self.offset and first is not None and first == self.first:
            raise NotUnderstood("$.offset", f"the page at {self.offset} is the one before it again")


def is_cursor_of_public(cursor: str) -> bool:
    """Whether a cursor was made here: beta.v1 cannot go on at it."""
    return cursor.startswith(_PREFIX)


def finds_nothing(filters: Filters) -> bool:
    """Whether these filters ask only for what this version never shows: it need not be asked."""
    return (
        filters.order is not None
        or filters.type not in {None, ThreadType.COMMON}
        or filters.status not in {None, ThreadStatus.OPEN}
    )


class Public(Dialect):
    media = Media.PUBLIC

    def threads(self, me: Account, cursor: str | None, filters: Filters) -> Ask[Page[Thread]]:
        """Filtered by `read` here, page by page: a page may be empty and not be the last.

        The list ends with an empty page, as Allegro may leave threads out of a page. A thread without a
        time has no message to show and is left out.
        """
        place = Place.of(cursor)
        call = Call("GET", THREADS, self.media, Scope.MESSAGING, params=place.params, collection=True)
        return Ask(call, lambda body: _threads(body, me, place, filters))

    def messages(self, me: Account, thread_id: str, cursor: str | None) -> Ask[Page[Message]]:
        """The list ends with a page that is not full."""
        place = Place.of(cursor)
        path = f"{THREADS}/{segment(thread_id)}/messages"
        call = Call("GET", path, self.media, Scope.MESSAGING, params=place.params)
        return Ask(call, lambda body: _messages(body, me, thread_id, place))

    def probe(self, body: bytes) -> None:
        """Raises NotUnderstood for anything but a list of threads of this version."""
        if decode(body, payloads.threads_decoder, payloads.Threads).offset is None:
            raise NotUnderstood("$.offset", "expected a number")

    def read_thread(self, body: bytes, me: Account) -> Thread:
        return translate.thread(_thread(decode(body, payloads.thread_decoder, payloads.Thread), me), me)

    def read_message(self, body: bytes, me: Account, thread_id: str) -> Message:
        return _message(decode(body, payloads.message_decoder, payloads.Message), me, thread_id)


def _threads(body: bytes, me: Account, place: Place, filters: Filters) -> Page[Thread]:
    if finds_nothing(filters):  # asked before public.v1 took over
        return Page((), None)
    page = decode(body, payloads.threads_decoder, payloads.Threads)
    found = page.threads
    place.verify(page.offset, found[0].id if found else None)
    threads = [translate.thread(_thread(it, me), me) for it in found if it.lastMessageDateTime is not None]
    kept = tuple(it for it in threads if filters.read in {None, it.read})
    reached = place.offset + len(found)
    more = bool(found) and reached <= MAX_THREADS
    return Page(kept, str(Place(reached, found[0].id)) if more else None)


def _messages(body: bytes, me: Account, thread_id: str, place: Place) -> Page[Message]:
    page = decode(body, payloads.messages_decoder, payloads.Messages)
    found = page.messages
    place.verify(page.offset, found[0].id if found else None)
    messages = tuple(_message(payload, me, thread_id) for payload in found)
    if len(found) < PAGE_SIZE:
        return Page(messages, None)
    reached = place.offset + len(found)
    if place.before or reached > MAX_MESSAGES:
        following = Place(before=_just_after(messages[-1].created_at))
        return Page(messages, str(following) if following != place else None)
    return Page(messages, str(Place(reached, found[0].id)))


def _just_after(moment: datetime) -> str:
    """A bound for `before`, which is exclusive: messages of the same millisecond come again."""
    later = moment.astimezone(UTC) + timedelta(milliseconds=1)
    return f"{later:%Y-%m-%dT%H:%M:%S}.{later.microsecond // 1000:03d}Z"


def _thread(payload: payloads.Thread, me: Account) -> beta.Thread:
    other = payload.interlocutor.login if payload.interlocutor else None
    return beta.Thread(
        id=payload.id,
        read=payload.read,
        type=ThreadType.COMMON,
        lastMessageDateTime=payload.lastMessageDateTime,
        participants=[
            *([beta.Participant("USER", other)] if other else []),
            beta.Participant("USER", me.login),
        ],
        status=ThreadStatus.OPEN,
    )


def _message(payload: payloads.Message, me: Account, thread_id: str) -> Message:
    told = payload.thread.id if payload.thread else None
    as_beta = beta.Message(
        id=payload.id,
        createdAt=payload.createdAt,
        status=payload.status,
        type=payload.type,
        author=_author(payload.author, me),
        text=payload.text,
        subject=payload.subject,
        relatesTo=payload.relatesTo,
        hasAdditionalAttachments=payload.hasAdditionalAttachments,
        attachments=[_attachment(it) for it in payload.attachments or ()],
    )
    return translate.message(as_beta, me, thread_id or one_line(str(told or "")))


def _author(payload: payloads.Author | None, me: Account) -> beta.Author | None:
    """Who is neither the interlocutor nor this account is Allegro's own voice."""
    if payload is None:
        return None
    login = payload.login or ""
    if not login and payload.isInterlocutor is False:
        login = me.login
    third = payload.isInterlocutor is False and not me.is_me(login)
    return beta.Author(role=None if third else "USER", login=login)


def _attachment(payload: beta.Attachment) -> beta.Attachment:
    """This version tells no id; it is the last part of the address."""
    if payload.id or not payload.url:
        return payload
    parts = urlsplit(payload.url).path.split("/")
    payload.id = parts[-1] if parts[-2:-1] == ["message-attachments"] else None
    return payload
