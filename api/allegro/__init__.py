"""Allegro's REST API: `Allegro` is the client, `api.allegro.errors` what can go wrong.

Importing this package, its errors or its types loads neither httpx nor msgspec (together 90 ms on a
2-core machine): a screen or a command that only catches an error does not pay for a connection.
`Allegro` itself is loaded when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.allegro.client import Allegro

__all__ = ["Allegro"]


def __getattr__(name: str) -> Any:
    if name == "Allegro":
        from api.allegro.client import Allegro  # noqa: PLC0415  see the module's docstring

        return Allegro
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
