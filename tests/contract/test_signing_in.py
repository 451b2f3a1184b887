"""Signing in, staying signed in and signing out, against the simulator over a real socket."""

from __future__ import annotations

import asyncio
import multiprocessing
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from api.access import choose_access
from api.accounts import Accounts, Environment, NoAccountError, SignedInAccount, renewal_lock
from api.allegro import Allegro, errors
from api.allegro.oauth import NEEDED, DeviceCode, Grant, OAuth
from api.allegro.renewal import KeptTokens
from api.config import Folders, Settings
from api.secrets import Secrets, VaultKind
from api.secrets.file import FileVault, vault_file
from api.session import open_session
from api.signing_in import Application, choose_application, forget, keep, sign_in
from api.simulator.seed import build_world
from api.simulator.server import Simulator, running
from api.simulator.settings import ALL_SCOPES, SimulatorSettings
from api.simulator.state import State
from tests.contract import renewers
from tests.contract.conftest import SEED_NOW, Hand
from tests.unit.allegro.script import FakeTime

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from multiprocessing.process import BaseProcess
    from pathlib import Path

AGENT = "okienko/1 (+https://okienko.example/)"
PATIENCE = 120
"""Seconds that a process may take before the test gives up on it: a limit, not a wait."""
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload([renewers.__name__])


class SharedTime(FakeTime):
    """Seconds that pass for the client and for the pretend Allegro alike."""

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self._hand = hand

    async def sleep(self, seconds: float) -> None:
        self._hand.move(seconds)
        await super().sleep(seconds)


def serving(hand: Hand, **settings: Any) -> Iterator[Simulator]:
    chosen = SimulatorSettings(now=SEED_NOW, threads=1, device_by_page=True, **settings)
    with running(state=State(build_world(chosen), chosen, hand)) as simulator:
        yield simulator


@pytest.fixture
def server(hand: Hand) -> Iterator[Simulator]:
    yield from serving(hand)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path, tmp_path, tmp_path)


@pytest.fixture
def vault(folders: Folders) -> FileVault:
    return FileVault(vault_file(folders), lambda: renewers.PASSPHRASE, cost=2**4)


def application(server: Simulator, client_id: str = "") -> Application:
    environ = {"OKIENKO_API_URL": server.api_url, "OKIENKO_AUTH_URL": server.auth_url}
    return choose_application(
        Settings(), sandbox=False, client_id=client_id or server.client_id, environ=environ
    )


def answering(answer: str) -> Callable[[DeviceCode], None]:
    """A person who types the code into the page at once."""

    def type_it(code: DeviceCode) -> None:
        page = httpx.post(code.page, data={"code": code.in_threes, "answer": answer})
        assert page.status_code == 200

    return type_it


def signed_in(
    server: Simulator, folders: Folders, vault: FileVault, *, ends_at: datetime | None
) -> SignedInAccount:
    """An account with a pair that the simulator knows, as if it had been signed in some time ago."""
    pair = server.state.tokens._issue(ALL_SCOPES)
    account = SignedInAccount(
        id="other-1-aa",
        seller="1",
        name="sklep",
        login="pracownia_debowa",
        marketplace="allegro-pl",
        environment=Environment.OTHER,
        api_url=server.api_url,
        auth_url=server.auth_url,
        client_id=server.client_id,
        app_name="okienko",
        app_url="https://okienko.example/",
        vault=VaultKind.FILE,
    )
    secrets = Secrets(pair.access_token, pair.refresh_token, server.client_secret, ends_at)
    vault.write(account.id, secrets)
    with closing(Accounts(folders.data)) as accounts:
        return accounts.add(account)


async def test_from_nothing_to_an_open_inbox(
    server: Simulator, folders: Folders, vault: FileVault, hand: Hand
) -> None:
    """A code that is confirmed on the page, a token, `/me`, the vault, the list; then a session of it."""
    shown: list[DeviceCode] = []

    def show(code: DeviceCode) -> None:
        shown.append(code)
        answering("allow")(code)

    mine = application(server)
    granted = await sign_in(mine, server.client_secret, show, timing=SharedTime(hand).timing)
    kept = await keep(granted, mine, vault, folders)
    assert granted.missing == ()
    assert granted.secrets.scopes == tuple(sorted(NEEDED))
    assert (kept.account.name, kept.account.login, kept.before) == (
        "pracownia_debowa",
        "pracownia_debowa",
        None,
    )
    assert len(shown[0].in_threes) == 11
    access = choose_access(Settings(), folders, {"OKIENKO_PASSPHRASE": renewers.PASSPHRASE})
    async with open_session(access.connection, folders, "pl-PL", access.tokens()) as session:
        assert session.account.login == "pracownia_debowa"
    told = (folders.data / "accounts.json").read_text()
    for secret in (server.client_secret, granted.secrets.access_token, granted.secrets.refresh_token):
        assert secret not in told
        assert secret not in repr((granted, kept, access))


