"""OAuth of one application: the device flow (RFC 8628) and the refresh.

    async with OAuth(auth_url, client_id, client_secret, user_agent="...") as oauth:
        codes = await oauth.start(NEEDED)
        ...                                   # show codes.user_code and codes.page
        grant = await oauth.confirmed(codes)

What goes over this wire are secrets: codes, tokens, the application's own secret. They travel in the body
and in the Authorization header and stay out of every error, log and repr, also where Allegro repeats one
(`Invalid refresh token: ...`).
"""

from __future__ import annotations

import base64
import math
import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import quote, urlencode

from api import clock
from api.allegro.answers import Answer, trouble
from api.allegro.call import Call, Scope
from api.allegro.errors import (
    AllegroError,
    CodeOver,
    Reason,
    SignInEnded,
    SignInFailed,
    SignInRefused,
    TooMany,
    Unavailable,
    Undecodable,
    Unreachable,
    WrongClient,
)
from api.allegro.payloads import oauth as payloads
from api.allegro.payloads.reading import NotUnderstood, decode
from api.allegro.payloads.refusal import read_refusal
from api.allegro.retry import Timing
from api.allegro.tokens import Bearer
from api.allegro.wire import Wire
from api.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    import httpx

    from api.allegro.errors.base import Details

NEEDED: Final = (
    Scope.MESSAGING,
    Scope.ISSUES,
    Scope.ORDERS_READ,
    Scope.ORDERS_WRITE,
    Scope.RATINGS,
    Scope.PROFILE,
)
"""All that okienko uses, and nothing else: whoever finds the token can do no more than this."""

DEVICE_GRANT: Final = "urn:ietf:params:oauth:grant-type:device_code"
SLOWER: Final = 5.0
"""Seconds that every `slow_down` adds to the interval (RFC 8628, 3.5)."""
LONGEST_PAUSE: Final = 60.0
"""Seconds between two polls, however often the network failed."""

_INTERVAL = 5.0
_DEVICE_SECONDS = 3600.0
_ACCESS_SECONDS = 12 * 3600.0
_LONGEST_LIFE = 366 * 24 * 3600.0
_FORM = "application/x-www-form-urlencoded"
_OVER = frozenset({"invalid device code", "expired_token", "invalid_grant"})
_WRONG_CLIENT = frozenset({"unauthorized", "invalid_client", "unauthorized_client"})


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What `start` got: what a person types where, and until when.

    `page` is the address to type, `page_with_code` the same with the code in it, for a QR code.
    `interval` and `ends_in` are seconds. The texts are safe for a terminal.
    """

    device_code: str = field(repr=False)
    user_code: str = field(repr=False)
    page: str
    page_with_code: str = field(repr=False)
    interval: float
    ends_in: float

    @property
    def in_threes(self) -> str:
        """The user code as Allegro wants it shown: XXX XXX XXX."""
        letters = re.sub(r"[\s-]", "", self.user_code)
        return " ".join(letters[start : start + 3] for start in range(0, len(letters), 3))


@dataclass(frozen=True, slots=True)
class Grant:
    """A pair of tokens. `lasts` is the access token's life in seconds, counted from the answer.

    `scopes` is what was granted; empty where the answer did not say (RFC 6749: then all that was asked).
    """

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    lasts: float
    scopes: frozenset[str]

    def missing(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """Which of the wanted scopes the application does not have: Allegro leaves them out silently."""
        return tuple(scope for scope in wanted if self.scopes and scope not in self.scopes)


class Poll(Enum):
    """A poll that was answered with neither a token nor an end."""

    PENDING = auto()
    SLOW_DOWN = auto()


class OAuth:
    """`/auth/oauth` for one application. Use it as an async context manager, in one event loop."""

    def __init__(
        self,
        auth_url: str,
        client_id: str,
        client_secret: str,
        *,
        user_agent: str,
        language: str = "pl-PL",
        transport: httpx.AsyncBaseTransport | None = None,
        timing: Timing | None = None,
    ) -> None:
        """`auth_url` is the root, perhaps of another host than the API's. The last two are for tests."""
        both = f"{client_id}:{client_secret}"
        self._client_id = client_id
        self._client_secret = client_secret
        self._basic = Bearer(base64.b64encode(both.encode()).decode(), kind="Basic")
        self._wire = Wire(auth_url, user_agent=user_agent, language=language, transport=transport)
        self._timing = timing or Timing()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._wire.aclose()

    async def start(self, scopes: Iterable[str] = NEEDED) -> DeviceCode:
        """Ask for a code that a person confirms. Raises AllegroError, WrongClient for unknown credentials."""
        form = {"client_id": self._client_id, "scope": " ".join(scopes)}
        call, answer = await self._post("/auth/oauth/device", form)
        if not _good(answer):
            raise self._refusal(call, answer)
        try:
            return _device(answer.body)
        except NotUnderstood as error:
            wrong = _undecodable(call, answer, error)
        raise wrong

    async def poll(self, code: DeviceCode) -> Grant | Poll:
        """Ask once whether the code was confirmed.

        Raises SignInRefused, CodeOver, WrongClient, SignInFailed for a 400 of another kind, and AllegroError.
        """
        form = {"grant_type": DEVICE_GRANT, "device_code": code.device_code}
        call, answer = await self._post("/auth/oauth/token", form)
        if not _good(answer):
            match _word(answer):
                case "authorization_pending":
                    return Poll.PENDING
                case "slow_down":
                    return Poll.SLOW_DOWN
            raise self._refusal(call, answer, code.device_code)
        return _granted(call, answer)

    async def confirmed(self, code: DeviceCode) -> Grant:
        """Poll with the given interval until the code was confirmed.

        `slow_down` adds 5 s for good. Trouble of the network doubles the pause (up to a minute) until an
        answer comes. Raises what `poll` raises, but trouble that may pass; CodeOver when the time is up.
        """
        ends = self._timing.monotonic() + code.ends_in
        interval = pause = code.interval
        while True:
            if self._timing.monotonic() + pause >= ends:
                raise CodeOver("POST", "/auth/oauth/token", code="expired_token", status=None)
            await self._timing.sleep(pause)
            try:
                found = await self.poll(code)
            except TooMany as error:
                pause = max(interval, error.retry_after)
                continue
            except Unavailable as error:
                if isinstance(error, Unreachable) and error.reason is Reason.TLS:
                    raise
                pause = min(max(pause, interval) * 2, max(LONGEST_PAUSE, interval))
                continue
            if isinstance(found, Grant):
                return found
            if found is Poll.SLOW_DOWN:
                interval += SLOWER
            pause = interval

    async def refresh(self, refresh_token: str) -> Grant:
        """A new pair, once. Raises SignInEnded (`invalid_grant`), WrongClient and AllegroError.

        The token is used up by this, though Allegro takes it for 60 seconds more: keep the new pair before
        you use it, and ask again at once when the answer was lost (`may_have_happened`).
        """
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        call, answer = await self._post("/auth/oauth/token", form)
        if _good(answer):
            return _granted(call, answer)
        refusal = self._refusal(call, answer, refresh_token)
        if _word(answer) == "invalid_grant":
            raise SignInEnded(trace_id=answer.trace_id, status=answer.status, code=refusal.code)
        raise refusal

    async def _post(self, path: str, form: dict[str, str]) -> tuple[Call, Answer]:
        body = urlencode(form, quote_via=quote).encode()
        call = Call("POST", path, None, None, body=body, content_type=_FORM, once=True)
        answer = await self._wire.exchange(call, self._basic)
        if isinstance(answer, AllegroError):
            raise answer
        return call, answer

    def _refusal(self, call: Call, answer: Answer, secret: str = "") -> AllegroError:
        """The error for an answer that is no token."""
        found = trouble(call, answer, self._timing, now=clock.now(), token=secret)
        if found is None:  # not to be: a good answer is no refusal
            return Undecodable(call.method, call.path, trace_id=answer.trace_id)
        if self._client_secret and self._client_secret in found.user_message:
            found.user_message = ""
        kind = _kind(answer)
        if kind is None:
            return found
        details: Details = {"trace_id": answer.trace_id, "status": answer.status, "code": found.code}
        if kind is SignInFailed:
            details["user_message"] = found.user_message
        return kind(call.method, call.path, **details)


