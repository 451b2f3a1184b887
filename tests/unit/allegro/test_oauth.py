"""The device flow and the refresh: every answer of a poll, patience, and secrets that stay where they are."""

from __future__ import annotations

import base64
import traceback
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import httpx
import pytest

from api.allegro import errors
from api.allegro.oauth import DEVICE_GRANT, NEEDED, DeviceCode, Grant, OAuth, Poll
from tests.unit.allegro.script import Script, answer, page

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

SECRET = "canary-client-secret"
DEVICE = "canary-device-code"
REFRESH = "canary-refresh-token"
CODES: dict[str, Any] = {
    "device_code": DEVICE,
    "user_code": "cbt3zdu4g",
    "expires_in": 3600,
    "interval": 5,
    "verification_uri": "https://allegro.test/skojarz-aplikacje",
    "verification_uri_complete": "https://allegro.test/skojarz-aplikacje?code=cbt3zdu4g",
}
PAIR: dict[str, Any] = {
    "access_token": "canary-access-token",
    "token_type": "bearer",
    "refresh_token": REFRESH,
    "expires_in": 43199,
    "scope": " ".join(NEEDED),
    "allegro_api": True,
    "jti": "1",
    "something_new": {"a": 1},
}
CODE = DeviceCode(DEVICE, "cbt3zdu4g", "https://allegro.test/x", "https://allegro.test/x?code=1", 5.0, 60.0)


def oauth(script: Script) -> OAuth:
    return OAuth(
        "https://allegro.test",
        "client-1",
        SECRET,
        user_agent="okienko/1 (+https://okienko.test/)",
        transport=httpx.MockTransport(script.play),
        timing=script.time.timing,
    )


def no(error: str, status: int = 400, **more: str) -> httpx.Response:
    return answer({"error": error, **more}, status)


def form(request: httpx.Request) -> dict[str, list[str]]:
    return parse_qs(request.content.decode(), strict_parsing=True)


async def test_the_start_asks_for_the_narrowest_scopes() -> None:
    """A form body under Basic auth, to the host of the sign-in, for what okienko uses and nothing else."""
    script = Script(answer(CODES))
    async with oauth(script) as flow:
        await flow.start()
    (request,) = script.requests
    assert str(request.url) == "https://allegro.test/auth/oauth/device"
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    kind, encoded = request.headers["Authorization"].split()
    assert (kind, base64.b64decode(encoded).decode()) == ("Basic", f"client-1:{SECRET}")
    assert form(request) == {
        "client_id": ["client-1"],
        "scope": [
            (
                "allegro:api:messaging allegro:api:disputes allegro:api:orders:read allegro:api:orders:write "
                "allegro:api:ratings allegro:api:profile:read"
            )
        ],
    }
    assert b"%20" in request.content


@pytest.mark.parametrize(
    ("numbers", "interval", "ends_in"),
    [
        ({"interval": 5, "expires_in": 3600}, 5.0, 3600.0),
        ({"interval": "7", "expires_in": "1800"}, 7.0, 1800.0),
        ({"interval": None, "expires_in": None}, 5.0, 3600.0),
        ({"interval": "soon", "expires_in": "later"}, 5.0, 3600.0),
        ({"interval": 0, "expires_in": -1}, 5.0, 3600.0),
        ({"interval": 0.2, "expires_in": "nan"}, 1.0, 3600.0),
    ],
)
async def test_numbers_come_in_many_forms(numbers: dict[str, Any], interval: float, ends_in: float) -> None:
    """Texts, nothing, and nonsense: what cannot be used gives way to Allegro's usual figures."""
    async with oauth(Script(answer({**CODES, **numbers}))) as flow:
        codes = await flow.start()
    assert (codes.interval, codes.ends_in) == (interval, ends_in)


@pytest.mark.parametrize(
    ("user_code", "shown"),
    [
        ("123456789", "123 456 789"),
        ("123-456-789", "123 456 789"),
        ("12345", "123 45"),
        ("cbt 3zd", "cbt 3zd"),
    ],
)
def test_the_code_is_shown_in_threes(user_code: str, shown: str) -> None:
    assert DeviceCode(DEVICE, user_code, "", "", 5, 60).in_threes == shown


