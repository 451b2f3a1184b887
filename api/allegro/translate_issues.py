"""From Allegro's discussions and claims to domain values.

Whose words a message holds (`Side`) is told by the login first, by the role only where there is none: a
message of role SELLER may be a bot's, and the buyer's own description of a claim comes from the SYSTEM
author "Chatbot Allina" (allegro/allegro-api#12714, #12568).
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from api import domain
from api.allegro.values import count, line, moment, word
from api.domain.text import clean

if TYPE_CHECKING:
    from api.allegro.payloads import issues

PLACEHOLDER: Final = "TODO"
"""What old discussions hold in place of an id or a text (allegro/allegro-api#12486)."""

_OF_ALLEGRO = frozenset({"ADMIN", "FULFILLMENT", "ALLEGRO", "CONSULTANT"})


def issue(payload: issues.Issue, me: domain.Account) -> domain.Issue | None:
    """An issue; None for one without an id, of which nothing can be asked."""
    if not _id(payload.id):
        return None
    state, chat = payload.currentState, payload.chat
    last = chat.lastMessage if chat else None
    order, offer, reason = payload.checkoutForm, payload.offer, payload.reason
    buyer = line(payload.buyer.login) if payload.buyer else ""
    status = word(state.status) if state else ""
    return domain.Issue(
        id=_id(payload.id),
        type=domain.IssueType.parse(payload.type),
        status=domain.IssueStatus.parse(status),
        status_word=status,
        # Where Allegro does not say, it is asked by sending: it refuses with 409.
        chat_active=_flag(state.chatActive if state else None) is not False,
        buyer=buyer,
        buyer_id=word(payload.buyer.id) if payload.buyer else "",
        order=_id(order.id) if order else "",
        ordered_at=moment(order.createdAt) if order else None,
        opened_at=moment(payload.openedDate),
        subject=line(payload.subject),
        description=clean(payload.description or ""),
        reference=word(payload.referenceNumber),
        reason=word(reason.type) if reason else "",
        reason_text=clean(reason.description or "") if reason else "",
        right=word(payload.right),
        decision_due=moment(payload.decisionDueDate),
        status_due=moment(state.statusDueDate) if state else None,
        return_required=_flag(state.returnRequired) if state else None,
        last_word=domain.LastWord.parse(last.status if last else None),
        last_message_at=moment(last.createdAt) if last else None,
        message_count=count(chat.messagesCount) if chat else 0,
        offer=word(offer.id) if offer else "",
        quantity=count(offer.quantity) if offer else 0,
        product=word(payload.product.id) if payload.product else "",
        expectations=tuple(
            domain.Expectation(word(it.name), _refund(it.refund))
            for it in payload.expectations or ()
            if it.name
        ),
        attachments=_attachments(payload.attachments),
        first=_first(chat.initialMessage if chat else None, me, buyer),
    )


def message(payload: issues.Message, me: domain.Account, buyer: str) -> domain.IssueMessage:
    """A message of an issue with this buyer (a login, or empty)."""
    author = payload.author
    role = word(author.role) if author else ""
    login = line(author.login) if author else ""
    text = payload.text or ""
    if text == PLACEHOLDER and not _id(payload.id):
        text = ""
    return domain.IssueMessage(
        id=_id(payload.id),
        author=domain.IssueAuthor(domain.Role.parse(role), role, login, _side(role, login, me, buyer)),
        text=clean(text),
        created_at=moment(payload.createdAt),
        attachments=_attachments(payload.attachments),
    )


def _side(role: str, login: str, me: domain.Account, buyer: str) -> domain.Side:
    if login and me.is_me(login):
        return domain.Side.OURS
    if login and buyer and login.casefold() == buyer.casefold():
        return domain.Side.BUYER
    if role == domain.Role.BUYER:
        return domain.Side.BUYER
    if role in _OF_ALLEGRO:
        return domain.Side.ALLEGRO
    return domain.Side.UNCLEAR


def _first(payload: issues.Message | None, me: domain.Account, buyer: str) -> domain.IssueMessage | None:
    if payload is None:
        return None
    found = message(payload, me, buyer)
    if found.text == PLACEHOLDER:  # here even beside an id
        found = domain.IssueMessage(found.id, found.author, "", found.created_at, found.attachments)
    return found if found.id or found.text or found.attachments else None


def _attachments(payload: list[issues.Attachment] | None) -> tuple[domain.IssueAttachment, ...]:
    return tuple(domain.IssueAttachment(_end_of(it.url), line(it.fileName)) for it in payload or ())


def _end_of(url: str | None) -> str:
    """The id in an address, whichever host it names: some point at the Message Center (#12559)."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return ""
    return _id(unquote(path.rstrip("/").rpartition("/")[2]))


def _id(value: str | int | None) -> str:
    found = word(value)
    return "" if found == PLACEHOLDER else found


def _flag(value: bool | str | None) -> bool | None:  # noqa: FBT001  a value, not a switch
    if value is None or isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value.casefold())


def _refund(payload: issues.Refund | None) -> domain.Money | None:
    """An amount that is none is no reason to lose the claim."""
    if payload is None or payload.amount is None:
        return None
    try:
        amount = Decimal(str(payload.amount))
    except InvalidOperation:
        return None
    return domain.Money(amount, word(payload.currency)) if amount.is_finite() else None
