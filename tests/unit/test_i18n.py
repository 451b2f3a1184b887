"""Which language is spoken, and how."""

from __future__ import annotations

import argparse
import os

import pytest

from tui.i18n import (
    N_,
    _,
    choose_language,
    language,
    language_of,
    ngettext,
    standard_library_words,
)

LOCALES: dict[str, tuple[dict[str, str], str]] = {
    "unset": ({}, "pl"),
    "empty": ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, "pl"),
    "C": ({"LANG": "C"}, "pl"),
    "C.UTF-8": ({"LANG": "C.UTF-8"}, "pl"),
    "POSIX": ({"LANG": "POSIX"}, "pl"),
    "Polish": ({"LANG": "pl_PL.UTF-8"}, "pl"),
    "Polish, no encoding": ({"LANG": "pl_PL"}, "pl"),
    "Polish, no country": ({"LANG": "pl"}, "pl"),
    "Polish with a modifier": ({"LANG": "pl_PL@euro"}, "pl"),
    "English": ({"LANG": "en_US.UTF-8"}, "en"),
    "English, no country": ({"LANG": "en"}, "en"),
    "German": ({"LANG": "de_DE.UTF-8"}, "en"),
    "Czech": ({"LANG": "cs_CZ.UTF-8"}, "en"),
    "a language that begins like Polish": ({"LANG": "plt_MG.UTF-8"}, "en"),
    "LC_ALL over LANG": ({"LC_ALL": "en_GB.UTF-8", "LANG": "pl_PL.UTF-8"}, "en"),
    "LC_ALL over LC_MESSAGES": ({"LC_ALL": "pl_PL.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "pl"),
    "LC_MESSAGES over LANG": ({"LC_MESSAGES": "pl_PL.UTF-8", "LANG": "en_US.UTF-8"}, "pl"),
    "LC_ALL=C over LANG": ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "pl"),
    "an empty LC_ALL does not count": ({"LC_ALL": "", "LANG": "en_US.UTF-8"}, "en"),
    "other categories do not count": ({"LC_TIME": "en_US.UTF-8", "LC_CTYPE": "en_US.UTF-8"}, "pl"),
}


@pytest.mark.parametrize(("environ", "expected"), LOCALES.values(), ids=LOCALES)
def test_language_of_a_locale(environ: dict[str, str], expected: str) -> None:
    """Polish where the locale says Polish or nothing, English otherwise."""
    assert language_of(environ) == expected


@pytest.mark.parametrize("setting", ["pl", "en"])
@pytest.mark.parametrize(("environ", "_expected"), LOCALES.values(), ids=LOCALES)
def test_the_setting_wins(environ: dict[str, str], _expected: str, setting: str) -> None:
    """What a person has chosen beats every locale."""
    assert language_of(environ, setting) == setting


def test_texts_follow_the_language() -> None:
    """A text marked once is said in whatever language is chosen when it is shown."""
    text = N_("delivered")
    said = []
    for code in ("pl", "en", "pl"):
        choose_language(code)
        said.append(_(text))
        assert language() == code
    assert said == ["dostarczona", "delivered", "dostarczona"]


def test_unknown_text_stays() -> None:
    """What the catalogue does not know is shown as it stands in the code."""
    assert _("no such text in any catalogue") == "no such text in any catalogue"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 nieprzeczytanych"),
        (1, "1 nieprzeczytana"),
        (2, "2 nieprzeczytane"),
        (4, "4 nieprzeczytane"),
        (5, "5 nieprzeczytanych"),
        (12, "12 nieprzeczytanych"),
        (14, "14 nieprzeczytanych"),
        (21, "21 nieprzeczytanych"),
        (22, "22 nieprzeczytane"),
        (25, "25 nieprzeczytanych"),
        (112, "112 nieprzeczytanych"),
        (122, "122 nieprzeczytane"),
    ],
)
def test_polish_plurals(count: int, words: str) -> None:
    """Polish has three forms of a counted thing."""
    assert ngettext("{count} unread", "{count} unread", count).format(count=count) == words


@pytest.mark.parametrize(("count", "words"), [(0, "messages"), (1, "message"), (2, "messages")])
def test_english_plurals(count: int, words: str) -> None:
    """English has two."""
    choose_language("en")
    assert ngettext("message", "messages", count) == words


def usage_error(capsys: pytest.CaptureFixture[str]) -> str:
    with standard_library_words(), pytest.raises(SystemExit):
        argparse.ArgumentParser(prog="okienko").parse_args(["--colour"])
    return capsys.readouterr().err


def test_argparse_speaks_polish(capsys: pytest.CaptureFixture[str]) -> None:
    """What argparse says itself is said in the chosen language, whatever the locale."""
    os.environ.pop("LANGUAGE", None)
    assert "błąd: " in usage_error(capsys)
    choose_language("en")
    assert "error: unrecognized arguments: --colour" in usage_error(capsys)
    choose_language("pl")
    assert "użycie: " in usage_error(capsys)


def test_argparse_speaks_english_in_a_polish_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A setting of English beats a Polish LANGUAGE for argparse too."""
    monkeypatch.setenv("LANGUAGE", "pl")
    choose_language("en")
    assert "usage: okienko" in usage_error(capsys)


@pytest.mark.parametrize("before", [None, "", "de:fr"])
def test_language_variable_is_restored(before: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """LANGUAGE is as it was afterwards, for programs that are started later, and after an error too."""
    if before is not None:
        monkeypatch.setenv("LANGUAGE", before)
    inside = []

    def fail() -> None:
        with standard_library_words():
            inside.append(os.environ["LANGUAGE"])
            raise SystemExit(2)

    with pytest.raises(SystemExit):
        fail()
    assert inside == ["pl"]
    assert os.environ.get("LANGUAGE") == before
