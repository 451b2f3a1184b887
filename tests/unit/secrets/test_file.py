"""The encrypted file: what is in it, who can open it, and what it survives."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from api.secrets import (
    PassphraseNeededError,
    Secrets,
    VaultDamagedError,
    VaultError,
    WrongPassphraseError,
)
from api.secrets.file import COST, HIGHEST_COST, FileVault, passphrase_from

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "zażółć gęślą jaźń"
ONE = Secrets("canary-a1", "canary-r1", "canary-c1")
TWO = Secrets("canary-a2", "canary-r2", "canary-c2")
CHEAP = 2**4
"""scrypt's N for tests: what is tested here is not how long a guess takes."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "secrets.encrypted"


def vault(path: Path, passphrase: str | None = PASSPHRASE) -> FileVault:
    return FileVault(path, lambda: passphrase, cost=CHEAP)


def change(path: Path, **parts: Any) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **parts}))


def test_secrets_come_back_with_the_passphrase(path: Path) -> None:
    """Those of several accounts, after the program was started anew."""
    vault(path).write("a", ONE)
    vault(path).write("b", TWO)
    assert (vault(path).read("a"), vault(path).read("b")) == (ONE, TWO)
    assert vault(path).read("c") is None


def test_the_file_shows_nothing(path: Path) -> None:
    """Neither a secret nor an account's name, and nobody else may read it."""
    vault(path).write("account-1", ONE)
    raw = path.read_text()
    assert "canary" not in raw
    assert "account-1" not in raw
    assert {file.name: oct(file.stat().st_mode & 0o777) for file in path.parent.iterdir()} == {
        "secrets.encrypted": "0o600",
        "secrets.encrypted.lock": "0o600",
    }
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_the_same_secrets_never_look_the_same(path: Path) -> None:
    """A fresh nonce at every write."""
    mine = vault(path)
    seen = set()
    for _number in range(3):
        mine.write("a", ONE)
        whole = json.loads(path.read_text())
        seen |= {whole["nonce"], whole["data"]}
    assert len(seen) == 6


def test_a_wrong_passphrase_is_told(path: Path) -> None:
    """With what to do; and the next try asks again."""
    vault(path).write("a", ONE)
    asked = iter(["wrong", PASSPHRASE])
    mine = FileVault(path, lambda: next(asked))
    with pytest.raises(WrongPassphraseError, match="does not open") as caught:
        mine.read("a")
    assert caught.value.__context__ is None
    assert mine.read("a") == ONE


def test_a_wrong_passphrase_changes_nothing(path: Path) -> None:
    vault(path).write("a", ONE)
    before = path.read_bytes()
    for change_it in (lambda it: it.write("a", TWO), lambda it: it.remove("a"), lambda it: it.check()):
        with pytest.raises(WrongPassphraseError):
            change_it(vault(path, "wrong"))
    assert path.read_bytes() == before


@pytest.mark.parametrize("nobody", [None, ""])
def test_without_a_passphrase_the_way_out_is_told(path: Path, nobody: str | None) -> None:
    """An empty passphrase is none."""
    with pytest.raises(PassphraseNeededError, match="OKIENKO_PASSPHRASE"):
        vault(path, nobody).write("a", ONE)
    assert not path.exists()


def test_the_passphrase_is_asked_for_once(path: Path) -> None:
    asked: list[int] = []

    def ask() -> str:
        asked.append(1)
        return PASSPHRASE

    mine = FileVault(path, ask, cost=CHEAP)
    mine.check()
    mine.write("a", ONE)
    assert mine.read("a") == ONE
    assert asked == [1]


def test_a_passphrase_is_bytes_in_the_end(path: Path) -> None:
    """One that came from an environment in another encoding opens the file all the same."""
    vault(path, b"\xb1\xea".decode(errors="surrogateescape")).write("a", ONE)
    assert vault(path, b"\xb1\xea".decode(errors="surrogateescape")).read("a") == ONE


