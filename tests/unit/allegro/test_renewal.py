"""Tokens that renew themselves: when, how often, and what is kept before it is used."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from api import clock
from api.allegro import errors
from api.allegro.oauth import Grant
from api.allegro.renewal import KeptTokens, renewing
from api.allegro.tokens import Bearer
from api.secrets import Secrets, VaultError, VaultKind
from tests.unit.allegro.script import FakeTime

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHERE = ("POST", "/auth/oauth/token")
TIMED_OUT = errors.TimedOut(*WHERE)
UNSENT = errors.Unreachable(*WHERE, nothing_sent=True)


def secrets(number: int, hours: float = 12) -> Secrets:
    """The pair of this number, whose access token ends in so many hours."""
    ends_at = clock.now() + timedelta(hours=hours)
    return Secrets(f"access-{number}", f"refresh-{number}", "canary-secret", ends_at, ("a",))


def grant(number: int) -> Grant:
    return Grant(f"access-{number}", f"refresh-{number}", 43199, frozenset({"a"}))


class MemoryVault:
    """A vault that notes what happens to it, and breaks on request."""

    kind = VaultKind.KEYRING

    def __init__(self, kept: Secrets | None) -> None:
        self.kept = kept
        self.written: list[Secrets] = []
        self.broken = 0
        self.locked = False

    def check(self) -> None: ...

    def read(self, account: str) -> Secrets | None:
        assert account == "a1"
        if self.locked:
            raise VaultError("locked")
        return self.kept

    def write(self, account: str, secrets: Secrets) -> None:
        assert account == "a1"
        if self.broken:
            self.broken -= 1
            raise VaultError("disk full")
        self.kept = secrets
        self.written.append(secrets)

    def remove(self, account: str) -> None: ...


class Allegro:
    """What the token endpoint answers, in order, the last one for ever; and what it was asked with."""

    def __init__(self, *answers: Grant | Exception | Callable[[], Grant]) -> None:
        self._answers = deque(answers)
        self.asked: list[str] = []

    async def __call__(self, kept: Secrets) -> Grant:
        self.asked.append(kept.refresh_token)
        await asyncio.sleep(0)
        found = self._answers.popleft() if len(self._answers) > 1 else self._answers[0]
        if isinstance(found, Exception):
            raise found
        return found() if callable(found) else found


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


class Desk:
    """Tokens over a vault and an Allegro of a test."""

    def __init__(self, folder: Path, time: FakeTime, kept: Secrets | None, *answers: object) -> None:
        self.vault = MemoryVault(kept)
        self.allegro = Allegro(*answers)  # type: ignore[arg-type]
        self.lock = folder / "state" / "a1.lock"
        self.time = time
        self.tokens = self.other()

    def other(self) -> KeptTokens:
        """The tokens as another process has them: the same vault and lock, a memory of its own."""
        return KeptTokens("a1", self.vault, self.allegro, self.lock, timing=self.time.timing)


async def test_a_good_token_is_used_as_it_is(tmp_path: Path, time: FakeTime) -> None:
    """The vault is read once, nothing is asked of Allegro, no lock is made."""
    desk = Desk(tmp_path, time, secrets(1), grant(2))
    assert (await desk.tokens.current()).token == "access-1"
    desk.vault.locked = True
    assert (await desk.tokens.current()).token == "access-1"
    assert desk.allegro.asked == []
    assert not desk.lock.exists()


@pytest.mark.parametrize("hours", [-1, 0, 0.08])
async def test_a_token_near_its_end_is_renewed_before_it_is_used(
    tmp_path: Path, time: FakeTime, hours: float
) -> None:
    """Five minutes before the end, and the new pair is in the vault with all that belongs to it."""
    desk = Desk(tmp_path, time, secrets(1, hours), grant(2))
    assert (await desk.tokens.current()).token == "access-2"
    assert desk.allegro.asked == ["refresh-1"]
    ends_at = clock.now() + timedelta(seconds=43199)
    assert desk.vault.kept == Secrets("access-2", "refresh-2", "canary-secret", ends_at, ("a",))


async def test_a_refused_token_is_renewed(tmp_path: Path, time: FakeTime) -> None:
    desk = Desk(tmp_path, time, secrets(1), grant(2))
    first = await desk.tokens.current()
    assert await desk.tokens.renewed(first) == Bearer("access-2")
    assert desk.allegro.asked == ["refresh-1"]


async def test_tasks_that_ask_at_once_renew_once(tmp_path: Path, time: FakeTime) -> None:
    """Four reads with the same refused bearer: one refresh, one bearer for all."""
    desk = Desk(tmp_path, time, secrets(1), grant(2), grant(3))
    refused = await desk.tokens.current()
    found = await asyncio.gather(*(desk.tokens.renewed(refused) for _number in range(4)))
    assert found == [Bearer("access-2")] * 4
    assert desk.allegro.asked == ["refresh-1"]


async def test_processes_that_ask_at_once_renew_once(tmp_path: Path, time: FakeTime) -> None:
    """Whoever gets the lock second finds the pair of the first in the vault."""
    desk = Desk(tmp_path, time, secrets(1, -1), grant(2), grant(3))
    both = [desk.tokens, desk.other(), desk.other()]
    found = await asyncio.gather(*(tokens.current() for tokens in both))
    assert found == [Bearer("access-2")] * 3
    assert desk.allegro.asked == ["refresh-1"]


async def test_the_new_pair_is_kept_before_it_is_used(tmp_path: Path, time: FakeTime) -> None:
    """A vault that takes nothing stops the use; the pair is not lost, and is kept at the next try."""
    desk = Desk(tmp_path, time, secrets(1, -1), grant(2), grant(3))
    desk.vault.broken = 1
    with pytest.raises(errors.TokensOutOfReach, match="cannot be kept: disk full"):
        await desk.tokens.current()
    assert desk.vault.kept == secrets(1, -1)
    assert (await desk.tokens.current()).token == "access-2"
    assert desk.allegro.asked == ["refresh-1"]
    assert desk.vault.kept is not None
    assert desk.vault.kept.refresh_token == "refresh-2"


async def test_a_pair_that_was_not_kept_gives_way_to_another_sign_in(tmp_path: Path, time: FakeTime) -> None:
    """Who signed in anew meanwhile has the newer word."""
    desk = Desk(tmp_path, time, secrets(1, -1), grant(2))
    desk.vault.broken = 1
    with pytest.raises(errors.TokensOutOfReach):
        await desk.tokens.current()
    desk.vault.kept = secrets(9)
    assert (await desk.tokens.current()).token == "access-9"


@pytest.mark.parametrize(
    "lost",
    [TIMED_OUT, errors.Unreachable(*WHERE), errors.Outage(*WHERE, status=502), errors.Undecodable(*WHERE)],
)
async def test_a_lost_answer_is_asked_for_again(
    tmp_path: Path, time: FakeTime, lost: errors.AllegroError
) -> None:
    """With the same refresh token, which still works."""
    desk = Desk(tmp_path, time, secrets(1, -1), lost, lost, grant(2))
    assert (await desk.tokens.current()).token == "access-2"
    assert desk.allegro.asked == ["refresh-1"] * 3
    assert time.slept == [0.5, 1.0]


async def test_a_lost_answer_is_not_asked_for_after_the_minute(tmp_path: Path, time: FakeTime) -> None:
    """After 60 seconds the used token would be refused: the trying ends before."""
    desk = Desk(tmp_path, time, secrets(1, -1), TIMED_OUT)
    with pytest.raises(errors.RenewalFailed, match="still signed in") as caught:
        await desk.tokens.current()
    assert caught.value.failure is TIMED_OUT
    assert not caught.value.may_have_happened
    assert 40 < sum(time.slept) < 55


async def test_what_was_never_sent_is_tried_three_times(tmp_path: Path, time: FakeTime) -> None:
    """Without a network there is no answer to save, so nobody waits a minute for it."""
    desk = Desk(tmp_path, time, secrets(1, -1), UNSENT)
    with pytest.raises(errors.RenewalFailed):
        await desk.tokens.current()
    assert len(desk.allegro.asked) == 3


async def test_after_a_failure_there_is_a_rest(tmp_path: Path, time: FakeTime) -> None:
    """Every request of a minute meets the same failure; then Allegro is asked again."""
    desk = Desk(tmp_path, time, secrets(1, -1), UNSENT, UNSENT, UNSENT, grant(2))
    for _number in range(3):
        with pytest.raises(errors.RenewalFailed):
            await desk.tokens.current()
    assert len(desk.allegro.asked) == 3
    await time.sleep(60)
    assert (await desk.tokens.current()).token == "access-2"


async def test_a_429_is_waited_out(tmp_path: Path, time: FakeTime) -> None:
    """There is a cap on tokens: it is not run against."""
    many = errors.TooMany(*WHERE, retry_after=90)
    desk = Desk(tmp_path, time, secrets(1, -1), many, grant(2))
    for _number in range(2):
        with pytest.raises(errors.TooMany):
            await desk.tokens.current()
    assert len(desk.allegro.asked) == 1
    await time.sleep(90)
    assert (await desk.tokens.current()).token == "access-2"


@pytest.mark.parametrize("failure", [UNSENT, errors.TooMany(*WHERE)])
async def test_a_token_that_is_still_good_is_used_when_it_cannot_be_renewed(
    tmp_path: Path, time: FakeTime, failure: errors.AllegroError
) -> None:
    """The last five minutes are for trying, not for failing."""
    desk = Desk(tmp_path, time, secrets(1, 0.05), failure)
    assert (await desk.tokens.current()).token == "access-1"


async def test_a_used_up_refresh_token_means_signing_in(tmp_path: Path, time: FakeTime) -> None:
    """`invalid_grant` is final, told as a sign-in that has ended, and not asked for at every request."""
    desk = Desk(tmp_path, time, secrets(1, -1), errors.SignInEnded())
    for _number in range(2):
        with pytest.raises(errors.NotSignedIn, match="okienko login"):
            await desk.tokens.current()
    assert desk.allegro.asked == ["refresh-1"]


async def test_a_sign_in_that_came_meanwhile_is_taken(tmp_path: Path, time: FakeTime) -> None:
    """The refresh was refused because another program had signed in: its tokens are in the vault."""
    desk = Desk(tmp_path, time, secrets(1, -1))

    def refused() -> Grant:
        desk.vault.kept = secrets(5)
        raise errors.SignInEnded

    desk.allegro = Allegro(refused)
    desk.tokens = desk.other()
    assert (await desk.tokens.current()).token == "access-5"


@pytest.mark.parametrize(("kept", "told"), [(False, "not kept here"), (True, "no refresh token")])
async def test_without_tokens_there_is_no_sign_in(
    tmp_path: Path,
    time: FakeTime,
    kept: bool,  # noqa: FBT001
    told: str,
) -> None:
    desk = Desk(tmp_path, time, replace(secrets(1, -1), refresh_token="") if kept else None, grant(2))
    with pytest.raises(errors.SignInEnded, match=told):
        await desk.tokens.current()
    assert desk.allegro.asked == []


async def test_a_locked_vault_is_told(tmp_path: Path, time: FakeTime) -> None:
    """As an error of the client: whoever asks Allegro for something need not know of vaults."""
    desk = Desk(tmp_path, time, secrets(1), grant(2))
    desk.vault.locked = True
    with pytest.raises(errors.TokensOutOfReach, match="cannot be read: locked"):
        await desk.tokens.current()


async def test_a_renewal_outlives_whoever_asked(tmp_path: Path, time: FakeTime) -> None:
    """A cancelled request does not lose the only token there is."""
    desk = Desk(tmp_path, time, secrets(1, -1))
    asked, go = asyncio.Event(), asyncio.Event()

    async def slow(_kept: Secrets) -> Grant:
        asked.set()
        await go.wait()
        return grant(2)

    tokens = KeptTokens("a1", desk.vault, slow, desk.lock, timing=time.timing)
    asking = asyncio.create_task(tokens.current())
    await asked.wait()
    asking.cancel()
    await asyncio.sleep(0)
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert desk.vault.kept is not None
    assert desk.vault.kept.access_token == "access-2"


async def test_a_lock_that_is_never_free_is_told(tmp_path: Path, time: FakeTime) -> None:
    """Two minutes, then an error that says who is at it."""
    path = tmp_path / "a1.lock"
    with FileLock(path), pytest.raises(errors.TokensOutOfReach, match="another okienko"):
        async with renewing(path, time.timing):
            raise AssertionError("two hold the lock")
    assert 119 < sum(time.slept) < 121


async def test_the_lock_is_free_after_a_failure(tmp_path: Path, time: FakeTime) -> None:
    desk = Desk(tmp_path, time, secrets(1, -1), UNSENT)
    with pytest.raises(errors.RenewalFailed):
        await desk.tokens.current()
    with FileLock(desk.lock, timeout=0):
        pass


async def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path, time: FakeTime) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(errors.TokensOutOfReach, match="cannot be locked"):
        async with renewing(tmp_path / "file" / "a1.lock", time.timing):
            pass
