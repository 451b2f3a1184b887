"""Messages and accounts as JSON, in the shapes of beta.v1 `/messaging` and public.v1 `/me`.

Texts carry HTML entities, as the live service was seen to send them. `additionalInformation` and the other
nullable fields are always there.
"""

from __future__ import annotations

import html
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from api.simulator.model import Account, Attachment, Message, Order, Person, Thread
    from api.simulator.paging import Page

Json = dict[str, object]

# The real one names `upload.allegro.pl`, which refuses (403) whoever asks there. A name that can never be
# resolved shows a client that follows it, without a word to Allegro.
UPLOADS = "https://upload.simulator.invalid/message-center/message-attachments"


def moment(value: datetime) -> str:
    """UTC with milliseconds: `2026-08-26T12:52:04.000Z`."""
    value = value.astimezone(UTC)
    return f"{value:%Y-%m-%dT%H:%M:%S}.{value.microsecond // 1000:03d}Z"


def me(account: Account) -> Json:
    return {
        "id": account.id,
        "login": account.login,
        "firstName": account.first_name,
        "lastName": account.last_name,
        "email": account.email,
        "baseMarketplace": {"id": "allegro-pl"},
        "company": {"name": account.company, "taxId": account.tax_id},
        "features": ["SUPER_SELLER"],
    }


def threads(page: Page[Thread], orders: dict[str, Order]) -> Json:
    return {"threads": [thread(it, orders) for it in page.elements], "nextPage": _next(page.next_id)}


def thread(it: Thread, orders: dict[str, Order]) -> Json:
    issue = it.type == "POST_PURCHASE_ISSUE"
    return {
        "id": it.id,
        "type": it.type,
        "read": it.read,
        "createdAt": moment(it.created_at),
        "lastMessageDateTime": moment(it.place[0]),
        "participants": [_person(person) for person in it.participants],
        "orders": [_thread_order(orders[order_id]) for order_id in it.orders] if issue else None,
        "subType": it.sub_type,
        "status": it.status,
    }


def messages(page: Page[Message]) -> Json:
    return {"messages": [message(it) for it in page.elements], "nextPage": _next(page.next_id)}


def message(it: Message) -> Json:
    return {
        "id": it.id,
        "status": it.status,
        "type": it.type,
        "createdAt": moment(it.created_at),
        "author": _person(it.author),
        "text": _entities(it.text),
        "subject": None if it.subject is None else _entities(it.subject),
        "relatesTo": {"offer": _reference(it.offer), "order": _reference(it.order)},
        "hasAdditionalAttachments": it.more_attachments,
        "attachments": [attachment(one) for one in it.attachments],
        "additionalInformation": None if it.vin is None else {"vin": it.vin},
    }


def attachment(it: Attachment) -> Json:
    return {
        "id": it.id,
        "fileName": it.file_name,
        "mimeType": it.mime_type,
        "url": f"{UPLOADS}/{it.id}",
        "status": it.status,
    }


def _person(it: Person) -> Json:
    return {"role": it.role, "login": it.login}


def _thread_order(it: Order) -> Json:
    offers = [{"id": item.offer.id, "quantity": item.quantity} for item in it.items]
    return {"id": it.id, "offers": offers}


def _reference(identifier: str | None) -> Json | None:
    return None if identifier is None else {"id": identifier}


def _next(page_id: str | None) -> Json | None:
    return _reference(page_id)


def _entities(text: str) -> str:
    return html.escape(text)
