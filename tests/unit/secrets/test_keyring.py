"""The system keyring's traps: none there, locked, silent, one that keeps nothing."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from keyring import errors
from keyring.backend import KeyringBackend

from api.secrets import (
    NoKeyringError,
    Secrets,
    VaultDamagedError,
    VaultError,
    VaultLockedError,
    VaultTimedOutError,
)
from api.secrets.keyring import WITH_DISPLAY, WITHOUT_DISPLAY, KeyringVault, system_backend, time_limit

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE = Secrets("canary-a1", "canary-r1", "canary-c1")
BIG = Secrets("e" * 4096, "r" * 4096)


class MemoryKeyring(KeyringBackend):
    """A keyring in memory that may be told to fail, or never to answer."""

    priority = -1  # type: ignore[assignment]  # nobody is to choose it

    def __init__(self, failure: Exception | None = None) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.failure = failure
        self.silent: threading.Event | None = None

    def _answer(self) -> None:
        if self.silent is not None:
            self.silent.wait()
        if self.failure is not None:
            raise self.failure

    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        del self.kept[service, username]


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    ring = MemoryKeyring()
    yield ring
    if ring.silent is not None:
        ring.silent.set()


def test_secrets_come_back(ring: MemoryKeyring) -> None:
    """One item an account, so that a pair of tokens is never torn, whatever its size."""
    vault = KeyringVault(lambda: ring)
    vault.write("a", ONE)
    vault.write("b", BIG)
    assert (vault.read("a"), vault.read("b"), vault.read("c")) == (ONE, BIG, None)
    assert set(ring.kept) == {("okienko", "a"), ("okienko", "b")}
    vault.remove("a")
    vault.remove("a")
    assert set(ring.kept) == {("okienko", "b")}


def test_a_check_leaves_nothing(ring: MemoryKeyring) -> None:
    KeyringVault(lambda: ring).check()
    assert ring.kept == {}


def test_a_keyring_that_keeps_nothing_is_none() -> None:
    """The null back end takes everything and has nothing."""

    class Null(MemoryKeyring):
        def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002
            return None

    with pytest.raises(NoKeyringError, match="does not give back"):
        KeyringVault(Null).check()


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (errors.NoKeyringError("No recommended backend"), NoKeyringError),
        (errors.InitError("Failed to create the collection: Prompt dismissed."), VaultLockedError),
        (errors.InitError("Failed to create the collection: no service."), NoKeyringError),
        (errors.KeyringLocked("Failed to unlock the collection!"), VaultLockedError),
        (errors.PasswordSetError("no"), VaultError),
        (RuntimeError("D-Bus went away"), VaultError),
        (ConnectionResetError(104, "reset"), VaultError),
    ],
)
def test_every_failure_says_what_to_do(failure: Exception, error: type[VaultError]) -> None:
    """Each of the libraries' errors becomes one of ours, with a way out."""
    vault = KeyringVault(lambda: MemoryKeyring(failure))
    for use in (
        vault.check,
        lambda: vault.read("a"),
        lambda: vault.write("a", ONE),
        lambda: vault.remove("a"),
    ):
        with pytest.raises(VaultError) as caught:
            use()
        assert type(caught.value) is error
        assert "okienko login" in str(caught.value) or "try again" in str(caught.value)
        assert "canary" not in str(caught.value)


def test_a_keyring_that_does_not_answer_is_left_behind(ring: MemoryKeyring) -> None:
    """It may be waiting for a dialog that nobody sees; nobody waits for it for ever."""
    ring.silent = threading.Event()
    with pytest.raises(VaultTimedOutError, match=r"within 0\.01 seconds"):
        KeyringVault(lambda: ring, seconds=0.01).read("a")


def test_what_another_program_put_there_is_told(ring: MemoryKeyring) -> None:
    ring.kept["okienko", "a"] = "canary"
    with pytest.raises(VaultDamagedError) as caught:
        KeyringVault(lambda: ring).read("a")
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/bus"])
def test_without_a_bus_there_is_no_keyring(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plain SSH login, and one whose session bus is gone."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with pytest.raises(NoKeyringError, match="--vault file"):
        KeyringVault().check()


def test_what_happens_to_be_installed_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """PYTHON_KEYRING_BACKEND names a back end that stores nothing in silence: it is not asked."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    with pytest.raises(NoKeyringError):
        system_backend()


@pytest.mark.skipif(sys.platform == "darwin", reason="the keychain of macOS may always open a dialog")
def test_a_person_gets_time_where_a_dialog_can_open() -> None:
    assert time_limit({}) == WITHOUT_DISPLAY == 3
    assert time_limit({"DISPLAY": ":0"}) == time_limit({"WAYLAND_DISPLAY": "w"}) == WITH_DISPLAY


def test_a_stuck_keyring_does_not_keep_the_program() -> None:
    """The interpreter ends although a call never came back."""
    program = (
        "import threading\n"
        "from api.secrets.keyring import within\n"
        "try:\n within(0.01, threading.Event().wait)\n"
        "except OSError as error:\n print(type(error).__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "VaultTimedOutError\n"


def test_the_package_loads_no_library() -> None:
    """Whoever only catches an error pays neither for keyring nor for cryptography."""
    program = (
        "import sys, api.secrets, api.secrets.file, api.secrets.keyring\n"
        "print(sorted({'keyring', 'cryptography', 'filelock', 'secretstorage'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
