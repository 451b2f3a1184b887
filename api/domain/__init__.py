"""What okienko knows about conversations and orders: frozen values, every stranger's text made safe.

Nothing here knows the wire or the screen. The client (`api.allegro`) builds these values; whoever
reads them may show every string in a terminal as it is, because `api.domain.text` cleaned it.
"""

from api.domain.account import Account
from api.domain.message import Attachment, AttachmentState, Author, Channel, Message, MessageState, Role
from api.domain.order import (
    Buyer,
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
)
from api.domain.page import Page
from api.domain.thread import Participant, Thread, ThreadOrder, ThreadStatus, ThreadType

__all__ = [
    "Account",
    "Attachment",
    "AttachmentState",
    "Author",
    "Buyer",
    "Channel",
    "Delivery",
    "FulfilmentStatus",
    "Invoice",
    "LineItem",
    "Message",
    "MessageState",
    "Money",
    "Order",
    "OrderStatus",
    "Page",
    "Participant",
    "Payment",
    "PickupPoint",
    "PostalAddress",
    "Role",
    "Thread",
    "ThreadOrder",
    "ThreadStatus",
    "ThreadType",
]
