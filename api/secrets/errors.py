"""Why a vault cannot be used, each with what to do next. No error holds a secret or a passphrase."""

from __future__ import annotations


class VaultError(OSError):
    """A vault cannot be used; the text says why and what to do."""


class NoKeyringError(VaultError):
    """This machine, or this way of logging in to it, has no system keyring."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"no system keyring can be used here ({reason}). On a server without one: "
            "okienko login --vault file keeps the tokens in a file that a passphrase encrypts"
        )


class VaultLockedError(VaultError):
    """The keyring is there and locked, and was not unlocked."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the system keyring is locked ({reason}). Unlock it (log in to the desktop, or "
            "gnome-keyring-daemon --unlock), then try again"
        )


class VaultTimedOutError(VaultError):
    """The keyring did not answer in time: it may be waiting for a dialog that nobody sees."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"the system keyring did not answer within {seconds:g} seconds. Perhaps it asks for its "
            "password in a window: unlock it there, then try again"
        )


class VaultDamagedError(VaultError):
    """What is kept cannot be understood."""


class PassphraseNeededError(VaultError):
    """The encrypted file needs its passphrase, and nobody can be asked for it."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"{path} is encrypted and its passphrase is missing: put it into OKIENKO_PASSPHRASE, or run this "
            "in a terminal"
        )


class WrongPassphraseError(VaultError):
    """The passphrase does not open the encrypted file."""

    def __init__(self, path: object) -> None:
        super().__init__(
            f"this passphrase does not open {path} (or the file was changed by something else). Try again; "
            "if it is lost, remove the file and sign in again: okienko login"
        )


class NothingStoredError(VaultError):
    """The environment is no place to write to."""

    def __init__(self) -> None:
        super().__init__("with OKIENKO_TOKEN nothing is stored: unset it to sign in for good (okienko login)")
