"""What okienko knows about conversations and orders: frozen values, every stranger's text made safe.

Nothing here knows the wire or the screen. The client (`api.allegro`) builds these values; whoever
reads them may show every string in a terminal as it is, because `api.domain.text` cleaned it.
"""

from api.domain.account import Account
from api.domain.customer_return import CustomerReturn, Rejection, ReturnedItem, ReturnParcel, ReturnStatus
from api.domain.document import LINK_LIMIT, DocumentLink, OrderDocuments, OrderInvoice, ScanState
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
from api.domain.order_event import EventLine, LatestEvent, OrderEvent, OrderEventType
from api.domain.page import Page
from api.domain.shipment import OTHER_CARRIER, Carrier, Shipment, Tracking, TrackingCode, TrackingStep
from api.domain.thread import Participant, Thread, ThreadOrder, ThreadStatus, ThreadType

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
    "FulfilmentStatus",
    "Invoice",
    "LatestEvent",
    "LineItem",
    "Message",
    "MessageState",
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
    "Rejection",
    "ReturnParcel",
    "ReturnStatus",
    "ReturnedItem",
    "Role",
    "ScanState",
    "Service",
    "Shipment",
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
