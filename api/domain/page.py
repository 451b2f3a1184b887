"""One page of a list that goes on elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of results and the cursor of the next one (None at the end)."""

    items: tuple[T, ...]
    next: str | None
