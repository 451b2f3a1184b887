"""The seller's work: conversations, who started them, what still needs a reply."""

from api.inbox.contact import ContactReading, Ground, read_contact
from api.inbox.context import rules_context
from api.inbox.conversation import Conversation, merge

__all__ = ["ContactReading", "Conversation", "Ground", "merge", "read_contact", "rules_context"]
