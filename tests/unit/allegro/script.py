"""What the client's unit tests share: a scripted Allegro, a clock that only moves when told, and values."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any

import httpx

from api.allegro import Allegro
from api.allegro.retry import Timing
from api.config import Connection
from api.domain import Account

if TYPE_CHECKING:
    from collections.abc import Callable

TOKEN = "canary.token-aaaa"
TEXT = "canary text, nobody may quote it"
ME = Account("1", "Sklep_Ani", "allegro-pl")
CONNECTION = Connection(
    api_url="https://api.allegro.test",
    auth_url="https://allegro.test",
    app_name="okienko",
    app_url="https://okienko.test/",
    token=TOKEN,
)

AUTHOR_ME = {"role": "USER", "login": "sklep_ani"}
MESSAGE: dict[str, Any] = {
    "id": "m1",
    "status": "VERIFYING",
    "type": "MESSAGE_CENTER",
    "createdAt": "2026-11-23T10:00:00.000Z",
    "author": AUTHOR_ME,
    "text": "dzień dobry",
    "subject": None,
    "relatesTo": {"offer": None, "order": None},
    "hasAdditionalAttachments": False,
    "attachments": [],
    "additionalInformation": None,
}
THREAD: dict[str, Any] = {
    "id": "t1",
    "read": False,
    "type": "COMMON",
    "createdAt": "2026-11-20T10:00:00.000Z",
    "lastMessageDateTime": "2026-11-23T10:00:00.000Z",
    "participants": [{"role": "USER", "login": "SKLEP_ani"}, {"role": "USER", "login": "kupujacy_1"}],
    "status": "OPEN",
}
PERSON = {"id": "1", "login": "Sklep_Ani", "baseMarketplace": {"id": "allegro-pl"}}


class FakeTime:
    """Seconds that pass only by sleeping; every random number is the upper bound."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    @property
    def timing(self) -> Timing:
        return Timing(monotonic=lambda: self.now, sleep=self.sleep, uniform=lambda _low, high: high)


class Script:
    """An Allegro that plays its answers in order, the last one for ever, and remembers the requests."""

    def __init__(
        self, *steps: httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]
    ) -> None:
        self._steps = deque(steps)
        self.requests: list[httpx.Request] = []
        self.time = FakeTime()

    def play(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        step = self._steps.popleft() if len(self._steps) > 1 else self._steps[0]
        if isinstance(step, Exception):
            raise step
        return step(request) if callable(step) else step

    def client(self, connection: Connection = CONNECTION, language: str = "pl-PL") -> Allegro:
        transport = httpx.MockTransport(self.play)
        return Allegro(connection, language=language, transport=transport, timing=self.time.timing)


def answer(body: object, status: int = 200, **headers: str) -> httpx.Response:
    """JSON with a Trace-Id; `Retry_After="3"` is the header Retry-After."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, json=body, headers={"Trace-Id": "trace-1", **named})


def refusal(
    status: int, code: str = "CODE", user_message: str = "Nie.", path: str | None = None, **headers: str
) -> httpx.Response:
    """Allegro's envelope."""
    error = {
        "code": code,
        "message": "No.",
        "details": None,
        "path": path,
        "userMessage": user_message,
        "metadata": {},
    }
    return answer({"errors": [error]}, status, **headers)


def page(status: int = 404) -> httpx.Response:
    """HTML where JSON is due."""
    return httpx.Response(
        status, html="<h1>404 Not Found</h1>No context found for request", headers={"Trace-Id": "trace-1"}
    )
