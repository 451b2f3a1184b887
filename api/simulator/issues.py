"""Discussions and claims while the simulator runs: what is written in them, and their files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from api import clock
from api.simulator.ids import uuid_of
from api.simulator.model import Attachment
from api.simulator.model_issues import Issue, IssueFile, IssueMessage
from api.simulator.refusal import INVALID, RefusalError
from api.simulator.refusals_issues import (
    CHAT_CLOSED,
    FILE_MISFIT,
    FILE_TOO_LARGE,
    FILE_TYPE,
    ISSUE_FILE_NOT_FOUND,
    ISSUE_NOT_FOUND,
    READING_FAILED,
)

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence

    from api.simulator.settings import SimulatorSettings

MIME_TYPES: Final = ("image/png", "image/gif", "image/bmp", "image/tiff", "image/jpeg", "application/pdf")
FILE_LIMIT: Final = 10 * 1024 * 1024
"""Bytes; Allegro names no limit here, this one is ours."""

RETURNS: Final = {
    "RETURN_REQUIRED_SELLER_LABEL": True,
    "RETURN_REQUIRED_CUSTOM": True,
    "RETURN_NOT_REQUIRED": False,
}
"""Messages of claims that decide whether the product comes back."""

TYPES: Final = ("REGULAR", "END_REQUEST", *RETURNS)


@dataclass(frozen=True, slots=True)
class Declared:
    """A file that was announced and is waited for at the address that ends in `key`."""

    id: str
    key: str
    name: str
    size: int


class Issues:
    """All of them, under the lock of the state."""

    def __init__(
        self, issues: Sequence[Issue], seller: str, settings: SimulatorSettings, lock: threading.RLock
    ) -> None:
        self._issues = {it.id: it for it in sorted(issues, key=lambda it: it.opened_at, reverse=True)}
        self._seller = seller
        self._settings = settings
        self._lock = lock
        self._count = 0
        self._declared: dict[str, Declared] = {}
        self._uploaded: dict[str, IssueFile] = {}
        self._files = {one.file.id: one for it in issues for one in _files_of(it)}

    def listed(self, statuses: Sequence[str], order: str | None, offset: int, limit: int) -> list[Issue]:
        """A page, the latest opened first. Raises RefusalError when it holds what cannot be read."""
        found = [
            it
            for it in self._issues.values()
            if (not statuses or it.status in statuses) and order in {None, it.order}
        ]
        if any(offset <= place < offset + limit for place in self._settings.issues_unreadable):
            raise RefusalError(READING_FAILED, "")
        return found[offset : offset + limit]

    def issue(self, issue_id: str) -> Issue:
        """Raises RefusalError (404)."""
        found = self._issues.get(issue_id)
        if found is None or found.gone:
            raise RefusalError(ISSUE_NOT_FOUND, f"Post purchase issue {issue_id} not found")
        return found

    def chat(self, issue_id: str, offset: int, limit: int) -> list[IssueMessage]:
        """Discussions come newest first and claims oldest first: both were seen (12733, 12650)."""
        issue = self.issue(issue_id)
        messages = issue.messages if issue.type == "CLAIM" else issue.messages[::-1]
        start = 0 if self._settings.issue_offset_ignored else offset
        return messages[start : start + limit]

    def answer(self, issue_id: str, text: str, kind: str, files: Sequence[str]) -> IssueMessage:
        """Write in an issue as the seller. Raises RefusalError (404, 409, 422)."""
        issue = self.issue(issue_id)
        if not issue.chat_active:
            raise RefusalError(CHAT_CLOSED, "Dispute is in a state that forbids adding new messages")
        if kind == "END_REQUEST" and issue.type != "DISPUTE":
            raise RefusalError(INVALID, "END_REQUEST is only allowed for disputes", "type")
        if kind in RETURNS and issue.type != "CLAIM":
            raise RefusalError(INVALID, f"{kind} is only allowed for claims", "type")
        message = self._add(issue, "SELLER", self._seller, text, self._take(files))
        if kind in RETURNS:
            issue.return_required = RETURNS[kind]
        trouble = self._settings.issue_answers
        if trouble == "unread":
            raise RefusalError(READING_FAILED, "")
        return replace(message, id="") if trouble == "null-id" or kind in RETURNS else message

    def declare(self, name: str, size: int) -> Declared:
        """Announce a file."""
        self._count += 1
        names = (self._settings.seed, "issue-file", self._count)
        declared = Declared(uuid_of(*names), uuid_of(*names, "address"), name, size)
        self._declared[declared.key] = declared
        return declared

    def upload(self, key: str, mime: str, content: bytes) -> str:
        """Take the file that is waited for at an address, once; gives its id. Raises RefusalError."""
        declared = self._declared.get(key)
        if declared is None:
            raise RefusalError(FILE_MISFIT, "Nothing is waited for at this address")
        if mime not in MIME_TYPES:
            raise RefusalError(FILE_TYPE, f"{mime or 'no type'} is not supported")
        if len(content) > FILE_LIMIT:
            raise RefusalError(FILE_TOO_LARGE, f"The file has more than {FILE_LIMIT} bytes")
        if len(content) != declared.size:
            raise RefusalError(FILE_MISFIT, f"{declared.size} bytes were declared, {len(content)} came")
        del self._declared[key]
        file = IssueFile(Attachment(declared.id, declared.name, mime, "SAFE", content))
        self._uploaded[declared.id] = file
        self._files[declared.id] = file
        return declared.id

    def file(self, file_id: str) -> Attachment:
        """Raises RefusalError (404 ATTACHMENT_ERROR), also for what the Message Center keeps."""
        found = self._files.get(file_id)
        if found is None or found.center:
            raise RefusalError(ISSUE_FILE_NOT_FOUND, f"Attachment {file_id} not found")
        return found.file

    def center_files(self) -> dict[str, Attachment]:
        """The files that the Message Center keeps, by id."""
        return {it.file.id: it.file for it in self._files.values() if it.center}

    def buyer_writes(self, issue_id: str, text: str, files: tuple[IssueFile, ...] = ()) -> IssueMessage:
        """Let the buyer write now."""
        with self._lock:
            issue = self.issue(issue_id)
            self._files |= {it.file.id: it for it in files}
            return self._add(issue, "BUYER", issue.buyer, text, files)

    def close(self, issue_id: str) -> None:
        """Let a discussion end, or the conversation of a claim."""
        with self._lock:
            issue = self.issue(issue_id)
            issue.chat_active = False
            if issue.type == "DISPUTE":
                issue.status = "DISPUTE_CLOSED"

    def _take(self, files: Sequence[str]) -> tuple[IssueFile, ...]:
        """Uploaded files, each good for one message."""
        missing = [it for it in files if it not in self._uploaded]
        if missing or len(set(files)) != len(files):
            raise RefusalError(
                FILE_MISFIT, "An attachment was not uploaded, or is used already", "attachments"
            )
        return tuple(self._uploaded.pop(it) for it in files)

    def _add(
        self, issue: Issue, role: str, login: str, text: str, files: tuple[IssueFile, ...]
    ) -> IssueMessage:
        self._count += 1
        message = IssueMessage(
            id=uuid_of(self._settings.seed, "issue-message", issue.id, self._count),
            role=role,
            login=login,
            text=text,
            created_at=max(clock.now(), issue.messages[-1].created_at),
            files=files,
        )
        issue.messages.append(message)
        return message


def _files_of(issue: Issue) -> tuple[IssueFile, ...]:
    return (*issue.files, *(one for message in issue.messages for one in message.files))
