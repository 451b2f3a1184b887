"""What an answer means: good, or which error.

Pure: status, headers and body in, an error (or None) out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeVar

from api.allegro.errors import (
    AllegroError,
    AttachmentsNotTaken,
    BadRequest,
    Conflict,
    NotFound,
    NotPermitted,
    NotSignedIn,
    Outage,
    ReadingFailed,
    Refused,
    TooLarge,
    TooMany,
    TypeNotTaken,
    Undecodable,
    Unprocessable,
)
from api.allegro.payloads.reading import NotUnderstood
from api.allegro.payloads.refusal import read_refusal
from api.allegro.retry import Timing, pause_after_429
from api.domain.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.allegro.call import Call

T = TypeVar("T")

MAX_SAID: Final = 500
"""Characters of Allegro's sentence that an error keeps."""
MAX_WORD: Final = 200
"""Characters of a code, a field's path or a Trace-Id that an error keeps."""

_JWT = re.compile(r"eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?")
_SCOPE_CODES = frozenset({"accessdenied", "insufficientscope"})
_PLAIN: dict[int, type[AllegroError]] = {
    HTTPStatus.BAD_REQUEST: BadRequest,
    HTTPStatus.UNAUTHORIZED: NotSignedIn,
    HTTPStatus.NOT_ACCEPTABLE: BadRequest,
    HTTPStatus.CONFLICT: Conflict,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: TooLarge,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: BadRequest,
}
# What Allegro's own word says more exactly than the status, for any answer between 400 and 499.
_NAMED: dict[str, type[AllegroError]] = {
    ReadingFailed.word: ReadingFailed,
    "ASSIGNING_ATTACHMENTS_TO_MESSAGE_FAILED": AttachmentsNotTaken,
    "UNSUPPORTED_MIME_TYPE": TypeNotTaken,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, read to the end. Headers as they came, empty where there was none."""

    status: int
    content_type: str
    trace_id: str
    retry_after: str
    body: bytes = field(repr=False)
    location: str = field(default="", repr=False)
    """Where a file may be put: a secret of its own, as whoever has it may upload."""

    @property
    def html(self) -> bool:
        """Whether a page for a browser came (from a gateway, a proxy, a captive portal)."""
        return "html" in self.content_type.lower() or self.body.lstrip()[:1] == b"<"


def trouble(  # noqa: PLR0911  one return for each meaning
    call: Call, answer: Answer, timing: Timing, *, now: datetime, token: str = ""
) -> AllegroError | None:
    """The error that an answer stands for, or None when it is a good one.

    `now` (aware) is what a `Retry-After` date is counted from. Neither `token` nor the text of a message
    gets into the error, even when Allegro repeats it (OAuth does: "Access token expired: ...").
    """
    status = answer.status
    if status < HTTPStatus.MULTIPLE_CHOICES and not answer.html:
        return None
    refusal = read_refusal(answer.body)
    code, said, where = (
        (_word(refusal.code), _sentence(refusal.said, (*call.private, token)), _word(refusal.field))
        if refusal
        else ("", "", "")
    )
    method, path, trace_id = call.method, call.path, answer.trace_id

    def make(kind: type[AllegroError]) -> AllegroError:
        return kind(method, path, trace_id=trace_id, status=status, code=code, user_message=said)

    client_error = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    if client_error and code in _NAMED:
        return make(_NAMED[code])
    if status == HTTPStatus.NOT_FOUND:
        return make(NotFound if refusal and not call.collection else Outage)
    if status == HTTPStatus.FORBIDDEN:
        lacks = code.casefold().replace("_", "") in _SCOPE_CODES
        return NotPermitted(
            method,
            path,
            scope=(call.scope or "") if lacks else "",
            trace_id=trace_id,
            code=code,
            user_message=said,
        )
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        unprocessable = call.meaning(status, Unprocessable)
        return unprocessable(method, path, field=where, trace_id=trace_id, code=code, user_message=said)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = seconds(answer.retry_after, now)
        too_many = call.meaning(status, TooMany)
        pause = (
            pause_after_429(wait, timing) if too_many.concerns_all else max(too_many.shortest, wait or 0.0)
        )
        return too_many(
            method,
            path,
            retry_after=pause,
            said=wait,
            trace_id=trace_id,
            code=code,
            user_message=said,
        )
    if status in _PLAIN:
        return make(call.meaning(status, _PLAIN[status]))
    if client_error and status != HTTPStatus.REQUEST_TIMEOUT:
        return make(call.meaning(status, Refused))
    return make(ReadingFailed if code == ReadingFailed.word else Outage)


def understood(call: Call, answer: Answer, read: Callable[[bytes], T]) -> T:
    """What `read` makes of a good answer's body. Raises Undecodable, which chains nothing of it."""
    try:
        return read(answer.body)
    except NotUnderstood as error:
        wrong = Undecodable(
            call.method,
            call.path,
            field=error.field,
            problem=error.problem,
            trace_id=answer.trace_id,
            status=answer.status,
        )
    # Raised out here so that nothing that has seen the body is chained to it.
    raise wrong


def seconds(retry_after: str, now: datetime) -> float | None:
    """`Retry-After` in seconds from `now`, from either form that HTTP allows; None where it is neither."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def trace_id(header: str) -> str:
    """A Trace-Id fit to be shown."""
    return _word(header)


SHORTEST_SECRET: Final = 8
"""Characters from which on something that was sent is worth hiding in Allegro's own sentence."""


def _word(text: str) -> str:
    return clean_line(text)[:MAX_WORD]


def _sentence(text: str, private: tuple[str, ...]) -> str:
    """Allegro's sentence, safe for a terminal, without quotes around it and without what was sent."""
    for secret in private:
        if len(secret) >= SHORTEST_SECRET:  # a text of one letter would eat the sentence
            text = text.replace(secret, "[…]")
    return clean_line(_JWT.sub("[…]", text)).strip('"')[:MAX_SAID]
