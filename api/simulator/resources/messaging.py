"""/messaging in beta.v1: threads, messages, sending, attachments.

An Accept of public.v1 is answered with 406: it is not spoken here yet. `offset`, which belongs to it, is
not looked at; `limit` is, as the OpenAPI file lists it without a version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from api.simulator import wire
from api.simulator.call import ANY, BETA, Answer, Call, Resource
from api.simulator.paging import Page, cut, page_of, place_named
from api.simulator.refusal import (
    ATTACHMENTS_FAILED,
    INVALID,
    ORDER_INVALID,
    RECIPIENT_UNKNOWN,
    TEXT_EMPTY,
    TEXT_TOO_LONG,
    RefusalError,
)

if TYPE_CHECKING:
    from api.simulator.state import State

SCOPE = "allegro:api:messaging"
PAGE = 20
TEXT_LIMIT = 2000
TRUTH = {"true": True, "false": False}


def _threads(call: Call, state: State) -> Answer:
    """Newest first, narrowed by `read`, `status`, `type`, `orderId` (POST_PURCHASE_ISSUE only)."""
    read = _choice(call, "read", tuple(TRUTH))
    status = _choice(call, "status", ("OPEN", "CLOSED"))
    kind = _choice(call, "type", ("COMMON", "POST_PURCHASE_ISSUE"))
    order = call.one("orderId")

    below = place_named(call.one("page.id"))
    limit = call.number("limit", low=1, high=PAGE, default=PAGE)
    if order is not None and kind == "COMMON":
        return Answer(wire.threads(Page((), None), state.orders))
    found = state.newest_first(
        below=below,
        kind=kind if order is None else "POST_PURCHASE_ISSUE",
        status=status,
        read=None if read is None else TRUTH[read],
    )
    about = (it for it in found if order is None or order in it.orders)
    page = cut(about, lambda it: it.place, limit)
    return Answer(wire.threads(page, state.orders))


def _thread(call: Call, state: State) -> Answer:
    return Answer(wire.thread(state.thread(call.path["threadId"]), state.orders))


def _read(call: Call, state: State) -> Answer:
    """Only `{"read": true}` does anything: a thread cannot be made unread."""
    flag = call.json().get("read")
    if not isinstance(flag, bool):
        raise RefusalError(INVALID, "read is missing", "read")
    if not flag:
        raise RefusalError(INVALID, "A thread cannot be marked as unread", "read")
    state.mark_read(call.path["threadId"])
    return Answer({"read": True})


def _messages(call: Call, state: State) -> Answer:
    """Newest first."""
    thread = state.thread(call.path["threadId"])
    limit = call.number("limit", low=1, high=PAGE, default=PAGE)
    return Answer(wire.messages(page_of(thread.messages, lambda it: it.place, call.one("page.id"), limit)))


def _message(call: Call, state: State) -> Answer:
    return Answer(wire.message(state.message(call.path["messageId"])))


def _answer(call: Call, state: State) -> Answer:
    state.pace()
    body = call.json()
    thread = state.thread(call.path["threadId"])
    return Answer(wire.message(state.answer(thread, _text(body))), 201)


def _write(call: Call, state: State) -> Answer:
    """Write to the buyer of an order; without one of that buyer's orders Allegro refuses."""
    state.pace()
    body = call.json()
    text = _text(body)
    recipient = _inner(body, "recipient", "login")
    if recipient is None:
        raise RefusalError(INVALID, "recipient.login is missing", "recipient")
    if state.thread_with(recipient) is None and not any(state.orders_of(recipient)):
        raise RefusalError(RECIPIENT_UNKNOWN, f"Unknown recipient {recipient}", "recipient")
    order = _inner(body, "order", "id")
    if order is None or not any(it.id == order for it in state.orders_of(recipient)):
        raise RefusalError(ORDER_INVALID, "order must be an order of the recipient", "order")
    return Answer(wire.message(state.write(recipient, text, order)), 201)


def _attachment(call: Call, state: State) -> Answer:
    """The bytes; what is not scanned yet, unsafe or expired is not there (404, our own choice)."""
    attachment = state.attachment(call.path["attachmentId"])
    name = quote(attachment.file_name, safe="")
    disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Answer(attachment.content, media=attachment.mime_type, headers=disposition)


def _text(body: dict[str, object]) -> str:
    """The text of a new message. Uploading is not spoken yet, so naming an attachment fails."""
    text = body.get("text")
    if not isinstance(text, str) or not text.strip():
        raise RefusalError(TEXT_EMPTY, "text must not be empty", "text")
    if len(text) > TEXT_LIMIT:
        raise RefusalError(TEXT_TOO_LONG, f"text must have at most {TEXT_LIMIT} characters", "text")
    if body.get("attachments"):
        raise RefusalError(ATTACHMENTS_FAILED, "Assigning attachments to message failed", "attachments")
    return text


def _inner(body: dict[str, object], name: str, field: str) -> str | None:
    """The text at `name.field` of a body, or None."""
    inner = body.get(name)
    value = inner.get(field) if isinstance(inner, dict) else None
    return value if isinstance(value, str) else None


def _choice(call: Call, name: str, allowed: tuple[str, ...]) -> str | None:
    value = call.one(name)
    if value is not None and value not in allowed:
        raise RefusalError(INVALID, f"{name} must be one of {', '.join(allowed)}", name)
    return value


RESOURCES = (
    Resource("GET", "/messaging/threads", _threads, SCOPE, BETA),
    Resource("GET", "/messaging/threads/{threadId}", _thread, SCOPE, BETA),
    Resource("PUT", "/messaging/threads/{threadId}/read", _read, SCOPE, BETA, reads_json=True),
    Resource("GET", "/messaging/threads/{threadId}/messages", _messages, SCOPE, BETA),
    Resource("POST", "/messaging/threads/{threadId}/messages", _answer, SCOPE, BETA, reads_json=True),
    Resource("POST", "/messaging/messages", _write, SCOPE, BETA, reads_json=True),
    Resource("GET", "/messaging/messages/{messageId}", _message, SCOPE, BETA),
    Resource("GET", "/messaging/message-attachments/{attachmentId}", _attachment, SCOPE, ANY),
)
