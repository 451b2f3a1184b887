"""The words that a person reads: English in the code, Polish from the catalogue.

The setting decides, else the locale; Polish when the locale says Polish or nothing (`C`, unset), English
otherwise. `_` translates when it is called, so a module may be imported before the language is chosen;
`N_` only marks a text for the catalogue.
"""

from __future__ import annotations

import gettext
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LOCALE_FOLDER = Path(__file__).with_name("locale")
DOMAIN = "okienko"

_language = "pl"
_catalogue: gettext.NullTranslations | None = None


def language_of(environ: Mapping[str, str], setting: str = "") -> str:
    """The language ("pl" or "en") that the setting or, without one, the locale asks for."""
    if setting:
        return setting
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environ[name] for name in names if environ.get(name)), "")
    code = locale.partition(".")[0].partition("@")[0]
    return "pl" if code in {"", "C", "POSIX"} or code.partition("_")[0] == "pl" else "en"


def choose_language(code: str) -> None:
    """Speak this language ("pl" or "en") from now on."""
    global _language, _catalogue  # noqa: PLW0603  a process speaks one language
    _language = code
    _catalogue = None


def language() -> str:
    """The language spoken now: "pl" or "en"."""
    return _language


def _(message: str) -> str:
    return _translations().gettext(message)


def N_(message: str) -> str:  # noqa: N802  gettext's own name for it
    """Mark a text for the catalogue; `_` translates it where it is shown."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a text that goes with a count (Polish has three)."""
    return _translations().ngettext(one, many, count)


@contextmanager
def standard_library_words() -> Iterator[None]:
    """Let argparse speak the chosen language: it asks the default gettext domain, which reads LANGUAGE."""
    before = os.environ.get("LANGUAGE")
    gettext.bindtextdomain(DOMAIN, LOCALE_FOLDER)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = _language
    try:
        yield
    finally:
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def _translations() -> gettext.NullTranslations:
    global _catalogue  # noqa: PLW0603  read once a language
    if _catalogue is None:
        if _language == "en":
            _catalogue = gettext.NullTranslations()
        else:
            _catalogue = gettext.translation(DOMAIN, LOCALE_FOLDER, languages=[_language])
    return _catalogue
