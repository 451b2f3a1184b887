"""Whose inbox is opened, and with which tokens.

`OKIENKO_TOKEN` wins over every account: a script says with it whose it is. Without it the current account
of `api.accounts` is used, with its own addresses, application and vault.
"""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from api.accounts import Accounts, SignedInAccount, renewal_lock
from api.config import ConfigError, Connection, Folders, is_loopback, load_connection
from api.secrets import Secrets, Vault, VaultKind, open_vault
from api.secrets.environment import EnvironmentVault
from api.secrets.file import passphrase_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.allegro.oauth import Grant
    from api.allegro.tokens import Tokens
    from api.config import Settings
    from api.secrets.file import Passphrase


@dataclass(frozen=True, slots=True)
class Access:
    """Whose inbox is to be opened, and with which tokens.

    `account` is None with a token of the environment, whose account only Allegro can name.
    """

    connection: Connection
    account: SignedInAccount | None
    vault: Vault
    _folders: Folders

    def tokens(self) -> Tokens | None:
        """Tokens that renew themselves; None where the connection's own is all there is. Loads httpx."""
        if self.account is None:
            return None
        from api.allegro.renewal import KeptTokens  # noqa: PLC0415  the screen paints before the network loads

        account = self.account

        async def refresh(secrets: Secrets) -> Grant:
            from api.allegro.client import user_agent  # noqa: PLC0415  as above
            from api.allegro.oauth import OAuth  # noqa: PLC0415  as above

            agent = user_agent(self.connection)
            async with OAuth(
                account.auth_url, account.client_id, secrets.client_secret, user_agent=agent
            ) as oauth:
                return await oauth.refresh(secrets.refresh_token)

        return KeptTokens(account.id, self.vault, refresh, renewal_lock(self._folders, account.id))

    def unlock(self) -> None:
        """Open an encrypted file now, before a screen that could not ask. Raises VaultError."""
        if self.account is not None and self.vault.kind is VaultKind.FILE:
            self.vault.read(self.account.id)


def choose_access(
    settings: Settings,
    folders: Folders,
    environ: Mapping[str, str] = os.environ,
    passphrase: Passphrase | None = None,
) -> Access:
    """Whose inbox it is: `OKIENKO_TOKEN`'s, else that of the current account.

    `passphrase` is asked where the account's secrets are in an encrypted file; without it
    `OKIENKO_PASSPHRASE` is used. Raises NoAccountError, ConfigError and StoreError.
    """
    connection = load_connection(settings, environ)
    if connection.token:
        return Access(connection, None, EnvironmentVault(environ), folders)
    with closing(Accounts(folders.data)) as accounts:
        account = accounts.current()
    _check_roots(account, environ)
    own = Connection(
        environ.get("OKIENKO_API_URL", "").rstrip("/") or account.api_url,
        environ.get("OKIENKO_AUTH_URL", "").rstrip("/") or account.auth_url,
        account.app_name,
        account.app_url,
        account.client_id,
    )
    account = replace(account, api_url=own.api_url, auth_url=own.auth_url)
    vault = open_vault(account.vault, folders, passphrase or passphrase_from(environ))
    return Access(own, account, vault, folders)


def _check_roots(account: SignedInAccount, environ: Mapping[str, str]) -> None:
    """An account's token goes to the Allegro it is of, and not where an old variable points.

    From one port of this machine to another it may follow: a simulator that was started anew.
    """
    for name, own in (("OKIENKO_API_URL", account.api_url), ("OKIENKO_AUTH_URL", account.auth_url)):
        found = environ.get(name, "").rstrip("/")
        if not found or found == own:
            continue
        if not (_local(found) and _local(own)):
            raise ConfigError(
                f"{name}={found!r}: the account {account.name!r} is of {own}. Unset the variable, choose "
                "another account (okienko accounts use NAME), or give a token (OKIENKO_TOKEN)"
            )


def _local(address: str) -> bool:
    return is_loopback(urlsplit(address).hostname or "")
