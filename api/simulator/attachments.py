"""Files of messages: declared, uploaded, named in a message, scanned, and after six months gone.

What the real one does with two uploads, a wrong size or an id in two messages is written nowhere; this one
takes the same upload twice, and refuses the other two. A file whose name holds "virus" is UNSAFE.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from api import clock
from api.simulator.ids import uuid_of
from api.simulator.model import Attachment
from api.simulator.refusal import (
    ATTACHMENT_NOT_FOUND,
    ATTACHMENT_TOO_LARGE,
    ATTACHMENTS_FAILED,
    INVALID,
    UNSUPPORTED_MIME_TYPE,
    RefusalError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from api.simulator.model import Message
    from api.simulator.settings import SimulatorSettings

LIMIT = 5_242_880
TYPES = ("image/png", "image/gif", "image/bmp", "image/tiff", "image/jpeg", "application/pdf")
KEPT = timedelta(days=183)


@dataclass(slots=True)
class _Declared:
    """A file between its declaration and its message; `type` is empty until the bytes are there."""

    name: str
    size: int
    type: str = ""
    content: bytes = field(default=b"", repr=False)


class Attachments:
    """All files; `State` holds one. Times of scans run on the clock `monotonic`."""

    def __init__(
        self, messages: Iterable[Message], settings: SimulatorSettings, monotonic: Callable[[], float]
    ) -> None:
        self._settings = settings
        self._monotonic = monotonic
        self._declared: dict[str, _Declared] = {}
        self._scans: dict[str, float] = {}
        self._sent: dict[str, tuple[Attachment, datetime]] = {}
        self._count = 0
        for message in messages:
            self.sent_with(message)

    def sent_with(self, message: Message) -> None:
        """Take note of the files of a message, which age with it."""
        self._sent |= {it.id: (it, message.created_at) for it in message.attachments}

    def keep(self, files: Iterable[Attachment], since: datetime) -> None:
        """Take files of discussions, which the Message Center keeps for some of them."""
        self._sent |= {it.id: (it, since) for it in files}

    def declare(self, name: str, size: int) -> str:
        """The id of a new file. Raises RefusalError (422) for a size that no file may have."""
        if not name.strip():
            raise RefusalError(INVALID, "filename must not be empty", "filename")
        if not 0 < size <= LIMIT:
            raise RefusalError(INVALID, f"size must be between 1 and {LIMIT}", "size")
        self._count += 1
        identifier = uuid_of(self._settings.seed, "declared", self._count)
        self._declared[identifier] = _Declared(name, size)
        return identifier

    def upload(self, identifier: str, content_type: str, content: bytes) -> None:
        """The bytes of a declared file. Raises RefusalError (404, 413, 415, 422).

        The type must stand bare: `application/pdf;charset=UTF-8` is 415 (allegro-api 5760).
        """
        declared = self._declared.get(identifier)
        if declared is None:
            raise RefusalError(ATTACHMENT_NOT_FOUND, f"Attachment {identifier} not declared")
        if content_type not in TYPES:
            raise RefusalError(
                UNSUPPORTED_MIME_TYPE,
                f"Not supported or missing MIME type: [filename={declared.name}, mimeType={content_type}]",
                "attachment.filename",
            )
        if len(content) > LIMIT:
            raise RefusalError(ATTACHMENT_TOO_LARGE, f"At most {LIMIT} bytes")
        if len(content) != declared.size:
            raise RefusalError(INVALID, f"Declared were {declared.size} bytes, found {len(content)}", "size")
        declared.type, declared.content = content_type, content

    def assign(self, identifiers: list[str]) -> tuple[Attachment, ...]:
        """The files of a new message; all or none. Raises RefusalError (422).

        A file that was declared and not uploaded fails so (allegro-api 9124).
        """
        found = [self._declared.get(it) for it in identifiers]
        if len(set(identifiers)) < len(identifiers) or not all(it and it.type for it in found):
            raise RefusalError(ATTACHMENTS_FAILED, "Assigning attachments to message failed", "attachments")
        taken = {it: self._declared.pop(it) for it in identifiers}
        due = self._monotonic() + self._settings.scan_seconds
        self._scans |= dict.fromkeys(taken, due)
        return tuple(Attachment(key, it.name, it.type, "NEW", it.content) for key, it in taken.items())

    def shown(self, message: Message) -> Message:
        """The message with its files as they are now."""
        if not message.attachments:
            return message
        files = tuple(replace(it, status=self._status(it)) for it in message.attachments)
        return replace(message, attachments=files)

    def safe(self, identifier: str) -> Attachment:
        """One that can be had: scanned and younger than six months. Raises RefusalError (404)."""
        attachment, _ = self._sent.get(identifier, (None, None))
        if attachment is None or self._status(attachment) != "SAFE":
            raise RefusalError(ATTACHMENT_NOT_FOUND, f"Attachment {identifier} not found")
        return attachment

    def _status(self, attachment: Attachment) -> str:
        _, sent_at = self._sent[attachment.id]
        if attachment.status != "UNSAFE" and clock.now() - sent_at > KEPT:
            return "EXPIRED"
        due = self._scans.get(attachment.id)
        if due is None or self._monotonic() < due:
            return attachment.status
        return "UNSAFE" if "virus" in attachment.file_name.casefold() else "SAFE"
