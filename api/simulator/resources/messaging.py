"""/messaging in beta.v1: threads, messages, sending.

`offset`, which belongs to public.v1, is not looked at; `limit` is, as the OpenAPI file lists it without a
version. Whether beta.v1 is known at all is a setting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.simulator import wire
from api.simulator.call import BETA, Answer, Call, Resource
from api.simulator.faults.wire import NO_CONTEXT
from api.simulator.paging import Page, cut, page_of, place_named
from api.simulator.refusal import (
    INVALID,
    NOT_ACCEPTABLE,
    ORDER_INVALID,
    RECIPIENT_UNKNOWN,
    TEXT_EMPTY,
    TEXT_TOO_LONG,
    UNSUPPORTED_MEDIA_TYPE,
    RefusalError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.simulator.model import Message, Thread
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


def read_flag(call: Call) -> None:
    """Only `{"read": true}` does anything: a thread cannot be made unread."""
    flag = call.json().get("read")
    if not isinstance(flag, bool):
        raise RefusalError(INVALID, "read is missing", "read")
    if not flag:
        raise RefusalError(INVALID, "A thread cannot be marked as unread", "read")


def _read(call: Call, state: State) -> Answer:
    read_flag(call)
    state.mark_read(call.path["threadId"])
    return Answer({"read": True})


def _messages(call: Call, state: State) -> Answer:
    """Newest first."""
    thread = state.thread(call.path["threadId"])
    limit = call.number("limit", low=1, high=PAGE, default=PAGE)
    page = page_of(thread.messages, lambda it: it.place, call.one("page.id"), limit)
    shown = tuple(map(state.attachments.shown, page.elements))
    return Answer(wire.messages(Page(shown, page.next_id)))


def _message(call: Call, state: State) -> Answer:
    return Answer(wire.message(state.attachments.shown(state.message(call.path["messageId"]))))


def _answer(call: Call, state: State) -> Answer:
    return Answer(wire.message(answer(call, state, state.open_thread)), 201)


def _write(call: Call, state: State) -> Answer:
    return Answer(wire.message(write(call, state)), 201)


def answer(call: Call, state: State, thread_of: Callable[[str], Thread]) -> Message:
    """Write into a thread that `thread_of` gives or refuses."""
    state.pace()
    body = call.json()
    thread = thread_of(call.path["threadId"])
    text = _text(body)
    return state.answer(thread, text, state.attachments.assign(_files(body)))


def write(call: Call, state: State) -> Message:
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
    return state.write(recipient, text, order, state.attachments.assign(_files(body)))


def _text(body: dict[str, object]) -> str:
    """The text of a new message; beside an attachment it may be empty, as the file sets no least length."""
    text = body.get("text")
    if not isinstance(text, str) or not (text.strip() or _files(body)):
        raise RefusalError(TEXT_EMPTY, "text must not be empty", "text")
    if len(text) > TEXT_LIMIT:
        raise RefusalError(TEXT_TOO_LONG, f"text must have at most {TEXT_LIMIT} characters", "text")
    return text


def _files(body: dict[str, object]) -> list[str]:
    """The ids in `attachments: [{"id"}]`. Raises RefusalError (422) for another shape."""
    files = body.get("attachments")
    if files is None:
        return []
    ids = (
        [it.get("id") if isinstance(it, dict) else None for it in files]
        if isinstance(files, list)
        else [None]
    )
    if not all(isinstance(it, str) for it in ids):
        raise RefusalError(INVALID, "attachments must be a list of objects with an id", "attachments")
    return [str(it) for it in ids]


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


def _if_known(handler: Callable[[Call, State], Answer]) -> Callable[[Call, State], Answer]:
    """The handler, or what a server says that does not know beta.v1 (any more)."""

    def handle(call: Call, state: State) -> Answer:
        if state.beta_messaging == "spoken":
            return handler(call, state)
        if state.beta_messaging == "nowhere":
            return Answer(NO_CONTEXT, 404, media="text/html")
        kind = UNSUPPORTED_MEDIA_TYPE if call.body else NOT_ACCEPTABLE
        raise RefusalError(kind, f"{BETA} is not known here")

    return handle


def beta(method: str, path: str, handler: Callable[[Call, State], Answer], *, json: bool = False) -> Resource:
    """A resource in beta.v1, for as long as that is known."""
    return Resource(method, path, _if_known(handler), SCOPE, BETA, reads_json=json)


RESOURCES = (
    beta("GET", "/messaging/threads", _threads),
    beta("GET", "/messaging/threads/{threadId}", _thread),
    beta("PUT", "/messaging/threads/{threadId}/read", _read, json=True),
    beta("GET", "/messaging/threads/{threadId}/messages", _messages),
    beta("POST", "/messaging/threads/{threadId}/messages", _answer, json=True),
    beta("POST", "/messaging/messages", _write, json=True),
    beta("GET", "/messaging/messages/{messageId}", _message),
)
