"""What happens to files: not wanted by Allegro, not fit to be sent, not to be had, not kept by the disk."""

from __future__ import annotations

from api.allegro.errors.refused import BadRequest, Refused

WANTED = "Allegro takes png, gif, bmp, tiff, jpeg and pdf"


class TypeNotTaken(BadRequest):
    """415 UNSUPPORTED_MIME_TYPE: Allegro does not take files of this type."""

    advice = f"{WANTED}: send another file."
    usual_status = 415


class TooLarge(Refused):
    """413: the file is larger than Allegro takes."""

    advice = "Send a smaller file."
    usual_status = 413


class AttachmentsNotTaken(Refused):
    """ASSIGNING_ATTACHMENTS_TO_MESSAGE_FAILED: a file was never uploaded, or is in another message."""

    advice = "The message was not sent: attach the files again, then send it."


class FileRefused(ValueError):  # noqa: N818  the name says what happened
    """A file that is not sent; nothing reached the wire. `name` is the file's."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name


class FileUnreadable(FileRefused):
    """No such file, no permission, a folder, a device."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, f"cannot be read ({reason}): choose another file")
        self.reason = reason


class FileEmpty(FileRefused):
    def __init__(self, name: str) -> None:
        super().__init__(name, "the file is empty: choose another one")


class FileTooLarge(FileRefused):
    """More than `limit` bytes; `size` is how many there are (at least)."""

    def __init__(self, name: str, size: int, limit: int) -> None:
        super().__init__(name, f"has {size:,} bytes and Allegro takes {limit:,}: make it smaller")
        self.size = size
        self.limit = limit


class FileTypeRefused(FileRefused):
    """What is in the file is none of the types, whatever its name says."""

    def __init__(self, name: str) -> None:
        super().__init__(name, f"is of another type inside; {WANTED}: convert it first")


class NoPdf(FileRefused):
    """An invoice that does not begin as a PDF file does."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "is no PDF file, and Allegro takes no other invoice: export it as PDF")


class AttachmentUnavailable(Exception):  # noqa: N818  the name says what happened
    """An attachment that cannot be had. `name` is the file's; `trace_id` is empty when none was asked."""

    reason = "cannot be had"

    def __init__(self, name: str, *, trace_id: str = "") -> None:
        super().__init__(name)
        self.name = name
        self.trace_id = trace_id

    def __str__(self) -> str:
        trace = f" (Trace-Id {self.trace_id})" if self.trace_id else ""
        return f"{self.name}: {self.reason}{trace}"


class AttachmentUnsafe(AttachmentUnavailable):
    """UNSAFE: not asked for at all."""

    reason = "Allegro's antivirus found something in it: ask the buyer for another file"


class AttachmentNotScanned(AttachmentUnavailable):
    """NEW: not asked for yet."""

    reason = "Allegro's antivirus has not looked at it yet: try again in a minute"


class AttachmentExpired(AttachmentUnavailable):
    """EXPIRED, or a 404: Allegro keeps attachments for six months."""

    reason = "Allegro has it no longer (attachments are kept for six months): ask the buyer for it again"


class AttachmentElsewhere(AttachmentUnavailable):
    """Allegro names no id: the file can be had on its pages only (#12675)."""

    reason = "it can be had on Allegro's own pages only: open the conversation there"


class FileNotSaved(Exception):  # noqa: N818  the name says what happened
    """The disk did not take a file; nothing of it is left. `reason` is the system's word."""

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(f"cannot write into {folder} ({reason}): choose another folder or make room")
        self.folder = folder
        self.reason = reason
