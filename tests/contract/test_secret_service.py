"""The keyring's vault on a real Secret Service: gnome-keyring, as a desktop has it and as a server has it."""

from __future__ import annotations

import gc
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.allegro.oauth import Grant, OAuth
from api.allegro.renewal import KeptTokens
from api.config import Folders
from api.secrets import Secrets, VaultError, VaultLockedError
from api.secrets.keyring import KeyringVault
from api.simulator.server import running
from api.simulator.settings import ALL_SCOPES, SimulatorSettings
from tests.contract.conftest import SEED_NOW
from tests.contract.secret_service import MISSING, SKIPPED, Bus, session_bus
from tests.contract.test_signing_in import AGENT, LONG_AGO
from tui.__main__ import main
from tui.cli.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=SKIPPED),
    # keyring leaves its connection to the bus open when it meets a locked keyring; the collector closes it.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:.*unclosed <socket:pytest.PytestUnraisableExceptionWarning"),
]

PASSWORD = "hasło pęku"
ONE = Secrets("dostęp-łąka", "odświeżenie", "sekret", LONG_AGO, ("allegro:api:messaging",))
BIG = Secrets("e" * 8192, "r" * 8192)
"""Far beyond the tokens of Allegro, which are JWTs of one to four kB."""


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    with session_bus() as found:
        for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XDG_DATA_HOME"):
            monkeypatch.setenv(name, found.environ[name])
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)
        yield found
    gc.collect()  # see pytestmark: here, and not in the middle of a test that does not expect it


def test_secrets_are_kept_and_forgotten(bus: Bus) -> None:
    """Written, read by another vault, replaced, removed; a check leaves nothing."""
    with bus.keyring(PASSWORD):
        vault = KeyringVault()
        vault.check()
        vault.write("a", ONE)
        vault.write("b", BIG)
        assert KeyringVault().read("a") == ONE
        assert KeyringVault().read("b") == BIG
        vault.write("a", BIG)
        assert KeyringVault().read("a") == BIG
        vault.remove("a")
        vault.remove("a")
        assert vault.read("a") is None
        assert vault.read("probe") is None


def test_secrets_outlive_the_session(bus: Bus) -> None:
    """Logged out and in again with the same password: they are there."""
    with bus.keyring(PASSWORD):
        KeyringVault().write("a", ONE)
    with bus.keyring(PASSWORD):
        assert KeyringVault().read("a") == ONE


def test_a_keyring_that_is_locked_says_so(bus: Bus) -> None:
    """And gives nothing, and takes nothing; no dialog can open here, so it ends by itself."""
    with bus.keyring(PASSWORD):
        KeyringVault().write("a", ONE)
    with bus.keyring(None):
        vault = KeyringVault()
        for use in (vault.check, lambda: vault.read("a"), lambda: vault.write("a", BIG)):
            with pytest.raises(VaultLockedError, match="try again"):
                use()
    with bus.keyring(PASSWORD):
        assert KeyringVault().read("a") == ONE


def test_a_server_whose_keyring_was_never_unlocked(bus: Bus) -> None:
    """The daemon is there, and no keyring of this user: an error with what to do, not a hang."""
    with bus.keyring(None), pytest.raises(VaultError, match=r"try again|--vault file"):
        KeyringVault().check()


def test_nothing_is_written_beside_the_keyring(bus: Bus) -> None:
    """The secrets are in gnome-keyring's own file, encrypted, and nowhere else in this user's folders."""
    with bus.keyring(PASSWORD):
        KeyringVault().write("a", ONE)
    files = [file for file in Path(bus.environ["HOME"]).rglob("*") if file.is_file()]
    assert files
    assert all(ONE.client_secret.encode() not in file.read_bytes() for file in files)
    assert all("dostęp".encode() not in file.read_bytes() for file in files)


def test_a_keyring_that_works_is_taken(
    bus: Bus, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`okienko login` without a word about vaults: keyring, and not a secret in the home."""
    settings = SimulatorSettings(now=SEED_NOW, threads=1, device_polls=0, device_interval=1)
    with bus.keyring(PASSWORD), running(settings) as server:
        for name, value in (
            ("OKIENKO_API_URL", server.api_url),
            ("OKIENKO_AUTH_URL", server.auth_url),
            ("OKIENKO_CLIENT_SECRET", server.client_secret),
        ):
            monkeypatch.setenv(name, value)
        assert main(["login", "--client-id", server.client_id]) == Exit.DONE
        assert main(["accounts", "--json"]) == Exit.DONE
        account = json.loads(capsys.readouterr().out)
        assert account["vault"] == "keyring"
        kept = KeyringVault().read(account["id"])
        assert kept is not None
        home = Folders.from_environment().data
        told = b"".join(file.read_bytes() for file in home.iterdir())
        for secret in (kept.access_token, kept.refresh_token, kept.client_secret):
            assert secret.encode() not in told
        assert main(["logout"]) == Exit.DONE
        assert KeyringVault().read(account["id"]) is None


async def test_tokens_are_renewed_in_the_keyring(bus: Bus, tmp_path: Path) -> None:
    """The whole way: read from the keyring, refreshed at the simulator, kept in the keyring."""
    with bus.keyring(PASSWORD), running(SimulatorSettings(now=SEED_NOW, threads=1)) as server:
        pair = server.state.tokens._issue(ALL_SCOPES)
        vault = KeyringVault()
        vault.write("a", Secrets(pair.access_token, pair.refresh_token, server.client_secret, LONG_AGO))

        async def refresh(kept: Secrets) -> Grant:
            oauth = OAuth(server.auth_url, server.client_id, kept.client_secret, user_agent=AGENT)
            async with oauth:
                return await oauth.refresh(kept.refresh_token)

        bearer = await KeptTokens("a", vault, refresh, tmp_path / "a.lock").current()
        kept = KeyringVault().read("a")
        assert kept is not None
        assert kept.access_token == bearer.token != pair.access_token
        assert kept.refresh_token != pair.refresh_token
