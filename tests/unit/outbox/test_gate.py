"""What a verdict asks of the seller, and which consent answers it."""

from __future__ import annotations

import pytest

from api.outbox import Consent, Demand, demand
from policy import Contact, Context, Finding, Level, Message, Verdict, check, pack_for

RULES = {rule.id: rule for rule in pack_for("allegro-pl").rules_on(None)}


def verdict(**levels: Level) -> Verdict:
    """A verdict of these rules (underscores for hyphens) at these levels."""
    findings = tuple(
        Finding(rule := RULES[name.replace("_", "-")], level, None, None, "", rule.instead)
        for name, level in levels.items()
    )
    return Verdict(max(levels.values(), default=Level.OK), findings)


def consent(*rules: str, reason: str = "") -> Consent:
    return Consent(frozenset(rules), reason)


WARN = verdict(DUP_PAYMENT=Level.WARN)
TWO_WARNS = verdict(DUP_PAYMENT=Level.WARN, DUP_STATUS=Level.WARN)
BLOCK = verdict(DUP_PAYMENT=Level.BLOCK)
BLOCK_AND_WARN = verdict(DUP_PAYMENT=Level.BLOCK, DUP_STATUS=Level.WARN)
WARN_AND_HINT = verdict(DUP_PAYMENT=Level.WARN, DUP_THANKS=Level.HINT)

TABLE = {
    "ok": (verdict(), consent(), Demand.NOTHING),
    "hint": (verdict(DUP_THANKS=Level.HINT), consent(), Demand.NOTHING),
    "warn": (WARN, consent(), Demand.CONFIRMATION),
    "warn, confirmed": (WARN, consent("DUP-PAYMENT"), Demand.NOTHING),
    "warn, another one confirmed": (WARN, consent("DUP-STATUS"), Demand.CONFIRMATION),
    "warn, more confirmed than needed": (WARN, consent("DUP-PAYMENT", "OFF-SALE"), Demand.NOTHING),
    "two warns, one confirmed": (TWO_WARNS, consent("DUP-PAYMENT"), Demand.CONFIRMATION),
    "two warns, confirmed": (TWO_WARNS, consent("DUP-PAYMENT", "DUP-STATUS"), Demand.NOTHING),
    "a hint beside a warn needs no consent": (WARN_AND_HINT, consent("DUP-PAYMENT"), Demand.NOTHING),
    "block": (BLOCK, consent(), Demand.REASON),
    "block, shown without a reason": (BLOCK, consent("DUP-PAYMENT"), Demand.REASON),
    "block, a reason of spaces": (BLOCK, consent("DUP-PAYMENT", reason=" \n\t"), Demand.REASON),
    "block, a reason for another rule": (BLOCK, consent("OFF-SALE", reason="bo tak"), Demand.REASON),
    "block, a reason and nothing shown": (BLOCK, consent(reason="bo tak"), Demand.REASON),
    "block, a reason": (BLOCK, consent("DUP-PAYMENT", reason="bo tak"), Demand.NOTHING),
    "block with a warn that was not shown": (
        BLOCK_AND_WARN,
        consent("DUP-PAYMENT", reason="bo tak"),
        Demand.REASON,
    ),
}


@pytest.mark.parametrize(("said", "given", "needed"), TABLE.values(), ids=TABLE)
def test_demand(said: Verdict, given: Consent, needed: Demand) -> None:
    """A warn asks for a confirmation, a block for a reason, both for the very rules that were shown."""
    assert demand(said, given) is needed


def test_changed_text_that_breaks_another_rule_asks_again() -> None:
    """A consent to one text is none to another one that breaks more rules."""
    context = Context(contact=Contact.INITIATED)
    first = check(Message("Dzień dobry, wpłata dotarła."), context)
    shown = frozenset(finding.rule.id for finding in first.findings)
    agreed = Consent(shown, "Kupująca prosiła o potwierdzenie.")
    assert demand(first, agreed) is Demand.NOTHING
    changed = check(Message("Dzień dobry, wpłata dotarła. Taniej na www.sklep-ani.pl"), context)
    assert demand(changed, agreed) is Demand.REASON


def test_changed_text_that_breaks_the_same_rule_does_not_ask_again() -> None:
    """Mending a typing error after the question is not punished."""
    context = Context(contact=Contact.INITIATED)
    first = check(Message("Dzień dobry, wpłata dotarła."), context)
    agreed = Consent(frozenset(finding.rule.id for finding in first.findings), "Proszono o to.")
    assert demand(check(Message("Dzień dobry! Wpłata dotarła."), context), agreed) is Demand.NOTHING
