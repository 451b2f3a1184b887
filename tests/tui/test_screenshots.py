"""The pictures in the documentation are those of the program as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from screenshots.draw import NOW, PICTURES, Picture, draw

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = Path(__file__).parents[2] / "screenshots"


def names(pictures: Iterable[Picture]) -> set[str]:
    return {f"{picture.name}.svg" for picture in pictures}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
async def test_a_picture_is_fresh(picture: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn again, it is the same; otherwise: make screenshots."""
    monkeypatch.setenv("OKIENKO_NOW", NOW)
    await draw(picture, tmp_path)
    fresh = (tmp_path / f"{picture.name}.svg").read_text()
    assert (FOLDER / f"{picture.name}.svg").read_text() == fresh


def test_no_picture_is_left_over() -> None:
    """Every picture in the folder is one that the command draws."""
    assert {path.name for path in FOLDER.glob("*.svg")} == names(PICTURES)
