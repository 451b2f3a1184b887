"""The list of accounts: names, the current one, and no secret."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from api.access import choose_access
from api.accounts import (
    Accounts,
    Environment,
    NameTakenError,
    NoAccountError,
    SignedInAccount,
    UnknownAccountError,
    new_id,
    renewal_lock,
)
from api.config import ConfigError, Folders, Settings
from api.secrets import PassphraseNeededError, Secrets, VaultKind
from api.secrets.file import FileVault, vault_file
from api.signing_in import choose_application

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANIA = SignedInAccount(
    id="production-1-aa",
    seller="1",
    name="Sklep Ani",
    login="sklep_ani",
    marketplace="allegro-pl",
    environment=Environment.PRODUCTION,
    api_url="https://api.allegro.pl",
    auth_url="https://allegro.pl",
    client_id="c1",
    app_name="Skrzynka Ani",
    app_url="https://ania.example/",
    vault=VaultKind.FILE,
)
BORYS = replace(
    ANIA, id="production-2-bb", seller="2", name="b", login="borys", client_id="c2", marketplace="allegro-cz"
)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path, tmp_path, tmp_path)


@pytest.fixture
def accounts(folders: Folders) -> Iterator[Accounts]:
    with closing(Accounts(folders.data)) as opened:
        yield opened


def names(accounts: Accounts) -> list[str]:
    return [account.name for account in accounts.all()]


def test_the_newest_account_is_the_current_one(accounts: Accounts) -> None:
    """Each keeps its own marketplace, client id and addresses."""
    accounts.add(ANIA)
    accounts.add(BORYS)
    assert replace(accounts.current(), turn=0) == BORYS
    assert [replace(account, turn=0) for account in accounts.all()] == [BORYS, ANIA]


def test_another_can_be_chosen(accounts: Accounts) -> None:
    """By its name here or its login, in any case; the others stay in the order of their use."""
    accounts.add(ANIA)
    accounts.add(BORYS)
    assert accounts.choose("SKLEP ANI").login == "sklep_ani"
    assert names(accounts) == ["Sklep Ani", "b"]
    accounts.choose("Borys")
    assert names(accounts) == ["b", "Sklep Ani"]


def test_the_one_before_follows_one_that_goes(accounts: Accounts) -> None:
    accounts.add(ANIA)
    accounts.add(BORYS)
    accounts.remove(accounts.current())
    assert accounts.current().name == "Sklep Ani"
    accounts.remove(accounts.current())
    with pytest.raises(NoAccountError, match="okienko login"):
        accounts.current()


def test_an_unknown_name_is_told_with_those_that_there_are(accounts: Accounts) -> None:
    with pytest.raises(UnknownAccountError, match="signed in: none"):
        accounts.find("x")
    accounts.add(ANIA)
    with pytest.raises(UnknownAccountError, match="'x'; signed in: Sklep Ani"):
        accounts.choose("x")


def test_a_login_of_two_accounts_names_neither(accounts: Accounts) -> None:
    """The sandbox may know the same login: the name decides then."""
    accounts.add(ANIA)
    accounts.add(replace(ANIA, id="sandbox-7-cc", seller="7", name="proba", environment=Environment.SANDBOX))
    with pytest.raises(UnknownAccountError):
        accounts.find("sklep_ani")
    assert accounts.find("proba").environment is Environment.SANDBOX


def test_a_name_belongs_to_one_account(accounts: Accounts) -> None:
    accounts.add(ANIA)
    with pytest.raises(NameTakenError, match="sklep_ani"):
        accounts.add(replace(BORYS, name="sklep ani"))
    accounts.add(replace(ANIA, marketplace="allegro-sk"))
    assert len(accounts.all()) == 1


def test_an_account_is_found_by_what_allegro_calls_it(accounts: Accounts) -> None:
    accounts.add(ANIA)
    found = accounts.of(Environment.PRODUCTION, "1")
    assert found is not None
    assert found.id == ANIA.id
    assert accounts.of(Environment.SANDBOX, "1") is None


def test_keys_of_two_homes_differ() -> None:
    """They share a keyring and no lock."""
    assert new_id(Environment.PRODUCTION, "1") != new_id(Environment.PRODUCTION, "1")


def test_a_lock_stays_in_its_folder(folders: Folders) -> None:
    """Whatever an id holds."""
    assert renewal_lock(folders, "other-../../x").parent == folders.state


def test_a_token_of_the_environment_wins(folders: Folders, accounts: Accounts) -> None:
    """Over every account; it is used as it is."""
    accounts.add(ANIA)
    access = choose_access(Settings(), folders, {"OKIENKO_TOKEN": "t"})
    assert (access.account, access.connection.token, access.tokens()) == (None, "t", None)
    assert access.vault.kind is VaultKind.ENVIRONMENT


def test_the_current_account_brings_all_that_is_its_own(folders: Folders, accounts: Accounts) -> None:
    """Addresses, application, vault: what config.toml says is of another application, perhaps."""
    accounts.add(BORYS)
    accounts.add(ANIA)
    access = choose_access(Settings(app_name="other"), folders, {})
    assert access.account is not None
    assert access.account.id == ANIA.id
    assert (access.connection.api_url, access.connection.auth_url) == (ANIA.api_url, ANIA.auth_url)
    assert (access.connection.app_name, access.connection.client_id) == ("Skrzynka Ani", "c1")
    assert access.connection.token == ""
    assert access.vault.kind is VaultKind.FILE
    assert access.tokens() is not None


def test_without_an_account_the_way_in_is_told(folders: Folders) -> None:
    with pytest.raises(NoAccountError, match="okienko login"):
        choose_access(Settings(), folders, {})


def test_an_encrypted_file_is_opened_before_the_screen(folders: Folders, accounts: Accounts) -> None:
    """With the passphrase of the environment, or of whoever is asked."""
    accounts.add(ANIA)
    FileVault(vault_file(folders), lambda: "tajne", cost=2**4).write(ANIA.id, Secrets("t"))
    choose_access(Settings(), folders, {"OKIENKO_PASSPHRASE": "tajne"}).unlock()
    choose_access(Settings(), folders, {}, lambda: "tajne").unlock()
    with pytest.raises(PassphraseNeededError):
        choose_access(Settings(), folders, {}).unlock()


@pytest.mark.parametrize("name", ["OKIENKO_API_URL", "OKIENKO_AUTH_URL"])
@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "https://elsewhere.example"])
def test_tokens_do_not_follow_an_old_variable(
    folders: Folders, accounts: Accounts, name: str, address: str
) -> None:
    """A token of production never goes to a simulator or to a stranger."""
    accounts.add(ANIA)
    with pytest.raises(ConfigError, match=f"{name}='{address}': the account 'Sklep Ani' is of https://"):
        choose_access(Settings(), folders, {name: address})


def test_an_account_of_a_simulator_follows_it(folders: Folders, accounts: Accounts) -> None:
    """From one port of this machine to another."""
    local = "http://127.0.0.1:1"
    accounts.add(replace(ANIA, api_url=local, auth_url=local, environment=Environment.OTHER))
    environ = {"OKIENKO_API_URL": "http://localhost:2/", "OKIENKO_AUTH_URL": "http://127.0.0.1:3"}
    connection = choose_access(Settings(), folders, environ).connection
    assert (connection.api_url, connection.auth_url) == ("http://localhost:2", "http://127.0.0.1:3")


@pytest.mark.parametrize(
    ("sandbox", "environ", "environment", "api_url", "registration"),
    [
        (False, {}, "production", "https://api.allegro.pl", "https://apps.developer.allegro.pl"),
        (
            True,
            {},
            "sandbox",
            "https://api.allegro.pl.allegrosandbox.pl",
            "https://apps.developer.allegro.pl.allegrosandbox.pl",
        ),
        (
            False,
            {"OKIENKO_API_URL": "http://127.0.0.1:1", "OKIENKO_AUTH_URL": "http://127.0.0.1:2"},
            "other",
            "http://127.0.0.1:1",
            "https://apps.developer.allegro.pl",
        ),
    ],
)
def test_an_application_belongs_to_one_allegro(
    sandbox: bool,  # noqa: FBT001
    environ: dict[str, str],
    environment: str,
    api_url: str,
    registration: str,
) -> None:
    found = choose_application(Settings(), sandbox=sandbox, client_id="c", environ=environ)
    assert (found.environment, found.api_url, found.registration) == (environment, api_url, registration)


@pytest.mark.parametrize(
    ("sandbox", "environ"),
    [
        (True, {"OKIENKO_API_URL": "http://127.0.0.1:1", "OKIENKO_AUTH_URL": "http://127.0.0.1:1"}),
        (False, {"OKIENKO_API_URL": "http://127.0.0.1:1"}),
        (False, {"OKIENKO_AUTH_URL": "http://127.0.0.1:1"}),
    ],
)
def test_half_an_allegro_is_refused(sandbox: bool, environ: dict[str, str]) -> None:  # noqa: FBT001
    """Codes of one place and tokens for another would only fail later, in other words."""
    with pytest.raises(ConfigError, match="OKIENKO_AUTH_URL"):
        choose_application(Settings(), sandbox=sandbox, client_id="c", environ=environ)
