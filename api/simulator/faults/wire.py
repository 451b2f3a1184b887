"""Request faults on the wire: answers that are slow, lost, wrong, or never come."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response

from api.simulator.call import BETA, PUBLIC
from api.simulator.checks import LANGUAGES
from api.simulator.refusal import TOO_MANY_REQUESTS, Kind, RefusalError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from api.simulator.connections import Connections
    from api.simulator.faults.script import RequestRule
    from api.simulator.state import State

# What the edge says where no resource stands behind it, seen when a whole list was out of order
# (allegro/allegro-api#11478).
NO_CONTEXT = b"<h1>404 Not Found</h1>No context found for request"

TOO_MANY = 429
TROUBLE = (
    "Something went wrong. Try again in a few moments.",
    "Coś poszło nie tak. Spróbuj ponownie za chwilę.",
)
CURSORS = frozenset({"page.id", "offset"})


class Faulty:
    """The whole pretend Allegro, with the faults of its state's script before and after it."""

    def __init__(self, app: ASGIApp, state: State, connections: Connections) -> None:
        self._app = app
        self._state = state
        self._connections = connections

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        with self._state.lock:
            follows = any(name in CURSORS for name, _ in query)
            rules = self._state.faults.on_request(scope["method"], scope["path"], follows=follows)
        for rule in rules:
            if rule.fault == "latency":
                self._tell(rule)
                await asyncio.sleep(rule.seconds)
            elif rule.fault == "first-page":
                kept = urlencode([(name, value) for name, value in query if name not in CURSORS])
                scope = {**scope, "query_string": kept.encode("latin-1")}
                self._tell(rule)
            else:
                await self._harm(rule, scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _harm(self, rule: RequestRule, scope: Scope, receive: Receive, send: Send) -> None:
        if rule.handled:
            await self._app(scope, receive, _nobody)
        else:
            await _read_to_the_end(receive)
        match rule.fault:
            case "reset":
                self._tell(rule)
                self._connections.reset(scope["client"])
                await _until_gone(receive)
            case "timeout":
                self._tell(rule)
                try:
                    await asyncio.wait_for(_until_gone(receive), rule.seconds)
                except TimeoutError:
                    self._connections.reset(scope["client"])
                    await _until_gone(receive)
            case "html404":
                self._tell(rule)
                await Response(NO_CONTEXT, 404, {"Content-Type": "text/html"})(scope, receive, send)
            case _:
                self._tell(rule)
                await _refused(rule, scope)(scope, receive, send)

    def _tell(self, rule: RequestRule) -> None:
        with self._state.lock:
            self._state.faults.tell(rule)


def _refused(rule: RequestRule, scope: Scope) -> Response:
    """An error in Allegro's envelope; its own words and code where the script gives none."""
    headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
    language = headers.get("accept-language", "")
    kind = TOO_MANY_REQUESTS if rule.status == TOO_MANY else Kind(rule.status, _code(rule.status), *TROUBLE)
    if rule.code:
        kind = Kind(kind.status, rule.code, kind.english, kind.polish)
    refusal = RefusalError(kind, rule.message or kind.code)
    body = refusal.body(language if language in LANGUAGES else "en-US")
    answer = {"Content-Type": BETA if BETA in headers.get("accept", "") else PUBLIC}
    if rule.retry_after is not None:
        answer["Retry-After"] = str(rule.retry_after)
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode(), rule.status, answer)


def _code(status: int) -> str:
    codes = {
        500: "INTERNAL_SERVER_ERROR",
        502: "BAD_GATEWAY",
        503: "SERVICE_UNAVAILABLE",
        504: "GATEWAY_TIMEOUT",
    }
    return codes.get(status, "ERROR")


async def _nobody(_message: Message) -> None:
    """Takes an answer that nobody will ever get."""


async def _read_to_the_end(receive: Receive) -> None:
    """The request itself arrives, or the client would see another trouble than the one of the script."""
    more = True
    while more:
        message = await receive()
        more = message["type"] == "http.request" and message.get("more_body", False)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
