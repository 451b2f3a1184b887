"""/messaging in public.v1: pages by offset, no filters, and no problems with purchases anywhere."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from api.simulator import wire_public
from api.simulator.call import PUBLIC, Answer, Call, Resource
from api.simulator.refusal import INVALID, THREAD_NOT_FOUND, RefusalError
from api.simulator.resources.messaging import PAGE, SCOPE, answer, read_flag, write

if TYPE_CHECKING:
    from api.simulator.model import Thread
    from api.simulator.state import State

MOST_THREADS = 15_000_000
MOST_MESSAGES = 15_000


def _threads(call: Call, state: State) -> Answer:
    """Newest first. Filters of beta.v1 are not looked at."""
    limit = call.number("limit", low=1, high=PAGE, default=PAGE)
    offset = call.number("offset", low=0, high=MOST_THREADS, default=0)
    page = list(islice(state.newest_first(kind="COMMON"), offset, offset + limit))
    return Answer(wire_public.threads(page, offset, limit, state.account.login))


def _common(thread_id: str, state: State) -> Thread:
    thread = state.thread(thread_id)
    if thread.type != "COMMON":
        raise RefusalError(THREAD_NOT_FOUND, f"Thread {thread_id} not found")
    return thread


def _thread(call: Call, state: State) -> Answer:
    return Answer(wire_public.thread(_common(call.path["threadId"], state), state.account.login))


def _read(call: Call, state: State) -> Answer:
    """Answers with the whole thread, unlike beta.v1."""
    read_flag(call)
    thread = _common(call.path["threadId"], state)
    state.mark_read(thread.id)
    return Answer(wire_public.thread(thread, state.account.login))


def _messages(call: Call, state: State) -> Answer:
    """Newest first, between `after` and `before` (both exclusive), neither together with `offset`.

    The file forbids only `before` with `offset`; `after` with it was seen to end in a 500
    (allegro-api 11377), so this one refuses both.
    """
    thread = _common(call.path["threadId"], state)
    limit = call.number("limit", low=1, high=PAGE, default=PAGE)
    offset = call.number("offset", low=0, high=MOST_MESSAGES, default=0)
    before, after = _moment(call, "before"), _moment(call, "after")
    if call.one("offset") is not None and (before or after):
        raise RefusalError(INVALID, "offset cannot be used with before or after", "offset")
    found = [
        it
        for it in reversed(thread.messages)
        if (before is None or it.created_at < before) and (after is None or it.created_at > after)
    ]
    page = [state.attachments.shown(it) for it in found[offset : offset + limit]]
    return Answer(wire_public.messages(page, offset, limit, state.account.login))


def _message(call: Call, state: State) -> Answer:
    message = state.message(call.path["messageId"])
    _common(message.thread, state)
    return Answer(wire_public.message(state.attachments.shown(message), state.account.login))


def _answer(call: Call, state: State) -> Answer:
    message = answer(call, state, lambda thread_id: _common(thread_id, state))
    return Answer(wire_public.message(message, state.account.login), 201)


def _write(call: Call, state: State) -> Answer:
    return Answer(wire_public.message(write(call, state), state.account.login), 201)


def _moment(call: Call, name: str) -> datetime | None:
    text = call.one(name)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise RefusalError(INVALID, f"{name} must be an ISO 8601 time with a zone", name)
    return moment


RESOURCES = (
    Resource("GET", "/messaging/threads", _threads, SCOPE, PUBLIC),
    Resource("GET", "/messaging/threads/{threadId}", _thread, SCOPE, PUBLIC),
    Resource("PUT", "/messaging/threads/{threadId}/read", _read, SCOPE, PUBLIC, reads_json=True),
    Resource("GET", "/messaging/threads/{threadId}/messages", _messages, SCOPE, PUBLIC),
    Resource("POST", "/messaging/threads/{threadId}/messages", _answer, SCOPE, PUBLIC, reads_json=True),
    Resource("POST", "/messaging/messages", _write, SCOPE, PUBLIC, reads_json=True),
    Resource("GET", "/messaging/messages/{messageId}", _message, SCOPE, PUBLIC),
)