def _kind(answer: Answer) -> type[SignInFailed] | None:
    """Which end of a sign-in an answer is; None for trouble that has nothing to do with signing in."""
    word = _word(answer)
    if answer.status not in {400, 401, 403}:
        return None
    if word == "access_denied":
        return SignInRefused
    if word in _OVER:
        return CodeOver
    if answer.status == 401 or word in _WRONG_CLIENT:  # noqa: PLR2004  an HTTP status
        return WrongClient
    return SignInFailed if answer.status == 400 else None  # noqa: PLR2004  as above; 403 is the edge's


def _good(answer: Answer) -> bool:
    return answer.status < 300 and not answer.html  # noqa: PLR2004  an HTTP status


def _word(answer: Answer) -> str:
    """OAuth's `error`, which at Allegro may be a sentence; empty where there is none."""
    refusal = read_refusal(answer.body)
    return refusal.code.strip().casefold() if refusal else ""


def _device(body: bytes) -> DeviceCode:
    found = decode(body, payloads.device_decoder, payloads.Device)
    page = one_line(found.verification_uri)
    if not found.device_code or not found.user_code.strip() or not page.startswith(("https://", "http://")):
        raise NotUnderstood("$", "no code or no address")
    return DeviceCode(
        device_code=found.device_code,
        user_code=one_line(found.user_code),
        page=page,
        page_with_code=one_line(found.verification_uri_complete or "") or page,
        interval=max(1.0, payloads.seconds(found.interval, _INTERVAL)),
        ends_in=payloads.seconds(found.expires_in, _DEVICE_SECONDS),
    )


def _granted(call: Call, answer: Answer) -> Grant:
    try:
        found = decode(answer.body, payloads.pair_decoder, payloads.Pair)
        if not re.fullmatch(r"[\x21-\x7e]+", found.access_token):
            raise NotUnderstood("$.access_token", "no token")  # noqa: TRY301  one place makes the error
    except NotUnderstood as error:
        wrong = _undecodable(call, answer, error)
    else:
        scopes = found.scope.split() if isinstance(found.scope, str) else found.scope or ()
        return Grant(
            access_token=found.access_token,
            refresh_token=found.refresh_token or "",
            lasts=math.floor(min(payloads.seconds(found.expires_in, _ACCESS_SECONDS), _LONGEST_LIFE)),
            scopes=frozenset(one_line(scope) for scope in scopes),
        )
    raise wrong


def _undecodable(call: Call, answer: Answer, error: NotUnderstood) -> Undecodable:
    return Undecodable(
        call.method,
        call.path,
        field=error.field,
        problem=error.problem,
        trace_id=answer.trace_id,
        status=answer.status,
    )
