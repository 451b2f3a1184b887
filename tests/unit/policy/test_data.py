"""What `policy/data` and `docs/rules` hold is what the sources say."""

from __future__ import annotations

import json

import pytest

from policy.loading import PACKS, load_pack, pack_for
from policy.making.build import RULES, build
from policy.making.pages import PAGES, pages
from policy.reading.language import DATA, LANGUAGES
from tests.dictionaries import needs_hunspell

FROM_THE_WHOLE_DICTIONARY = ("homographs", "stretched", "guard")
"""Looking for these takes minutes."""
OTHERS = [code for code in LANGUAGES if code != "en"]
STALE = "run `make rules` and commit what it writes"


def test_rules_are_fresh() -> None:
    """Packs, signs, examples and patterns are compiled from the files as they are."""
    for name, content in build([RULES]).items():
        assert (DATA / name).read_text(encoding="utf-8") == content, STALE


@needs_hunspell
@pytest.mark.parametrize("code", LANGUAGES)
def test_words_are_fresh(code: str) -> None:
    """The words and patterns of a language are compiled from its lists as they are."""
    for name, content in build([code], thorough=False).items():
        made, shipped = json.loads(content), json.loads((DATA / name).read_text(encoding="utf-8"))
        for key in FROM_THE_WHOLE_DICTIONARY:
            made.pop(key, None)
            shipped.pop(key, None)
        assert shipped == made, STALE


@needs_hunspell
@pytest.mark.parametrize("code", ["en", *(pytest.param(code, marks=pytest.mark.thorough) for code in OTHERS)])
def test_dictionaries_were_looked_through(code: str) -> None:
    """So are homographs and what guards typing mistakes; `make rules-check` looks at all languages."""
    for name, content in build([code]).items():
        assert (DATA / name).read_text(encoding="utf-8") == content, STALE


def test_pages_are_fresh() -> None:
    """Every rule has its page, and no page is older than its rule."""
    made = pages()
    for name, content in made.items():
        assert (PAGES / name).read_text(encoding="utf-8") == content, STALE
    assert {file.name for file in PAGES.glob("*.md")} == {*made, "evaluation.md"}


@pytest.mark.parametrize("folder", sorted(PACKS.iterdir()), ids=lambda folder: folder.name)
def test_folders_load(folder: object) -> None:
    """A pack read from its folder is the one that the data give."""
    pack = load_pack(PACKS / folder.name)  # type: ignore[attr-defined]
    same = pack_for(pack.marketplaces[0])
    assert pack.rules == same.rules
    assert pack.earlier == same.earlier
    assert pack.permissions == same.permissions
    assert pack.families == same.families
