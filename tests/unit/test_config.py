"""Folders, settings and the connection: every mistake is told with its place and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.config import (
    PRODUCTION_API,
    PRODUCTION_AUTH,
    ConfigError,
    Folders,
    Settings,
    load_connection,
    load_settings,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path, tmp_path, tmp_path)


def write(folders: Folders, content: str | bytes) -> str:
    """Write config.toml; its path as errors show it."""
    path = folders.config / "config.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_one_folder_for_all(tmp_path: Path) -> None:
    """OKIENKO_HOME holds config, data and state."""
    assert Folders.from_environment({"OKIENKO_HOME": str(tmp_path)}) == Folders(tmp_path, tmp_path, tmp_path)


@pytest.mark.parametrize(("home", "root"), [("~/okienko", "home/okienko"), ("there", "work/there")])
def test_home_is_made_absolute(home: str, root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tilde and a relative path are understood once, whatever the folder is later."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert Folders.from_environment({"OKIENKO_HOME": home}).data == tmp_path / root


def test_home_of_nobody() -> None:
    """A home of a user that does not exist is told, not raised through."""
    with pytest.raises(ConfigError, match=r"^OKIENKO_HOME='~nobody-of-that-name/x': "):
        Folders.from_environment({"OKIENKO_HOME": "~nobody-of-that-name/x"})


@pytest.mark.parametrize("environ", [{}, {"OKIENKO_HOME": ""}])
def test_platform_folders(environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a home the platform's own folders are used, each kind in its own."""
    for kind in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    found = Folders.from_environment(environ)
    assert [found.config, found.data, found.state] == [
        tmp_path / kind / "okienko" for kind in ("CONFIG", "DATA", "STATE")
    ]


def test_finding_folders_makes_none(tmp_path: Path) -> None:
    """Asking where things are leaves no trace."""
    Folders.from_environment({"OKIENKO_HOME": str(tmp_path / "home")})
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("content", [None, "", "# nothing yet\n"])
def test_defaults(content: str | None, folders: Folders) -> None:
    """No file and an empty one both mean the defaults."""
    if content is not None:
        write(folders, content)
    assert load_settings(folders) == Settings()


def test_settings_are_read(folders: Folders) -> None:
    """Every key of the file reaches the settings."""
    write(folders, 'language = "en"\napp_name = "Skrzynka Ani"\napp_url = "https://sklep-ani.example/"\n')
    assert load_settings(folders) == Settings("en", "Skrzynka Ani", "https://sklep-ani.example/")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('langage = "pl"', "unknown key 'langage'; did you mean 'language'?"),
        ('app-name = "x"', "unknown key 'app-name'; did you mean 'app_name'?"),
        ('colour = "red"', "unknown key 'colour'; known keys: app_name, app_url, language"),
        ("[app]\nname = 'x'", "unknown key 'app'"),
        ('language = "de"', "'language' must be \"pl\" or \"en\", found 'de'"),
        ("language = 1", "'language' must be a text in quotes, found 1"),
        ("app_name = ['x']", "'app_name' must be a text in quotes, found ['x']"),
        ('language = "pl', "not valid TOML: "),
        ("language = pl", "not valid TOML: "),
        ('language = "pl"\nlanguage = "en"', "not valid TOML: "),
        (b'language = "\xff"', "not valid TOML: "),
    ],
)
def test_mistakes_in_the_file(content: str | bytes, told: str, folders: Folders) -> None:
    """Each mistake names the file, the key and what would be right."""
    path = write(folders, content)
    with pytest.raises(ConfigError) as error:
        load_settings(folders)
    assert str(error.value).startswith(f"{path}: {told}")


def test_toml_error_says_where(folders: Folders) -> None:
    """The line of a typing error is told."""
    write(folders, 'language = "pl"\napp_name = x\n')
    with pytest.raises(ConfigError, match="line 2"):
        load_settings(folders)


def test_file_that_cannot_be_read(folders: Folders) -> None:
    """A folder in the file's place is told with its path."""
    (folders.config / "config.toml").mkdir()
    with pytest.raises(ConfigError, match=r"config\.toml: cannot be read \(Is a directory\)"):
        load_settings(folders)


def test_home_that_is_a_file(tmp_path: Path) -> None:
    """A file in the folder's place is told too."""
    home = tmp_path / "home"
    home.touch()
    with pytest.raises(ConfigError, match=r"config\.toml: cannot be read \(Not a directory\)"):
        load_settings(Folders(home, home, home))


