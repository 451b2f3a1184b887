"""What can go wrong between this program and Allegro.

    AllegroError                 something was tried and did not work
    ├── Unavailable              Allegro could not be asked, or gave no sensible answer: try again
    │   ├── Unreachable          no network, no such host, no TLS, connection refused or cut
    │   ├── TimedOut             nothing came in time
    │   └── Outage               5xx, a page of HTML where JSON is due, a list that is "not found"
    ├── Refused                  Allegro answered no (any 4xx)
    │   ├── BadRequest           400, 406, 415: this program asked in a way Allegro does not know
    │   ├── NotSignedIn          401: the token is missing, wrong or expired
    │   ├── NotPermitted         403: the token lacks a scope, or the account may not do this
    │   ├── NotFound             404 in Allegro's own envelope
    │   ├── Conflict             409: somebody was quicker
    │   ├── Unprocessable        422: understood and not accepted; names Allegro's field
    │   └── TooMany              429: wait `retry_after` seconds
    ├── Undecodable              an answer that is not what this program understands
    └── SendOutcomeUnknown       a message went out and the answer was lost: find out before repeating

    TextRefused (ValueError)     a text that is not sent at all, known before the wire
    ├── TextTooLong
    └── TextEmpty

No error holds a token, a header, a query or the text of a message, neither in its words nor in what
it is chained to. `str()` says in English what was tried, what happened and what to do next; a screen
translates by type. Importing this module loads neither httpx nor msgspec.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, TypedDict, Unpack

if TYPE_CHECKING:
    from datetime import datetime


class Details(TypedDict, total=False):
    """What is known of an answer, beyond the request that it belongs to; see AllegroError."""

    trace_id: str
    status: int | None
    code: str
    user_message: str


class AllegroError(Exception):
    """Something was tried at Allegro and did not work.

    `path` carries no query. `status` is None when no answer came. `code` is Allegro's own word, and
    `user_message` Allegro's sentence for people (in the client's language, made safe for a terminal);
    both are empty where Allegro gave none. Allegro's staff ask for `trace_id` and keep their logs for
    14 days.
    """

    advice: ClassVar[str] = "Try again; if it stays, report it with the Trace-Id."
    usual_status: ClassVar[int | None] = None
    may_have_happened: bool = False
    """Whether Allegro may have carried the request out although it failed for us."""

    def __init__(self, method: str, path: str, **details: Unpack[Details]) -> None:
        super().__init__(method, path)
        self.method = method
        self.path = path
        self.trace_id = details.get("trace_id", "")
        self.status = details.get("status", self.usual_status)
        self.code = details.get("code", "")
        self.user_message = details.get("user_message", "")

    @property
    def happened(self) -> str:
        """What came back, in a few English words."""
        return f"Allegro answered {self.status}" + (f" {self.code}" if self.code else "")

    @property
    def next_step(self) -> str:
        """What to do now, as one English sentence."""
        return self.advice

    def __str__(self) -> str:
        trace = f"Trace-Id {self.trace_id}" if self.trace_id else "no Trace-Id"
        said = f' Allegro says: "{self.user_message}"' if self.user_message else ""
        return f"{self.method} {self.path}: {self.happened} ({trace}).{said} {self.next_step}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.method} {self.path} status={self.status} code={self.code!r}>"


class Unavailable(AllegroError):  # noqa: N818  the name says what happened
    """Allegro could not be asked, or gave no sensible answer; the same request may work later."""

    advice = "Try again in a moment."


class Reason(StrEnum):
    """Why nothing could be reached."""

    DNS = "dns"
    TLS = "tls"
    REFUSED = "refused"
    PROXY = "proxy"
    CUT = "cut"
    NETWORK = "network"


_REASONS = {
    Reason.DNS: "the host's name cannot be found",
    Reason.TLS: "no trustworthy TLS connection",
    Reason.REFUSED: "the connection was refused",
    Reason.PROXY: "the proxy did not let the connection through",
    Reason.CUT: "the connection was cut",
    Reason.NETWORK: "the network cannot be reached",
}


class Unreachable(Unavailable):
    """No connection, or one that was cut; `nothing_sent` when the request never left this machine."""

    advice = "Check the network, then try again."

    def __init__(
        self,
        method: str,
        path: str,
        *,
        reason: Reason = Reason.NETWORK,
        nothing_sent: bool = False,
        **details: Unpack[Details],
    ) -> None:
        super().__init__(method, path, **details)
        self.reason = reason
        self.nothing_sent = nothing_sent
        self.may_have_happened = not nothing_sent

    @property
    def happened(self) -> str:
        return _REASONS[self.reason]

    @property
    def next_step(self) -> str:
        if self.reason is Reason.TLS:
            return "Check this machine's clock and certificates, and whether something reads the connection."
        return self.advice


class TimedOut(Unavailable):
    """Nothing came in time; `nothing_sent` when not even a connection was made."""

    def __init__(
        self, method: str, path: str, *, nothing_sent: bool = False, **details: Unpack[Details]
    ) -> None:
        super().__init__(method, path, **details)
        self.nothing_sent = nothing_sent
        self.may_have_happened = not nothing_sent

    @property
    def happened(self) -> str:
        return "no connection in time" if self.nothing_sent else "no answer in time"


class Outage(Unavailable):
    """Allegro is in trouble: 5xx, a redirect, HTML where JSON is due, or a whole list "not found".

    A list that answers 404 is an outage and never means "no items" (allegro/allegro-api#11478).
    """

    advice = "Allegro is in trouble; try again in a few minutes."

    @property
    def may_have_happened(self) -> bool:  # type: ignore[override]
        """Only a 404 is sure: nothing there took the request."""
        return self.status != 404  # noqa: PLR2004  an HTTP status

    @property
    def happened(self) -> str:
        if self.status is not None and self.status < 400:  # noqa: PLR2004  an HTTP status
            return f"Allegro answered {self.status} with something that is not its API"
        return super().happened


class Refused(AllegroError):  # noqa: N818  the name says what happened
    """Allegro said no, and will say no again to the same request."""

    advice = "Report it with the Trace-Id."


class BadRequest(Refused):
    """400, 406, 415: this program asked in a way that Allegro does not (or no longer) know."""

    advice = "This is a fault of this program or a change at Allegro: update it, or report the Trace-Id."


class NotSignedIn(Refused):
    """401: the token is missing, wrong, expired or taken back."""

    advice = "Sign in again (okienko login)."
    usual_status = 401


class NotPermitted(Refused):
    """403: not allowed. `scope` names what the token lacks, where the answer says that it lacks one."""

    usual_status = 403

    def __init__(self, method: str, path: str, *, scope: str = "", **details: Unpack[Details]) -> None:
        super().__init__(method, path, **details)
        self.scope = scope

    @property
    def next_step(self) -> str:
        if self.scope:
            return f"The token lacks the scope {self.scope}: add it to the application, then sign in again."
        return "This account may not do this, or Allegro blocks the application: check its registered name."


class NotFound(Refused):
    """404 in Allegro's envelope: no such thing, or it belongs to another account."""

    advice = "It is gone, or it belongs to another account."
    usual_status = 404


class Conflict(Refused):
    """409: the thing has changed meanwhile."""

    advice = "Load it again, then repeat."
    usual_status = 409


class Unprocessable(Refused):
    """422: understood and not accepted. `field` is Allegro's path to what was wrong, or empty."""

    advice = "Change what Allegro names, then repeat."
    usual_status = 422

    def __init__(self, method: str, path: str, *, field: str = "", **details: Unpack[Details]) -> None:
        super().__init__(method, path, **details)
        self.field = field

    @property
    def happened(self) -> str:
        return super().happened + (f" about {self.field!r}" if self.field else "")


class TooMany(Refused):
    """429: too much was asked. Wait `retry_after` seconds (60 at least) before the next request."""

    usual_status = 429

    def __init__(
        self,
        method: str,
        path: str,
        *,
        retry_after: float = 60.0,
        said: float | None = None,
        **details: Unpack[Details],
    ) -> None:
        super().__init__(method, path, **details)
        self.retry_after = retry_after
        self.said = said
        """What `Retry-After` said, in seconds; None where Allegro gave none."""

    @property
    def next_step(self) -> str:
        return f"Wait {self.retry_after:.0f} seconds."


class Undecodable(AllegroError):  # noqa: N818  the name says what happened
    """Allegro answered something that this program does not understand.

    `field` says where (`$.threads[0].id`; `$` for the whole), `problem` what was expected. Neither
    holds what stood there.
    """

    advice = "Allegro may have changed its API: update this program, or report the Trace-Id."
    may_have_happened = True

    def __init__(
        self,
        method: str,
        path: str,
        *,
        field: str = "$",
        problem: str = "",
        **details: Unpack[Details],
    ) -> None:
        super().__init__(method, path, **details)
        self.field = field
        self.problem = problem

    @property
    def happened(self) -> str:
        return f"the answer cannot be understood at {self.field}" + (
            f" ({self.problem})" if self.problem else ""
        )


class SendOutcomeUnknown(AllegroError):  # noqa: N818  the name says what happened
    """A message went out, and whether Allegro has it is not known.

    There is no idempotency key: look through the newest messages of `thread` (or of the thread with
    `buyer`, for a message about `order`) since `sent_at` (aware, this machine's clock) for one of ours
    whose `api.allegro.outgoing.fingerprint` is `digest`, before sending again.
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
