"""What the contract tests share: the skip without Allegro's file."""

from __future__ import annotations

import pytest
from openapi import OPENAPI_FILE


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, what needs Allegro's OpenAPI file where it is not there."""
    if OPENAPI_FILE.exists():
        return
    reason = "Allegro's OpenAPI file is not at ../shared/reference/allegro-openapi.yaml"
    for item in items:
        if item.get_closest_marker("needs_openapi"):
            item.add_marker(pytest.mark.skip(reason=reason))
