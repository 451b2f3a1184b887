"""Files of messages: declared, uploaded and named in a message; or fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from api.allegro.answers import understood
from api.allegro.call import Call, Scope, segment
from api.allegro.errors import (
    AttachmentElsewhere,
    AttachmentExpired,
    AttachmentNotScanned,
    AttachmentUnsafe,
    NotFound,
)
from api.allegro.files import save_file
from api.allegro.messaging.dialect import ATTACHMENTS, Declared, read_id
from api.domain import AttachmentState

if TYPE_CHECKING:
    from pathlib import Path

    from api.allegro.client import Allegro
    from api.allegro.files import Progress
    from api.allegro.messaging.dialect import Dialect
    from api.allegro.messaging.version import Version
    from api.allegro.outgoing_file import OutgoingFile
    from api.domain import Attachment

MAX_DOWNLOAD: Final = 26_214_400
"""Bytes. The Message Center takes 5 MiB; what comes by e-mail may be larger, by how much is not told."""


async def attach(allegro: Allegro, version: Version, file: OutgoingFile) -> str:
    """Declare a file, put its bytes, and return its id. See `MessagingResource.attach`."""
    declared = await _declare(allegro, version, file)
    try:
        await _upload(allegro, version, declared, file)
    except NotFound:  # the declaration is gone: once more from the start
        declared = await _declare(allegro, version, file)
        await _upload(allegro, version, declared, file)
    return declared.id


async def save(allegro: Allegro, attachment: Attachment, folder: Path, progress: Progress | None) -> Path:
    """Fetch what Allegro has found safe. See `MessagingResource.save`."""
    match attachment.state:
        case AttachmentState.UNSAFE:
            raise AttachmentUnsafe(attachment.name)
        case AttachmentState.NEW:
            raise AttachmentNotScanned(attachment.name)
        case AttachmentState.EXPIRED:
            raise AttachmentExpired(attachment.name)
    if not attachment.id:
        raise AttachmentElsewhere(attachment.name)
    # No vendor Accept (406), and not the `url` of the message (403): both measured live, 2026-09-10.
    call = Call("GET", f"{ATTACHMENTS}/{segment(attachment.id)}", None, Scope.MESSAGING)
    try:
        return await save_file(allegro, call, folder, attachment.name, limit=MAX_DOWNLOAD, progress=progress)
    except NotFound as error:
        trace_id = error.trace_id
    raise AttachmentExpired(attachment.name, trace_id=trace_id)


async def _declare(allegro: Allegro, version: Version, file: OutgoingFile) -> Declared:
    async def announced(spoken: Dialect) -> Declared:
        call = spoken.declare(file.name, len(file.content))
        answer = await allegro.exchange(call)
        return Declared(understood(call, answer, read_id), answer.location)

    return await version.carry(announced)


async def _upload(allegro: Allegro, version: Version, declared: Declared, file: OutgoingFile) -> None:
    """Put the bytes; repeated after trouble, as the same bytes at the same place are there once."""
    await version.carry(lambda spoken: allegro.exchange(spoken.upload(declared, file.mime, file.content)))