async def test_signing_in_again_replaces_the_tokens(
    server: Simulator, folders: Folders, vault: FileVault, hand: Hand
) -> None:
    """The same account of Allegro stays one account here, keeps its name, and gets the new tokens."""
    mine, timing = application(server), SharedTime(hand).timing
    first = await sign_in(mine, server.client_secret, answering("allow"), timing=timing)
    before = (await keep(first, mine, vault, folders, name="mój sklep")).account
    second = await sign_in(mine, server.client_secret, answering("allow"), timing=timing)
    after = await keep(second, mine, vault, folders, marketplace="allegro-cz")
    assert (after.account.id, after.account.name) == (before.id, "mój sklep")
    assert after.account.marketplace == "allegro-cz"
    assert after.left_in is None
    assert vault.read(before.id) == second.secrets


async def test_signing_out_forgets(server: Simulator, folders: Folders, vault: FileVault, hand: Hand) -> None:
    """Tokens and account are gone; whoever had the tokens in memory has to sign in when they end."""
    mine = application(server)
    granted = await sign_in(mine, server.client_secret, answering("allow"), timing=SharedTime(hand).timing)
    account = (await keep(granted, mine, vault, folders)).account
    access = choose_access(Settings(), folders, {"OKIENKO_PASSPHRASE": renewers.PASSPHRASE})
    async with Allegro(access.connection, tokens=access.tokens()) as allegro:
        await allegro.account.me()
        await forget(account, vault, folders)
        server.state.tokens.revoke_access(granted.secrets.access_token)
        with pytest.raises(errors.SignInEnded, match="okienko login"):
            await allegro.account.me()
    assert vault.read(account.id) is None
    with pytest.raises(NoAccountError):
        choose_access(Settings(), folders, {})


async def test_a_refusal_on_the_page_keeps_nothing(server: Simulator, hand: Hand) -> None:
    with pytest.raises(errors.SignInRefused):
        await sign_in(
            application(server), server.client_secret, answering("refuse"), timing=SharedTime(hand).timing
        )


async def test_a_code_that_nobody_types_ends(server: Simulator, hand: Hand) -> None:
    """After an hour, and not before."""
    time = SharedTime(hand)
    with pytest.raises(errors.CodeOver):
        await sign_in(application(server), server.client_secret, lambda _code: None, timing=time.timing)
    assert 3590 <= sum(time.slept) < 3600


async def test_wrong_credentials_are_told_at_once(server: Simulator) -> None:
    for client_id, secret in ((server.client_id, "wrong"), ("wrong", server.client_secret)):
        with pytest.raises(errors.WrongClient):
            await sign_in(application(server, client_id), secret, answering("allow"))


async def test_scopes_that_the_application_lacks_are_named(hand: Hand) -> None:
    """The sign-in works with what there is."""
    for narrow in serving(hand, scopes=ALL_SCOPES - {"allegro:api:disputes", "allegro:api:orders:write"}):
        granted = await sign_in(
            application(narrow), narrow.client_secret, answering("allow"), timing=SharedTime(hand).timing
        )
        assert granted.missing == ("allegro:api:disputes", "allegro:api:orders:write")


async def test_without_the_scope_for_me_that_scope_is_named(hand: Hand) -> None:
    for narrow in serving(hand, scopes=frozenset({"allegro:api:messaging"})):
        with pytest.raises(errors.NotPermitted) as caught:
            await sign_in(
                application(narrow), narrow.client_secret, answering("allow"), timing=SharedTime(hand).timing
            )
        assert caught.value.scope == "allegro:api:profile:read"


class LosesAnswers(httpx.AsyncBaseTransport):
    """The network, with the answers to the first requests lost after Allegro gave them."""

    def __init__(self, losses: int) -> None:
        self._inner = httpx.AsyncHTTPTransport()
        self._losses = losses

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._inner.handle_async_request(request)
        if self._losses:
            self._losses -= 1
            await response.aclose()
            raise httpx.ReadError("lost", request=request)
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


