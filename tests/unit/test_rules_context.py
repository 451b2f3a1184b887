"""What the rules are told about a reply: the stricter reading wherever something is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.inbox import ContactReading, Ground, rules_context
from policy import Contact, Context
from tests.unit.builders import BUYER, ME, message, order

if TYPE_CHECKING:
    from api.domain import Order

ASKED = ContactReading(Ground.NEWEST_IS_BUYERS, message(BUYER, text="Gdzie moja paczka?"))
NEVER = ContactReading(Ground.BUYER_NEVER_WROTE, None)


def context(known: Order | None, reading: ContactReading = ASKED) -> Context:
    return rules_context(reading, known, ME)


def test_without_an_order() -> None:
    """Without an order only the conversation is known; the marketplace is the account's."""
    assert context(None) == Context(
        contact=Contact.REPLY, buyer_last="Gdzie moja paczka?", marketplace="allegro-pl"
    )


def test_without_a_word_of_the_buyer() -> None:
    """There is no last message of a buyer who never wrote."""
    told = context(order(), NEVER)
    assert told.contact is Contact.INITIATED
    assert told.buyer_last is None


@pytest.mark.parametrize(
    ("method", "integrated"),
    [
        ("Allegro Paczkomaty InPost", True),
        ("Allegro Odbiór w Punkcie DPD Pickup", True),
        ("Kurier niezbyt znany", True),
        (None, True),
        ("Odbiór osobisty", False),
        ("ODBIÓR OSOBISTY w sklepie po przedpłacie", False),
        ("Transport własny sprzedającego", False),
        ("Dostawa własna", False),
        ("Osobní odběr", False),
        ("Osobný odber", False),
    ],
)
def test_who_reports_the_parcel(method: str | None, integrated: bool) -> None:  # noqa: FBT001  a table
    """Allegro reports every parcel but those that no carrier takes; what is not known counts as reported."""
    assert context(order(method=method)).carrier_integrated is integrated


@pytest.mark.parametrize(("invoice", "required"), [(True, True), (False, False), (None, False)])
def test_invoice(invoice: bool | None, required: bool) -> None:  # noqa: FBT001  a table
    """An invoice is required only where the buyer said so."""
    assert context(order(invoice=invoice)).invoice_required is required


@pytest.mark.parametrize("paid", [True, False])
def test_payment(paid: bool) -> None:  # noqa: FBT001  a table
    """The rules hear whether the money is there."""
    assert context(order(paid=paid)).paid is paid


@pytest.mark.parametrize(("of_order", "told"), [("allegro-cz", "allegro-cz"), ("", "allegro-pl")])
def test_marketplace(of_order: str, told: str) -> None:
    """The order's marketplace decides, else the account's."""
    assert context(order(marketplace=of_order)).marketplace == told
