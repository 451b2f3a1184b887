"""Signing in and out of an account: the device flow, then the vault, then the list of accounts."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from api import clock
from api.accounts import (
    Accounts,
    Environment,
    SignedInAccount,
    new_id,
    renewal_lock,
)
from api.config import (
    PRODUCTION_API,
    PRODUCTION_AUTH,
    SANDBOX_API,
    SANDBOX_AUTH,
    ConfigError,
    Connection,
    load_connection,
)
from api.domain import Account
from api.secrets import Secrets, VaultKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from api.allegro.oauth import DeviceCode
    from api.allegro.retry import Timing
    from api.config import Folders, Settings
    from api.secrets import Vault

ROOTS = {
    Environment.PRODUCTION: (PRODUCTION_API, PRODUCTION_AUTH),
    Environment.SANDBOX: (SANDBOX_API, SANDBOX_AUTH),
}
CONNECTED_APPS = "/moje-allegro/moje-konto/powiazane-aplikacje"
"""The page of `auth_url` where a seller takes an application off the account."""


@dataclass(frozen=True, slots=True)
class Application:
    """The application that a seller signs in with, and the Allegro that knows it. Roots without a slash."""

    environment: Environment
    api_url: str
    auth_url: str
    client_id: str
    app_name: str
    app_url: str

    @property
    def registration(self) -> str:
        """The page where applications are registered and their scopes chosen."""
        tail = ".allegrosandbox.pl" if self.environment is Environment.SANDBOX else ""
        return f"https://apps.developer.allegro.pl{tail}"

    def connection(self, token: str = "") -> Connection:
        return Connection(
            self.api_url, self.auth_url, self.app_name, self.app_url, self.client_id, token=token
        )


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that Allegro granted and nobody has kept yet. `missing` are scopes that it lacks."""

    account: Account
    secrets: Secrets
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """An account that is signed in, and what stood on the list for it before.

    Where `before` had another vault, its secrets are there still: they belong to an earlier sign-in.
    """

    account: SignedInAccount
    before: SignedInAccount | None

    @property
    def left_in(self) -> VaultKind | None:
        """The vault that holds secrets of an earlier sign-in."""
        if self.before is None or self.before.vault is self.account.vault:
            return None
        return self.before.vault


def choose_application(
    settings: Settings,
    *,
    sandbox: bool,
    client_id: str,
    app_name: str = "",
    environ: Mapping[str, str] = os.environ,
) -> Application:
    """The application to sign in with, at the Allegro that the arguments and the environment name.

    Raises ConfigError where they contradict each other, or for what no header can hold.
    """
    named = bool(environ.get("OKIENKO_API_URL") or environ.get("OKIENKO_AUTH_URL"))
    if sandbox and named:
        raise ConfigError("--sandbox and OKIENKO_API_URL or OKIENKO_AUTH_URL contradict each other: drop one")
    connection = load_connection(settings, environ)
    if named:
        if not (environ.get("OKIENKO_API_URL") and environ.get("OKIENKO_AUTH_URL")):
            raise ConfigError("OKIENKO_API_URL and OKIENKO_AUTH_URL go together: set both, or neither")
        environment, roots = Environment.OTHER, (connection.api_url, connection.auth_url)
    else:
        environment = Environment.SANDBOX if sandbox else Environment.PRODUCTION
        roots = ROOTS[environment]
    found = Application(
        environment, *roots, client_id, app_name=app_name or settings.app_name, app_url=settings.app_url
    )
    for key, value in (("app_name", found.app_name), ("app_url", found.app_url)):
        if not (value.isascii() and value.isprintable()):
            raise ConfigError(f"{key!r} goes into a header: use plain ASCII letters, found {value!r}")
    return found


async def sign_in(
    application: Application,
    client_secret: str,
    show: Callable[[DeviceCode], None],
    language: str = "pl-PL",
    timing: Timing | None = None,
) -> SignedIn:
    """Sign in by the device flow: `show` is given what a person must type, then Allegro is asked until it is.

    The account is that of `/me`, asked with the new token. `timing` is for tests. Raises AllegroError:
    SignInFailed and its kinds for the flow, NotPermitted where the scope that `/me` needs is missing.
    """
    from api.allegro import Allegro  # noqa: PLC0415  httpx is loaded when it is needed
    from api.allegro.oauth import NEEDED, OAuth  # noqa: PLC0415  as above

    agent = _user_agent(application.connection())
    async with OAuth(
        application.auth_url,
        application.client_id,
        client_secret,
        user_agent=agent,
        language=language,
        timing=timing,
    ) as oauth:
        code = await oauth.start(NEEDED)
        show(code)
        grant = await oauth.confirmed(code)
    secrets = Secrets(
        access_token=grant.access_token,
        refresh_token=grant.refresh_token,
        client_secret=client_secret,
        ends_at=clock.now() + timedelta(seconds=grant.lasts),
        scopes=tuple(sorted(grant.scopes)),
    )
    async with Allegro(application.connection(grant.access_token), language=language) as allegro:
        account = await allegro.account.me()
    return SignedIn(account, secrets, grant.missing(NEEDED))


async def keep(
    signed_in: SignedIn,
    application: Application,
    vault: Vault,
    folders: Folders,
    *,
    name: str = "",
    marketplace: str = "",
) -> Kept:
    """Put the secrets into the vault, then the account on the list, where it is the current one.

    An account that is on the list already is signed in anew and keeps its name unless another is given.
    Raises VaultError, NameTakenError, StoreError and TokensOutOfReach.
    """
    seller = signed_in.account
    with closing(Accounts(folders.data)) as accounts:
        before = accounts.of(application.environment, seller.id)
        account = SignedInAccount(
            id=before.id if before else new_id(application.environment, seller.id),
            seller=seller.id,
            name=name or (before.name if before else seller.login),
            login=seller.login,
            marketplace=marketplace or seller.marketplace,
            environment=application.environment,
            api_url=application.api_url,
            auth_url=application.auth_url,
            client_id=application.client_id,
            app_name=application.app_name,
            app_url=application.app_url,
            vault=vault.kind,
        )
        accounts.check_name(account.name, account.id)
        async with _writing(folders, account.id):
            await _in_thread(lambda: vault.write(account.id, signed_in.secrets))
        return Kept(accounts.add(account), before)


async def forget(account: SignedInAccount, vault: Vault, folders: Folders) -> None:
    """Take an account's secrets out of its vault, then the account off the list.

    Raises VaultError, StoreError and TokensOutOfReach; the account stays on the list then.
    """
    async with _writing(folders, account.id):
        await _in_thread(lambda: vault.remove(account.id))
    with closing(Accounts(folders.data)) as accounts:
        accounts.remove(account)


@asynccontextmanager
async def _writing(folders: Folders, account: str) -> AsyncIterator[None]:
    """Nobody renews the tokens while they are replaced or taken away."""
    from api.allegro.renewal import renewing  # noqa: PLC0415  loads more than a list of accounts needs

    async with renewing(renewal_lock(folders, account)):
        yield


async def _in_thread(do: Callable[[], None]) -> None:
    import asyncio  # noqa: PLC0415  `okienko accounts` does without it

    await asyncio.to_thread(do)


def _user_agent(connection: Connection) -> str:
    from api.allegro.client import user_agent  # noqa: PLC0415  loads httpx

    return user_agent(connection)