async def test_what_is_shown_cannot_act_on_a_terminal() -> None:
    """A code and an address are a stranger's text like any other."""
    hostile = {"user_code": "\x1b[2Jabc", "verification_uri": "https://allegro.test/\x1b]0;x\x07"}
    async with oauth(Script(answer({**CODES, **hostile}))) as flow:
        codes = await flow.start()
    assert codes.user_code == "abc"
    assert codes.page == "https://allegro.test/"


@pytest.mark.parametrize(
    "body",
    [{}, {**CODES, "user_code": " "}, {**CODES, "device_code": None}, {**CODES, "verification_uri": "x"}],
)
async def test_a_start_without_a_code_is_not_understood(body: dict[str, Any]) -> None:
    async with oauth(Script(answer(body))) as flow:
        with pytest.raises(errors.Undecodable):
            await flow.start()


@pytest.mark.parametrize(
    ("response", "poll"),
    [
        (no("authorization_pending"), Poll.PENDING),
        (no("slow_down"), Poll.SLOW_DOWN),
        (no("AUTHORIZATION_PENDING"), Poll.PENDING),
    ],
)
async def test_a_poll_that_goes_on(response: httpx.Response, poll: Poll) -> None:
    script = Script(response)
    async with oauth(script) as flow:
        assert await flow.poll(CODE) is poll
    assert form(script.requests[0]) == {"grant_type": [DEVICE_GRANT], "device_code": [DEVICE]}


@pytest.mark.parametrize(
    ("response", "error"),
    [
        (no("access_denied"), errors.SignInRefused),
        (no("Invalid device code"), errors.CodeOver),
        (no("expired_token"), errors.CodeOver),
        (no("invalid_grant", error_description="x"), errors.CodeOver),
        (no("something else"), errors.SignInFailed),
        (no("invalid_request", error_description="device_code is missing"), errors.SignInFailed),
        (answer({}, 400), errors.SignInFailed),
        (no("Unauthorized", 401), errors.WrongClient),
        (no("invalid_client", 400), errors.WrongClient),
        (answer({}, 401), errors.WrongClient),
        (answer({"errors": []}, 403), errors.NotPermitted),
        (no("x", 429), errors.TooMany),
        (no("x", 500), errors.Outage),
        (page(502), errors.Outage),
        (page(200), errors.Outage),
        (answer({"token_type": "bearer"}), errors.Undecodable),
        (answer({**PAIR, "access_token": "two words"}), errors.Undecodable),
        (httpx.ReadTimeout("x"), errors.TimedOut),
        (httpx.ConnectError("x"), errors.Unreachable),
    ],
)
async def test_a_poll_that_ends(
    response: httpx.Response | Exception, error: type[errors.AllegroError]
) -> None:
    """Every other answer is an error of its own kind."""
    async with oauth(Script(response)) as flow:
        with pytest.raises(error) as caught:
            await flow.poll(CODE)
    assert type(caught.value) is error
    if isinstance(response, httpx.Response):
        assert caught.value.trace_id == "trace-1"


async def test_a_poll_that_grants() -> None:
    """A pair, its life in seconds, and the scopes that came."""
    async with oauth(Script(answer({**PAIR, "expires_in": "43199", "scope": "a b"}))) as flow:
        grant = await flow.poll(CODE)
    assert grant == Grant("canary-access-token", REFRESH, 43199, frozenset({"a", "b"}))


@pytest.mark.parametrize(
    ("scope", "missing"),
    [
        (" ".join(NEEDED), ()),
        ("allegro:api:messaging", NEEDED[1:]),
        ([*NEEDED[:-1]], NEEDED[-1:]),
        (None, ()),
        ("", ()),
    ],
)
async def test_a_missing_scope_is_named(scope: object, missing: tuple[str, ...]) -> None:
    """Allegro leaves out silently what the application does not have; no word on scopes means all."""
    async with oauth(Script(answer({**PAIR, "scope": scope}))) as flow:
        grant = await flow.poll(CODE)
    assert isinstance(grant, Grant)
    assert grant.missing(NEEDED) == missing


