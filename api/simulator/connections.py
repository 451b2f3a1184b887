"""The open connections of the server, so that a fault can cut one."""

from __future__ import annotations

import contextlib
import socket
import struct
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

    Peer = tuple[str, int]

# Close at once, throw away what was not sent, and say so to the other side: a reset.
_RESET = struct.pack("ii", 1, 0)


class Connections:
    """Connections by the address of the client."""

    def __init__(self) -> None:
        self._open: dict[Peer, asyncio.Transport] = {}

    def protocol(self) -> type[H11Protocol]:
        """The protocol of uvicorn, which also notes its connections here."""
        opened = self._open

        class Noted(H11Protocol):
            def connection_made(self, transport: Any) -> None:
                self.noted_peer = transport.get_extra_info("peername")
                opened[self.noted_peer] = transport
                super().connection_made(transport)

            def connection_lost(self, exc: Exception | None) -> None:
                opened.pop(self.noted_peer, None)
                super().connection_lost(exc)

        return Noted

    def reset(self, peer: Peer) -> None:
        """Cut a connection; the client sees a reset, whatever it was waiting for."""
        transport = self._open.get(tuple(peer))  # type: ignore[arg-type]  # a list in some servers
        if transport is None:
            return
        with contextlib.suppress(OSError):
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        transport.abort()
