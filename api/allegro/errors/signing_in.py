"""Signing in did not work, or what was signed in has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from api.allegro.errors.base import AllegroError, Details
from api.allegro.errors.refused import NotSignedIn, Refused

if TYPE_CHECKING:
    from api.allegro.errors.unavailable import Unavailable

TOKEN_PATH = "/auth/oauth/token"  # noqa: S105  an address


class SignInFailed(Refused):
    """The sign-in has come to an end without a token. `code` is OAuth's word for the reason."""

    advice = "Start again: okienko login. If it stays, report the Trace-Id."
    usual_status = 400


class SignInRefused(SignInFailed):
    """`access_denied`: the person at Allegro's page said no."""

    advice = "Nothing was kept. To try again: okienko login."

    @property
    def happened(self) -> str:
        return "the sign-in was refused on Allegro's page"


class CodeOver(SignInFailed):
    """The code is used, unknown or too old (`Invalid device code`, `expired_token`); also its time-out."""

    advice = "Start again for another code: okienko login."

    @property
    def happened(self) -> str:
        return "the code is not valid any more"


class WrongClient(SignInFailed):
    """401: Allegro does not know the application's id, or its secret is another one."""

    advice = "Check the client id and the client secret of your application at Allegro, then sign in again."
    usual_status = 401

    @property
    def happened(self) -> str:
        return "Allegro does not know this client id with this client secret"


class SignInEnded(NotSignedIn):
    """The authorisation of this account is gone: used up, taken back, three months old, or not kept here.

    `problem` says in English which of them, where that is known.
    """

    usual_status = 400

    def __init__(
        self, method: str = "POST", path: str = TOKEN_PATH, *, problem: str = "", **details: Unpack[Details]
    ) -> None:
        super().__init__(method, path, **details)
        self.problem = problem

    @property
    def happened(self) -> str:
        return self.problem or "the authorisation of this account has ended"


class RenewalFailed(AllegroError):  # noqa: N818  the name says what happened
    """A new token could not be had for now; the sign-in itself still stands. `failure` is what happened.

    What was to be sent with that token has not left: it may be tried again.
    """

    advice = "You are still signed in: try again in a moment."

    def __init__(self, failure: Unavailable | AllegroError) -> None:
        super().__init__(
            failure.method,
            failure.path,
            trace_id=failure.trace_id,
            status=failure.status,
            code=failure.code,
            user_message=failure.user_message,
        )
        self.failure = failure

    @property
    def happened(self) -> str:
        return f"the token could not be renewed, {self.failure.happened}"


class TokensOutOfReach(AllegroError):  # noqa: N818  the name says what happened
    """Where the tokens are kept they cannot be read or written now; `problem` says why and what to do."""

    advice = ""

    def __init__(
        self, method: str = "", path: str = "", *, problem: str = "", **details: Unpack[Details]
    ) -> None:
        super().__init__(method, path, **details)
        self.problem = problem or "the tokens of this account cannot be used now"

    @property
    def happened(self) -> str:
        return self.problem

    def __str__(self) -> str:
        return self.problem
