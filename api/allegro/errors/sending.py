"""What happens only to messages: not sent at all, or nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.allegro.errors.base import AllegroError

if TYPE_CHECKING:
    from datetime import datetime


class SendOutcomeUnknown(AllegroError):  # noqa: N818  the name says what happened
    """A message went out, and whether Allegro has it is not known.

    There is no idempotency key: look through the newest messages of `thread` (or of the thread with
    `buyer`, for a message about `order`) since `sent_at` (aware, this machine's clock) for one of ours
    whose `api.allegro.outgoing.fingerprint` is `digest` and that has as many `attachments`, before
    sending again. `MessagingResource.find_sent` does so, `IssuesResource.find_sent` for one in an `issue`.
    `failure` is what happened to the answer.
    """

    advice = "Look into the conversation before sending again: the message may be there."
    may_have_happened = True

    def __init__(
        self,
        failure: AllegroError,
        *,
        sent_at: datetime,
        digest: str,
        thread: str = "",
        order: str = "",
        buyer: str = "",
        attachments: int = 0,
        issue: str = "",
    ) -> None:
        super().__init__(
            failure.method,
            failure.path,
            trace_id=failure.trace_id,
            status=failure.status,
            code=failure.code,
            user_message=failure.user_message,
        )
        self.failure = failure
        self.sent_at = sent_at
        self.digest = digest
        self.thread = thread
        self.order = order
        self.buyer = buyer
        self.attachments = attachments
        self.issue = issue

    @property
    def happened(self) -> str:
        return f"the message was sent at {self.sent_at.isoformat()} and {self.failure.happened}"


class TextRefused(ValueError):  # noqa: N818  the name says what happened
    """A text that was not sent; nothing reached the wire."""


class TextTooLong(TextRefused):
    """More code points than Allegro takes."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"the text has {length} characters and Allegro takes {limit}: shorten it")
        self.length = length
        self.limit = limit


class TextEmpty(TextRefused):
    """Nothing that a buyer could see."""

    def __init__(self) -> None:
        super().__init__("the text is empty: write something first")
