"""Words at a distance of one typing mistake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.reading.typos import Typos, one_mistake

LISTED = ["zaksiegowana", "faktura", "wyslalismy", "zamowienie", "csomagot"]
TYPOS = Typos(LISTED)
letters = st.sampled_from("abcdefghijklmnoprstuwz")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zaksiegowna", "zaksiegowana"),
        ("zaksieggowana", "zaksiegowana"),
        ("zaksiegovana", "zaksiegowana"),
        ("zaksiegwoana", "zaksiegowana"),
        ("zamwoienie", "zamowienie"),
        ("fakutra", "faktura"),
        ("faktura", "faktura"),
    ],
)
def test_one_mistake_is_forgiven(typed: str, meant: str) -> None:
    """A letter left out, added, replaced or swapped with its neighbour leads to the word meant."""
    assert TYPOS.nearest(typed) == {meant}


@pytest.mark.parametrize("typed", ["zaksegwana", "fktra", "rachunek", "zamawianie", ""])
def test_two_mistakes_are_another_word(typed: str) -> None:
    """What is further away is nobody's mistake."""
    assert TYPOS.nearest(typed) == set()


@pytest.mark.parametrize("word", ["wplata", "a" * 25, "fv123456", ""])
def test_what_does_not_fit(word: str) -> None:
    """Short words, endless ones and codes are never guessed at."""
    assert not Typos.fits(word)


@given(st.sampled_from(LISTED), st.data())
def test_every_single_mistake(word: str, data: st.DataObject) -> None:
    """Whatever the one mistake is, the word is found again, by the index and by the comparison."""
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(letters)
    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    for typed in (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
    ):
        assert one_mistake(word, typed)
        assert word in TYPOS.nearest(typed) or not Typos.fits(typed)
    assert one_mistake(word, swapped)
    assert word in TYPOS.nearest(swapped)


@given(st.text(letters, max_size=12), st.text(letters, max_size=12))
def test_a_mistake_goes_both_ways(one: str, other: str) -> None:
    """The distance does not depend on which word was meant."""
    assert one_mistake(one, other) == one_mistake(other, one)
