"""Secrets as one text, and the vault of the environment."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from api.config import Folders
from api.secrets import (
    NothingStoredError,
    Secrets,
    Vault,
    VaultDamagedError,
    VaultKind,
    open_vault,
)
from api.secrets.environment import EnvironmentVault

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = Secrets("canary-a", "canary-r", "canary-c", datetime(2026, 11, 24, tzinfo=UTC), ("x", "y"))
TEXT: dict[str, Any] = json.loads(WHOLE.to_text())


@pytest.mark.parametrize("secrets", [WHOLE, Secrets("only")])
def test_secrets_come_back_as_they_were(secrets: Secrets) -> None:
    assert Secrets.from_text(secrets.to_text()) == secrets


def test_what_a_later_version_adds_is_no_trouble() -> None:
    assert Secrets.from_text(json.dumps({**TEXT, "new": 1})) == WHOLE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "canary",
        "[]",
        "{}",
        "null",
        json.dumps({**TEXT, "access_token": 1}),
        json.dumps({**TEXT, "ends_at": "2026-11-24T10:00:00"}),
        json.dumps({**TEXT, "ends_at": "canary"}),
        json.dumps({**TEXT, "scopes": None}),
        "[" * 100_000,
    ],
)
def test_what_is_not_ours_is_told_without_being_quoted(text: str) -> None:
    with pytest.raises(VaultDamagedError, match="okienko login") as caught:
        Secrets.from_text(text)
    assert "canary" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_no_repr_holds_a_secret() -> None:
    assert "canary" not in repr(WHOLE)


def test_the_environment_gives_a_token_and_takes_nothing() -> None:
    """One token for all, nobody renews it, and nothing is stored."""
    vault = EnvironmentVault({"OKIENKO_TOKEN": "t"})
    assert vault.read("anybody") == Secrets("t")
    for store in (vault.check, lambda: vault.write("a", WHOLE)):
        with pytest.raises(NothingStoredError):
            store()
    vault.remove("anybody")
    assert EnvironmentVault({}).read("anybody") is None


@pytest.mark.parametrize("kind", VaultKind)
def test_every_kind_opens(kind: VaultKind, tmp_path: Path) -> None:
    """Opening touches nothing: no file is made, nobody is asked."""

    def ask() -> str:
        raise AssertionError("asked")

    vault: Vault = open_vault(kind, Folders(tmp_path, tmp_path, tmp_path), ask)
    assert vault.kind is kind
    assert not list(tmp_path.iterdir())
