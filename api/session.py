"""Everything that one signed-in account works with, put together."""

from __future__ import annotations

from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.domain import Account
from api.inbox.reader import Inbox
from api.outbox import Sender
from api.store import Drafts, Overrides

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from api.allegro.tokens import Tokens
    from api.config import Connection, Folders


@dataclass(frozen=True, slots=True)
class Session:
    """An account and its services, ready for a screen or a command."""

    account: Account
    inbox: Inbox
    sender: Sender
    drafts: Drafts
    overrides: Overrides

    def take_notices(self) -> list[str]:
        """What went wrong with the stores' files and was dealt with, once each, for the screen to tell."""
        return [*self.drafts.take_notices(), *self.overrides.take_notices()]


@asynccontextmanager
async def open_session(
    connection: Connection, folders: Folders, language: str, tokens: Tokens | None = None
) -> AsyncIterator[Session]:
    """Ask who is signed in and open the stores; everything is closed at the end.

    `tokens` are those of a signed-in account (`api.signing_in`); without them the connection's own is used.
    `language` is the BCP-47 tag in which Allegro writes its own words. Raises AllegroError and StoreError.
    """
    from api.allegro import Allegro  # noqa: PLC0415  httpx is loaded when it is needed, not for a type

    async with Allegro(connection, language=language, tokens=tokens) as allegro:
        account = await allegro.account.me()
        with closing(Drafts(folders.data)) as drafts, closing(Overrides(folders.data)) as overrides:
            sender = Sender(allegro, account, overrides)
            overrides.all()  # a damaged file is noticed now, not when a reason must be kept
            yield Session(account, Inbox(allegro, account), sender, drafts, overrides)
