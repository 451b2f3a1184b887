"""What happened to orders, one event after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.domain.openset import OpenSet
from api.domain.order import Money


class OrderEventType(OpenSet):
    BOUGHT = "BOUGHT"
    FILLED_IN = "FILLED_IN"
    READY_FOR_PROCESSING = "READY_FOR_PROCESSING"
    BUYER_CANCELLED = "BUYER_CANCELLED"
    AUTO_CANCELLED = "AUTO_CANCELLED"
    FULFILLMENT_STATUS_CHANGED = "FULFILLMENT_STATUS_CHANGED"
    BUYER_MODIFIED = "BUYER_MODIFIED"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of the purchase that an event is about."""

    id: str
    offer_id: str
    name: str
    quantity: int
    price: Money | None


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """An event; `order` is empty where a purchase has no order yet (some BOUGHT).

    `revision` is that of the order after the event, `type_word` Allegro's own word for `type`.
    """

    id: str
    type: OrderEventType
    type_word: str
    occurred_at: datetime
    order: str
    revision: str
    buyer: str
    marketplace: str
    lines: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class LatestEvent:
    """The newest event there is: where to begin reading."""

    id: str
    occurred_at: datetime
