"""Why a seller sent what a rule would have stopped: the first lines of their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from api.store.table import KeyedStore

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Override:
    """A decision to send against a `block`: which rules spoke, and the seller's reason. Not the text."""

    account: str
    thread: str
    order: str
    rules: tuple[str, ...]
    reason: str
    at: datetime


class Overrides:
    """All overrides of this home, in `overrides.json`.

    Every method raises StoreError where the file cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._store = KeyedStore(folder / "overrides.json", "overrides", Override)

    def add(self, override: Override) -> None:
        """Keep an override; it is on the disk when this returns."""
        self._store.put(f"{override.account}/{override.thread}/{override.at.isoformat()}", override)

    def all(self) -> tuple[Override, ...]:
        """Every override, oldest first."""
        return tuple(sorted(self._store.all(), key=lambda override: override.at))

    def take_notices(self) -> list[str]:
        """What went wrong with the file and was dealt with, once each, for the screen to tell."""
        return self._store.take_notices()

    def close(self) -> None:
        self._store.close()
