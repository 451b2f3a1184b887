"""The pretend filter and its script of examples."""

from __future__ import annotations

import pytest

from api.simulator.moderation import outcome

NOTICES = [
    "Dzień dobry, wpłata zaksięgowana, dziękujemy.",
    "Otrzymaliśmy płatność za Pana zamówienie.",
    "Paczka została nadana dziś rano.",
    "Wysłaliśmy dziś Pani zamówienie.",
    "Numer przesyłki: 620000000000000000000001",
    "Państwa zamówienie jest w realizacji",
    "Prosimy o ocenę transakcji, 5 gwiazdek bardzo nas ucieszy.",
    "W załączeniu faktura.",
    "Zásilku jsme odeslali dnes.",
    "Balík sme dnes odoslali, zásielka bola odoslaná.",
    "Kérjük, értékelje a vásárlást!",
    "Your parcel has been dispatched.",
]

SHOPS = [
    "Taniej na https://sklep.pracownia-debowa.example/deski",
    "www.nasz-sklep.example",
    "Zapraszamy, w naszym sklepie internetowym jest więcej wzorów",
    "Damy rabat poza Allegro",
]

NEEDED = [
    "Dzień dobry",
    "Jaki tekst mamy wygrawerować?",
    "Paczkomat jest wyłączony z użytku, proszę wskazać inny punkt.",
    "Niestety ostatnia sztuka jest uszkodzona. Inny kolor czy anulujemy?",
    "Zwracamy nadpłatę za drugą wysyłkę.",
    "Więcej o tym: https://allegro.pl/pomoc/sklep",
    "Kolo vám pošleme až ve středu, hodí se to?",
]


@pytest.mark.parametrize("text", NOTICES)
def test_a_notice_is_blocked_when_the_seller_starts(text: str) -> None:
    """What Allegro tells the buyer itself."""
    assert outcome(text, buyer_wrote_before=False) == "BLOCKED"


@pytest.mark.parametrize("text", NOTICES)
def test_a_notice_is_delivered_as_an_answer(text: str) -> None:
    assert outcome(text, buyer_wrote_before=True) == "DELIVERED"


@pytest.mark.parametrize("text", SHOPS)
@pytest.mark.parametrize("before", [True, False])
def test_the_own_shop_is_blocked_always(text: str, *, before: bool) -> None:
    assert outcome(text, buyer_wrote_before=before) == "BLOCKED"


@pytest.mark.parametrize("text", NEEDED)
def test_what_the_order_needs_is_delivered(text: str) -> None:
    """Also when the seller starts."""
    assert outcome(text, buyer_wrote_before=False) == "DELIVERED"


def test_a_long_text_is_judged_at_once() -> None:
    """Two thousand characters that nearly match do not make the filter think long."""
    assert outcome("paczka " * 285, buyer_wrote_before=False) == "DELIVERED"
