"""A token from the environment, for one run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from api.secrets.errors import NothingStoredError
from api.secrets.vault import Secrets, VaultKind

if TYPE_CHECKING:
    from collections.abc import Mapping


class EnvironmentVault:
    """`OKIENKO_TOKEN`, whatever account it belongs to. Nothing is stored, and nobody can renew it."""

    kind = VaultKind.ENVIRONMENT

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._environ = environ

    def check(self) -> None:
        raise NothingStoredError

    def read(self, account: str) -> Secrets | None:  # noqa: ARG002  there is one token for all
        token = self._environ.get("OKIENKO_TOKEN")
        if not token:
            return None
        return Secrets(token, client_secret=self._environ.get("OKIENKO_CLIENT_SECRET", ""))

    def write(self, account: str, secrets: Secrets) -> None:  # noqa: ARG002  it goes nowhere
        raise NothingStoredError

    def remove(self, account: str) -> None:
        """Nothing is stored, so there is nothing to forget."""
