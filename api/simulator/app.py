"""The ASGI application: every resource behind its checks, and a `Trace-Id` on every answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from api.simulator import resources
from api.simulator.call import PUBLIC, Answer, Call, Resource
from api.simulator.checks import accepts, check, language_of
from api.simulator.faults.wire import NO_CONTEXT, Faulty
from api.simulator.ids import uuid_of
from api.simulator.refusal import METHOD_NOT_ALLOWED, RefusalError, TokenRefusalError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from api.simulator.connections import Connections
    from api.simulator.state import State


def create_app(state: State, connections: Connections) -> ASGIApp:
    """The whole pretend Allegro over this state; `connections` are those that its faults may cut."""
    by_path: dict[str, list[Resource]] = {}
    for resource in resources.ALL:
        by_path.setdefault(resource.path, []).append(resource)
    routes = [Route(path, _Methods(found, state)) for path, found in by_path.items()]
    router = Router(routes, redirect_slashes=False, default=_nowhere)
    return _Traced(Faulty(router, state, connections), state.settings.seed)


class _Methods:
    """The resources of one path, told apart by the method and then by the Accept header."""

    def __init__(self, found: list[Resource], state: State) -> None:
        self._by_method: dict[str, list[Resource]] = {}
        for resource in found:
            self._by_method.setdefault(resource.method, []).append(resource)
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        call = await _call(request)
        found = self._by_method.get(request.method)
        if found is None:
            refusal = RefusalError(METHOD_NOT_ALLOWED, f"Request method {request.method} is not supported")
            allowed = {"Allow": ", ".join(self._by_method)}
            response = _json(refusal.body(language_of(call)), refusal.status, PUBLIC, allowed)
        else:
            resource = next((it for it in found if accepts(call, it.media)), found[0])
            response = _respond(call, resource, self._state)
        await response(scope, receive, send)


class _Traced:
    """Puts a Trace-Id on every answer: another one each time, the same ones in every run."""

    def __init__(self, app: ASGIApp, seed: int) -> None:
        self._app = app
        self._seed = seed
        self._count = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._count += 1
        trace = uuid_of(self._seed, "trace", self._count).encode()

        async def send_traced(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"trace-id", trace)]
            await send(message)

        await self._app(scope, receive, send_traced)


async def _call(request: Request) -> Call:
    return Call(
        path=request.path_params,
        query=tuple(request.query_params.multi_items()),
        headers=dict(request.headers),
        body=await request.body(),
    )


def _respond(call: Call, resource: Resource, state: State) -> Response:
    media = resource.media if resource.media.endswith("json") else PUBLIC
    try:
        with state.lock:
            check(call, resource, state.tokens)
            answer = resource.handler(call, state)
    except RefusalError as refusal:
        return _json(refusal.body(language_of(call)), refusal.status, media)
    except TokenRefusalError as refusal:
        return _json(
            refusal.body(), refusal.status, media if resource.scope is not None else "application/json"
        )
    return _answered(answer, media)


def _answered(answer: Answer, media: str) -> Response:
    if isinstance(answer.body, bytes):
        # The header as it is: a media_type of Starlette's would gain a charset.
        headers = {**answer.headers, "Content-Type": answer.media or "application/octet-stream"}
        return Response(answer.body, answer.status, headers)
    return _json(answer.body, answer.status, answer.media or media, answer.headers)


def _json(body: object, status: int, media: str, headers: Mapping[str, str] | None = None) -> Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode(), status, {**(headers or {}), "Content-Type": media})


async def _nowhere(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(NO_CONTEXT, 404, {"Content-Type": "text/html"})(scope, receive, send)
