"""Allegro's rules on messages to buyers: a message and its context in, a verdict out.

Pure: no clock, no network, no screen, and nothing but the standard library.

    from policy import Context, Contact, Message, check

    verdict = check(Message("Dzień dobry, wpłata dotarła."), Context(contact=Contact.INITIATED))
    verdict.level.word  # "block"
"""

from policy.checking import check
from policy.level import Level
from policy.loading import UnknownMarketplaceError, marketplaces, pack_for
from policy.message import Attachment, Contact, Context, Message
from policy.pack import Pack
from policy.rule import Example, Family, Instead, Known, Localized, Pattern, Rule, Situation, Source
from policy.table import PackError
from policy.verdict import Finding, Verdict

__all__ = [
    "Attachment",
    "Contact",
    "Context",
    "Example",
    "Family",
    "Finding",
    "Instead",
    "Known",
    "Level",
    "Localized",
    "Message",
    "Pack",
    "PackError",
    "Pattern",
    "Rule",
    "Situation",
    "Source",
    "UnknownMarketplaceError",
    "Verdict",
    "check",
    "marketplaces",
    "pack_for",
]
