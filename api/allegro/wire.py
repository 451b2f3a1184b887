"""The only module that imports httpx: one request out, one answer (or what went wrong) back.

`import httpx` also loads its command line and with it click, rich and pygments wherever click is
installed (uvicorn brings it): 134 ms instead of 66 ms in a bare interpreter, 53 ms instead of 24 ms after
Textual (Python 3.11, 2 cores).
Telling Python that `httpx._main` does not exist is what httpx itself is prepared for.
"""

from __future__ import annotations

import asyncio
import functools
import importlib
import ipaddress
import socket
import ssl
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from api.allegro.answers import Answer, trace_id
from api.allegro.errors import AllegroError, Reason, TimedOut, Undecodable, Unreachable

if TYPE_CHECKING:
    from api.allegro.call import Call


def _import_httpx() -> Any:
    if "httpx" in sys.modules:
        return sys.modules["httpx"]
    sys.modules["httpx._main"] = None  # type: ignore[assignment]
    try:
        return importlib.import_module("httpx")
    finally:
        del sys.modules["httpx._main"]


if TYPE_CHECKING:
    import httpx
else:
    httpx = _import_httpx()

MAX_BODY: Final = 20_000_000
"""Bytes, decompressed. A full page of anything is below one megabyte."""

MAX_SECONDS: Final = 60.0
"""For a whole exchange: the time-outs below bound each step, not a server that drips."""

CONNECTIONS: Final = 5
"""Four reads at a time and one message."""

# Idle connections are dropped before a server does it (uvicorn after 5 s): a message that goes out on a
# connection that is just being closed has an unknown outcome.
_KEEP_ALIVE = 4.0


@dataclass(slots=True)
class _Seen:
    """What was learned of an answer before it broke off."""

    trace_id: str = ""


class Wire:
    """An httpx client that talks to one host. Follows no redirects, keeps no answers."""

    def __init__(
        self,
        root: str,
        *,
        user_agent: str,
        language: str,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`root` is `scheme://host[:port][/path]`; `transport` replaces the network in tests."""
        host = urlsplit(root).hostname or ""
        local = is_loopback(host)
        self._root = root
        self._client = httpx.AsyncClient(
            headers={"User-Agent": user_agent, "Accept-Language": language},
            verify=ssl_context() if root.startswith("https:") else _no_tls(),
            timeout=httpx.Timeout(connect=5.0, read=20.0, write=20.0, pool=20.0),
            limits=httpx.Limits(
                max_connections=CONNECTIONS,
                max_keepalive_connections=CONNECTIONS,
                keepalive_expiry=_KEEP_ALIVE,
            ),
            follow_redirects=False,
            # Proxies from the environment, but never in front of this machine itself.
            trust_env=not local,
            transport=transport,
        )

    async def aclose(self) -> None:
        await self._client.aclose()

    async def exchange(self, call: Call, token: str) -> Answer | AllegroError:
        """Send once and read the whole answer.

        Errors are returned, not raised: httpx's own hold the request with its headers and body, and
        nothing of that may be chained to ours.
        """
        seen = _Seen()
        try:
            async with asyncio.timeout(MAX_SECONDS):
                return await self._exchange(call, token, seen)
        except TimeoutError:
            return TimedOut(call.method, call.path, trace_id=seen.trace_id)
        except httpx.RequestError as error:
            return _failure(call, error, seen.trace_id)

    async def _exchange(self, call: Call, token: str, seen: _Seen) -> Answer | AllegroError:
        response = await self._client.send(self._request(call, token), stream=True, auth=None)
        try:
            seen.trace_id = trace_id(response.headers.get("Trace-Id", ""))
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_BODY:
                    return Undecodable(
                        call.method,
                        call.path,
                        problem=f"larger than {MAX_BODY:,} bytes",
                        trace_id=seen.trace_id,
                        status=response.status_code,
                    )
            return Answer(
                status=response.status_code,
                content_type=response.headers.get("Content-Type", ""),
                trace_id=seen.trace_id,
                retry_after=response.headers.get("Retry-After", ""),
                body=bytes(body),
            )
        finally:
            await response.aclose()

    def _request(self, call: Call, token: str) -> httpx.Request:
        headers = {"Accept": call.media.value}
        if call.body is not None:
            headers["Content-Type"] = call.media.value
        request = self._client.build_request(
            call.method,
            self._root + call.path,
            params=call.params or None,
            content=call.body,
            headers=headers,
        )
        # The path is ours and its parts are quoted; this makes sure that no mistake there hands the token
        # to another host.
        if token and request.url.netloc == httpx.URL(self._root).netloc:
            request.headers["Authorization"] = f"Bearer {token}"
        return request


def is_loopback(host: str) -> bool:
    """Whether this is the machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@functools.cache
def ssl_context() -> ssl.SSLContext:
    """The one TLS context: reading the certificates costs 20 to 45 ms, so it is done once."""
    return httpx.create_ssl_context()


@functools.cache
def _no_tls() -> ssl.SSLContext:
    """A context that trusts nobody, for plain http to loopback: no certificates to read."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _failure(call: Call, error: httpx.RequestError, trace: str) -> AllegroError:
    """Our error for one of httpx's. Its words are not used: h11 quotes whole headers in some."""
    where = (call.method, call.path)
    match error:
        case httpx.ConnectTimeout() | httpx.PoolTimeout():
            return TimedOut(*where, nothing_sent=True)
        case httpx.TimeoutException():
            return TimedOut(*where, trace_id=trace)
        case httpx.ProxyError():
            return Unreachable(*where, reason=Reason.PROXY, nothing_sent=True)
        case httpx.ConnectError():
            return Unreachable(*where, reason=_reason(error), nothing_sent=True)
        case httpx.DecodingError():
            return Undecodable(*where, problem="damaged compression", trace_id=trace)
    return Unreachable(*where, reason=Reason.CUT, trace_id=trace)


def _reason(error: BaseException) -> Reason:
    """Why there is no connection, from the chain of causes below httpx's error."""
    pending: list[BaseException] = [error]
    seen: set[int] = set()
    while pending:
        current = pending.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        match current:
            case ssl.SSLError():
                return Reason.TLS
            case socket.gaierror():
                return Reason.DNS
            case ConnectionRefusedError():
                return Reason.REFUSED
            case BaseExceptionGroup():
                pending.extend(current.exceptions)
        pending.extend(link for link in (current.__cause__, current.__context__) if link is not None)
    return Reason.NETWORK
