"""Replies that are not sent yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from api.store.table import KeyedStore

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Draft:
    """What a seller has typed for one thread of one account; `order` is the order that it is about."""

    account: str
    thread: str
    order: str
    text: str
    updated_at: datetime


class Drafts:
    """All drafts of this home, in `drafts.json`; one per account and thread.

    Every method raises StoreError where the file cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._store = KeyedStore(folder / "drafts.json", "drafts", Draft)

    def get(self, account: str, thread: str) -> Draft | None:
        return self._store.get(_key(account, thread))

    def put(self, draft: Draft) -> None:
        """Keep a draft; it is on the disk when this returns."""
        self._store.put(_key(draft.account, draft.thread), draft)

    def remove(self, account: str, thread: str) -> None:
        """Forget a draft; nothing happens where there is none."""
        self._store.remove(_key(account, thread))

    def threads(self, account: str) -> frozenset[str]:
        """Ids of the threads of this account that have a draft."""
        return frozenset(draft.thread for draft in self._store.all() if draft.account == account)

    def take_notices(self) -> list[str]:
        """What went wrong with the file and was dealt with, once each, for the screen to tell."""
        return self._store.take_notices()

    def close(self) -> None:
        self._store.close()


def _key(account: str, thread: str) -> str:
    return f"{account}/{thread}"
