"""`/messaging` in beta.v1 (ThreadsListVBeta1, MessagesListVBeta1).

Names are the wire's.
"""
# ruff: noqa: N815  the fields are called as on the wire

from datetime import datetime

import msgspec


class NextPage(msgspec.Struct):
    id: str | None = None


class Participant(msgspec.Struct):
    role: str | None = None
    login: str | None = None


class ThreadOffer(msgspec.Struct):
    id: str | int
    quantity: int | float | str | None = None


class ThreadOrder(msgspec.Struct):
    id: str
    offers: list[ThreadOffer] | None = None


class Thread(msgspec.Struct):
    """The OpenAPI file's example gives `read` as a text; both forms are read."""

    id: str
    read: bool | str | None = None
    type: str | None = None
    createdAt: datetime | None = None
    lastMessageDateTime: datetime | None = None
    participants: list[Participant] | None = None
    orders: list[ThreadOrder] | None = None
    subType: str | None = None
    status: str | None = None


class Threads(msgspec.Struct):
    """`nextPage` null is the end of the list."""

    threads: list[Thread]
    nextPage: NextPage | None = None


class Reference(msgspec.Struct):
    id: str | int | None = None


class Relation(msgspec.Struct):
    offer: Reference | None = None
    order: Reference | None = None


class Author(msgspec.Struct):
    role: str | None = None
    login: str | None = None


class Attachment(msgspec.Struct):
    """`url` is on a host that refuses whoever asks there (403); it is read for the id in it alone."""

    fileName: str | None = None
    id: str | None = None
    mimeType: str | None = None
    status: str | None = None
    url: str | None = None


class MessageFields(msgspec.Struct):
    """What both versions tell of a message."""

    id: str
    createdAt: datetime
    status: str | None = None
    type: str | None = None
    text: str | None = None
    subject: str | None = None
    relatesTo: Relation | None = None
    hasAdditionalAttachments: bool | None = None
    attachments: list[Attachment] | None = None


class Message(MessageFields):
    author: Author | None = None


class Messages(msgspec.Struct):
    messages: list[Message]
    nextPage: NextPage | None = None


class AttachmentId(msgspec.Struct):
    id: str


threads_decoder = msgspec.json.Decoder(Threads)
thread_decoder = msgspec.json.Decoder(Thread)
messages_decoder = msgspec.json.Decoder(Messages)
message_decoder = msgspec.json.Decoder(Message)
attachment_id_decoder = msgspec.json.Decoder(AttachmentId)
