"""What a vault keeps for an account, and what every vault can do."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from api.secrets.errors import VaultDamagedError


class VaultKind(StrEnum):
    """Where secrets are kept; the words of `okienko login --vault`."""

    KEYRING = "keyring"
    FILE = "file"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Secrets:
    """All secrets of one account, kept as one value so that a pair of tokens can never be torn.

    `ends_at` (aware) is when the access token ends, None where nobody knows. `scopes` is what was granted.
    """

    access_token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    client_secret: str = field(default="", repr=False)
    ends_at: datetime | None = None
    scopes: tuple[str, ...] = ()

    def to_text(self) -> str:
        """As JSON on one line, for a vault."""
        return json.dumps(
            {
                "access_token": self.access_token,
                "refresh_token": self.refresh_token,
                "client_secret": self.client_secret,
                "ends_at": self.ends_at.isoformat() if self.ends_at else None,
                "scopes": list(self.scopes),
            }
        )

    @classmethod
    def from_text(cls, text: str) -> Secrets:
        """Raises VaultDamagedError, which quotes nothing of the text, for anything that is not ours."""
        try:
            return cls._from(json.loads(text))
        except (ValueError, KeyError, TypeError, RecursionError):
            pass
        raise VaultDamagedError(
            "what is kept for this account cannot be understood; sign in again: okienko login"
        )

    @classmethod
    def _from(cls, kept: Any) -> Secrets:
        texts = [kept["access_token"], kept["refresh_token"], kept["client_secret"], *kept["scopes"]]
        if not all(isinstance(text, str) for text in texts):
            raise TypeError
        ends_at = datetime.fromisoformat(kept["ends_at"]) if kept["ends_at"] is not None else None
        if ends_at is not None and ends_at.tzinfo is None:
            raise ValueError
        access_token, refresh_token, client_secret, *scopes = texts
        return cls(access_token, refresh_token, client_secret, ends_at, tuple(scopes))


class Vault(Protocol):
    """Secrets by the id of their account.

    The methods block, up to a minute where a person has to unlock something: call them in a thread. All
    raise VaultError.
    """

    @property
    def kind(self) -> VaultKind: ...

    def check(self) -> None:
        """Find out, by use, whether secrets could be kept here now."""
        ...

    def read(self, account: str) -> Secrets | None:
        """What is kept for an account, or None."""
        ...

    def write(self, account: str, secrets: Secrets) -> None:
        """Keep; it is kept when this returns, in place of what was there, and whole or not at all."""
        ...

    def remove(self, account: str) -> None:
        """Forget; nothing happens where nothing is kept."""
        ...
