"""How a verb says that it failed, and with which exit code."""

from __future__ import annotations

from typing import Final

from api.accounts import NoAccountError
from api.allegro.errors import (
    AllegroError,
    CodeOver,
    NotSignedIn,
    RenewalFailed,
    TokensOutOfReach,
    Unavailable,
)
from api.store import StoreError
from tui.cli.exits import Exit
from tui.cli.output import complain
from tui.words import trouble

CODES: Final[tuple[tuple[type[Exception], Exit], ...]] = (
    (NoAccountError, Exit.SIGN_IN),
    (NotSignedIn, Exit.SIGN_IN),
    (CodeOver, Exit.SIGN_IN),
    (Unavailable, Exit.UNREACHABLE),
    (RenewalFailed, Exit.UNREACHABLE),
    (TokensOutOfReach, Exit.USAGE),
    (AllegroError, Exit.REFUSED),
)


def failed(verb: str, error: Exception) -> Exit:
    """Tell the person what happened and what to do, and return the exit code."""
    complain(verb, str(error) if isinstance(error, StoreError) else trouble(error))
    return code_of(error)


def code_of(error: Exception) -> Exit:
    """The exit code of an error: of a configuration, a vault or a store, 2."""
    return next((code for kind, code in CODES if isinstance(error, kind)), Exit.USAGE)
