"""Where secrets are kept: the client secret of an application and the tokens of an account.

    keyring       the system's own: Secret Service, or the keychain of macOS   `keyring.KeyringVault`
    file          encrypted by a passphrase, for a server without a keyring     `file.FileVault`
    environment   OKIENKO_TOKEN, for this run, and nothing is stored            `environment.EnvironmentVault`

There is no fourth place: never a plain file, a log, or the list of accounts. A vault is not chosen in
silence either, and nothing moves from one to another by itself; an account remembers where its secrets are.

Importing this package loads neither keyring nor cryptography.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.secrets.errors import (
    NoKeyringError,
    NothingStoredError,
    PassphraseNeededError,
    VaultDamagedError,
    VaultError,
    VaultLockedError,
    VaultTimedOutError,
    WrongPassphraseError,
)
from api.secrets.vault import Secrets, Vault, VaultKind

if TYPE_CHECKING:
    from api.config import Folders
    from api.secrets.file import Passphrase

__all__ = [
    "NoKeyringError",
    "NothingStoredError",
    "PassphraseNeededError",
    "Secrets",
    "Vault",
    "VaultDamagedError",
    "VaultError",
    "VaultKind",
    "VaultLockedError",
    "VaultTimedOutError",
    "WrongPassphraseError",
    "open_vault",
]


def open_vault(kind: VaultKind, folders: Folders, passphrase: Passphrase) -> Vault:
    """The vault of a kind; nothing is touched or asked for before its first use.

    `passphrase` is called at most once, when an encrypted file is first read or written.
    """
    match kind:
        case VaultKind.KEYRING:
            from api.secrets.keyring import KeyringVault  # noqa: PLC0415  each loads its own library

            return KeyringVault()
        case VaultKind.FILE:
            from api.secrets.file import FileVault, vault_file  # noqa: PLC0415  as above

            return FileVault(vault_file(folders), passphrase)
        case VaultKind.ENVIRONMENT:
            from api.secrets.environment import EnvironmentVault  # noqa: PLC0415  as above

            return EnvironmentVault()
