"""Debian's hunspell dictionaries, behind the word forms of the policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

from policy.making.hunspell import FILES, FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

Test = TypeVar("Test", bound="Callable[..., object]")

PACKAGES = "hunspell-pl hunspell-cs hunspell-sk hunspell-hu hunspell-en-gb"

_MISSING = not all((FOLDER / f"{name}.dic").is_file() for name in FILES.values())


def needs_hunspell(test: Test) -> Test:
    """Mark a test that reads the dictionaries; skipped with a reason where they are missing."""
    skip = pytest.mark.skipif(_MISSING, reason=f"needs Debian's dictionaries: apt-get install {PACKAGES}")
    return skip(pytest.mark.needs_hunspell(test))
