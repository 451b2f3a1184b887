"""OAuth of the pretend Allegro: device codes, token pairs, their scopes and their ends.

Facts: an access token lives 12 hours; a refresh token is used up by its first use, but that use may be
repeated for 60 seconds (a lost answer); a device code yields a token once, and a used one is answered with
the sentence `Invalid device code`. Refreshing never adds scopes; asking for more scopes than the
application has yields what it has.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.simulator.ids import number_of, uuid_of
from api.simulator.refusal import TokenRefusalError

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.simulator.settings import SimulatorSettings

ACCESS_SECONDS = 43199
REFRESH_SECONDS = 90 * 24 * 3600
GRACE_SECONDS = 60
DEVICE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Access:
    """What a bearer may do, and until when on the monotonic clock (None: no end)."""

    scopes: frozenset[str]
    ends: float | None


@dataclass(frozen=True, slots=True)
class Refresh:
    scopes: frozenset[str]
    ends: float
    used: float | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """What the token endpoint hands out."""

    access_token: str
    refresh_token: str
    scopes: frozenset[str]
    jti: str


@dataclass(frozen=True, slots=True)
class Device:
    """A device code that waits to be confirmed; `polls_left` more polls are answered with pending.

    `allowed` is what the person at the page decided, None while nobody did.
    """

    device_code: str
    user_code: str
    scopes: frozenset[str]
    polls_left: int
    ends: float
    last_poll: float | None = None
    allowed: bool | None = None


class Tokens:
    """Knows every token that was handed out. `token` is there from the start and never ends."""

    def __init__(self, settings: SimulatorSettings, monotonic: Callable[[], float]) -> None:
        self._settings = settings
        self._monotonic = monotonic
        self._count = 0
        self.client_id = self._secret("client").replace("-", "")
        self.client_secret = self._secret("client-secret").replace("-", "") * 2
        self.token = f"sim-{self._secret('token')}"
        self._access = {self.token: Access(settings.scopes, None)}
        self._refresh: dict[str, Refresh] = {}
        self._devices: dict[str, Device] = {}
        self.refreshes = 0
        """How many refreshes were asked for, granted or not; for tests."""

    def scopes_of(self, token: str) -> frozenset[str]:
        """What this bearer may do. Raises TokenRefusalError (401) for an unknown or ended token."""
        access = self._access.get(token)
        if access is None:
            raise TokenRefusalError(401, "invalid_token", "Invalid access token")
        if access.ends is not None and access.ends <= self._monotonic():
            raise TokenRefusalError(401, "invalid_token", "Access token expired")
        return access.scopes

    def revoke_access(self, token: str) -> None:
        """Forget an access token, as when the user removes the application; for tests."""
        self._access.pop(token, None)

    def start_device(self, wanted: frozenset[str] | None) -> Device:
        """A new pair of codes; `wanted` None asks for all that the application has."""
        scopes = self._settings.scopes if wanted is None else wanted & self._settings.scopes
        self._count += 1
        device = Device(
            device_code=self._secret("device", self._count).replace("-", ""),
            user_code=number_of(self._settings.seed, "user-code", self._count, digits=9),
            scopes=scopes,
            polls_left=self._settings.device_polls,
            ends=self._monotonic() + DEVICE_SECONDS,
        )
        self._devices[device.device_code] = device
        return device

    def poll_device(self, device_code: str) -> Pair:
        """The pair of a device that was confirmed by the page or, where they may, by enough polls.

        Raises TokenRefusalError (400): `authorization_pending`, `slow_down`, `access_denied`, or
        `Invalid device code` for one that is unknown, used or over.
        """
        device = self._devices.get(device_code)
        now = self._monotonic()
        if device is None or device.ends <= now:
            raise TokenRefusalError(400, "Invalid device code")
        too_early = device.last_poll is not None and now < device.last_poll + self._settings.device_interval
        self._devices[device_code] = replace(device, last_poll=now)
        if too_early:
            raise TokenRefusalError(400, "slow_down")
        if device.allowed is False:
            del self._devices[device_code]
            raise TokenRefusalError(400, "access_denied")
        if device.allowed is None and self._settings.device_by_page:
            raise TokenRefusalError(400, "authorization_pending")
        if device.allowed is None and device.polls_left > 0:
            self._devices[device_code] = replace(device, last_poll=now, polls_left=device.polls_left - 1)
            raise TokenRefusalError(400, "authorization_pending")
        del self._devices[device_code]
        return self._issue(device.scopes)

    def waiting(self, user_code: str) -> Device | None:
        """The device whose code a person has typed, while nobody has decided about it."""
        typed = "".join(user_code.split()).replace("-", "")
        now = self._monotonic()
        return next(
            (
                it
                for it in self._devices.values()
                if it.user_code == typed and it.allowed is None and it.ends > now
            ),
            None,
        )

    def decide(self, device: Device, *, allowed: bool) -> None:
        """What the person at the page decided."""
        self._devices[device.device_code] = replace(device, allowed=allowed)

    def refresh(self, refresh_token: str) -> Pair:
        """A new pair for a refresh token. Raises TokenRefusalError (400 `invalid_grant`)."""
        self.refreshes += 1
        known = self._refresh.get(refresh_token)
        now = self._monotonic()
        late = known is not None and known.used is not None and known.used + GRACE_SECONDS < now
        if known is None or late or known.ends <= now:
            raise TokenRefusalError(400, "invalid_grant", f"Invalid refresh token: {refresh_token}")
        if known.used is None:
            self._refresh[refresh_token] = replace(known, used=now)
        return self._issue(known.scopes)

    def _issue(self, scopes: frozenset[str]) -> Pair:
        self._count += 1
        pair = Pair(
            access_token=f"sim-{self._secret('access', self._count)}",
            refresh_token=f"sim-{self._secret('refresh', self._count)}",
            scopes=scopes,
            jti=uuid_of(self._settings.seed, "jti", self._count),
        )
        now = self._monotonic()
        self._access[pair.access_token] = Access(scopes, now + ACCESS_SECONDS)
        self._refresh[pair.refresh_token] = Refresh(scopes, now + REFRESH_SECONDS)
        return pair

    def _secret(self, *names: object) -> str:
        return uuid_of(self._settings.seed, "secret", *names)
