"""The seller whose inbox this is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """Who the token belongs to, as `GET /me` says.

    `login` decides which side of a thread is ours: in COMMON threads both sides may be `USER`.
    """

    id: str
    login: str
    marketplace: str

    def is_me(self, login: str | None) -> bool:
        """Whether this login is ours; Allegro does not keep the case of logins."""
        return login is not None and login.casefold() == self.login.casefold()
