"""How strongly a rule speaks, by who started the conversation and what else the message holds."""

from __future__ import annotations

import pytest

from policy import Attachment, Contact, Context, Level, Message, check

ORDER = (Contact.INITIATED, Contact.STALE, Contact.REPLY, Contact.CONTINUATION, Contact.PRESALE)
FREE = ("ok", "ok", "ok")

# rule, text, levels in ORDER
TABLE = [
    ("DUP-PAYMENT", "Dzień dobry, wpłata dotarła. Pozdrawiam, sklep Miś", ("block", "warn", *FREE)),
    ("DUP-PAYMENT", "Wpłata dotarła, ale brakuje numeru domu w adresie.", ("warn", "warn", *FREE)),
    ("DUP-STATUS", "Zamówienie zostało wysłane. Miłego dnia!", ("block", "warn", *FREE)),
    ("DUP-STATUS", "Zamówienie w realizacji. Jaki kolor nici wybrać?", ("warn", "warn", *FREE)),
    ("DUP-TRACKING", "Numer przesyłki: 520000011122233344445555.", ("block", "warn", *FREE)),
    (
        "DUP-TRACKING",
        "Numer przesyłki: 520000011122233344445555. Proszę sprawdzić przy kurierze, czy szyba jest cała.",
        ("warn", "warn", *FREE),
    ),
    ("DUP-RATE-REQUEST", "Prosimy o ocenę transakcji.", ("block", "block", "warn", "warn", "warn")),
    (
        "DUP-RATE-REQUEST",
        "Niestety brakuje jednej śruby. Prosimy o opinię o zakupie.",
        ("block", "block", "warn", "warn", "warn"),
    ),
    ("DUP-THANKS", "Dziękujemy za zakup!", ("warn", "warn", *FREE)),
    ("DUP-THANKS", "Dziękujemy za zakup! Jaki rozmiar wysłać?", ("hint", "hint", *FREE)),
    ("DOC-FISCAL-FILE", "W załączniku faktura.", ("block", "warn", "warn", "warn", "warn")),
    ("OFF-SALE", "Poza Allegro sprzedam taniej.", ("block",) * 5),
    ("LINK-SHOP", "Więcej wzorów na www.dywany-zosia.pl", ("block",) * 5),
    ("CONTACT-DATA", "Proszę dzwonić: 600 100 200.", ("warn", "warn", "hint", "hint", "hint")),
    ("API-LEN", "Proszę dokręcić śrubę. " * 100, ("block",) * 5),
]


def verdict(text: str, **context: object) -> str:
    return check(Message(text), Context(**context)).level.word  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "text", "contact", "level"),
    [
        pytest.param(rule, text, contact, level, id=f"{rule}-{number}-{contact}")
        for number, (rule, text, levels) in enumerate(TABLE)
        for contact, level in zip(ORDER, levels, strict=True)
    ],
)
def test_table(rule: str, text: str, contact: Contact, level: str) -> None:
    """The level of every rule in every kind of contact is that of the label table."""
    found = check(Message(text), Context(contact=contact, buyer_last="Dzień dobry."))
    assert found.level.word == level
    assert (level == "ok") == (rule not in {finding.rule.id for finding in found.findings})


@pytest.mark.parametrize(("contact", "level"), [*zip(ORDER, ("warn", "hint", *FREE), strict=True)])
def test_carrier_not_integrated(contact: Contact, level: str) -> None:
    """Where Allegro does not report the parcel, its number is worth a warning at the most."""
    assert verdict("Numer listu: 00340000161234567890", contact=contact, carrier_integrated=False) == level


def test_status_of_own_carrier() -> None:
    """The status of the order is Allegro's to report whoever carries the parcel."""
    assert verdict("Zamówienie zostało wysłane.", carrier_integrated=False) == "block"


