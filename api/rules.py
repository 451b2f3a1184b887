"""The rules that bind this seller: Allegro's, and their own from `rules.toml` in the configuration folder."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from api.config import Folders
from policy import Pack, pack_for
from policy.own import with_own_rules

if TYPE_CHECKING:
    from pathlib import Path

NAME = "rules.toml"

_chosen: list[Path] = []


def choose_rules(folders: Folders) -> None:
    """From now on the own rules are those of this home (the demo has one of its own)."""
    _chosen[:] = [folders.config / NAME]


def rules_file() -> Path:
    """Where the seller's own rules stand; the file need not exist."""
    return _chosen[0] if _chosen else Folders.from_environment().config / NAME


def seller_pack(marketplace: str) -> Pack:
    """The rules on a marketplace together with the seller's own, as the file stood when it was first read.

    `PackError` for a mistake in the file, `UnknownMarketplaceError` for a marketplace without rules.
    """
    return _pack(marketplace, rules_file())


@lru_cache(maxsize=32)
def _pack(marketplace: str, file: Path) -> Pack:
    return with_own_rules(pack_for(marketplace), file)
