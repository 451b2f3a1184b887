"""What the rules must know about a reply, gathered from the conversation and its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy import Context, marketplaces

if TYPE_CHECKING:
    from api.domain import Account, Order
    from api.inbox.contact import ContactReading

UNTRACKED = ("odbiór osobisty", "transport własny", "dostawa własna", "osobní odběr", "osobný odber")
"""Delivery methods whose parcels Allegro does not report, by a part of their name in lower case.

Allegro's page of integrated carriers is not public data; every other method is taken as integrated, which
is the stricter reading.
"""

HOME_MARKETPLACE = "allegro-pl"
"""Whose rules hold on a marketplace that we do not know yet: Allegro's terms are one text for all."""


def rules_context(reading: ContactReading, order: Order | None, account: Account) -> Context:
    """The context of a reply; without a known order, the stricter assumption everywhere."""
    buyer_last = reading.buyer_last.text if reading.buyer_last else None
    named = (order.marketplace if order else "") or account.marketplace
    marketplace = named if named in marketplaces() else HOME_MARKETPLACE
    if order is None:
        return Context(contact=reading.contact, buyer_last=buyer_last, marketplace=marketplace)
    method = order.delivery.method.casefold() if order.delivery else ""
    return Context(
        contact=reading.contact,
        buyer_last=buyer_last,
        carrier_integrated=not any(name in method for name in UNTRACKED),
        invoice_required=order.invoice is not None and order.invoice.required,
        paid=order.paid,
        marketplace=marketplace,
    )
