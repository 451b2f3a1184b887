"""Allegro answered no."""

from __future__ import annotations

from typing import ClassVar, Unpack

from api.allegro.errors.base import AllegroError, Details


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
    concerns_all: ClassVar[bool] = True
    """Whether everything else has to wait as well."""
    shortest: ClassVar[float] = 60.0
    """Seconds to wait where Allegro says nothing."""

    def __init__(
        self,
        method: str,
        path: str,
        *,
        retry_after: float = 60.0,
        said: float | None = None,
        asked: bool = True,
        **details: Unpack[Details],
    ) -> None:
        super().__init__(method, path, **details)
        self.retry_after = retry_after
        self.said = said
        """What `Retry-After` said, in seconds; None where Allegro gave none."""
        self.asked = asked
        """False when this program kept quiet by itself: an earlier request had been one too many."""

    @property
    def happened(self) -> str:
        return super().happened if self.asked else "not asked: an earlier request was one too many"

    @property
    def next_step(self) -> str:
        return f"Wait {self.retry_after:.0f} seconds."