@pytest.mark.parametrize(
    "buyer_last",
    ["Poproszę fakturę.", "Gdzie znajdę paragon?", "nie moge znalezc faktury", "Dziękuję! A faktura?"],
)
def test_invoice_that_was_asked_for(buyer_last: str) -> None:
    """A document that the buyer asks for may go into the answer, and only there."""
    message = Message("Proszę bardzo.", (Attachment("FV_7_2026.pdf"),))
    for contact, level in zip(ORDER, ("block", "warn", *FREE), strict=True):
        assert check(message, Context(contact=contact, buyer_last=buyer_last)).level.word == level


@pytest.mark.parametrize(
    "buyer_last", ["Nie potrzebuję faktury.", "Dziękuję za paragon", "Czy jest czarny?", None]
)
def test_invoice_that_nobody_asked_for(buyer_last: str | None) -> None:
    """A document that the buyer did not ask for is worth a warning in an answer."""
    message = Message("Proszę bardzo.", (Attachment("FV_7_2026.pdf"),))
    assert check(message, Context(contact=Contact.REPLY, buyer_last=buyer_last)).level is Level.WARN


@pytest.mark.parametrize(
    "rest",
    [
        "Życzymy miłego dnia!",
        "W razie pytań prosimy o kontakt.",
        "Dziękujemy za zakup i zapraszamy ponownie.",
        "Pozdrawiamy, zespół Miś",
        "Wiadomość wygenerowana automatycznie, prosimy na nią nie odpowiadać.",
        "Numer przesyłki 520000011122233344445555.",
        "🙂🙂",
    ],
)
def test_nothing_but_a_duplicate(rest: str) -> None:
    """Greetings, thanks, wishes and a second duplicate leave a duplicate alone."""
    assert verdict(f"Dzień dobry,\n\nzamówienie zostało wysłane. {rest}") == "block"


@pytest.mark.parametrize(
    "rest",
    [
        "Czy kolor może być biały?",
        "Niestety jedna szklanka pękła, zwrócimy za nią 12 zł.",
        "Przesyłka może się opóźnić o dwa dni.",
        "Proszę podać numer domu.",
        "Szyba jest krucha, trzeba ją rozpakować na stole.",
        "W załączniku instrukcja obsługi.",
        "Dosyłamy też brakującą śrubę, osobno.",
    ],
)
def test_a_duplicate_and_something_needed(rest: str) -> None:
    """A question, a problem, a delay, a datum or an instruction makes it a warning: cut the clause."""
    assert verdict(f"Dzień dobry,\n\nzamówienie zostało wysłane. {rest}") == "warn"


@pytest.mark.parametrize(
    "text",
    [
        "Dzień dobry",
        "Dzień dobry, pozdrawiam!",
        "",
        " \n\n ",
        "🙂",
        "Paczkomat jest wyłączony z użytku, proszę wskazać inny punkt.",
        "Niestety ostatnia sztuka jest uszkodzona. Czy wybiera Pani inny kolor, czy anulujemy?",
        "Paczka jeszcze nie została nadana, bo kurier nie przyjechał.",
        "Wyślemy zamówienie jutro, dziś nie zdążyliśmy.",
        "Instrukcja montażu jest w pudełku.",
    ],
)
def test_nothing_known(text: str) -> None:
    """What no rule names is ok, "dzień dobry" first of all."""
    found = check(Message(text), Context())
    assert found.level is Level.OK
    assert found.findings == ()


def test_order_of_findings() -> None:
    """The most severe finding comes first, then the order of the text, then files."""
    message = Message(
        "Dziękujemy za zakup! Wpłata dotarła. Jaki kolor? Poza Allegro taniej. tel. 600100200",
        (Attachment("paragon.pdf"),),
    )
    found = check(message, Context())
    assert [finding.rule.id for finding in found.findings] == [
        "OFF-SALE",
        "DOC-FISCAL-FILE",
        "DUP-PAYMENT",
        "CONTACT-DATA",
        "DUP-THANKS",
    ]
    assert found.level is found.findings[0].level


def test_level_words() -> None:
    """A level has a word, and a word its level."""
    assert [level.word for level in Level] == ["ok", "hint", "warn", "block"]
    assert Level.from_word("warn") is Level.WARN
    with pytest.raises(ValueError, match="'loud' is no level"):
        Level.from_word("loud")
