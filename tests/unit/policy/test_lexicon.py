"""The compiled words of a language, and how they are compiled."""

from __future__ import annotations

import pytest

from policy.making import polish
from policy.making.hunspell import Dictionary
from policy.making.lexicon import WordListError, compile_lexicon
from policy.reading.coding import NO_ENTRY, entry_from, homograph_from, phrases_from, table_from
from policy.reading.language import FIRST_WORD_BIT, LANGUAGES, language
from tests.dictionaries import needs_hunspell


def groups(word: str, code: str = "pl") -> set[str]:
    spoken = language(code)
    assert spoken is not None
    mask = spoken.lexicon.look_up(word).mask
    return {name for name, bit in spoken.lexicon.groups.items() if mask >> bit & 1}


@pytest.mark.parametrize("word", ["faktura", "fakture", "fakturze", "faktur", "fakturami"])
def test_every_form(word: str) -> None:
    """A lemma stands for all of its forms, without diacritics too."""
    assert "fiscal" in groups(word)


@pytest.mark.parametrize("word", ["zaksiegowna", "zaksiegwoana", "przesyslka"])
def test_typing_mistakes(word: str) -> None:
    """A long word with one mistake is guessed at, and known for a guess."""
    spoken = language("pl")
    assert spoken is not None
    found = spoken.lexicon.look_up(word)
    assert found.mask
    assert found.guessed


@pytest.mark.parametrize("word", ["wystawa", "nadzieja", "zadania"])
def test_real_words_are_no_mistakes(word: str) -> None:
    """A word of its own is not taken for a mistyped one."""
    spoken = language("pl")
    assert spoken is not None
    assert not spoken.lexicon.look_up(word).guessed


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_hangs_together(code: str) -> None:
    """Phrases begin with steps that some word has, and every bit is given out once."""
    spoken = language(code)
    assert spoken is not None
    lexicon = spoken.lexicon
    bits = list(lexicon.groups.values())
    assert len(bits) == len(set(bits))
    entries = [*map(entry_from, set(lexicon.words.values())), *map(entry_from, lexicon.beginnings.values())]
    steps = {step for entry in entries for step in entry.steps}
    for first, phrases in lexicon.phrases.items():
        assert {int(first), *(step for phrase in phrases_from(phrases) for step in phrase[1:])} <= steps
    known = 0
    for entry in entries:
        known |= entry.mask
    assert spoken.opener & known
    assert spoken.request & known


def test_polish_forms() -> None:
    """Past forms come with their persons, and denied participles are left out."""
    past = polish.forms("wysłać", "past")
    assert {"wysłałem", "wysłałam", "wysłaliśmy", "wysłano", "wysłana", "wysłane"} <= past
    assert past.isdisjoint({"niewysłana", "wyślę", "wyślij", "wysłać"})
    assert {"wyślę", "wyślemy"} <= polish.forms("wysłać", "finite")
    with pytest.raises(KeyError):
        polish.forms("wysłać", "pluperfect")


SMALL = Dictionary()
for _word in ("nadal", "nadał", "pączki", "paczki", "zaksięgowana", "zaksięgowano", "nadam", "wystawa"):
    SMALL.words[_word].append(())


def test_compiling() -> None:
    """Words, beginnings, phrases, exceptions, homographs and guarded words find their places."""
    data = compile_lexicon(
        "pl",
        {"done": "@nadać.past, w drodze, zaksięgowan*", "other": "@paczka, !paczce, e-mail*"},
        ["done"],
        {},
        FIRST_WORD_BIT,
        dictionary=SMALL,
    )
    done, other = data["groups"]["done"], data["groups"]["other"]
    words = {word: entry_from(coded).mask for word, coded in table_from(data["words"]).items()}
    assert words["nadal"] >> done & 1
    assert words["paczka"] >> other & 1
    assert "paczce" not in words
    assert homograph_from(data["homographs"]["nadal"], "nadal") == NO_ENTRY
    assert homograph_from(data["homographs"]["nadal"], "nadól") is None
    assert homograph_from(data["homographs"]["paczki"], "pączki") == NO_ENTRY
    phrases = [phrase for several in data["phrases"].values() for phrase in phrases_from(several)]
    assert {group for group, *_steps in phrases} == {done, other}
    assert table_from(data["beginnings"])["zaksiegowan"] == f"{done},"
    assert table_from(data["exceptions"])["paczce"] == f"{other},"
    assert "zaksiegowana" in data["stretched"].split()
    assert data["mistyped"] == f"{1 << done:x}"


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [("@xyzzy", "no forms of"), ("@wysłać.pluperfect", "pluperfect")],
)
def test_mistakes_in_a_word_list(entry: str, complaint: str) -> None:
    """A wrong entry is named with its language and group."""
    with pytest.raises(WordListError, match=f"pl: done: .*{complaint}"):
        compile_lexicon("pl", {"done": entry}, [], {}, FIRST_WORD_BIT, dictionary=SMALL)


@needs_hunspell
@pytest.mark.parametrize(
    ("code", "lemma", "forms"),
    [
        ("cs", "platba", {"platba", "platby", "platbou", "plateb"}),
        ("sk", "platba", {"platba", "platby", "platbou"}),
        ("hu", "csomag", {"csomagot", "csomagja", "csomagok"}),
        ("en", "ship", {"ships", "shipped", "shipping"}),
    ],
)
def test_forms_of_a_dictionary(code: str, lemma: str, forms: set[str]) -> None:
    """The forms of a word are made by the dictionary's own rules."""
    assert forms <= Dictionary.of(code).forms(lemma)
