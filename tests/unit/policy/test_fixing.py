"""The text without what a rule would stop."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import Attachment, Contact, Context, Level, Message, check, pack_for
from policy.fixing import fix

TEXTS = [
    example.text
    for examples in pack_for("allegro-pl").examples().values()
    for example in examples.match
    if len(example.text) < 300
]


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        (
            "Dzień dobry, wpłata dotarła, ale brakuje numeru domu. Jan",
            "Dzień dobry, brakuje numeru domu. Jan",
        ),
        ("Wpłata dotarła proszę o numer domu", "Proszę o numer domu"),
        ("Zamówienie wysłane. Proszę o opinię! Jaki kolor nici?", "Jaki kolor nici?"),
        ("Zamówienie, nr 12, zostało już nadane. Jaki kolor nici?", "Jaki kolor nici?"),
        (
            "Dzień dobry,\n\nzamówienie w realizacji.\nJaki kolor nici wybrać?\n\nPozdrawiamy",
            "Dzień dobry,\n\nJaki kolor nici wybrać?\n\nPozdrawiamy",
        ),
    ],
)
def test_cut(text: str, fixed: str) -> None:
    """The clause goes, with the word that joined it; the rest stays as it was typed."""
    assert fix(Message(text), Context()) == fixed


@pytest.mark.parametrize(
    "text",
    ["Dzień dobry, wpłata dotarła. Pozdrawiam", "Jaki kolor nici?", "", "Dzień dobry", "Zamówienie wysłane."],
)
def test_nothing_to_propose(text: str) -> None:
    """Where nothing would be left to say, or nothing is wrong, there is no proposal."""
    assert fix(Message(text), Context()) is None


def test_what_cutting_does_not_mend() -> None:
    """A file that may not go along and a text that is too long are not for cutting."""
    message = Message("Proszę o kolor nici.", (Attachment("faktura.pdf"),))
    assert fix(message, Context()) is None
    assert fix(Message("Jaki kolor? " * 200), Context()) is None


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.sampled_from([*TEXTS, "Jaki kolor nici?", "Brakuje numeru domu.", "Pozdrawiam"]), max_size=5)
)
def test_a_proposal_is_no_worse(parts: list[str]) -> None:
    """A proposal never stands higher than the text did, and says nothing that was not typed."""
    text = "\n".join(parts)
    context = Context(contact=Contact.INITIATED)
    fixed = fix(Message(text), context)
    if fixed is not None:
        before, after = (check(Message(one), context).level for one in (text, fixed))
        assert after <= before
        assert after <= Level.WARN
        assert set(fixed.lower()) <= set(text.lower()) | {" ", "\n"}
