"""Tokens that renew themselves: kept in a vault, renewed by one process at a time.

A refresh token works once. So whoever wants to renew takes the lock of the account (between processes;
within one, between tasks), then reads the vault again: if another has renewed meanwhile, its pair is used.
Else one refresh goes out, and its pair is in the vault before anybody uses it. When the answer is lost, the
old refresh token still works for 60 seconds after its first use, and is sent again within them.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from api import clock
from api.allegro.errors import (
    AllegroError,
    NotSignedIn,
    RenewalFailed,
    SignInEnded,
    SignInFailed,
    TokensOutOfReach,
    TooMany,
)
from api.allegro.retry import Backoff, Timing
from api.allegro.tokens import Bearer
from api.secrets.errors import VaultError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from api.allegro.oauth import Grant
    from api.secrets.vault import Secrets, Vault

    Refresh = Callable[[Secrets], Awaitable[Grant]]

EARLY: Final = timedelta(minutes=5)
"""How long before its end an access token is renewed."""
GRACE: Final = 55.0
"""Seconds after the first refresh in which a lost one is repeated; Allegro gives 60, less the way there."""
TRIES_UNSENT: Final = 3
"""Tries at a connection when nothing has been sent: the refresh token is still whole."""
LOCK_SECONDS: Final = 120.0
"""How long another process may be at it: the grace, an exchange that drips, and the vault's own time."""
LOOK_AGAIN: Final = 0.05
"""Seconds between two looks at the lock."""
REST: Final = 60.0
"""Seconds until a token that is near its end, and still good, is tried again after a failure."""

_log = logging.getLogger("okienko.allegro")


