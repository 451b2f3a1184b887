"""How a text is folded, cut into clauses and looked up."""

from __future__ import annotations

import pytest

from policy.reading.blocks import blocks
from policy.reading.fold import fold, unmask
from policy.reading.language import LANGUAGES, language, signs
from policy.reading.reader import Reading, read
from policy.reading.signs import CHECKS, is_valid


def clauses(text: str) -> list[str]:
    reading = read(text, "pl")
    return [text[clause.start : clause.end] for clause in reading.clauses]


def held(names: int, reading: Reading) -> set[str]:
    bits = dict(signs().bits)
    if reading.language is not None:
        bits |= reading.language.lexicon.groups
    return {name for name, bit in bits.items() if names >> bit & 1}


def names(text: str, code: str = "pl") -> set[str]:
    reading = read(text, code)
    return held(reading.names, reading)


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
        ("", []),
        ("Jeden.\nDwa\n\nTrzy", ["Jeden.\n", "Dwa\n\n", "Trzy"]),
        ("Dziękujemy za\nzakup.\n", ["Dziękujemy za\nzakup.\n"]),
        ("Link:\nhttps://a.pl/1", ["Link:\nhttps://a.pl/1"]),
        ("\n\n", ["\n", "\n"]),
    ],
)
def test_blocks(text: str, expected: list[str]) -> None:
    """A block ends with a line, but not behind a word or a colon; nothing is lost between blocks."""
    found = blocks(text)
    assert [part for _begin, part in found] == expected
    assert all(text.startswith(part, begin) for begin, part in found)


def test_only_the_changed_block_is_read_again() -> None:
    """A key in one paragraph does not make the others be read anew; their places move with it."""
    before = read("Wpłata dotarła.\nJaki kolor wybrać?", "pl")
    after = read("Wpłata już dotarła.\nJaki kolor wybrać?", "pl")
    (_, first), (_, second) = before.blocks
    (_, changed), (begin, same) = after.blocks
    assert changed is not first
    assert same is second
    assert begin == len("Wpłata już dotarła.\n")
    assert after.clauses[1].start == begin


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
    reading = read("Wpłata dotarła, jaki kolor?", "pl")
    first, second = reading.clauses
    assert "question" not in held(first.names, reading)
    assert "question" in held(second.names, reading)
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
        ("5 3 3 – 0 9 0 – 1 7 1", "phone"),
        ("konto 61 1090 1014 0000 0712 1981 2874", "polish_account"),
        ("44051401359", "pesel"),
        ("00-950 Warszawa", "post_code"),
        ("ul. Lipowa 14", "street"),
        ("k*rwa", "masked_insult"),
        ("12,50 zł", "amount"),
        ("https://faktury.biuro.pl/d/1", "fiscal_address"),
        ("https://support.bramex.com/x4", "help_address"),
        ("jan.kowalski@poczta.com.pl", "email"),
        ("jan (at) poczta.pl", "spelled_email"),
        ("5200 0001 1122 2333 4444 5555", "parcel_number"),
        ("⭐⭐⭐⭐⭐", "stars"),
        ("5/5", "stars"),
    ],
)
def test_signs(text: str, sign: str) -> None:
    """Addresses, numbers and stars are seen in any language."""
    assert sign in names(text, "xx")


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
        ("44051401358", "pesel"),
        ("61 1090 1014 0000 0712 1981 2875", "polish_account"),
    ],
)
def test_no_signs(text: str, sign: str) -> None:
    """Dates, prices, codes and toys are none of these."""
    assert sign not in names(text)


@pytest.mark.parametrize("code", LANGUAGES)
def test_word_files_hang_together(code: str) -> None:
    """What tells the worth of a clause is known in every language."""
    spoken = language(code)
    assert spoken is not None
    assert spoken.needed
    assert spoken.stubborn
    assert spoken.empty
    assert {"opener", "request", "question"} <= set(spoken.lexicon.groups)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("f a k t u r a w załączniku", "faktura w zalaczniku"),
        ("f.a.k.t.u.r.a", "faktura"),
        ("F-A-K-T-U-R-A", "faktura"),
        ("f@ktura", "faktura"),
        ("skl3p", "sklep"),
        ("5O2 33I 9O8", "502 331 908"),
        ("wpłаtа", "wplata"),
        ("jan@poczta.pl", "jan@poczta.pl"),
        ("a b c", "a b c"),
        ("M6 i M8, A4", "m6 i m8, a4"),
    ],
)
def test_disguises(text: str, plain: str) -> None:
    """Letters apart, signs for letters and letters of other scripts are read as what they stand for."""
    assert unmask(fold(text)).text == plain


def test_disguises_keep_the_way_back() -> None:
    """A word that was put together still knows where it was typed."""
    text = "Oto f a k t u r a, proszę"
    folded = unmask(fold(text))
    start = folded.text.index("faktura")
    assert folded.typed_span(start, start + 7) == (4, 17)


@pytest.mark.parametrize(
    ("check", "number", "valid"),
    [
        ("iban", "PL61109010140000071219812874", True),
        ("iban", "PL61109010140000071219812875", False),
        ("polish_account", "61 1090 1014 0000 0712 1981 2874", True),
        ("pesel", "44051401359", True),
        ("pesel", "44051401358", False),
        ("czech_account", "19-2000145399/0800", True),
    ],
)
def test_check_digits(check: str, number: str, valid: bool) -> None:  # noqa: FBT001  a table
    """A number is what it looks like only if its check digits agree."""
    assert check in CHECKS
    assert is_valid(check, number) is valid


def test_homographs() -> None:
    """With diacritics a word is what is typed; without them it may be either."""
    assert "sent_surely" not in names("Paczka nadal leży w magazynie, kurier się spóźnia.")
    assert "needed" not in names("Cześć")
    reading = read("Cześć, życzę miłego dnia", "pl")
    assert not reading.clauses[0].needed


def test_typing_mistakes() -> None:
    """What only a mistyped word says is known for a guess."""
    reading = read("zaksiegowna", "pl")
    assert "arrived" in held(reading.clauses[0].names, reading)
    assert "arrived" not in held(reading.clauses[0].sure, reading)


def test_phrases_that_say_nothing() -> None:
    """A phrase of courtesy takes its words out of the groups that would make it needed."""
    (clause,) = read("nie trzeba odpisywać", "pl").clauses
    assert clause.empty
    assert not clause.needed
    assert "negation" not in names("nie trzeba odpisywać")


@pytest.mark.parametrize("code", ["xx", "", "../pl", "common", "pl\x00", "ł" * 300])
def test_unknown_language(code: str) -> None:
    """Of a language without a word file only the signs are read, whatever its code looks like."""
    assert "address" in names("wpłata dotarła, www.sklep.pl", code)
    assert "payment" not in names("wpłata dotarła, www.sklep.pl", code)


@pytest.mark.parametrize(
    ("code", "idle", "real"),
    [
        ("pl", "Gdzie jest teraz Twoja paczka?", "Gdzie mamy wysłać Twoją paczkę?"),
        ("cs", "Kde je váš balík?", "Kam máme balík poslat?"),
        ("sk", "Kde je váš balík?", "Kam máme balík poslať?"),
        ("hu", "Hol jár a csomagja?", "Hova küldjük a csomagot?"),
        ("en", "Where is your parcel?", "Where should we send the parcel?"),
    ],
)
def test_a_question_that_the_message_answers_itself(code: str, idle: str, real: str) -> None:
    """Nobody is to answer "where is your parcel?" before a tracking link, but "where to?" somebody is."""
    assert not read(idle, code).clauses[0].needed
    assert read(real, code).clauses[0].needed
