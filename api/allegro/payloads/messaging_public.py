"""`/messaging` in public.v1 (ThreadsList, MessagesList).

Names are the wire's.
"""
# ruff: noqa: N815  the fields are called as on the wire

from datetime import datetime

import msgspec

from api.allegro.payloads.messaging import MessageFields, Reference


class Interlocutor(msgspec.Struct):
    login: str | None = None


class Thread(msgspec.Struct):
    id: str
    read: bool | str | None = None
    lastMessageDateTime: datetime | None = None
    interlocutor: Interlocutor | None = None


class Threads(msgspec.Struct):
    """`offset` is what Allegro looked at, which need not be what was asked."""

    threads: list[Thread]
    offset: int | str | None = None


class Author(msgspec.Struct):
    login: str | None = None
    isInterlocutor: bool | None = None


class Message(MessageFields):
    thread: Reference | None = None
    author: Author | None = None


class Messages(msgspec.Struct):
    messages: list[Message]
    offset: int | str | None = None


threads_decoder = msgspec.json.Decoder(Threads)
thread_decoder = msgspec.json.Decoder(Thread)
messages_decoder = msgspec.json.Decoder(Messages)
message_decoder = msgspec.json.Decoder(Message)
