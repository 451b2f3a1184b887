"""What the contract tests share: a simulator, a plain client whose answers are judged, a clock to move."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from api.simulator.call import BETA, PUBLIC
from api.simulator.seed import build_world
from api.simulator.server import running
from api.simulator.settings import SimulatorSettings
from api.simulator.state import State
from tests.conftest import NOW
from tests.contract.openapi import OPENAPI_FILE, validate_response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.simulator.server import Simulator

SEED_NOW = datetime.fromisoformat(NOW).astimezone(UTC)
USER_AGENT = "okienko-tests/1.0 (+https://okienko.example/)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, what needs Allegro's OpenAPI file where it is not there."""
    if OPENAPI_FILE.exists():
        return
    reason = "Allegro's OpenAPI file is not at ../shared/reference/allegro-openapi.yaml"
    for item in items:
        if item.get_closest_marker("needs_openapi"):
            item.add_marker(pytest.mark.skip(reason=reason))


class Hand:
    """A monotonic clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def move(self, seconds: float) -> None:
        self.seconds += seconds


class JudgedTransport(httpx.HTTPTransport):
    """The network; every answer of the API is held against Allegro's file where that is there."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        body = response.read()
        if OPENAPI_FILE.exists() and not request.url.path.startswith("/auth/"):
            url, headers = str(request.url), response.headers
            validate_response(request.method, url, response.status_code, headers, body)
        return response


class Client(httpx.Client):
    """A plain client of one simulator with everything that Allegro asks for in its headers."""

    def __init__(self, simulator: Simulator, media: str) -> None:
        super().__init__(
            base_url=simulator.api_url,
            transport=JudgedTransport(),
            headers={
                "Authorization": f"Bearer {simulator.token}",
                "User-Agent": USER_AGENT,
                "Accept": media,
            },
        )
        self.media = media

    def send_json(self, method: str, path: str, body: object) -> httpx.Response:
        """With the vendor's media type, not the `application/json` of the library."""
        return self.request(method, path, json=body, headers={"Content-Type": self.media})

    def pages(self, path: str, name: str) -> list[dict[str, Any]]:
        """All elements of a list of beta.v1, page after page."""
        found: list[dict[str, Any]] = []
        parameters: dict[str, str] = {}
        while True:
            page = self.get(path, params=parameters).json()
            found += page[name]
            if page["nextPage"] is None:
                return found
            parameters["page.id"] = page["nextPage"]["id"]

    def thread_with(self, login: str, kind: str = "COMMON") -> str:
        """The id of the thread with this user."""
        threads = self.pages("/messaging/threads", "threads")
        return next(
            str(it["id"])
            for it in threads
            if it["type"] == kind and any(person["login"] == login for person in it["participants"])
        )


@pytest.fixture(scope="module")
def shown() -> Iterator[Simulator]:
    """The hand-written world, for tests that only look."""
    with running(SimulatorSettings(now=SEED_NOW)) as simulator:
        yield simulator


@pytest.fixture(scope="module")
def beta(shown: Simulator) -> Iterator[Client]:
    with Client(shown, BETA) as client:
        yield client


@pytest.fixture(scope="module")
def public(shown: Simulator) -> Iterator[Client]:
    with Client(shown, PUBLIC) as client:
        yield client


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def own(hand: Hand) -> Iterator[Simulator]:
    """A world of its own for a test that changes it, on the clock `hand`."""
    settings = SimulatorSettings(now=SEED_NOW, verify_seconds=2.0)
    with running(state=State(build_world(settings), settings, hand)) as simulator:
        yield simulator


@pytest.fixture
def writer(own: Simulator) -> Iterator[Client]:
    """A client of `own` for `/messaging`."""
    with Client(own, BETA) as client:
        yield client
