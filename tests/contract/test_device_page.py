"""/skojarz-aplikacje: the page where a person lets an application in, and what the polls say meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from api.simulator.seed import build_world
from api.simulator.server import Simulator, running
from api.simulator.settings import SimulatorSettings
from api.simulator.state import State
from tests.contract.conftest import SEED_NOW, Hand
from tests.contract.test_simulator_oauth import poll, start

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server(hand: Hand) -> Iterator[Simulator]:
    settings = SimulatorSettings(now=SEED_NOW, threads=1, device_by_page=True)
    with running(state=State(build_world(settings), settings, hand)) as simulator:
        yield simulator


@pytest.fixture
def application(server: Simulator) -> Iterator[httpx.Client]:
    basic = httpx.BasicAuth(server.client_id, server.client_secret)
    with httpx.Client(base_url=server.auth_url, auth=basic) as client:
        yield client


@pytest.fixture
def browser(server: Simulator) -> Iterator[httpx.Client]:
    """Whoever types the code: with no token and a browser's own name."""
    with httpx.Client(base_url=server.auth_url, headers={"User-Agent": "Mozilla/5.0"}) as client:
        yield client


def test_the_form_is_shown_with_the_code_of_the_address(browser: httpx.Client) -> None:
    """HTML, and what stands in the address cannot become a part of the page."""
    page = browser.get("/skojarz-aplikacje", params={"code": '12"><script>'})
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html;charset=UTF-8"
    assert 'value="12&quot;&gt;&lt;script&gt;"' in page.text
    assert "<script>" not in page.text
    assert 'value="allow"' in page.text
    assert 'value="refuse"' in page.text


def test_polls_wait_for_the_page(
    application: httpx.Client, browser: httpx.Client, server: Simulator, hand: Hand
) -> None:
    """However often it is asked, nothing is granted before a person has agreed."""
    codes = start(application, server)
    for _number in range(5):
        assert poll(application, codes["device_code"]).json() == {"error": "authorization_pending"}
        hand.move(5)
    done = browser.post("/skojarz-aplikacje", data={"code": str(codes["user_code"]), "answer": "allow"})
    assert done.status_code == 200
    assert "allegro:api:messaging" in done.text
    assert poll(application, codes["device_code"]).json()["token_type"] == "bearer"


def test_a_code_may_be_typed_in_threes(
    application: httpx.Client, browser: httpx.Client, server: Simulator
) -> None:
    code = str(start(application, server)["user_code"])
    spaced = f"{code[:3]} {code[3:6]} {code[6:]}"
    assert browser.post("/skojarz-aplikacje", data={"code": spaced, "answer": "allow"}).status_code == 200


def test_a_refusal_ends_the_polls(
    application: httpx.Client, browser: httpx.Client, server: Simulator, hand: Hand
) -> None:
    """`access_denied` once; the code is used up by it."""
    codes = start(application, server)
    browser.post("/skojarz-aplikacje", data={"code": str(codes["user_code"]), "answer": "refuse"})
    denied = poll(application, codes["device_code"])
    assert (denied.status_code, denied.json()) == (400, {"error": "access_denied"})
    hand.move(5)
    assert poll(application, codes["device_code"]).json() == {"error": "Invalid device code"}


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"code": "000000000", "answer": "allow"}, "Nie ma takiego kodu"),
        ({"answer": "allow"}, "Nie ma takiego kodu"),
        ({"code": "{code}", "answer": "perhaps"}, "Wybierz"),
        ({"code": "{code}"}, "Wybierz"),
    ],
)
def test_a_mistake_in_the_form_is_told(
    application: httpx.Client,
    browser: httpx.Client,
    server: Simulator,
    form: dict[str, str],
    words: str,
) -> None:
    """400, with the form again; nothing is decided by it."""
    codes = start(application, server)
    sent = {name: value.format(code=codes["user_code"]) for name, value in form.items()}
    page = browser.post("/skojarz-aplikacje", data=sent)
    assert page.status_code == 400
    assert words in page.text
    assert poll(application, codes["device_code"]).json() == {"error": "authorization_pending"}


def test_a_code_is_decided_once(application: httpx.Client, browser: httpx.Client, server: Simulator) -> None:
    """A second person, or a second click, changes nothing; nor does one that comes too late."""
    code = str(start(application, server)["user_code"])
    browser.post("/skojarz-aplikacje", data={"code": code, "answer": "allow"})
    assert browser.post("/skojarz-aplikacje", data={"code": code, "answer": "refuse"}).status_code == 400


def test_an_old_code_is_not_taken(
    application: httpx.Client, browser: httpx.Client, server: Simulator, hand: Hand
) -> None:
    code = str(start(application, server)["user_code"])
    hand.move(3600)
    assert browser.post("/skojarz-aplikacje", data={"code": code, "answer": "allow"}).status_code == 400