def test_a_check_makes_no_file(path: Path) -> None:
    """Somebody who stops in the middle of a sign-in leaves no passphrase behind to remember."""
    vault(path).check()
    assert not path.exists()
    vault(path).write("a", ONE)
    vault(path).check()
    assert vault(path).read("a") == ONE


def test_the_file_goes_with_its_last_account(path: Path) -> None:
    """The next sign-in may choose another passphrase."""
    mine = vault(path)
    mine.write("a", ONE)
    mine.write("b", TWO)
    mine.remove("a")
    assert mine.read("a") is None
    mine.remove("b")
    assert not path.exists()
    mine.remove("b")


def test_a_file_of_another_cost_opens(path: Path) -> None:
    """A file keeps the cost that it was made with; new ones get the program's."""
    vault(path).write("a", ONE)
    assert FileVault(path, lambda: PASSPHRASE).read("a") == ONE
    assert json.loads(path.read_text())["n"] == CHEAP
    assert COST == 2**17


@pytest.mark.parametrize("parts", [{"salt": "AAAAAAAAAAAAAAAAAAAAAA=="}, {"n": 2**5}, {"note": "x"}])
def test_a_changed_header_breaks_the_seal(path: Path, parts: dict[str, Any]) -> None:
    vault(path).write("a", ONE)
    change(path, **parts)
    with pytest.raises(WrongPassphraseError):
        vault(path).read("a")


@pytest.mark.parametrize(
    "parts",
    [
        {"okienko": 2},
        {"kdf": "none"},
        {"n": 1},
        {"n": 3},
        {"n": "16"},
        {"n": True},
        {"n": HIGHEST_COST * 2},
        {"nonce": ""},
        {"nonce": "ż"},
        {"data": None},
        {"salt": ""},
        {"salt": 1},
    ],
)
def test_a_file_that_is_none_of_ours_is_told(path: Path, parts: dict[str, Any]) -> None:
    """Nothing of it is tried: a cost of terabytes would take the machine down."""
    vault(path).write("a", ONE)
    change(path, **parts)
    with pytest.raises(VaultDamagedError, match=r"secrets\.encrypted"):
        vault(path).read("a")


@pytest.mark.parametrize("raw", [b"", b"\xff", b"[]", b"null", b"1", b"{", b"[" * 100_000])
def test_rubbish_is_told_and_left_alone(path: Path, raw: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(raw)
    with pytest.raises(VaultDamagedError):
        vault(path).write("a", ONE)
    assert path.read_bytes() == raw


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(VaultError, match="cannot be locked"):
        vault(tmp_path / "file" / "secrets").write("a", ONE)
    (tmp_path / "folder").mkdir()
    with pytest.raises(VaultError, match="cannot be read"):
        vault(tmp_path / "folder").read("a")


def test_a_write_that_fails_leaves_the_old_state(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full before the new file is in place: the old one is whole, and nothing lies about."""
    mine = vault(path)
    mine.write("a", ONE)

    def full(_descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(VaultError, match="cannot be written"):
        mine.write("a", TWO)
    monkeypatch.undo()
    assert vault(path).read("a") == ONE
    assert len(list(path.parent.iterdir())) == 2


def test_writers_at_once_lose_nothing(path: Path) -> None:
    """Eight of them, each with a vault of its own: a read-modify-write is held together by the lock."""
    vault(path).write("a", ONE)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: vault(path).write(f"b{number}", TWO), range(8)))
    assert all(vault(path).read(f"b{number}") == TWO for number in range(8))
    assert vault(path).read("a") == ONE


def test_the_environment_may_hold_the_passphrase() -> None:
    assert passphrase_from({"OKIENKO_PASSPHRASE": "x"})() == "x"
    assert passphrase_from({"OKIENKO_PASSPHRASE": ""})() is None
    assert passphrase_from({})() is None
