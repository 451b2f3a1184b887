"""Spans: exact places in the text as typed."""

from __future__ import annotations

import unicodedata

import pytest

from policy import Attachment, Context, Finding, Message, check


def only(text: str, rule: str) -> Finding:
    findings = [finding for finding in check(Message(text), Context()).findings if finding.rule.id == rule]
    assert len(findings) == 1
    return findings[0]


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("Dzień dobry, wpłata już dotarła, ale brak numeru domu.", "DUP-PAYMENT", "wpłata już dotarła,"),
        ("Dzien dobry, wplata juz dotarla, ale brak numeru domu.", "DUP-PAYMENT", "wplata juz dotarla,"),
        ("DZIEŃ DOBRY! WPŁATA DOTARŁA! JAKI KOLOR?", "DUP-PAYMENT", "WPŁATA DOTARŁA!"),
        ("Jaki kolor?\nZamówienie spakowane.\nPozdrawiam", "DUP-STATUS", "Zamówienie spakowane."),
        ("Wpłata dotarła proszę o numer domu", "DUP-PAYMENT", "Wpłata dotarła"),
        ("Informujemy, że przelew doszedł. Żółć.", "DUP-PAYMENT", "że przelew doszedł."),
        (
            "Zamówienie, nr 12, zostało przez naszych kolegów nadane.",
            "DUP-STATUS",
            "zostało przez naszych kolegów nadane.",
        ),
        ("Twoja płatność: OTRZYMANA", "DUP-PAYMENT", "OTRZYMANA"),
        ("😀😀 Prosimy o ocenę 😀", "DUP-RATE-REQUEST", "Prosimy o ocenę 😀"),
    ],
)
def test_clause(text: str, rule: str, words: str) -> None:
    """The span is the clause to cut, with or without diacritics, in code points."""
    finding = only(text, rule)
    assert finding.span is not None
    start, end = finding.span
    assert text[start:end] == finding.excerpt == words


def test_zero_width_and_combining() -> None:
    """Characters that folding drops count in the span, and those behind the last letter belong to it."""
    clause = unicodedata.normalize("NFD", "wpłata dota\u200brła\u0301")
    text = f"Cześć. {clause}"
    assert only(text, "DUP-PAYMENT").excerpt == clause


def test_expanding_characters() -> None:
    """Characters that fold to several do not shift what stands behind them."""
    text = "… ½ ﬁ Straße: wpłata dotarła"
    assert only(text, "DUP-PAYMENT").excerpt == "wpłata dotarła"


def test_length() -> None:
    """Too long a message is marked from the first character that is too many."""
    finding = only("ą" * 2003, "API-LEN")
    assert finding.span == (2000, 2003)
    assert finding.excerpt == "ąąą"


def test_file() -> None:
    """A finding about a file has the file's index and name, and no span."""
    files = (Attachment("instrukcja.pdf"), Attachment("Paragon 12.PDF"))
    (finding,) = check(Message("Dzień dobry", files), Context()).findings
    assert (finding.attachment, finding.span, finding.excerpt) == (1, None, "Paragon 12.PDF")


@pytest.mark.parametrize(
    "name",
    [
        "faktura.pdf",
        "FV_1_2026.pdf",
        "FA261118.pdf",
        "fs-12.pdf",
        "e-paragon.pdf",
        "moja_faktura_kor.PDF",
        "Rachunek 3.jpg",
        "invoice-7.pdf",
        "faktúra.pdf",
        "FAKTURĘ.pdf",
    ],
)
def test_fiscal_file_names(name: str) -> None:
    """Names of invoices and receipts are known, diacritics or not."""
    assert check(Message("", (Attachment(name),)), Context()).level.word == "block"


@pytest.mark.parametrize(
    "name",
    [
        "instrukcja.pdf",
        "favorit.pdf",
        "fason.jpg",
        "fs_plan.pdf",
        "zdjecie.png",
        "karta_gwarancyjna.pdf",
        "",
        "fakt.pdf",
    ],
)
def test_other_file_names(name: str) -> None:
    """Manuals, photos and warranty cards are nobody's invoice."""
    assert check(Message("", (Attachment(name),)), Context()).level.word == "ok"