@pytest.fixture
async def forgetful(
    server: Simulator, folders: Folders, vault: FileVault, hand: Hand
) -> AsyncIterator[Callable[[int], KeptTokens]]:
    """Makes the tokens of an account whose first answers are lost."""
    account = signed_in(server, folders, vault, ends_at=LONG_AGO)
    timing = SharedTime(hand).timing

    def make(losses: int) -> KeptTokens:
        transport = LosesAnswers(losses)

        async def refresh(kept: Secrets) -> Grant:
            oauth = OAuth(
                server.auth_url, server.client_id, kept.client_secret, user_agent=AGENT, transport=transport
            )
            async with oauth:
                return await oauth.refresh(kept.refresh_token)

        return KeptTokens(account.id, vault, refresh, renewal_lock(folders, account.id), timing=timing)

    return make


async def test_a_lost_answer_is_made_good(
    server: Simulator, vault: FileVault, forgetful: Callable[[int], KeptTokens]
) -> None:
    """Allegro has given two pairs that nobody got; the old token still works, and the third pair counts."""
    bearer = await forgetful(2).current()
    assert server.state.tokens.refreshes == 3
    assert bearer.token in server.state.tokens._access
    kept = vault.read("other-1-aa")
    assert kept is not None
    assert (kept.access_token, kept.client_secret) == (bearer.token, server.client_secret)


async def test_an_answer_that_stays_lost_means_signing_in(
    server: Simulator, hand: Hand, forgetful: Callable[[int], KeptTokens]
) -> None:
    """For a minute it is trouble that may pass; then the token is used up, and the error says so."""
    tokens = forgetful(1000)
    with pytest.raises(errors.RenewalFailed):
        await tokens.current()
    hand.move(60)
    with pytest.raises(errors.SignInEnded):
        await forgetful(0).current()
    assert server.state.tokens.refreshes > 5


def start(work: Callable[..., None], *arguments: Any) -> BaseProcess:
    process = SERVER.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def eight_ask(home: Path) -> list[tuple[str, str]]:
    """Eight processes that ask at the same moment: what each of them was told."""
    together = SERVER.Barrier(8)
    pipes = [SERVER.Pipe(duplex=False) for _number in range(8)]
    processes = [start(renewers.ask_who_i_am, home, together, tells) for _reads, tells in pipes]
    for _reads, tells in pipes:
        tells.close()
    for process in processes:
        process.join(PATIENCE)
    assert [process.exitcode for process in processes] == [0] * 8
    return [reads.recv() for reads, _tells in pipes]


@pytest.mark.parametrize("refused", [False, True], ids=["near-the-end", "refused-with-401"])
def test_eight_processes_refresh_once(
    server: Simulator,
    folders: Folders,
    vault: FileVault,
    refused: bool,  # noqa: FBT001
) -> None:
    """One refresh reaches the server, and all eight go on with the token that it gave."""
    signed_in(server, folders, vault, ends_at=None if refused else LONG_AGO)
    before = vault.read("other-1-aa")
    assert before is not None
    if refused:
        server.state.tokens.revoke_access(before.access_token)
    told = eight_ask(folders.data)
    assert server.state.tokens.refreshes == 1
    assert {login for login, _bearer in told} == {"pracownia_debowa"}
    after = vault.read("other-1-aa")
    assert after is not None
    assert {bearer for _login, bearer in told} == {after.access_token}
    assert before.refresh_token != after.refresh_token


def test_eight_processes_go_on_after_one_that_was_killed(
    server: Simulator, folders: Folders, vault: FileVault
) -> None:
    """It had the new pair in its hands and kept nothing: within the minute the old token still works."""
    signed_in(server, folders, vault, ends_at=LONG_AGO)
    dying = start(renewers.die_with_the_answer, folders.data)
    dying.join(PATIENCE)
    assert dying.exitcode == renewers.KILLED
    assert server.state.tokens.refreshes == 1
    assert len({bearer for _login, bearer in eight_ask(folders.data)}) == 1
    assert server.state.tokens.refreshes == 2


async def test_tasks_of_a_session_refresh_once(server: Simulator, folders: Folders, vault: FileVault) -> None:
    """Four reads at once whose bearer is refused."""
    signed_in(server, folders, vault, ends_at=None)
    kept = vault.read("other-1-aa")
    assert kept is not None
    server.state.tokens.revoke_access(kept.access_token)
    access = choose_access(Settings(), folders, {"OKIENKO_PASSPHRASE": renewers.PASSPHRASE})
    async with Allegro(access.connection, tokens=access.tokens()) as allegro:
        found = await asyncio.gather(*(allegro.account.me() for _number in range(4)))
    assert {me.login for me in found} == {"pracownia_debowa"}
    assert server.state.tokens.refreshes == 1