class KeptTokens:
    """The tokens of one account, from its vault. For one event loop.

    `refresh` sends one refresh of what the vault holds and raises AllegroError. Both methods raise
    SignInEnded when only signing in helps, RenewalFailed when trying later does, and TokensOutOfReach when
    the vault does not open. None of them means that a request was sent.
    """

    def __init__(
        self,
        account: str,
        vault: Vault,
        refresh: Refresh,
        lock: Path,
        *,
        timing: Timing | None = None,
    ) -> None:
        """`account` is the vault's key, `lock` the path of the lock file. `timing` is for tests."""
        self._account = account
        self._vault = vault
        self._refresh = refresh
        self._lock_path = lock
        self._timing = timing or Timing()
        self._turn = asyncio.Lock()
        self._known: Secrets | None = None
        self._unsaved: tuple[str, Secrets] | None = None
        """A pair that the vault did not take, and the refresh token that was given for it."""
        self._rest_until = float("-inf")
        self._failure: AllegroError | None = None

    async def current(self) -> Bearer:
        known = self._known or await self._learn()
        if not _ending(known):
            return Bearer(known.access_token)
        try:
            return Bearer((await self._shielded(known.access_token)).access_token)
        except (RenewalFailed, TooMany, TokensOutOfReach):
            if _ended(known):
                raise
            return Bearer(known.access_token)  # good for some minutes more

    async def renewed(self, refused: Bearer) -> Bearer | None:
        return Bearer((await self._shielded(refused.token)).access_token)

    async def _learn(self) -> Secrets:
        async with self._turn:
            if self._known is None:
                self._known = await self._read()
            return self._known

    async def _shielded(self, refused: str) -> Secrets:
        """Renew, and see it through even when whoever asked goes away: the answer holds the only token."""
        renewing = asyncio.ensure_future(self._renewed(refused))
        try:
            return await asyncio.shield(renewing)
        except asyncio.CancelledError:
            await asyncio.wait({renewing})
            if not renewing.cancelled():
                renewing.exception()  # seen: nobody is left to be told
            raise

    async def _renewed(self, refused: str) -> Secrets:
        async with self._turn:
            if self._known is not None and self._other(self._known, refused):
                return self._known  # another task of this process was quicker
            async with renewing(self._lock_path, self._timing):
                self._known = await self._renew(refused)
                self._failure = None
                return self._known

    async def _renew(self, refused: str) -> Secrets:
        """With the lock held: another's pair, or one of our own."""
        kept = await self._read()
        if self._unsaved is not None and self._unsaved[0] == kept.refresh_token:
            return await self._keep(*self._unsaved)
        if self._other(kept, refused):
            return kept
        if self._failure is not None and self._timing.monotonic() < self._rest_until:
            raise self._failure  # asking again at every request would only make it worse
        if not kept.refresh_token:
            raise SignInEnded(problem="the access token has ended, and there is no refresh token")
        try:
            grant = await self._insist(kept)
        except AllegroError as error:
            if isinstance(error, SignInEnded) and (again := await self._read()) != kept:
                return again  # signed in anew, by a program that does not know our lock
            pause = error.retry_after if isinstance(error, TooMany) else REST
            self._rest_until, self._failure = self._timing.monotonic() + pause, error
            raise
        fresh = replace(
            kept,
            access_token=grant.access_token,
            refresh_token=grant.refresh_token or kept.refresh_token,
            ends_at=clock.now() + timedelta(seconds=grant.lasts),
            scopes=tuple(sorted(grant.scopes)) or kept.scopes,
        )
        return await self._keep(kept.refresh_token, fresh)

    async def _insist(self, kept: Secrets) -> Grant:
        """Refresh; again while the answer may have been lost and the old token still works."""
        started = self._timing.monotonic()
        backoff = Backoff(self._timing.uniform)
        tries, lost = 0, False
        while True:
            tries += 1
            try:
                return await self._refresh(kept)
            except (TooMany, NotSignedIn, SignInFailed):
                raise
            except AllegroError as error:
                failure = error
            lost = lost or failure.may_have_happened
            pause = backoff(tries)
            late = self._timing.monotonic() + pause - started >= GRACE
            _log.info("a refresh failed (%s), try %d", type(failure).__name__, tries)
            if late or (not lost and tries >= TRIES_UNSENT):
                raise RenewalFailed(failure)
            await self._timing.sleep(pause)

    async def _keep(self, used: str, fresh: Secrets) -> Secrets:
        """Into the vault before anybody uses it; what it does not take is not lost, and is tried again."""
        self._unsaved = (used, fresh)
        try:
            await asyncio.to_thread(self._vault.write, self._account, fresh)
        except VaultError as error:
            problem = f"the new tokens cannot be kept: {error}"
        else:
            self._unsaved = None
            return fresh
        raise TokensOutOfReach(problem=problem)

    async def _read(self) -> Secrets:
        try:
            kept = await asyncio.to_thread(self._vault.read, self._account)
        except VaultError as error:
            problem = f"the tokens cannot be read: {error}"
        else:
            if kept is None:
                raise SignInEnded(problem="the tokens of this account are not kept here any more")
            return kept
        raise TokensOutOfReach(problem=problem)

    def _other(self, found: Secrets, refused: str) -> bool:
        """Whether this is another token than the one that does not do, and a good one."""
        return found.access_token != refused and not _ended(found)


@asynccontextmanager
async def renewing(path: Path, timing: Timing | None = None) -> AsyncIterator[None]:
    """Hold the lock of an account's tokens; whoever writes them to the vault holds it.

    Looks again and again and never blocks the loop or one of its threads. Raises TokensOutOfReach when
    another process holds it for two minutes, or the file cannot be made.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  45 ms that only a renewal pays for

    timing = timing or Timing()
    ends = timing.monotonic() + LOCK_SECONDS
    lock = FileLock(path, thread_local=False, mode=0o600)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        while True:
            try:
                lock.acquire(blocking=False)
                break
            except Timeout:
                pass
            if timing.monotonic() >= ends:
                raise TokensOutOfReach(
                    problem="another okienko has been renewing these tokens for two minutes: try again"
                )
            await timing.sleep(LOOK_AGAIN)
    except OSError as error:
        raise TokensOutOfReach(problem=f"{path}: cannot be locked ({error.strerror})") from error
    try:
        yield
    finally:
        lock.release()


def _ending(secrets: Secrets) -> bool:
    return secrets.ends_at is not None and clock.now() >= secrets.ends_at - EARLY


def _ended(secrets: Secrets) -> bool:
    return secrets.ends_at is not None and clock.now() >= secrets.ends_at
