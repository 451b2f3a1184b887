"""Files of discussions and claims: declared, put where Allegro says, and fetched.

`/sale/issues/attachments` calls the name `fileName` where the Message Center says `filename`.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec

from api.allegro.answers import understood
from api.allegro.call import Call, Media, Scope, segment
from api.allegro.errors import FileTooLargeForIssue, IssueFileRefused, NotFound, Undecodable
from api.allegro.payloads import issues as payloads
from api.allegro.payloads.reading import decode
from api.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.allegro.answers import Answer
    from api.allegro.client import Allegro
    from api.domain import IssueAttachment

MAX_NAME: Final = 255
"""`maxLength` of `fileName` in PostPurchaseIssueAttachment."""

ATTACHMENT_ERROR: Final = "ATTACHMENT_ERROR"

_DECLARE = "/sale/issues/attachments"
_SIGNATURES: Final = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "image/tiff"),
    # The reserved bytes too: two letters alone begin many a text.
    (re.compile(rb"BM.{4}\x00\x00\x00\x00", re.DOTALL), "image/bmp"),
    (re.compile(rb"%PDF-"), "application/pdf"),
)


@dataclass(frozen=True, slots=True)
class IssueFile:
    """A file fit to be sent; `mime` is one of the six types that Allegro takes, told by the content."""

    name: str
    mime: str
    content: bytes = field(repr=False)

    @classmethod
    def of(cls, name: str, content: bytes) -> IssueFile:
        """Check bytes that are at hand. Raises IssueFileRefused."""
        shown = re.split(r"[\\/]", one_line(name))[-1].strip()
        if not 1 <= len(shown) <= MAX_NAME:
            raise IssueFileRefused(shown[:MAX_NAME], f"has a name of {len(shown)} characters")
        if not content:
            raise IssueFileRefused(shown, "is empty")
        mime = next((mime for pattern, mime in _SIGNATURES if pattern.match(content)), "")
        if not mime:
            raise IssueFileRefused(shown, "begins like none of the files that Allegro takes")
        return cls(shown, mime, content)


async def attach(allegro: Allegro, file: IssueFile) -> str:
    """Declare a file and put it to the address that Allegro gives; gives the id to name in a message.

    A declaration without its file does no harm, so after any error the whole may be done again.
    Raises FileTooLargeForIssue, Undecodable when Allegro gives no address of its own.
    """
    call = Call(
        "POST",
        _DECLARE,
        Media.BETA,
        Scope.ISSUES,
        body=msgspec.json.encode({"fileName": file.name, "size": len(file.content)}),
    )
    answer = await allegro.exchange(call)
    attachment = _declared(call, answer)
    put = Call(
        "PUT",
        f"{_DECLARE}/{segment(attachment)}",
        Media.BETA,
        Scope.ISSUES,
        body=file.content,
        content_type=file.mime,  # bare: a charset behind it is a 415
        upload=answer.location,
        once=True,  # the address is good for one time
        meanings=((413, FileTooLargeForIssue),),
    )
    await allegro.request(put, lambda _body: None)
    return attachment


async def fetch(
    allegro: Allegro, attachment: IssueAttachment, write: Callable[[bytes, int | None], None], limit: int
) -> None:
    """Fetch a file in parts, as `Allegro.download` does.

    What `/sale/issues` says it does not have (404 ATTACHMENT_ERROR, allegro/allegro-api#12559) is asked of
    the Message Center, which keeps the files of some discussions; so is at once an id that is no UUID.
    """
    if not attachment.id:
        raise ValueError("Allegro names no address of this file: open the matter on Allegro's page")
    center = Call("GET", f"/messaging/message-attachments/{segment(attachment.id)}", None, Scope.MESSAGING)
    if not _is_uuid(attachment.id):
        await allegro.download(center, write, limit)
        return
    try:
        call = Call("GET", f"{_DECLARE}/{segment(attachment.id)}", None, Scope.ISSUES)
        await allegro.download(call, write, limit)
    except NotFound as error:
        if error.code != ATTACHMENT_ERROR:
            raise
        missing = error
    else:
        return
    try:
        await allegro.download(center, write, limit)
    except NotFound:
        raise missing from None


def _declared(call: Call, answer: Answer) -> str:
    attachment = understood(call, answer, _id)
    if answer.location and attachment:
        return attachment
    raise Undecodable(
        call.method,
        call.path,
        field="Location" if attachment else "$.id",
        problem="no address to put the file to" if attachment else "empty",
        trace_id=answer.trace_id,
        status=answer.status,
    )


def _id(body: bytes) -> str:
    return decode(body, payloads.attachment_decoder, payloads.AttachmentId).id


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
