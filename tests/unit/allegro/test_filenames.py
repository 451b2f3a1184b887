"""Names of files that strangers chose."""

from __future__ import annotations

import unicodedata
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.allegro.filenames import MAX_BYTES, numbered, safe_name, with_ending

TRICKS = st.sampled_from(
    [
        "..",
        "/",
        "\\",
        ".",
        " ",
        "-",
        "CON",
        "nul",
        "LPT1",
        ".pdf",
        "\x1b[31m",
        "\u202e",
        "\x00",
        "&#27;",
        "ż",
        "😀",
    ]
)
NAMES = st.text(max_size=300) | st.lists(TRICKS | st.text(max_size=8), max_size=12).map("".join)
RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    "conin$",
    "conout$",
    *(f"{w}{n}" for w in ("com", "lpt") for n in "0123456789¹²³"),
}


@given(name=NAMES)
def test_a_safe_name_is_one_harmless_part_of_a_path(name: str) -> None:
    """Whatever a stranger calls a file."""
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= MAX_BYTES
    assert Path("/folder", safe).parent == Path("/folder")
    assert safe[0] not in ".-"
    assert safe[-1] not in ". "
    assert not set(safe) & set('/\\<>:"|?*')
    joined = safe.replace("\u200d", "")  # between two emoji
    assert not {unicodedata.category(it) for it in joined} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert safe.split(".")[0].rstrip().casefold() not in RESERVED
    assert unicodedata.is_normalized("NFC", safe)


@given(name=NAMES)
@example(name="😀\u200d" * 100)
@example(name="a" * 169 + "😀\u200d😀.pdf")
def test_a_safe_name_stays_as_it_is(name: str) -> None:
    """Made safe once and again is the same."""
    assert safe_name(safe_name(name)) == safe_name(name)


@given(name=NAMES)
def test_all_numbered_names_are_safe_and_differ(name: str) -> None:
    """So that the search for a free one ends on any disk."""
    names = list(islice(numbered(safe_name(name)), 12))
    assert len(set(names)) == 12
    assert all(len(it.encode()) <= MAX_BYTES + 5 for it in names)
    assert all(Path("/folder", it).parent == Path("/folder") for it in names)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("faktura 12.pdf", "faktura 12.pdf"),
        ("zażółć.png", "zażółć.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\b.pdf", "b.pdf"),
        (".bashrc", "bashrc"),
        ("...", "file"),
        ("", "file"),
        ("a/", "file"),
        ("-rf", "_-rf"),
        ("CON", "_CON"),
        ("con.pdf", "_con.pdf"),
        ("Lpt¹ .txt", "_Lpt¹ .txt"),
        ("console.pdf", "console.pdf"),
        ("a\x00b\x1b[31mc.pdf", "abc.pdf"),
        ("gpj\u202efdp.exe", "gpjfdp.exe"),
        ("a:b*?.pdf", "a_b__.pdf"),
        ("trailing. . ", "trailing"),
        ("two\n lines.pdf", "two lines.pdf"),
    ],
)
def test_examples(name: str, safe: str) -> None:
    """The tricks by name."""
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_ending() -> None:
    """Cut between characters, from the stem."""
    safe = safe_name("ż" * 300 + ".pdf")
    assert safe.endswith("ż.pdf")
    assert MAX_BYTES - 1 <= len(safe.encode()) <= MAX_BYTES


def test_names_are_numbered_before_the_ending() -> None:
    """As people expect it."""
    assert list(islice(numbered("a.b.pdf"), 3)) == ["a.b.pdf", "a.b (2).pdf", "a.b (3).pdf"]
    assert list(islice(numbered("README"), 2)) == ["README", "README (2)"]


@pytest.mark.parametrize(
    ("name", "found"), [("a.JPEG", "a.JPEG"), ("a.jpg", "a.jpg"), ("a.exe", "a.exe.jpg"), ("a", "a.jpg")]
)
def test_an_ending_is_put_where_it_is_missing(name: str, found: str) -> None:
    """An ending of the type stays, another one does not stand last."""
    assert with_ending(name, (".jpg", ".jpeg")) == found
