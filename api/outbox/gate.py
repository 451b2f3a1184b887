"""The gate before the wire: what a verdict asks of the seller before a message may go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from policy import Level, Verdict


class Demand(Enum):
    """What is still needed before this message may be sent."""

    NOTHING = "nothing"
    CONFIRMATION = "confirmation"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Consent:
    """What the seller has agreed to: the rules they were shown, and why they send against a `block`."""

    rules: frozenset[str] = frozenset()
    reason: str = ""


def demand(verdict: Verdict, consent: Consent) -> Demand:
    """What this verdict still asks for.

    A `block` needs a reason and a `warn` a confirmation; both hold only for the rules that were shown, so a
    text that was changed afterwards and breaks another rule asks again.
    """
    stopping = {finding.rule.id for finding in verdict.findings if finding.level >= Level.WARN}
    shown = stopping <= consent.rules
    if verdict.level >= Level.BLOCK:
        return Demand.NOTHING if shown and consent.reason.strip() else Demand.REASON
    if verdict.level >= Level.WARN:
        return Demand.NOTHING if shown else Demand.CONFIRMATION
    return Demand.NOTHING
