"""/sale/issues in beta.v1: discussions and claims, their conversations, answers and files.

Verdicts (`POST /sale/issues/{id}/status`) are not spoken: a client that decides claims meets a 404.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING
from urllib.parse import quote

from api.simulator import wire_issues
from api.simulator.call import ANY, BETA, Answer, Call, Resource
from api.simulator.issues import TYPES
from api.simulator.refusal import INVALID, TEXT_EMPTY, RefusalError

if TYPE_CHECKING:
    from api.simulator.state import State

SCOPE = "allegro:api:disputes"
LIMIT = 100
PAGE = 10
TEXT_LIMIT = 20_000
NAME_LIMIT = 255
STATUSES = (
    "DISPUTE_CLOSED",
    "DISPUTE_ONGOING",
    "DISPUTE_UNRESOLVED",
    "CLAIM_SUBMITTED",
    "CLAIM_ACCEPTED",
    "CLAIM_REJECTED",
)


def _issues(call: Call, state: State) -> Answer:
    """The latest opened first, narrowed by `status` (any of several) and `checkoutForm.id`."""
    statuses = call.many("status")
    if not set(statuses) <= set(STATUSES):
        raise RefusalError(INVALID, f"status must be one of {', '.join(STATUSES)}", "status")
    order = call.one("checkoutForm.id")
    if order is not None and not _is_uuid(order):
        raise RefusalError(INVALID, "checkoutForm.id must be a UUID", "checkoutForm.id")
    return Answer(wire_issues.issues(state.issues.listed(statuses, order, *_window(call))))


def _issue(call: Call, state: State) -> Answer:
    return Answer(wire_issues.issue(state.issues.issue(call.path["issueId"])))


def _chat(call: Call, state: State) -> Answer:
    return Answer(wire_issues.chat(state.issues.chat(call.path["issueId"], *_window(call))))


def _answer(call: Call, state: State) -> Answer:
    """A text or a file or both, and the type, which the file requires."""
    body = call.json()
    text, kind = body.get("text", ""), body.get("type")
    if not isinstance(text, str) or len(text) > TEXT_LIMIT:
        raise RefusalError(INVALID, f"text must be a text of at most {TEXT_LIMIT} characters", "text")
    if kind not in TYPES or not isinstance(kind, str):
        raise RefusalError(INVALID, f"type must be one of {', '.join(TYPES)}", "type")
    files = _ids(body.get("attachments") or [])
    if not text.strip() and not files:
        raise RefusalError(TEXT_EMPTY, "text or attachments must be present", "text")
    return Answer(wire_issues.message(state.issues.answer(call.path["issueId"], text, kind, files)), 201)


def _declare(call: Call, state: State) -> Answer:
    """`Location` is an address that a client cannot put together: it does not end in the id."""
    body = call.json()
    name, size = body.get("fileName"), body.get("size")
    if not isinstance(name, str) or not 1 <= len(name) <= NAME_LIMIT:
        raise RefusalError(INVALID, f"fileName must have 1 to {NAME_LIMIT} characters", "fileName")
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:
        raise RefusalError(INVALID, "size must be a number, at least 1", "size")
    declared = state.issues.declare(name, size)
    host = call.headers.get("host", "127.0.0.1")
    location = {"Location": f"http://{host}/sale/issues/attachments/{declared.key}"}
    return Answer({"id": declared.id}, 201, headers=location)


def _upload(call: Call, state: State) -> Answer:
    mime = call.headers.get("content-type", "")
    return Answer({"id": state.issues.upload(call.path["attachmentId"], mime, call.body)})


def _file(call: Call, state: State) -> Answer:
    file = state.issues.file(call.path["attachmentId"])
    name = quote(file.file_name, safe="")
    disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Answer(file.content, media=file.mime_type, headers=disposition)


def _window(call: Call) -> tuple[int, int]:
    """Offset and limit."""
    offset = call.number("offset", low=0, high=None, default=0)
    return offset, call.number("limit", low=1, high=LIMIT, default=PAGE)


def _ids(attachments: object) -> list[str]:
    """The ids of `[{"id": ...}]`."""
    if not isinstance(attachments, list):
        raise RefusalError(INVALID, "attachments must be a list", "attachments")
    found = [it.get("id") if isinstance(it, dict) else None for it in attachments]
    ids = [it for it in found if isinstance(it, str)]
    if len(ids) != len(found):
        raise RefusalError(INVALID, "an attachment needs an id", "attachments")
    return ids


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


RESOURCES = (
    Resource("GET", "/sale/issues", _issues, SCOPE, BETA),
    # Before `{issueId}`, which would take the word for an id.
    Resource("POST", "/sale/issues/attachments", _declare, SCOPE, BETA, reads_json=True),
    Resource("PUT", "/sale/issues/attachments/{attachmentId}", _upload, SCOPE, BETA),
    Resource("GET", "/sale/issues/attachments/{attachmentId}", _file, SCOPE, ANY),
    Resource("GET", "/sale/issues/{issueId}", _issue, SCOPE, BETA),
    Resource("GET", "/sale/issues/{issueId}/chat", _chat, SCOPE, BETA),
    Resource("POST", "/sale/issues/{issueId}/message", _answer, SCOPE, BETA, reads_json=True),
)
