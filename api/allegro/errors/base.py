"""What all errors have in common, and the one for an answer that is not understood."""

from __future__ import annotations

from typing import ClassVar, TypedDict, Unpack


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
    def answered(self) -> Details:
        """What is known of the answer, for an error that this one leads to."""
        return {
            "trace_id": self.trace_id,
            "status": self.status,
            "code": self.code,
            "user_message": self.user_message,
        }

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
