"""/messaging/message-attachments: announcing a file, its bytes, and having one back.

Declaring answers with the address for the bytes in `Location`, on the simulator's own host, as
`/sale/issues` does; what the real Message Center says there is not written down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from api.simulator.call import ANY, BETA, PUBLIC, Answer, Call, Resource
from api.simulator.refusal import INVALID, RefusalError
from api.simulator.resources.messaging import SCOPE, beta

if TYPE_CHECKING:
    from api.simulator.state import State

ALL = "/messaging/message-attachments"
ONE = f"{ALL}/{{attachmentId}}"


def _declare(call: Call, state: State) -> Answer:
    """The field is `filename` here; `fileName`, which `/sale/issues` wants, is not looked at."""
    body = call.json()
    name, size = body.get("filename"), body.get("size")
    if not isinstance(name, str):
        raise RefusalError(INVALID, "filename is missing", "filename")
    if not isinstance(size, int) or isinstance(size, bool):
        raise RefusalError(INVALID, "size is missing", "size")
    identifier = state.attachments.declare(name, size)
    address = f"http://{call.headers.get('host', '127.0.0.1')}{ALL}/{identifier}"
    return Answer({"id": identifier}, 201, headers={"Location": address})


def _upload(call: Call, state: State) -> Answer:
    identifier = call.path["attachmentId"]
    state.attachments.upload(identifier, call.headers.get("content-type", ""), call.body)
    return Answer({"id": identifier})


def _download(call: Call, state: State) -> Answer:
    """The bytes; what is not scanned yet, unsafe or expired is not there (404, our own choice)."""
    attachment = state.attachments.safe(call.path["attachmentId"])
    name = quote(attachment.file_name, safe="")
    disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Answer(attachment.content, media=attachment.mime_type, headers=disposition)


RESOURCES = (
    beta("POST", ALL, _declare, json=True),
    Resource("POST", ALL, _declare, SCOPE, PUBLIC, reads_json=True),
    Resource("PUT", ONE, _upload, SCOPE, BETA),
    Resource("PUT", ONE, _upload, SCOPE, PUBLIC),
    Resource("GET", ONE, _download, SCOPE, ANY),
)
