"""How strongly a rule speaks and how well it is known: the same words on a screen and in a pipe."""

from __future__ import annotations

from policy import Known, Level
from tui.i18n import N_, _

LEVELS = {
    Level.OK: ("✓", N_("ok")),
    Level.HINT: ("◦", N_("hint")),
    Level.WARN: ("▲", N_("warning")),
    Level.BLOCK: ("■", N_("stop")),
}

KNOWN = {
    Known.READ: N_("we read Allegro's wording"),
    Known.PRESS: N_("reported by the press"),
    Known.INFERRED: N_("our conclusion, not Allegro's rule"),
    Known.OWN: N_("your own rule"),
}


def level(value: Level) -> str:
    """Glyph and word of a level: "■ stop"."""
    glyph, word = LEVELS[value]
    return f"{glyph} {_(word)}"


def known(value: Known) -> str:
    """How well a rule is known, in words."""
    return _(KNOWN[value])