def test_production_by_default() -> None:
    """Without a word about it okienko talks to Allegro."""
    connection = load_connection(Settings(), {})
    assert (connection.api_url, connection.auth_url) == (PRODUCTION_API, PRODUCTION_AUTH)
    assert (connection.client_id, connection.client_secret, connection.token) == ("", "", "")


def test_empty_variables_count_as_unset() -> None:
    """An empty address is none."""
    connection = load_connection(Settings(), {"OKIENKO_API_URL": "", "OKIENKO_AUTH_URL": ""})
    assert (connection.api_url, connection.auth_url) == (PRODUCTION_API, PRODUCTION_AUTH)


def test_environment_and_settings_meet() -> None:
    """Addresses and secrets come from the environment, the application's name from the settings."""
    connection = load_connection(
        Settings(app_name="Skrzynka", app_url="https://sklep.example/"),
        {
            "OKIENKO_API_URL": "https://api.allegro.pl.allegrosandbox.pl/",
            "OKIENKO_AUTH_URL": "http://127.0.0.1:9000/auth//",
            "OKIENKO_CLIENT_ID": "id",
            "OKIENKO_CLIENT_SECRET": "secret",
            "OKIENKO_TOKEN": "token",
        },
    )
    assert connection.api_url == "https://api.allegro.pl.allegrosandbox.pl"
    assert connection.auth_url == "http://127.0.0.1:9000/auth"
    assert (connection.app_name, connection.app_url) == ("Skrzynka", "https://sklep.example/")
    assert (connection.client_id, connection.client_secret, connection.token) == ("id", "secret", "token")


def test_secrets_stay_out_of_repr() -> None:
    """A connection in a traceback or a log shows no secret."""
    secrets = {"OKIENKO_CLIENT_SECRET": "canary-secret", "OKIENKO_TOKEN": "canary-token"}
    shown = repr(load_connection(Settings(), secrets))
    assert "api_url" in shown
    assert "canary" not in shown


LOOPBACK = (
    "http://localhost:8080",
    "http://LOCALHOST",
    "http://127.0.0.1",
    "http://127.9.9.9:1",
    "http://[::1]:8080",
    "http://[0:0:0:0:0:0:0:1]",
)

BEYOND = (
    "http://api.allegro.pl",
    "http://192.168.0.10:8080",
    "http://0.0.0.0:8080",
    "http://128.0.0.1",
    "http://[::]",
    "http://[fe80::1]",
    "http://localhost.example",
    "http://127.0.0.1.example",
    "http://xn--localhost",
)

NO_ROOTS = (
    "api.allegro.pl",
    "localhost:8080",
    "//api.allegro.pl",
    "ftp://api.allegro.pl",
    "file:///etc/passwd",
    "https://",
    "https:///path",
    "http://[::1",
    "http://[localhost]",
    "https://api.allegro.pl:port",
    "https://api.allegro.pl:99999",
    "https://api.allegro.pl?x=1",
    "https://api.allegro.pl#x",
    "https://api.allegro.pl\n",
    "https://api allegro.pl",
    " https://api.allegro.pl",
)

VARIABLES = ("OKIENKO_API_URL", "OKIENKO_AUTH_URL")


@pytest.mark.parametrize("address", LOOPBACK)
def test_plain_http_to_loopback(address: str) -> None:
    """The pretend Allegro on this machine needs no TLS."""
    assert load_connection(Settings(), dict.fromkeys(VARIABLES, address)).auth_url == address


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("address", BEYOND)
def test_plain_http_beyond_loopback(variable: str, address: str) -> None:
    """A token never travels in the clear; the error names the variable and says what to do."""
    with pytest.raises(ConfigError) as error:
        load_connection(Settings(), {variable: address})
    expected = f"{variable}={address!r}: plain http is refused except to loopback; use https"
    assert str(error.value) == expected


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("address", NO_ROOTS)
def test_no_root(variable: str, address: str) -> None:
    """What is no root of an http(s) address is refused with the variable's name."""
    with pytest.raises(ConfigError) as error:
        load_connection(Settings(), {variable: address})
    assert str(error.value) == f"{variable}={address!r}: must be the root of an http(s) address"


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("variable", VARIABLES)
def test_password_in_an_address(variable: str, scheme: str) -> None:
    """An address with a password is refused, and the error does not repeat it."""
    with pytest.raises(ConfigError) as error:
        load_connection(Settings(), {variable: f"{scheme}://ania:canary@localhost@api.allegro.pl"})
    assert str(error.value).startswith(variable)
    assert "canary" not in str(error.value)
