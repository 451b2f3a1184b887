"""The language of a text."""

from __future__ import annotations

import pytest

from policy.reading.detect import languages_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dzień dobry, czy zamówienie jest już opłacone?", "pl"),
        ("dzien dobry, prosze o numer domu", "pl"),
        ("Dobrý den, prosím o číslo domu, děkuji.", "cs"),
        ("Dobrý deň, ďakujem za objednávku, pošlite nám prosím číslo domu.", "sk"),
        ("Jó napot, köszönöm a rendelést, kérem a házszámot.", "hu"),
        ("Hello, thank you for your order, what is your house number?", "en"),
        ("", "pl"),
        ("12345", "pl"),
    ],
)
def test_undeclared(text: str, code: str) -> None:
    """Without a declared language the small words tell, and Polish is the home."""
    assert languages_of(text) == (code,)


def test_declared() -> None:
    """A declared language holds; one that speaks louder is read too."""
    assert languages_of("Hm.", "cs") == ("cs",)
    assert languages_of("Hm.", "cs-CZ") == ("cs",)
    assert languages_of("Hello, thank you for your order, what is it?", "pl") == ("pl", "en")
    assert languages_of("Hello, thank you for your order.", "de") == ("de",)
