"""`okienko login`, `logout` and `accounts` without a terminal: exit codes, and what goes where."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from api.accounts import Accounts
from api.allegro import errors
from api.allegro.errors import AllegroError
from api.config import ConfigError, Folders
from api.secrets import Secrets, VaultLockedError
from api.secrets.file import FileVault, vault_file
from tests.unit.test_accounts import ANIA, BORYS
from tui.__main__ import main
from tui.cli.exits import Exit
from tui.cli.failing import code_of

if TYPE_CHECKING:
    from pathlib import Path

WHERE = ("POST", "/auth/oauth/token")
NOBODY = "http://127.0.0.1:9"
"""Nobody listens there."""


@pytest.fixture(autouse=True)
def _server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a keyring, and English words."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    monkeypatch.setenv("LANG", "en_US.UTF-8")


@pytest.fixture
def folders() -> Folders:
    return Folders.from_environment()


@pytest.fixture
def two(folders: Folders) -> Folders:
    """Two accounts, with their tokens in an encrypted file; Ania's is the current one."""
    vault = FileVault(vault_file(folders), lambda: "tajne", cost=2**4)
    with closing(Accounts(folders.data)) as accounts:
        for account in (BORYS, ANIA):
            accounts.add(account)
            vault.write(account.id, Secrets("canary-token"))
    return folders


def point_to(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKIENKO_API_URL", address)
    monkeypatch.setenv("OKIENKO_AUTH_URL", address)


def test_no_accounts(capsys: pytest.CaptureFixture[str], folders: Folders) -> None:
    """Nothing on stdout, the way in on stderr."""
    assert main(["accounts"]) == Exit.DONE
    told = capsys.readouterr()
    assert told.out == ""
    assert "okienko login" in told.err
    assert main(["accounts", "--json"]) == Exit.DONE
    assert capsys.readouterr() == ("", "")
    assert folders.data.exists()


@pytest.mark.usefixtures("two")
def test_accounts_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """The current one first; as JSON an object a line, with no secret."""
    assert main(["accounts"]) == Exit.DONE
    assert capsys.readouterr().out.splitlines() == [
        "* Sklep Ani  sklep_ani  allegro-pl  production  file",
        "  b  borys  allegro-cz  production  file",
    ]
    assert main(["accounts", "--json"]) == Exit.DONE
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == {
        "id": "production-1-aa",
        "name": "Sklep Ani",
        "login": "sklep_ani",
        "marketplace": "allegro-pl",
        "environment": "production",
        "client_id": "c1",
        "app_name": "Skrzynka Ani",
        "vault": "file",
        "current": True,
    }
    assert [line["current"] for line in lines] == [True, False]


@pytest.mark.usefixtures("two")
def test_another_account_is_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accounts", "use", "b"]) == Exit.DONE
    assert capsys.readouterr().out.startswith("* b ")
    assert main(["accounts", "use", "x"]) == Exit.USAGE
    assert "'x'; signed in: b, Sklep Ani" in capsys.readouterr().err
    assert main(["accounts", "use"]) == Exit.USAGE


@pytest.mark.usefixtures("two")
def test_a_token_of_the_environment_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OKIENKO_TOKEN", "canary-env")
    assert main(["accounts"]) == Exit.DONE
    told = capsys.readouterr()
    assert "OKIENKO_TOKEN is set and wins" in told.err
    assert "canary" not in told.out + told.err


def test_signing_out_says_where_the_rest_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, two: Folders
) -> None:
    """The tokens go, the account goes, and Allegro's page is named that takes the application off."""
    monkeypatch.setenv("OKIENKO_PASSPHRASE", "tajne")
    assert main(["logout", "b"]) == Exit.DONE
    assert "https://allegro.pl/moje-allegro/moje-konto/powiazane-aplikacje" in capsys.readouterr().err
    assert FileVault(vault_file(two), lambda: "tajne").read(BORYS.id) is None
    assert main(["logout"]) == Exit.DONE
    assert not vault_file(two).exists()
    assert main(["logout"]) == Exit.SIGN_IN
    assert "okienko login" in capsys.readouterr().err


@pytest.mark.parametrize(("passphrase", "words"), [("", "OKIENKO_PASSPHRASE"), ("wrong", "does not open")])
def test_signing_out_needs_the_passphrase(
    passphrase: str,
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    two: Folders,
) -> None:
    """The account stays on the list: its tokens are there still."""
    monkeypatch.setenv("OKIENKO_PASSPHRASE", passphrase)
    assert main(["logout"]) == Exit.USAGE
    assert words in capsys.readouterr().err
    with closing(Accounts(two.data)) as accounts:
        assert len(accounts.all()) == 2


