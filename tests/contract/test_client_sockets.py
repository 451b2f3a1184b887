"""The client against servers that break off, speak no TLS, or answer nonsense, over real sockets."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from api.allegro import Allegro, errors
from api.allegro.retry import Timing
from api.config import Connection
from api.domain import Account

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

ME = Account("1", "sklep", "allegro-pl")


@asynccontextmanager
async def talking_to(talk: Talk, scheme: str = "http") -> AsyncIterator[tuple[Allegro, list[int]]]:
    """A client of a server that does `talk` with each connection, and the number of connections so far."""
    connections: list[int] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(len(connections))
        try:
            await talk(reader, writer)
        finally:
            writer.close()

    async def at_once(_seconds: float) -> None:
        return None

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    root = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    connection = Connection(root, root, "okienko", "https://okienko.example/", token="canary")
    async with server, Allegro(connection, timing=Timing(sleep=at_once)) as allegro:
        yield allegro, connections


async def hang_up(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"}")


async def break_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nTrace-Id: half\r\nContent-Length: 100\r\n\r\n{")
    await writer.drain()


async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"220 mail.example ESMTP\r\n")
    await writer.drain()


async def babble_at_once(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mail.example ESMTP\r\n")
    await writer.drain()


async def garble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(
        b"HTTP/1.1 200 OK\r\nTrace-Id: gz\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"
    )
    await writer.drain()


async def test_a_message_whose_connection_is_cut_is_unknown_and_not_repeated() -> None:
    """The server took the message and hung up: one connection, one unknown outcome."""
    async with talking_to(hang_up) as (allegro, connections):
        with pytest.raises(errors.SendOutcomeUnknown) as caught:
            await allegro.messaging.reply(ME, "t1", "Dzień dobry")
    assert len(connections) == 1
    assert isinstance(caught.value.failure, errors.Unreachable)


async def test_a_read_that_breaks_off_is_repeated_and_keeps_the_trace_id() -> None:
    """Half an answer is none; the Trace-Id that came with it is told."""
    async with talking_to(break_off) as (allegro, connections):
        with pytest.raises(errors.Unreachable) as caught:
            await allegro.account.me()
    assert len(connections) == 3
    assert caught.value.trace_id == "half"


async def test_a_server_that_speaks_no_http_is_no_crash() -> None:
    """Another protocol on the port is an unreachable Allegro."""
    async with talking_to(babble) as (allegro, _):
        with pytest.raises(errors.Unreachable):
            await allegro.account.me()


async def test_damaged_compression_is_not_understood() -> None:
    """A body that cannot be unpacked is named as such."""
    async with talking_to(garble) as (allegro, _):
        with pytest.raises(errors.Undecodable) as caught:
            await allegro.account.me()
    assert caught.value.trace_id == "gz"


async def test_without_tls_there_is_no_connection() -> None:
    """https to a server that speaks none fails as TLS, at once and with nothing sent."""
    async with talking_to(babble_at_once, "https") as (allegro, connections):
        with pytest.raises(errors.Unreachable) as caught:
            await allegro.messaging.reply(ME, "t1", "Dzień dobry")
    assert caught.value.reason is errors.Reason.TLS
    assert len(connections) == 1


async def test_a_proxy_is_never_put_before_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment is not asked for loopback: it would see the token."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with talking_to(break_off) as (allegro, connections):
        with pytest.raises(errors.Unreachable):
            await allegro.account.me()
    assert connections
