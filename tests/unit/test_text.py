"""A stranger's text is safe after one pass, and loses nothing but what was unsafe."""

from __future__ import annotations

import sys
import timeit
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.text import MAX_MARKS, clean, clean_line, decode, one_line, sanitise

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
NASTY = st.text(
    st.sampled_from("\x1b[]PX^_k\\\x07\x9b\x9c\x9d;m0 a\n\r\t\u200d\ufe0f\u0301\u202e\ud800👩🔥&#27;"),
    max_size=40,
)
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
HEART_ON_FIRE = "\u2764\ufe0f\u200d\U0001f525"


def forbidden(character: str) -> bool:
    """The rule again, in other words than the code's: category first, then the known exceptions."""
    if character in "\n\t\u200d":
        return False
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return True
    return ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF


@given(ANY_TEXT | NASTY)
def test_nothing_forbidden_remains(text: str) -> None:
    """Whatever comes in, no control, invisible or bidi character comes out."""
    assert not [character for character in clean(text) if forbidden(character)]


@given(ANY_TEXT | NASTY)
def test_sanitising_twice_changes_nothing(text: str) -> None:
    """The sanitising step is idempotent."""
    once = sanitise(text)
    assert sanitise(once) == once


@given(ANY_TEXT | NASTY)
def test_a_line_is_one_trimmed_line(text: str) -> None:
    """A login or a file name never brings a second line or a column of its own."""
    line = clean_line(text)
    assert "\n" not in line
    assert "\t" not in line
    assert line == line.strip()


@given(st.text(st.sampled_from("a\u0301\u0302\u20dd\u200b\x1b"), max_size=80))
def test_at_most_eight_marks_in_a_row(text: str) -> None:
    """A tower of combining marks is cut, however it was hidden."""
    assert "\u0301" * (MAX_MARKS + 1) not in sanitise(text)
    run = 0
    for character in sanitise(text):
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        assert run <= MAX_MARKS


@given(
    st.text(
        st.sampled_from("aąćęłńóśźżŁŚöőüűáéěščřžďťňĺäôїєґ ABC 019.,;:!?-–—„”…€%§\n\t()/@#+😀🎉👍📦❤\ufe0f"),
        max_size=80,
    )
)
def test_plain_text_is_untouched(text: str) -> None:
    """Polish, Hungarian, Czech, Slovak and Ukrainian text and simple emoji come out as they went in."""
    assert sanitise(text) == text


def test_every_format_character_of_unicode_is_known() -> None:
    """The written-out ranges hold every character of category Cf that this Python knows."""
    formats = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"]
    assert [character for character in formats if sanitise(f"a{character}b") != "ab"] == []


def test_nothing_visible_is_lost() -> None:
    """Of all characters that show something, only the fillers and three hidden marks are removed."""
    shown = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) not in {"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"}
    ]
    lost = {character for character in shown if sanitise(f"a{character}b") != f"a{character}b"}
    assert lost == set("\u034f\u17b4\u17b5\u115f\u1160\u3164\uffa0")


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        pytest.param("a\x1b[31mred\x1b[0m", "ared", id="CSI"),
        pytest.param("a\x9b31mred", "ared", id="8-bit CSI"),
        pytest.param("a\x1b[?25;1 qb", "ab", id="CSI with private and intermediate bytes"),
        pytest.param("a\x1b]52;c;AAAA\x07b", "ab", id="OSC ended by BEL"),
        pytest.param("a\x1b]8;;http://x\x1b\\b", "ab", id="OSC ended by ST"),
        pytest.param("a\x9d0;title\x9cb", "ab", id="8-bit OSC"),
        pytest.param("a\x1bPq#0\x1b\\b", "ab", id="DCS"),
        pytest.param("a\x1b_x\x1b\\\x1b^y\x1b\\\x1bXz\x1b\\b", "ab", id="APC, PM and SOS"),
        pytest.param("a\x1bktitle\x1b\\b", "ab", id="title of screen"),
        pytest.param("a\x1bcb\x1b(Bc\x1b#8d", "abcd", id="two-character and nF escapes"),
        pytest.param("a\x1b]0;never ends, and more", "a0;never ends, and more", id="unterminated OSC"),
        pytest.param("a\x1b]0;one\ntwo\x07three", "a0;one\ntwothree", id="OSC over a line's end"),
        pytest.param("a\x1b[12", "a12", id="unterminated CSI"),
        pytest.param("a\x9b12", "a12", id="unterminated 8-bit CSI"),
        pytest.param("a\x1b\x1b[0m[31m", "a[31m", id="doubled ESC"),
        pytest.param("end\x1b", "end", id="ESC at the end"),
        pytest.param("a\x00\x08\x7f\x85\x0b\x0cb", "ab", id="controls"),
        pytest.param("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne", id="line ends"),
        pytest.param("a\tb", "a\tb", id="tab"),
        pytest.param("\u202eabc\u2066\u200f\u061c", "abc", id="bidi"),
        pytest.param("pass\u00adword\u200b\ufeff\u2060", "password", id="zero width"),
        pytest.param("a\ud83db", "a\ufffdb", id="lone surrogate"),
        pytest.param("a\ufffe\ufdd0\U0010ffffb", "ab", id="noncharacters"),
        pytest.param("\u3164\u115f\u1160\uffa0", "", id="fillers"),
        pytest.param("a\u200db", "ab", id="ZWJ between letters"),
        pytest.param("\U0001f468\u200d", "\U0001f468", id="ZWJ at the end"),
        pytest.param(FAMILY + HEART_ON_FIRE, FAMILY + HEART_ON_FIRE, id="ZWJ inside emoji"),
        pytest.param("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4", id="tags"),
        pytest.param("5\u00a0zł", "5\u00a0zł", id="no-break space"),
        pytest.param(
            "[/foo] [ORDER-1] [@click=app.quit]x[/]", "[/foo] [ORDER-1] [@click=app.quit]x[/]", id="markup"
        ),
    ],
)
def test_sanitise(raw: str, safe: str) -> None:
    """Each kind of danger goes, whole, and its neighbours stay."""
    assert sanitise(raw) == safe


