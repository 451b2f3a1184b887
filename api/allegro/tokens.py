"""Where the client gets its bearer from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Bearer:
    """A token on its way to a header; a crash report with local variables does not show it.

    `kind` is "Basic" where the application itself is meant, and `token` its id and secret in base64.
    """

    token: str = field(repr=False)
    kind: str = "Bearer"


class Tokens(Protocol):
    """A bearer, and another one when Allegro refuses it."""

    async def current(self) -> Bearer:
        """The bearer to send; an empty one when nobody is signed in."""
        ...

    async def renewed(self, refused: Bearer) -> Bearer | None:
        """A bearer instead of one that was answered with 401, or None when there is none to be had.

        Of several that ask at once, in this process or another, one refreshes and all get the result.
        """
        ...


class FixedToken:
    """A bearer that nobody can renew: from the environment, for scripts and tests."""

    def __init__(self, token: str) -> None:
        self._bearer = Bearer(token)

    async def current(self) -> Bearer:
        return self._bearer

    async def renewed(self, refused: Bearer) -> Bearer | None:  # noqa: ARG002  there is no other
        return None
