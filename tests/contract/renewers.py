"""What the processes of the renewal tests do. A module of its own: they are forked from a server that has
imported nothing but this."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from api.access import choose_access
from api.allegro import Allegro
from api.config import Folders, Settings
from api.secrets.file import FileVault

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Barrier
    from pathlib import Path

PASSPHRASE = "hasło do pliku"
KILLED = 9


def ask_who_i_am(home: Path, together: Barrier, told: Connection) -> None:
    """Ask Allegro at the same moment as the others, and tell the login and the bearer that was used."""
    told.send(asyncio.run(_ask(home, together)))


async def _ask(home: Path, together: Barrier | None) -> tuple[str, str]:
    access = choose_access(Settings(), Folders(home, home, home), {"OKIENKO_PASSPHRASE": PASSPHRASE})
    access.unlock()  # the slow part, so that nobody comes late for it
    tokens = access.tokens()
    assert tokens is not None
    async with Allegro(access.connection, tokens=tokens) as allegro:
        if together is not None:
            together.wait()
        me = await allegro.account.me()
    return me.login, (await tokens.current()).token


def die_with_the_answer(home: Path) -> None:
    """Refresh, and be gone when the new pair has come and is about to be kept: as by kill -9."""
    FileVault.write = lambda *_arguments: os._exit(KILLED)  # type: ignore[method-assign]
    asyncio.run(_ask(home, None))
