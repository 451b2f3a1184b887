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
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

from api.allegro.answers import Answer, trace_id
from api.allegro.errors import AllegroError, Reason, TimedOut, Undecodable, Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.allegro.call import Call
    from api.allegro.tokens import Bearer


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

SLOWEST_UPLOAD: Final = 20_000
"""Bytes a second: a file that goes out gets that much more time."""

CONNECTIONS: Final = 5
"""Four reads at a time and one message."""

# Idle connections are dropped before a server does it (uvicorn after 5 s): a message that goes out on a
# connection that is just being closed has an unknown outcome.
_KEEP_ALIVE = 4.0


class Sink(NamedTuple):
    """Where the body of a good answer goes in parts, each with the size of the whole if that is known."""

    write: Callable[[bytes, int | None], None]
    limit: int


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

    async def exchange(self, call: Call, bearer: Bearer, sink: Sink | None = None) -> Answer | AllegroError:
        """Send once and read the whole answer; the body of a good one goes to the `sink` if there is one.

        Errors are returned, not raised: httpx's own hold the request with its headers and body, and
        nothing of that may be chained to ours.
        """
        seen = _Seen()
        try:
            async with asyncio.timeout(None if sink else seconds_for(call)):
                return await self._exchange(call, bearer, seen, sink)
        except TimeoutError:
            return TimedOut(call.method, call.path, trace_id=seen.trace_id)
        except httpx.RequestError as error:
            return _failure(call, error, seen.trace_id)

    async def _exchange(
        self, call: Call, bearer: Bearer, seen: _Seen, sink: Sink | None
    ) -> Answer | AllegroError:
        request = self._request(call, bearer)
        if request is None:
            return Undecodable(call.method, call.path, problem="an upload address that is not Allegro's")
        response = await self._client.send(request, stream=True, auth=None)
        try:
            seen.trace_id = trace_id(response.headers.get("Trace-Id", ""))
            whole = bytearray()
            take, limit = _taker(response, whole, sink)
            received = 0
            async for chunk in response.aiter_bytes():
                received += len(chunk)
                if received > limit:
                    return Undecodable(
                        call.method,
                        call.path,
                        problem=f"larger than {limit:,} bytes",
                        trace_id=seen.trace_id,
                        status=response.status_code,
                    )
                take(chunk)
            return Answer(
                status=response.status_code,
                content_type=response.headers.get("Content-Type", ""),
                trace_id=seen.trace_id,
                retry_after=response.headers.get("Retry-After", ""),
                body=bytes(whole),
                location=response.headers.get("Location", ""),
            )
        finally:
            await response.aclose()

    def _request(self, call: Call, bearer: Bearer) -> httpx.Request | None:
        headers = {"Accept": call.media.value if call.media else "*/*"}
        if call.body is not None:
            headers["Content-Type"] = call.content_type or (call.media.value if call.media else "")
        if call.language:
            headers["Accept-Language"] = call.language
        request = self._client.build_request(
            call.method,
            call.upload or self._root + call.path,
            params=call.params or None,
            content=call.body,
            headers=headers,
        )
        # The path is ours and its parts are quoted; this makes sure that no mistake there, and no address
        # in an answer, hands the token or a file to another host.
        if not self._is_allegro(request.url):
            if call.upload:
                return None
        elif bearer.token:
            request.headers["Authorization"] = f"{bearer.kind} {bearer.token}"
        return request

    def _is_allegro(self, url: httpx.URL) -> bool:
        """The API's own host, or the one beside it that takes files (upload.allegro.pl)."""
        root = httpx.URL(self._root)
        if url.scheme != root.scheme or url.port != root.port:
            return False
        return url.host == root.host or url.host == root.host.replace("api.", "upload.", 1)


def _taker(
    response: httpx.Response, whole: bytearray, sink: Sink | None
) -> tuple[Callable[[bytes], None], int]:
    """What takes the parts of an answer, and how many bytes it may have."""
    if sink is None or not response.is_success:
        return whole.extend, MAX_BODY
    write, limit = sink
    packed = "Content-Encoding" in response.headers  # then the length is that of the packed bytes
    told = "" if packed else response.headers.get("Content-Length", "")
    size = int(told) if told.isascii() and told.isdigit() else None
    return lambda part: write(part, size), limit


def seconds_for(call: Call) -> float:
    """How long a whole exchange may take: longer for a file that goes out."""
    return MAX_SECONDS + len(call.body or b"") / SLOWEST_UPLOAD


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