@pytest.mark.parametrize(
    ("raw", "decoded"),
    [
        ("Fish &amp; chips", "Fish & chips"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("&quot;zł&oacute;w&#39; &#x17C;", "\"złów' ż"),
        ("AT&T & co; &unknown; &copyfoo;", "AT&T & co; &unknown; &copyfoo;"),
        ("https://x.example/?a=1&copy=2&reg=3", "https://x.example/?a=1&copy=2&reg=3"),
        ("&#0;&#xD800;&#9999999;", "\ufffd\ufffd\ufffd"),
        ("&#150;", "–"),
    ],
)
def test_entities_are_decoded_once(raw: str, decoded: str) -> None:
    """A reference is decoded once, and an ampersand that starts none stays."""
    assert decode(raw) == decoded


@pytest.mark.parametrize("escape", ["&#27;", "&#x1b;", "&#X1B;", "&#0027;", "&#155;"])
def test_entities_cannot_smuggle_an_escape(escape: str) -> None:
    """An ESC written as an entity is stripped like a raw one."""
    assert "\x1b" not in clean(f"a{escape}[31mb")
    assert "\x9b" not in clean(f"a{escape}[31mb")


def test_an_entity_escape_takes_its_sequence_with_it() -> None:
    """What follows an ESC that was written as an entity goes with it."""
    assert clean("a&#27;[31mb") == "ab"


def test_a_doubly_encoded_escape_is_only_text() -> None:
    """One decoding leaves `&#27;` of `&amp;#27;` as the five characters it is."""
    assert clean("&amp;#27;[31m") == "&#27;[31m"


def test_a_line_turns_breaks_into_spaces() -> None:
    """A login over two lines becomes one line."""
    assert clean_line(" kup\nuj\tący&#10; ") == "kup uj ący"


def test_one_line_decodes_nothing() -> None:
    """An identifier that holds an entity stays as it is."""
    assert one_line("a&amp;b\x1b[0m") == "a&amp;b"


def test_a_flood_of_open_strings_is_quick() -> None:
    """Text made of unterminated introducers takes linear time."""
    for opener in ("\x1b]", "\x9d", "\x1b[0", "\x1bP", "\u200d", "\u0301"):
        assert timeit.timeit(lambda text=opener * 50_000: sanitise(text), number=1) < 1


def test_a_long_plain_message_costs_next_to_nothing() -> None:
    """2,000 characters of Polish are looked through in well under a tenth of a millisecond."""
    message = ("Dzień dobry, kiedy wyślą Państwo paczkę? Zażółć gęślą jaźń.\n" * 40)[:2000]
    assert min(timeit.repeat(lambda: clean(message), number=100, repeat=5)) / 100 < 100e-6
