"""Discussions and claims as JSON, in the shape of beta.v1 `PostPurchaseIssue`, with its oddities.

Old discussions have "TODO" where the first message should be; a buyer's file without words leaves
`lastMessage.status` as it was; a message may come back with `id: null`. Ids of files are told only as the
end of an address, some of which name the Message Center.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from api.simulator.wire import UPLOADS, Json, moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from api.simulator.model_issues import Issue, IssueFile, IssueMessage

FILES: Final = "https://api.simulator.invalid/sale/issues/attachments"
"""As for the Message Center: a name that can never be resolved shows a client that follows it."""

PLACEHOLDER: Final = "TODO"

_REPLIED = {"SELLER": "SELLER_REPLIED", "BUYER": "BUYER_REPLIED", "ADMIN": "ALLEGRO_ADVISOR_REPLIED"}


def issues(shown: Sequence[Issue]) -> Json:
    return {"issues": [issue(it) for it in shown]}


def issue(it: Issue) -> Json:
    claim = it.type == "CLAIM"
    return {
        "id": it.id,
        "type": it.type,
        "referenceNumber": it.reference,
        "decisionDueDate": _moment(it.decision_due),
        "openedDate": moment(it.opened_at),
        "subject": None if it.subject is None else html.escape(it.subject),
        "buyer": {"id": it.buyer_id, "login": it.buyer},
        "checkoutForm": {"id": it.order, "createdAt": moment(it.ordered_at)},
        "currentState": {
            "status": it.status,
            "statusDueDate": _moment(it.decision_due),
            "returnRequired": it.return_required,
            "chatActive": it.chat_active,
        },
        "chat": {
            "lastMessage": {"status": last_word(it), "createdAt": moment(it.messages[-1].created_at)},
            "messagesCount": len(it.messages) if it.told_count is None else it.told_count,
            "initialMessage": _first(it),
        },
        "expectations": [_expectation(it)] if it.expectation else [],
        "description": None if it.description is None else html.escape(it.description),
        "offer": {"id": it.offer, "quantity": it.quantity} if it.offer else None,
        "product": {"id": it.product} if it.product else None,
        "reason": {
            "type": it.reason,
            "description": None if it.reason_text is None else html.escape(it.reason_text),
        }
        if claim
        else None,
        "right": it.right,
        "attachments": [_file(one) for one in it.files],
    }


def chat(shown: Sequence[IssueMessage]) -> Json:
    return {"chat": [message(it) for it in shown]}


def message(it: IssueMessage) -> Json:
    author: Json = {"role": it.role} if it.login is None else {"login": it.login, "role": it.role}
    return {
        "id": it.id or None,
        "text": html.escape(it.text),
        "attachments": [_file(one) for one in it.files],
        "author": author,
        "createdAt": moment(it.created_at),
    }


def last_word(it: Issue) -> str:
    """Allegro's word for who wrote last; a file of the buyer's without words does not count (12196)."""
    word = "NEW"
    for one in it.messages:
        replied = _REPLIED.get(one.role)
        if replied is None or (one.role == "BUYER" and not one.text):
            continue
        if word == "NEW" and one.role != "SELLER":
            continue
        word = replied
    return word


def _first(it: Issue) -> Json:
    first = it.messages[0]
    told = message(first)
    told["author"] = {"login": it.buyer, "role": "BUYER"}
    return told | {"id": PLACEHOLDER, "text": PLACEHOLDER, "attachments": []} if it.nameless else told


def _expectation(it: Issue) -> Json:
    refund = it.refund
    return {
        "name": it.expectation,
        "refund": None if refund is None else {"amount": str(refund.amount), "currency": refund.currency},
    }


def _file(it: IssueFile) -> Json:
    root = UPLOADS if it.center else FILES
    return {"fileName": it.file.file_name, "url": f"{root}/{it.file.id}"}


def _moment(value: datetime | None) -> str | None:
    return None if value is None else moment(value)
