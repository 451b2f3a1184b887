"""The seller's own rules: switches, levels, and rules of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy import Context, Level, Message, PackError, check, pack_for
from policy.own import with_own_rules

if TYPE_CHECKING:
    from pathlib import Path

    from policy import Pack

HOUSE = """
[switch]
DUP-THANKS = "off"
LINK-INFO = "block"
RIGHTS = "on"

[[rule]]
id = "HOUSE-WORDS"
title = "Words that we do not use"
message = { pl = "nie nasz styl", en = "not our style" }
why = "We agreed on it."
instead = "Say it plainly."
levels = "warn"
probes = [{ says = ["mega*", "super okazja"] }]

[[rule]]
id = "HOUSE-NAME"
title = "Sign with a name"
message = "no name under it"
why = "Buyers like to know who writes."
instead = "Sign with your name."
levels = "hint"
probes = [{ lacks = ["marta", "pozdrawiam jan*"] }]

[[rule]]
id = "HOUSE-SHORT"
title = "Short"
message = "too long"
why = "Nobody reads more."
instead = "Shorten it."
levels = { any = { initiated = "warn", stale = "warn", answer = "ok" } }
probes = [{ longer_than = 300 }]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(HOUSE, encoding="utf-8")
    return path


@pytest.fixture
def pack(file: Path) -> Pack:
    return with_own_rules(pack_for("allegro-pl"), file)


def found(text: str, pack: Pack) -> dict[str, str]:
    verdict = check(Message(text), Context(), pack)
    return {finding.rule.id: finding.excerpt for finding in verdict.findings}


def test_no_file(tmp_path: Path) -> None:
    """Without a file the rules are Allegro's."""
    pack = pack_for("allegro-pl")
    assert with_own_rules(pack, tmp_path / "rules.toml") is pack


def test_switched(pack: Pack) -> None:
    """A rule can be switched off or on, and given one level in every contact."""
    assert "DUP-THANKS" not in found("Dziękujemy za zakup! Marta", pack)
    verdict = check(Message("Film: https://youtu.be/a1b2c3 Marta"), Context(), pack)
    assert verdict.level is Level.BLOCK
    assert "RIGHTS" in found("Zwrotów nie przyjmujemy. Marta", pack)
    assert "RIGHTS" not in found("Zwrotów nie przyjmujemy.", pack_for("allegro-pl"))


@pytest.mark.parametrize(
    ("text", "rule", "excerpt"),
    [
        ("Marta: to jest MEGAPROMKA", "HOUSE-WORDS", "MEGAPROMKA"),
        ("Marta: to jest super  okazja", "HOUSE-WORDS", "super  okazja"),
        ("Jaki kolor?", "HOUSE-NAME", ""),
        ("Marta " + "ą" * 300, "HOUSE-SHORT", "ą" * 6),
    ],
)
def test_house_rules(pack: Pack, text: str, rule: str, excerpt: str) -> None:
    """Banned words, a sign-off that is wanted, and a length of the house's own."""
    assert found(text, pack)[rule] == excerpt


@pytest.mark.parametrize("text", ["Jaki kolor? Marta", "jaki kolor, pozdrawiam Janek", ""])
def test_nothing_to_say(pack: Pack, text: str) -> None:
    """A message in the style of the house is left alone."""
    assert found(text, pack) == {}


def test_a_lamp_of_its_own(pack: Pack) -> None:
    """Own rules have a family, and say that they are the seller's."""
    assert pack.families[-1].id == "own"
    assert pack.rule("HOUSE-WORDS").own
    assert pack.rule("HOUSE-WORDS").title.pl == "Words that we do not use"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            'DUP-THANKS = "off"',
            'DUP-THANK = "off"',
            "switch: DUP-THANK: no such rule; did you mean 'DUP-THANKS'?",
        ),
        (
            'DUP-THANKS = "off"',
            'DUP-THANKS = "of"',
            "DUP-THANKS: expected one of off, on, ok, hint, warn, block, found 'of'; did you mean 'off'?",
        ),
        ('id = "HOUSE-WORDS"', 'id = "house words"', "house words: id: expected capitals"),
        ('id = "HOUSE-WORDS"', 'id = "DUP-STATUS"', "DUP-STATUS: id: there is a rule of this name"),
        ("says = [", "sais = [", "HOUSE-WORDS: probes 1: sais: unknown key; did you mean 'says'?"),
        ('levels = "warn"', 'levels = "loud"', "HOUSE-WORDS: levels: 'loud' is no level"),
        ('why = "We agreed on it."\n', "", "HOUSE-WORDS: why: missing"),
        ("[switch]", "[switches]", "switches: unknown key; did you mean 'switch'?"),
        ("[switch]", "[switch", "rules.toml"),
    ],
)
def test_mistakes(file: Path, old: str, new: str, complaint: str) -> None:
    """A mistake is named with file, rule and key, and what was probably meant."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        with_own_rules(pack_for("allegro-pl"), file)
    assert str(caught.value).startswith(str(file))
    assert complaint in str(caught.value)
