"""How a text is folded, cut into clauses and looked up."""

from __future__ import annotations

import pytest

from policy.reading.fold import fold
from policy.reading.language import compiled_address_kinds, compiled_signs, language
from policy.reading.lexicon import Lexicon, words_of
from policy.reading.reader import read


def clauses(text: str) -> list[str]:
    reading = read(text, "pl")
    found = []
    for clause in reading.clauses:
        start, end = reading.folded.typed_span(clause.start, clause.end)
        found.append(text[start:end])
    return found


def names(text: str) -> frozenset[str]:
    return read(text, "pl").names


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Wysłaliśmy ŻÓŁĆ", "wyslalismy zolc"),
        ("wys\u200błane", "wyslane"),
        ("Ｐａｃｚｋａ", "paczka"),
        ("o\u0301", "o"),
        ("a\xa0b", "a b"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    """Case, diacritics, width and invisible characters fold away."""
    assert fold(text).text == folded


def test_fold_keeps_the_way_back() -> None:
    """A span of the folded text is a span of the typed one, whatever was dropped or expanded."""
    text = "ß\u200bo\u0301…x"
    folded = fold(text)
    assert folded.text == "sso...x"
    assert folded.typed_span(0, 1) == (0, 2)
    assert folded.typed_span(2, 3) == (2, 4)
    assert folded.typed_span(3, 4) == (4, 5)
    assert folded.typed_span(6, 7) == (5, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jest. Będzie! Może? Tak", ["Jest.", "Będzie!", "Może?", "Tak"]),
        ("Dzień dobry,\nwpłata dotarła", ["Dzień dobry,", "wpłata dotarła"]),
        ("Jest, ale nie ma", ["Jest,", "ale nie ma"]),
        ("Wpłata dotarła proszę o NIP", ["Wpłata dotarła", "proszę o NIP"]),
        ("Bardzo proszę o NIP", ["Bardzo proszę o NIP"]),
        ("Kosztuje 12,50 zł, tanio", ["Kosztuje 12,50 zł,", "tanio"]),
        ("Dnia 20.11.2026 r. nr 5", ["Dnia 20.11.2026 r. nr 5"]),
        ("ul. Długa 3", ["ul. Długa 3"]),
        ("Dotarła.Dziękuję", ["Dotarła.", "Dziękuję"]),
        ("patrz https://a.pl/b,c.html?x=1 tutaj", ["patrz https://a.pl/b,c.html?x=1 tutaj"]),
        ("na sklep.pl, tak", ["na sklep.pl,", "tak"]),
        ("jeden - dwa", ["jeden -", "dwa"]),
        ("tak 🙂 nie", ["tak 🙂", "nie"]),
        ("Link do śledzenia:\nhttps://a.pl/1", ["Link do śledzenia:\nhttps://a.pl/1"]),
        ("Tel.: 600 100 200", ["Tel.: 600 100 200"]),
        ("Dobra wiadomość: jest", ["Dobra wiadomość:", "jest"]),
        ("...!!!", []),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    """Sentences, lines, commas and opening words cut; numbers, dates and addresses are not cut."""
    assert clauses(text) == expected


def test_question_is_of_its_clause() -> None:
    """A question mark asks in its own clause, not in the one before the comma."""
    first, second = read("Wpłata dotarła, jaki kolor?", "pl").clauses
    assert "question" not in first.names
    assert "question" in second.names
    assert second.joined


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("www.sklep.pl", "address"),
        ("https://example.org/a?b=1", "address"),
        ("zajrzyj na dywany-zosia.com.pl dziś", "address"),
        ("https://inpost.pl/sledzenie", "carrier_address"),
        ("https://inpost.pl/sledzenie-przesylek?number=1", "tracking_address"),
        ("https://allegro.pl/oferta/1", "allegro_address"),
        ("https://youtu.be/abc", "file_address"),
        ("instagram.com/zosia", "social_address"),
        ("dywany kropka pl", "spelled_address"),
        ("600 100 200", "phone"),
        ("+48 600-100-200", "phone"),
        ("(22) 600 10 20", "phone"),
        ("600100200", "nine_digits"),
        ("jan.kowalski@poczta.com.pl", "email"),
        ("jan (at) poczta.pl", "spelled_email"),
        ("5200 0001 1122 2333 4444 5555", "parcel_number"),
        ("⭐⭐⭐⭐⭐", "stars"),
        ("5/5", "stars"),
    ],
)
def test_signs(text: str, sign: str) -> None:
    """Addresses, numbers and stars are seen in any language."""
    assert sign in read(text, "xx").names


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("20.11.2026", "address"),
        ("np.tak", "address"),
        ("jan@poczta.pl", "address"),
        ("12,50 zł", "address"),
        ("5901234123457", "phone"),
        ("1600 100 2000", "phone"),
        ("600 300 200 mm", "phone"),
        ("https://inpost.pl/szybkie-zwroty", "tracking_address"),
        ("VIN WVWZZZ1JZXW000001", "nine_digits"),
        ("maskotka małpa brązowa", "spelled_email"),
        ("15/55", "stars"),
        ("kropka nad i", "spelled_address"),
    ],
)
def test_no_signs(text: str, sign: str) -> None:
    """Dates, prices, codes and toys are none of these."""
    assert sign not in names(text)


def test_lexicon() -> None:
    """Words, beginnings of words and rows of words are found, and nothing in between."""
    lexicon = Lexicon.of({"a": "żaba, kot*", "b": "w drodze, num* list*"})
    text = fold("Żaba kotek w drodze, numer listu; żaby w domu num").text
    assert list(lexicon.find(words_of(text).texts)) == [("a", 0, 1), ("a", 1, 2), ("b", 2, 4), ("b", 4, 6)]


def test_lexicon_refuses_empty_entries() -> None:
    """An entry without a word would match everything."""
    with pytest.raises(ValueError, match="group 'a'"):
        Lexicon.of({"a": "kot, *"})


def test_word_files_hang_together() -> None:
    """What tells the worth of a clause names groups that exist, and every expression compiles."""
    polish = language("pl")
    assert polish is not None
    for named in (polish.needed, polish.stubborn, polish.empty, polish.empty_if_short):
        assert named <= polish.names
    assert {"opener", "request", "question"} <= polish.names
    assert {"address", "phone", "email"} <= {name for name, _ in compiled_signs()}
    assert {"shop_address", "carrier_address"} <= {name for name, _ in compiled_address_kinds()}


@pytest.mark.parametrize("code", ["xx", "", "../pl", "common", "pl\x00", "ł" * 300])
def test_unknown_language(code: str) -> None:
    """Of a language without a word file only the signs are read, whatever its code looks like."""
    reading = read("wpłata dotarła, www.sklep.pl", code)
    assert "address" in reading.names
    assert "payment" not in reading.names


def test_region_of_a_language() -> None:
    """A language with a region is that language."""
    assert "payment" in read("wpłata", "pl-PL").names
