"""What okienko knows about conversations and orders: frozen values, every stranger's text made safe.

Nothing here knows the wire or the screen. The client (`api.allegro`) builds these values; whoever
reads them may show every string in a terminal as it is, because `api.domain.text` cleaned it.

What hangs on orders (parcels, documents, returns, events, issues, ratings) is loaded when it is first
asked for: 18 value classes cost 13 ms on a 2-core machine, and the inbox opens without them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from api.domain.account import Account
from api.domain.message import Attachment, AttachmentState, Author, Channel, Message, MessageState, Role
from api.domain.order import (
    INVOICE_LIMIT,
    Buyer,
    CompanyId,
    Delivery,
    FulfilmentStatus,
    Invoice,
    LineItem,
    Money,
    Order,
    OrderStatus,
    Payment,
    PickupPoint,
    PostalAddress,
    Service,
    Tax,
    Voucher,
)
from api.domain.page import Page
from api.domain.thread import Participant, Thread, ThreadOrder, ThreadStatus, ThreadType

if TYPE_CHECKING:
    from api.domain.customer_return import CustomerReturn, Rejection, ReturnedItem, ReturnParcel, ReturnStatus
    from api.domain.document import LINK_LIMIT, DocumentLink, OrderDocuments, OrderInvoice, ScanState
    from api.domain.issue import (
        Expectation,
        Issue,
        IssueAttachment,
        IssueAuthor,
        IssueChat,
        IssueMessage,
        IssuePage,
        IssueStatus,
        IssueType,
        LastWord,
        Side,
    )
    from api.domain.order_event import EventLine, LatestEvent, OrderEvent, OrderEventType
    from api.domain.quality import Metric, MetricScore, QualityDay
    from api.domain.rating import (
        Justification,
        RatedOffer,
        Rating,
        RatingAnswer,
        Removal,
        RemovalRequest,
        RemovalSource,
    )
    from api.domain.shipment import OTHER_CARRIER, Carrier, Shipment, Tracking, TrackingCode, TrackingStep

__all__ = [
    "INVOICE_LIMIT",
    "LINK_LIMIT",
    "OTHER_CARRIER",
    "Account",
    "Attachment",
    "AttachmentState",
    "Author",
    "Buyer",
    "Carrier",
    "Channel",
    "CompanyId",
    "CustomerReturn",
    "Delivery",
    "DocumentLink",
    "EventLine",
    "Expectation",
    "FulfilmentStatus",
    "Invoice",
    "Issue",
    "IssueAttachment",
    "IssueAuthor",
    "IssueChat",
    "IssueMessage",
    "IssuePage",
    "IssueStatus",
    "IssueType",
    "Justification",
    "LastWord",
    "LatestEvent",
    "LineItem",
    "Message",
    "MessageState",
    "Metric",
    "MetricScore",
    "Money",
    "Order",
    "OrderDocuments",
    "OrderEvent",
    "OrderEventType",
    "OrderInvoice",
    "OrderStatus",
    "Page",
    "Participant",
    "Payment",
    "PickupPoint",
    "PostalAddress",
    "QualityDay",
    "RatedOffer",
    "Rating",
    "RatingAnswer",
    "Rejection",
    "Removal",
    "RemovalRequest",
    "RemovalSource",
    "ReturnParcel",
    "ReturnStatus",
    "ReturnedItem",
    "Role",
    "ScanState",
    "Service",
    "Shipment",
    "Side",
    "Tax",
    "Thread",
    "ThreadOrder",
    "ThreadStatus",
    "ThreadType",
    "Tracking",
    "TrackingCode",
    "TrackingStep",
    "Voucher",
]

_LATER = {
    "issue": frozenset(
        {
            "Expectation",
            "Issue",
            "IssueAttachment",
            "IssueAuthor",
            "IssueChat",
            "IssueMessage",
            "IssuePage",
            "IssueStatus",
            "IssueType",
            "LastWord",
            "Side",
        }
    ),
    "quality": frozenset({"Metric", "MetricScore", "QualityDay"}),
    "rating": frozenset(
        {
            "Justification",
            "RatedOffer",
            "Rating",
            "RatingAnswer",
            "Removal",
            "RemovalRequest",
            "RemovalSource",
        }
    ),
    "customer_return": frozenset(
        {"CustomerReturn", "Rejection", "ReturnedItem", "ReturnParcel", "ReturnStatus"}
    ),
    "document": frozenset({"LINK_LIMIT", "DocumentLink", "OrderDocuments", "OrderInvoice", "ScanState"}),
    "order_event": frozenset({"EventLine", "LatestEvent", "OrderEvent", "OrderEventType"}),
    "shipment": frozenset(
        {"OTHER_CARRIER", "Carrier", "Shipment", "Tracking", "TrackingCode", "TrackingStep"}
    ),
}


def __getattr__(name: str) -> Any:
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"api.domain.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