async def test_waiting_keeps_the_interval_and_slows_down_for_good() -> None:
    """The given interval before every poll, 5 seconds more from each `slow_down` on."""
    pending, slow = no("authorization_pending"), no("slow_down")
    script = Script(pending, slow, pending, slow, answer(PAIR))
    async with oauth(script) as flow:
        grant = await flow.confirmed(CODE)
    assert grant.access_token == "canary-access-token"
    assert script.time.slept == [5, 5, 10, 10, 15]


async def test_waiting_outlasts_a_bad_network() -> None:
    """No answer doubles the pause, an answer makes it the interval again; a 429 is waited out."""
    script = Script(
        httpx.ReadTimeout("x"),
        httpx.ConnectError("x"),
        page(502),
        no("authorization_pending"),
        answer({}, 429),
        answer(PAIR),
    )
    async with oauth(script) as flow:
        await flow.confirmed(DeviceCode(DEVICE, "1", "", "", 5, 3600))
    assert script.time.slept == [5, 10, 20, 40, 5, 75]


async def test_waiting_ends_with_the_code() -> None:
    """Nobody asks after the code is over, and the error says how to get another."""
    script = Script(no("authorization_pending"))
    async with oauth(script) as flow:
        with pytest.raises(errors.CodeOver, match="okienko login"):
            await flow.confirmed(CODE)
    assert sum(script.time.slept) < 60
    assert len(script.requests) == 11


async def test_waiting_ends_at_a_refusal() -> None:
    """What will not change is not asked again."""
    script = Script(no("authorization_pending"), no("access_denied"))
    async with oauth(script) as flow:
        with pytest.raises(errors.SignInRefused):
            await flow.confirmed(CODE)
    assert len(script.requests) == 2


async def test_a_refresh_gives_another_pair() -> None:
    script = Script(answer(PAIR))
    async with oauth(script) as flow:
        grant = await flow.refresh(REFRESH)
    assert grant.access_token == "canary-access-token"
    assert form(script.requests[0]) == {"grant_type": ["refresh_token"], "refresh_token": [REFRESH]}


@pytest.mark.parametrize(
    ("response", "error"),
    [
        (no("invalid_grant", error_description=f"Invalid refresh token: {REFRESH}"), errors.SignInEnded),
        (no("Unauthorized", 401), errors.WrongClient),
        (no("invalid_request"), errors.SignInFailed),
        (answer({}, 429), errors.TooMany),
        (page(503), errors.Outage),
        (answer({}), errors.Undecodable),
    ],
)
async def test_a_refresh_that_fails(response: httpx.Response, error: type[errors.AllegroError]) -> None:
    async with oauth(Script(response)) as flow:
        with pytest.raises(error):
            await flow.refresh(REFRESH)


REPEATED = f"Invalid token: {REFRESH} of client {SECRET} for {DEVICE} and canary-access-token"


@pytest.mark.parametrize(
    "response",
    [
        no("invalid_grant", error_description=REPEATED),
        no("access_denied", error_description=REPEATED),
        no("invalid_request", error_description=REPEATED),
        no("Unauthorized", 401, error_description=REPEATED),
        no("x", 500, error_description=REPEATED),
        answer({**PAIR, "access_token": 1}),
        httpx.RemoteProtocolError(REPEATED),
    ],
)
@pytest.mark.parametrize(
    ("ask", "sent"), [(lambda flow: flow.poll(CODE), DEVICE), (lambda flow: flow.refresh(REFRESH), REFRESH)]
)
async def test_no_error_holds_what_was_sent(
    response: httpx.Response | Exception, ask: Callable[[OAuth], Awaitable[object]], sent: str
) -> None:
    """Neither the words nor the chain of an error, although OAuth repeats tokens in its sentences."""
    async with oauth(Script(response)) as flow:
        with pytest.raises(errors.AllegroError) as caught:
            await ask(flow)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + str(vars(caught.value))
    assert SECRET not in told
    assert sent not in told


def test_no_repr_holds_a_secret() -> None:
    """What a crash report with local variables would show."""
    shown = repr(CODE) + repr(Grant("canary-1", "canary-2", 1, frozenset()))
    assert "canary" not in shown
    assert "cbt3zdu4g" not in shown
