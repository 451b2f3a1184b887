"""What the two versions of `/messaging` have in common: paths, bodies, and the form of a question."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar

import msgspec

from api.allegro.call import Call, Media, Scope, Sending, segment
from api.allegro.payloads import messaging as payloads
from api.allegro.payloads.reading import decode
from api.domain import ThreadStatus, ThreadType

if TYPE_CHECKING:
    from api.domain import Account, Message, Page, Thread

T = TypeVar("T")

THREADS: Final = "/messaging/threads"
MESSAGES: Final = "/messaging/messages"
ATTACHMENTS: Final = "/messaging/message-attachments"

_MARKED = msgspec.json.encode({"read": True})


@dataclass(frozen=True, slots=True)
class Ask(Generic[T]):
    """A request, and what makes a value of the body that comes back (or raises NotUnderstood)."""

    call: Call
    read: Callable[[bytes], T]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of threads is narrowed by; None leaves a thing open."""

    read: bool | None = None
    status: ThreadStatus | None = None
    order: str | None = None
    type: ThreadType | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """A place for a file: the id for the message, and where the bytes go if Allegro named an address."""

    id: str
    address: str = ""


class Dialect(ABC):
    """One version of `/messaging`. Makes questions and reads answers; asks nothing itself."""

    media: ClassVar[Media]

    @abstractmethod
    def threads(self, me: Account, cursor: str | None, filters: Filters) -> Ask[Page[Thread]]: ...

    @abstractmethod
    def messages(self, me: Account, thread_id: str, cursor: str | None) -> Ask[Page[Message]]: ...

    @abstractmethod
    def read_thread(self, body: bytes, me: Account) -> Thread: ...

    @abstractmethod
    def read_message(self, body: bytes, me: Account, thread_id: str) -> Message: ...

    def thread(self, me: Account, thread_id: str) -> Ask[Thread]:
        call = Call("GET", f"{THREADS}/{segment(thread_id)}", self.media, Scope.MESSAGING)
        return Ask(call, lambda body: self.read_thread(body, me))

    def message(self, me: Account, message_id: str, thread_id: str) -> Ask[Message]:
        call = Call("GET", f"{MESSAGES}/{segment(message_id)}", self.media, Scope.MESSAGING)
        return Ask(call, lambda body: self.read_message(body, me, thread_id))

    def mark_read(self, thread_id: str) -> Ask[None]:
        """The two versions answer differently; nothing of it is needed."""
        path = f"{THREADS}/{segment(thread_id)}/read"
        return Ask(Call("PUT", path, self.media, Scope.MESSAGING, body=_MARKED), lambda _body: None)

    def send(self, me: Account, sending: Sending) -> Ask[Message]:
        """Into the thread of a sending, or to the buyer of its order."""
        body: dict[str, object] = {"text": sending.text}
        if sending.attachments:
            body["attachments"] = [{"id": attachment} for attachment in sending.attachments]
        if sending.order:
            path = MESSAGES
            body |= {"recipient": {"login": sending.buyer}, "order": {"id": sending.order}}
        else:
            path = f"{THREADS}/{segment(sending.thread)}/messages"
        call = Call(
            "POST",
            path,
            self.media,
            Scope.MESSAGING,
            body=msgspec.json.encode(body),
            sending=sending,
        )
        return Ask(call, lambda answer: self.read_message(answer, me, sending.thread))

    def declare(self, name: str, size: int) -> Call:
        """Announce a file. Harmless when it happens twice: what is not sent in a message is nowhere seen.

        The field is called `filename` here and `fileName` in `/sale/issues`.
        """
        body = msgspec.json.encode({"filename": name, "size": size})
        return Call("POST", ATTACHMENTS, self.media, Scope.MESSAGING, body=body)

    def upload(self, declared: Declared, mime: str, content: bytes) -> Call:
        """Put the bytes; the type stands bare, `application/pdf;charset=UTF-8` is refused (#5760)."""
        return Call(
            "PUT",
            f"{ATTACHMENTS}/{segment(declared.id)}",
            self.media,
            Scope.MESSAGING,
            body=content,
            content_type=mime,
            upload=declared.address,
        )


def read_id(body: bytes) -> str:
    """The id of a declared attachment, as it must be given back."""
    return decode(body, payloads.attachment_id_decoder, payloads.AttachmentId).id
