"""Questions to a person at the terminal; they go to stderr, as stdout carries data only."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, TypeVar

from api.secrets import WrongPassphraseError
from tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

TRIES: Final = 3


def somebody_there() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def say(text: str = "") -> None:
    """A line for the person."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(text.encode(encoding, errors="replace").decode(encoding) + "\n")
    sys.stderr.flush()


def ask(question: str, default: str = "") -> str:
    """What the person types, or the default. Raises KeyboardInterrupt also for ctrl+d."""
    while True:
        sys.stderr.write(f"{question} [{default}]: " if default else f"{question}: ")
        sys.stderr.flush()
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            say(_("That was no text in this terminal's encoding. Once more."))
            continue
        if not line:
            sys.stderr.write("\n")
            raise KeyboardInterrupt
        return line.strip() or default


def ask_secret(question: str) -> str:
    """The same for what must not be seen. Raises KeyboardInterrupt also for ctrl+d."""
    import getpass  # noqa: PLC0415  only where there is a secret

    while True:
        try:
            return getpass.getpass(f"{question}: ")
        except UnicodeDecodeError:
            say(_("That was no text in this terminal's encoding. Once more."))
        except EOFError:
            raise KeyboardInterrupt from None


def passphrase() -> str | None:
    """The passphrase of an encrypted file: `OKIENKO_PASSPHRASE`, else asked for; None where it cannot be."""
    given = os.environ.get("OKIENKO_PASSPHRASE")
    if given or not somebody_there():
        return given or None
    return ask_secret(_("Passphrase of the encrypted file")) or None


def passphrase_for(path: Path) -> str | None:
    """The same, and for a file that is to be made twice, as nobody can recover it."""
    if os.environ.get("OKIENKO_PASSPHRASE") or path.exists() or not somebody_there():
        return passphrase()
    say(_("The tokens go into {path}, encrypted by a passphrase.").format(path=path))
    say(_("It is asked for at every start, and nobody can recover it: keep it in a safe place."))
    while True:
        chosen = ask_secret(_("New passphrase"))
        if not chosen:
            say(_("An empty passphrase protects nothing."))
        elif ask_secret(_("Once more")) == chosen:
            return chosen
        else:
            say(_("These were two different passphrases."))


def with_tries(opens: Callable[[], T]) -> T:
    """Do something that opens an encrypted file; a wrong passphrase may be typed again, twice.

    Raises VaultError.
    """
    tries = TRIES if somebody_there() and not os.environ.get("OKIENKO_PASSPHRASE") else 1
    for _number in range(tries - 1):
        try:
            return opens()
        except WrongPassphraseError:
            say(_("This passphrase does not open the file. Try again."))
    return opens()
