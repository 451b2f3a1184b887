"""The way out: the gate that the rules keep, and sending."""

from api.outbox.gate import Consent, Demand, demand
from api.outbox.sender import Letter, NotConsentedError, Sender

__all__ = ["Consent", "Demand", "Letter", "NotConsentedError", "Sender", "demand"]
