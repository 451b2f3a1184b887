"""The system keyring: Secret Service on Linux, the keychain on macOS.

The back end is named here and never left to `keyring.get_keyring()`, which may choose one that asks for a
password on the terminal (chainer), stores nothing (null) or writes plain text (keyrings.alt): whatever
happens to be installed beside us decides there. Every call runs in a thread with a time limit, as an
unlock dialog that nobody sees blocks for ever (secretstorage#33).

Sizes: neither back end has a limit that tokens (JWTs of one to four kB) come near, so a pair is one item and
cannot be torn. The Windows vault takes 2,560 bytes; it is not among the back ends.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING, Final, TypeVar

from api.secrets.errors import NoKeyringError, VaultError, VaultLockedError, VaultTimedOutError
from api.secrets.vault import Secrets, VaultKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE: Final = "okienko"
WITHOUT_DISPLAY: Final = 3.0
"""Seconds for a call where no dialog can open."""
WITH_DISPLAY: Final = 60.0
"""Seconds for a call where a person may be typing the keyring's password into a dialog."""

_PROBE = "probe"


class KeyringVault:
    """Secrets in the system keyring, one item an account under the service "okienko"."""

    kind = VaultKind.KEYRING

    def __init__(
        self, backend: Callable[[], KeyringBackend] | None = None, *, seconds: float | None = None
    ) -> None:
        """`backend` makes the back end (for tests; without it the system's), `seconds` is a call's limit."""
        self._make = backend or system_backend
        self._backend: KeyringBackend | None = None
        self._seconds = time_limit(os.environ) if seconds is None else seconds

    def check(self) -> None:
        """Write, read and remove a value that is no secret."""

        def probe(backend: KeyringBackend) -> str | None:
            backend.set_password(SERVICE, _PROBE, _PROBE)
            found = backend.get_password(SERVICE, _PROBE)
            backend.delete_password(SERVICE, _PROBE)
            return found

        if self._call(probe) != _PROBE:
            raise NoKeyringError("it does not give back what was put in")

    def read(self, account: str) -> Secrets | None:
        text = self._call(lambda backend: backend.get_password(SERVICE, account))
        return None if text is None else Secrets.from_text(text)

    def write(self, account: str, secrets: Secrets) -> None:
        text = secrets.to_text()
        self._call(lambda backend: backend.set_password(SERVICE, account, text))

    def remove(self, account: str) -> None:
        def forget(backend: KeyringBackend) -> None:
            if backend.get_password(SERVICE, account) is not None:
                backend.delete_password(SERVICE, account)

        self._call(forget)

    def _call(self, do: Callable[[KeyringBackend], T]) -> T:
        def with_backend() -> T:
            if self._backend is None:
                self._backend = self._make()
            return do(self._backend)

        return within(self._seconds, with_backend)


def system_backend() -> KeyringBackend:
    """The one back end of this platform. Raises VaultError where it is not there."""
    kind: type[KeyringBackend]
    if sys.platform == "darwin":
        from keyring.backends.macOS import Keyring as kind  # noqa: PLC0415, N813  as above
    else:
        from keyring.backends.SecretService import Keyring as kind  # noqa: PLC0415, N813  as above
    try:
        _priority = kind.priority  # asks whether it can work here, and raises when it cannot
    except Exception as error:  # noqa: BLE001  any library of the back end; all mean the same
        reason = str(error)
    else:
        return kind()
    raise NoKeyringError(reason.strip().rstrip(".") or "no reason given")


def time_limit(environ: Mapping[str, str]) -> float:
    """Seconds for a call: long where a dialog may be open before a person."""
    dialog = sys.platform == "darwin" or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return WITH_DISPLAY if dialog else WITHOUT_DISPLAY


def within(seconds: float, do: Callable[[], T]) -> T:
    """Do something of the keyring in a thread of its own and wait so long at most.

    A call that is stuck is left behind in a daemon thread, which does not keep the program from ending.
    Raises VaultError.
    """
    done: list[T] = []
    failed: list[VaultError] = []

    def run() -> None:
        try:
            done.append(do())
        except VaultError as error:
            failed.append(error)
        except Exception as error:  # noqa: BLE001  D-Bus, the desktop's service and its plugins: all come here
            failed.append(_meaning(error))

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise VaultTimedOutError(seconds)
    return done[0]


def _meaning(error: Exception) -> VaultError:
    """Our error for one of keyring's or its libraries'. Their words hold no secret; their chain might."""
    from keyring import errors  # noqa: PLC0415  see system_backend

    reason = str(error).strip().rstrip(".") or type(error).__name__
    if isinstance(error, errors.KeyringLocked) or "dismissed" in reason.casefold():
        return VaultLockedError(reason)
    if isinstance(error, errors.NoKeyringError | errors.InitError):
        return NoKeyringError(reason)
    return VaultError(
        f"the system keyring failed ({type(error).__name__}: {reason}). Try again; if it stays, "
        "okienko login --vault file does without it"
    )
