"""Where okienko keeps things and whom it talks to: environment and `config.toml`.

The environment wins over the file. Contracts: `OKIENKO_HOME`, `OKIENKO_API_URL`, `OKIENKO_AUTH_URL`,
`OKIENKO_CLIENT_ID`, `OKIENKO_CLIENT_SECRET`, `OKIENKO_TOKEN`.
"""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

PRODUCTION_API = "https://api.allegro.pl"
PRODUCTION_AUTH = "https://allegro.pl"
SANDBOX_API = "https://api.allegro.pl.allegrosandbox.pl"
SANDBOX_AUTH = "https://allegro.pl.allegrosandbox.pl"


class ConfigError(ValueError):
    """The configuration cannot be used; the text says where, what was found and what to do."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Absolute paths of the three kinds of files; they need not exist yet."""

    config: Path
    data: Path
    state: Path

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Folders:
        """One folder for all under OKIENKO_HOME, else the platform's own (XDG) folders.

        Raises ConfigError for the home of a user that does not exist.
        """
        home = environ.get("OKIENKO_HOME")
        if home:
            try:
                root = Path(home).expanduser().absolute()
            except RuntimeError:
                raise ConfigError(f"OKIENKO_HOME={home!r}: no such user; write the whole path") from None
            return cls(root, root, root)
        import platformdirs  # noqa: PLC0415  only where nobody named a home

        dirs = platformdirs.PlatformDirs("okienko", appauthor=False)
        return cls(dirs.user_config_path, dirs.user_data_path, dirs.user_state_path)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may write into `config.toml`.

    `language` is "pl", "en" or empty (the locale decides). `app_name` and `app_url` make the User-Agent
    that Allegro demands since 2026-06-30: the name must be the one registered with Allegro.
    """

    language: str = ""
    app_name: str = "okienko"
    app_url: str = "https://okienko.example/"


@dataclass(frozen=True, slots=True)
class Connection:
    """Whom to talk to and as whom. Roots carry no trailing slash; the secrets stay out of repr."""

    api_url: str
    auth_url: str
    app_name: str
    app_url: str
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


def load_settings(folders: Folders) -> Settings:
    """Read `config.toml`; defaults where there is none.

    Raises ConfigError naming the file, the key and a likely correction.
    """
    path = folders.config / "config.toml"
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from error
    import tomllib  # noqa: PLC0415  only where there is a file

    try:
        table = tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    known = set(Settings.__dataclass_fields__)
    for key, value in table.items():
        if key not in known:
            import difflib  # noqa: PLC0415  only a mistake pays for it

            near = difflib.get_close_matches(key, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known keys: {', '.join(sorted(known))}"
            raise ConfigError(f"{path}: unknown key {key!r}{hint}")
        if not isinstance(value, str):
            raise ConfigError(f"{path}: {key!r} must be a text in quotes, found {value!r}")
    settings = Settings(**table)
    if settings.language not in {"", "pl", "en"}:
        raise ConfigError(f'{path}: \'language\' must be "pl" or "en", found {settings.language!r}')
    return settings


def load_connection(settings: Settings, environ: Mapping[str, str] = os.environ) -> Connection:
    """The connection that the environment describes; without it Allegro's production hosts.

    Raises ConfigError for an address that is no http(s) root, or plain http beyond loopback.
    """
    api_url = _root("OKIENKO_API_URL", environ.get("OKIENKO_API_URL") or PRODUCTION_API)
    auth_url = _root("OKIENKO_AUTH_URL", environ.get("OKIENKO_AUTH_URL") or PRODUCTION_AUTH)
    return Connection(
        api_url=api_url,
        auth_url=auth_url,
        app_name=settings.app_name,
        app_url=settings.app_url,
        client_id=environ.get("OKIENKO_CLIENT_ID", ""),
        client_secret=environ.get("OKIENKO_CLIENT_SECRET", ""),
        token=environ.get("OKIENKO_TOKEN", ""),
    )


def _root(name: str, address: str) -> str:
    if "@" in address:  # said without the address: it may hold a password
        raise ConfigError(f"{name}: must be an address without a user and a password")
    wrong = ConfigError(f"{name}={address!r}: must be the root of an http(s) address")
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
        if parts.netloc.startswith("["):
            ipaddress.IPv6Address(host)
    except ValueError:
        raise wrong from None
    unfit = parts.query or parts.fragment or " " in address or not address.isprintable()
    if parts.scheme not in {"http", "https"} or not host or unfit:
        raise wrong
    if parts.scheme == "http" and not is_loopback(host):
        raise ConfigError(f"{name}={address!r}: plain http is refused except to loopback; use https")
    return address.rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether this is the machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
