"""/auth/oauth: the device flow and the refresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from api.simulator.call import PUBLIC
from api.simulator.seed import build_world
from api.simulator.server import Simulator, running
from api.simulator.settings import SimulatorSettings
from api.simulator.state import State
from tests.contract.conftest import SEED_NOW, USER_AGENT, Hand

if TYPE_CHECKING:
    from collections.abc import Iterator

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@pytest.fixture
def server(hand: Hand) -> Iterator[Simulator]:
    settings = SimulatorSettings(now=SEED_NOW, threads=1, device_polls=1, device_interval=5)
    with running(state=State(build_world(settings), settings, hand)) as simulator:
        yield simulator


@pytest.fixture
def application(server: Simulator) -> Iterator[httpx.Client]:
    """The application with its id and secret; it names no User-Agent, which OAuth does not ask for."""
    basic = httpx.BasicAuth(server.client_id, server.client_secret)
    with httpx.Client(base_url=server.auth_url, auth=basic) as client:
        yield client


def start(application: httpx.Client, server: Simulator, **form: str) -> dict[str, object]:
    """Ask for a pair of codes."""
    response = application.post("/auth/oauth/device", data={"client_id": server.client_id, **form})
    assert response.status_code == 200
    codes: dict[str, object] = response.json()
    return codes


def poll(application: httpx.Client, code: object) -> httpx.Response:
    return application.post("/auth/oauth/token", data={"grant_type": DEVICE_GRANT, "device_code": code})


def refresh(application: httpx.Client, token: str) -> httpx.Response:
    form = {"grant_type": "refresh_token", "refresh_token": token}
    return application.post("/auth/oauth/token", data=form)


def signed_in(application: httpx.Client, server: Simulator, hand: Hand, **form: str) -> dict[str, object]:
    """A pair of tokens by the device flow."""
    code = start(application, server, **form)["device_code"]
    poll(application, code)
    hand.move(5)
    pair: dict[str, object] = poll(application, code).json()
    return pair


def me(server: Simulator, token: object) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "User-Agent": USER_AGENT, "Accept": PUBLIC}
    return httpx.get(f"{server.api_url}/me", headers=headers)


def test_the_codes_come_with_all_that_a_person_needs(application: httpx.Client, server: Simulator) -> None:
    """A user code of nine digits, the page to type it at, the interval and the end."""
    codes = start(application, server)
    assert str(codes["user_code"]).isdigit()
    assert len(str(codes["user_code"])) == 9
    assert codes["verification_uri_complete"] == f"{codes['verification_uri']}?code={codes['user_code']}"
    assert (codes["interval"], codes["expires_in"]) == (5, 3600)


def test_the_client_id_may_stand_in_the_query(application: httpx.Client, server: Simulator) -> None:
    response = application.post("/auth/oauth/device", params={"client_id": server.client_id})
    assert response.status_code == 200


def test_polling_is_pending_until_it_is_confirmed(
    application: httpx.Client, server: Simulator, hand: Hand
) -> None:
    """`authorization_pending` as often as the settings say, then a pair that opens the API."""
    code = start(application, server)["device_code"]
    pending = poll(application, code)
    assert (pending.status_code, pending.json()) == (400, {"error": "authorization_pending"})
    hand.move(5)
    pair = poll(application, code).json()
    assert (pair["token_type"], pair["expires_in"], pair["allegro_api"]) == ("bearer", 43199, True)
    assert me(server, pair["access_token"]).status_code == 200


def test_polling_too_fast_is_told_to_slow_down(
    application: httpx.Client, server: Simulator, hand: Hand
) -> None:
    """Before the interval is over the answer is `slow_down`, and it does not count as a poll."""
    code = start(application, server)["device_code"]
    poll(application, code)
    hand.move(4)
    assert poll(application, code).json() == {"error": "slow_down"}
    hand.move(5)
    assert poll(application, code).status_code == 200


def test_a_device_code_yields_a_pair_once(application: httpx.Client, server: Simulator, hand: Hand) -> None:
    """A used, unknown or old code is answered with Allegro's sentence."""
    code = start(application, server)["device_code"]
    poll(application, code)
    hand.move(5)
    poll(application, code)
    old = start(application, server)["device_code"]
    hand.move(3600)
    for dead in (code, "unknown", old):
        response = poll(application, dead)
        assert (response.status_code, response.json()) == (400, {"error": "Invalid device code"})


def test_only_scopes_that_the_application_has_are_granted(
    application: httpx.Client, server: Simulator, hand: Hand
) -> None:
    """Asking wider silently yields what there is, asking narrower what was asked."""
    wanted = "allegro:api:messaging allegro:api:everything"
    pair = signed_in(application, server, hand, scope=wanted)
    assert pair["scope"] == "allegro:api:messaging"
    assert me(server, pair["access_token"]).status_code == 403


def test_an_access_token_ends_after_twelve_hours(
    application: httpx.Client, server: Simulator, hand: Hand
) -> None:
    pair = signed_in(application, server, hand)
    hand.move(43199)
    assert me(server, pair["access_token"]).status_code == 401
    assert me(server, server.token).status_code == 200


def test_a_refresh_gives_a_new_pair_with_the_same_scopes(
    application: httpx.Client, server: Simulator, hand: Hand
) -> None:
    first = signed_in(application, server, hand, scope="allegro:api:profile:read")
    second = refresh(application, str(first["refresh_token"])).json()
    assert second["scope"] == first["scope"]
    assert {second["access_token"], second["refresh_token"]}.isdisjoint(
        {first["access_token"], first["refresh_token"]}
    )
    assert me(server, second["access_token"]).status_code == 200


def test_a_used_refresh_token_works_for_a_minute_more(
    application: httpx.Client, server: Simulator, hand: Hand
) -> None:
    """Sixty seconds after its first use, for a lost answer, and no longer."""
    used = str(signed_in(application, server, hand)["refresh_token"])
    assert refresh(application, used).status_code == 200
    hand.move(60)
    assert refresh(application, used).status_code == 200
    hand.move(0.1)
    late = refresh(application, used)
    assert (late.status_code, late.json()["error"]) == (400, "invalid_grant")
    assert late.json()["error_description"].startswith("Invalid refresh token")


@pytest.mark.parametrize("path", ["/auth/oauth/device", "/auth/oauth/token"])
def test_wrong_credentials_of_the_application_are_unauthorized(server: Simulator, path: str) -> None:
    """401 for a wrong secret, no secret, or one that is no base64."""
    for headers in ({"Authorization": "Basic eDp5"}, {}, {"Authorization": "Basic ąę".encode()}):
        response = httpx.post(f"{server.auth_url}{path}", headers=headers)
        assert (response.status_code, response.json()["error"]) == (401, "Unauthorized")


def test_another_grant_is_not_supported(application: httpx.Client) -> None:
    response = application.post("/auth/oauth/token", data={"grant_type": "password"})
    assert (response.status_code, response.json()["error"]) == (400, "unsupported_grant_type")


def test_a_revoked_token_is_refused(server: Simulator) -> None:
    """As when the user takes the application off the account."""
    server.state.tokens.revoke_access(server.token)
    assert me(server, server.token).status_code == 401