@pytest.mark.parametrize(
    ("environ", "arguments", "words"),
    [
        ({}, (), "--client-id"),
        ({}, ("--client-id", "c"), "OKIENKO_CLIENT_SECRET"),
        ({"OKIENKO_CLIENT_ID": "c"}, (), "OKIENKO_CLIENT_SECRET"),
        ({}, ("--app-name", "Skrzynka Łucji"), "plain ASCII"),
        ({"OKIENKO_API_URL": NOBODY}, (), "go together"),
        ({"OKIENKO_API_URL": NOBODY, "OKIENKO_AUTH_URL": NOBODY}, ("--sandbox",), "contradict"),
    ],
)
def test_what_is_missing_is_named(
    environ: dict[str, str],
    arguments: tuple[str, ...],
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody can be asked, so it is said where to put it."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert main(["login", *arguments]) == Exit.USAGE
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""


def test_the_client_secret_is_no_argument(capsys: pytest.CaptureFixture[str]) -> None:
    """Arguments are seen by every user of the machine."""
    with pytest.raises(SystemExit) as ended:
        main(["login", "--client-secret", "canary"])
    assert ended.value.code == Exit.USAGE
    assert "--client-secret" not in main_help(capsys)


def main_help(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["login", "--help"])
    return capsys.readouterr().out


def test_without_a_keyring_every_choice_is_told_and_none_is_made(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folders: Folders
) -> None:
    """An encrypted file and the environment, each with what it means; no file appears."""
    monkeypatch.setenv("OKIENKO_CLIENT_SECRET", "canary")
    monkeypatch.setenv("OKIENKO_PASSPHRASE", "tajne")
    point_to(NOBODY, monkeypatch)
    assert main(["login", "--client-id", "c"]) == Exit.USAGE
    told = " ".join(capsys.readouterr().err.split())
    for words in (
        "No system keyring",
        "--vault file",
        "OKIENKO_PASSPHRASE",
        "OKIENKO_TOKEN",
        "Nothing is stored",
    ):
        assert words in told
    assert not vault_file(folders).exists()
    assert main(["login", "--client-id", "c", "--vault", "keyring"]) == Exit.USAGE


def test_an_encrypted_file_needs_a_passphrase(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OKIENKO_CLIENT_SECRET", "canary")
    assert main(["login", "--client-id", "c", "--vault", "file"]) == Exit.USAGE
    assert "OKIENKO_PASSPHRASE" in capsys.readouterr().err


def test_no_network_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folders: Folders
) -> None:
    """3, and nothing is kept."""
    monkeypatch.setenv("OKIENKO_CLIENT_SECRET", "canary")
    monkeypatch.setenv("OKIENKO_PASSPHRASE", "tajne")
    point_to(NOBODY, monkeypatch)
    assert main(["login", "--client-id", "c", "--vault", "file"]) == Exit.UNREACHABLE
    assert "canary" not in capsys.readouterr().err
    assert not vault_file(folders).exists()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.SignInRefused(*WHERE), 4),
        (errors.WrongClient(*WHERE), 4),
        (errors.SignInEnded(), 5),
        (errors.CodeOver(*WHERE), 5),
        (errors.NotSignedIn(*WHERE), 5),
        (errors.RenewalFailed(errors.TimedOut(*WHERE)), 3),
        (errors.TimedOut(*WHERE), 3),
        (errors.TokensOutOfReach(problem="x"), 2),
        (VaultLockedError("x"), 2),
        (ConfigError("x"), 2),
    ],
)
def test_every_failure_has_its_exit_code(error: Exception, code: int) -> None:
    assert code_of(error) == code
    assert isinstance(error, AllegroError | OSError | ConfigError)


def test_a_damaged_list_is_set_aside(capsys: pytest.CaptureFixture[str], folders: Folders) -> None:
    """Told with where it is now; signing in again writes a new one."""
    path: Path = folders.data / "accounts.json"
    path.parent.mkdir(parents=True)
    path.write_text("{")
    assert main(["accounts"]) == Exit.DONE
    assert "not JSON" in capsys.readouterr().err
    with closing(Accounts(folders.data)) as accounts:
        accounts.add(replace(ANIA))
