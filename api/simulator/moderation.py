"""The pretend filter: a script of examples, not a set of rules.

It blocks what Allegro stops since 2026-03-02 when a seller starts the contact (money arrived, parcel sent,
please rate us, the invoice), and a link to the seller's own shop always; everything else is delivered. It
knows nothing of okienko's policy, and the two may disagree: that is the point of a server to test against.
"""

from __future__ import annotations

import re

_ALWAYS = (
    r"https?://(?!(?:\w+\.)*allegro\.(?:pl|cz|sk|hu)\b)\S*(?:sklep|shop|store|eshop)\S*",
    r"\bwww\.\S*(?:sklep|shop|store|eshop)\S*",
    r"\b(?:w|na) (?:naszym|moim) sklepie (?:internetowym|poza allegro)\b",
    r"\b(?:taniej|rabat\w*) (?:poza allegro|na naszej stronie)\b",
)

_WHEN_THE_SELLER_STARTS = (
    # The money is here.
    r"\b(?:wpłat\w+|płatnoś\w+|pieniądze|przelew)\b.{0,30}\b(?:zaksięgowan\w+|dotar\w+|otrzyma\w+|wpłyn\w+)",
    r"\b(?:otrzyma|zaksięgowa)\w+ (?:\w+ )?(?:wpłat|płatnoś|przelew)\w+",
    r"\bpayment (?:has been |was )?(?:received|confirmed)\b",
    # The parcel is on its way.
    r"\b(?:paczk\w+|przesyłk\w+|zamówieni\w+)\b.{0,30}\b(?:wysłan\w+|nadan\w+|w drodze|w realizacji)",
    r"\b(?:wysłaliśmy|nadaliśmy|wysłałem|wysłałam|nadałam|nadałem)\b.{0,40}\b(?:paczk|przesyłk|zamówieni)",
    r"\bnumer (?:przesyłki|śledzenia|listu przewozowego)\b",
    r"\b(?:your )?(?:parcel|order|package) (?:has been |was )?(?:sent|shipped|dispatched)\b",
    r"\b(?:zásilk\w+|zásielk\w+|balík\w*)\b.{0,30}\b(?:odesla\w+|odosla\w+|posla\w+)",
    # Please rate us.
    r"\b(?:pros\w+|zachęca\w+|będ\w+ wdzięczn\w+)\b.{0,40}\b(?:ocen\w+|opini\w+|komentarz\w*)",
    r"\b(?:kérjük|prosíme)\b.{0,30}\b(?:értékel|hodnocen|hodnoten)",
    # The invoice.
    r"\b(?:w załącz\w+|przesyła\w+|wysyła\w+)\b.{0,30}\b(?:faktur|paragon)",
    r"\b(?:faktur|paragon)\w*\b.{0,30}\b(?:w załącz\w+|do pobrania)",
)

_always = re.compile("|".join(_ALWAYS), re.IGNORECASE | re.DOTALL)
_when_the_seller_starts = re.compile("|".join(_WHEN_THE_SELLER_STARTS), re.IGNORECASE | re.DOTALL)


def outcome(text: str, *, buyer_wrote_before: bool) -> str:
    """What becomes of a message after VERIFYING: "DELIVERED" or "BLOCKED".

    `buyer_wrote_before`: whether the buyer has written about this order (or, without an order, in this
    thread) before; such a message answers, and is no duplicate.
    """
    if _always.search(text):
        return "BLOCKED"
    if not buyer_wrote_before and _when_the_seller_starts.search(text):
        return "BLOCKED"
    return "DELIVERED"
