"""`/sale/issues` in beta.v1 (PostPurchaseIssue, PostPurchaseIssueChatMessage).

Everything may be missing or null: old discussions carry the word "TODO" for an id, ids come null, and the
file itself requires nothing.
"""
# ruff: noqa: N815  the fields are called as on the wire

import msgspec


class User(msgspec.Struct):
    id: str | int | None = None
    login: str | None = None


class CheckoutForm(msgspec.Struct):
    id: str | None = None
    createdAt: str | None = None


class State(msgspec.Struct):
    status: str | None = None
    statusDueDate: str | None = None
    returnRequired: bool | str | None = None
    chatActive: bool | str | None = None


class Attachment(msgspec.Struct):
    fileName: str | None = None
    url: str | None = None


class Author(msgspec.Struct):
    login: str | None = None
    role: str | None = None


class Message(msgspec.Struct):
    id: str | int | None = None
    text: str | None = None
    attachments: list[Attachment] | None = None
    author: Author | None = None
    createdAt: str | None = None


class LastMessage(msgspec.Struct):
    status: str | None = None
    createdAt: str | None = None


class Chat(msgspec.Struct):
    lastMessage: LastMessage | None = None
    messagesCount: int | float | str | None = None
    initialMessage: Message | None = None


class Refund(msgspec.Struct):
    amount: str | int | float | None = None
    currency: str | None = None


class Expectation(msgspec.Struct):
    name: str | None = None
    refund: Refund | None = None


class Offer(msgspec.Struct):
    id: str | int | None = None
    quantity: int | float | str | None = None


class Product(msgspec.Struct):
    id: str | int | None = None


class Reason(msgspec.Struct):
    type: str | None = None
    description: str | None = None


class Issue(msgspec.Struct):
    id: str | int | None = None
    type: str | None = None
    referenceNumber: str | int | None = None
    decisionDueDate: str | None = None
    openedDate: str | None = None
    subject: str | None = None
    buyer: User | None = None
    checkoutForm: CheckoutForm | None = None
    currentState: State | None = None
    chat: Chat | None = None
    expectations: list[Expectation] | None = None
    description: str | None = None
    offer: Offer | None = None
    product: Product | None = None
    reason: Reason | None = None
    right: str | None = None
    attachments: list[Attachment] | None = None


class Issues(msgspec.Struct):
    issues: list[Issue]


class Conversation(msgspec.Struct):
    chat: list[Message]


class AttachmentId(msgspec.Struct):
    id: str


issues_decoder = msgspec.json.Decoder(Issues)
issue_decoder = msgspec.json.Decoder(Issue)
chat_decoder = msgspec.json.Decoder(Conversation)
message_decoder = msgspec.json.Decoder(Message)
attachment_decoder = msgspec.json.Decoder(AttachmentId)
