"""What the seller keeps: small JSON files that survive a crash and two terminals at once."""

from api.store.drafts import Draft, Drafts
from api.store.overrides import Override, Overrides
from api.store.storage import StoreError

__all__ = ["Draft", "Drafts", "Override", "Overrides", "StoreError"]
