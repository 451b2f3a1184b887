"""A sent text is recognised in what came back, and in nothing else."""

from __future__ import annotations

import pytest

from api.allegro.outgoing import fingerprint, prepare
from api.domain.text import clean


@pytest.mark.parametrize(
    ("sent", "came_back"),
    [
        ("Dzień dobry,\r\npaczka\n", "Dzień dobry,\npaczka"),
        ("a  b\u00a0c", "a b c"),
        ("Zażo\u0301łć", "Zażółć"),
        ("Tom & Jerry", "Tom &amp; Jerry"),
        ("dobrze \u200b😀", "dobrze 😀"),
    ],
)
def test_a_text_keeps_its_fingerprint(sent: str, came_back: str) -> None:
    """Line ends, spaces, composition and entities do not matter."""
    assert fingerprint(prepare(sent)) == fingerprint(clean(came_back))


def test_other_texts_have_other_fingerprints() -> None:
    """One letter makes the difference."""
    assert fingerprint("Dzień dobry") != fingerprint("Dzien dobry")


def test_a_fingerprint_does_not_quote() -> None:
    """It is a digest, whatever the text."""
    assert len(fingerprint("x" * 2000)) == len(fingerprint("\ud800")) == 32
