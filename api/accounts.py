"""The accounts that were signed in here, in `accounts.json`: no secret is among what it says of them.

Each has its own marketplace, client id, name of the application and addresses; where its secrets are is one
word (`vault`), and under its `id` they are found there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from secrets import token_hex
from typing import TYPE_CHECKING

from api.config import ConfigError
from api.secrets.vault import VaultKind
from api.store.table import KeyedStore

if TYPE_CHECKING:
    from pathlib import Path

    from api.config import Folders


class Environment(StrEnum):
    """Which Allegro an account is of. OTHER: what OKIENKO_API_URL named, such as the simulator."""

    PRODUCTION = "production"
    SANDBOX = "sandbox"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SignedInAccount:
    """An account as it was signed in.

    `id` is ours and the key of its secrets, `seller` Allegro's id, `name` what the seller calls it here.
    `api_url` and `auth_url` are roots: its tokens go nowhere else. Of several accounts the one with the
    highest `turn` is the current one.
    """

    id: str
    seller: str
    name: str
    login: str
    marketplace: str
    environment: Environment
    api_url: str
    auth_url: str
    client_id: str
    app_name: str
    app_url: str
    vault: VaultKind
    turn: int = 0


class NoAccountError(ConfigError):
    """Nobody is signed in: sign in first."""

    def __init__(self) -> None:
        super().__init__("no account is signed in here. Sign in: okienko login. For one run: OKIENKO_TOKEN")


class UnknownAccountError(ConfigError):
    """No account has this name; the text names those that there are."""

    def __init__(self, name: str, names: list[str]) -> None:
        known = ", ".join(names) or "none"
        super().__init__(f"no account is called {name!r}; signed in: {known}")


class NameTakenError(ConfigError):
    """Another account has this name."""

    def __init__(self, name: str, login: str) -> None:
        super().__init__(f"the name {name!r} belongs to the account {login!r}; choose another: --name N")


class Accounts:
    """All accounts of this home. Every method raises StoreError where the file cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._store = KeyedStore(folder / "accounts.json", "accounts", SignedInAccount)

    def all(self) -> tuple[SignedInAccount, ...]:
        """Every account, the current one first, the others as they were last used."""
        return tuple(sorted(self._store.all(), key=lambda account: account.turn, reverse=True))

    def current(self) -> SignedInAccount:
        """Raises NoAccountError."""
        for account in self.all():
            return account
        raise NoAccountError

    def find(self, name: str) -> SignedInAccount:
        """The account of this name, else the one of this login; the case does not matter.

        Raises UnknownAccountError, also for a login that several accounts have.
        """
        accounts = self.all()
        wanted = name.casefold()
        named = [account for account in accounts if account.name.casefold() == wanted]
        found = named or [account for account in accounts if account.login.casefold() == wanted]
        if len(found) != 1:
            raise UnknownAccountError(name, [account.name for account in accounts])
        return found[0]

    def of(self, environment: Environment, seller: str) -> SignedInAccount | None:
        """The account of Allegro's own id for it, if it is signed in here."""
        mine = (account for account in self.all() if account.seller == seller)
        return next((account for account in mine if account.environment is environment), None)

    def check_name(self, name: str, account_id: str) -> None:
        """Raises NameTakenError where an account other than this one has the name."""
        for other in self._store.all():
            if other.id != account_id and other.name.casefold() == name.casefold():
                raise NameTakenError(name, other.login)

    def add(self, account: SignedInAccount) -> SignedInAccount:
        """Keep an account and make it the current one; one of the same id is replaced.

        Raises NameTakenError.
        """
        self.check_name(account.name, account.id)
        kept = replace(account, turn=self._next())
        self._store.put(kept.id, kept)
        return kept

    def choose(self, name: str) -> SignedInAccount:
        """Make an account the current one. Raises UnknownAccountError."""
        return self.add(self.find(name))

    def remove(self, account: SignedInAccount) -> None:
        """Forget an account; the one that was used before it becomes the current one."""
        self._store.remove(account.id)

    def take_notices(self) -> list[str]:
        """What went wrong with the file and was dealt with, once each, for the screen to tell."""
        return self._store.take_notices()

    def close(self) -> None:
        self._store.close()

    def _next(self) -> int:
        return max((account.turn for account in self._store.all()), default=0) + 1


def new_id(environment: Environment, seller: str) -> str:
    """A key for an account that is new here.

    The sandbox and production number their sellers separately. The tail keeps two homes of one person
    (OKIENKO_HOME) apart, which share a keyring and no lock.
    """
    return f"{environment}-{seller}-{token_hex(4)}"


def renewal_lock(folders: Folders, account: str) -> Path:
    """The file whose lock the one process holds that renews this account's tokens."""
    name = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in account)
    return folders.state / f"tokens-{name}.lock"
