"""Starting a worker, always in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.dom import DOMNode


def start(node: DOMNode, lane: str, work: Callable[[], Awaitable[None]], *, alone: bool = False) -> None:
    """Run `work` for a node; `alone`: a newer one of the same lane ends it.

    An error that the work lets through never ends the application: `OkienkoApp` tells of it. The work is
    a function, not a coroutine, because a worker may be ended before its first step.
    """
    node.run_worker(work, group=lane, exclusive=alone, exit_on_error=False)
