"""From Allegro's payloads to domain values: the one place where strangers' texts come in.

Every string that a person wrote goes through `clean` (several lines) or `clean_line`; ids and words of
the wire, which hold no entities, through `one_line`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from api import domain
from api.allegro.payloads.reading import NotUnderstood
from api.domain.text import clean, clean_line, one_line

if TYPE_CHECKING:
    from api.allegro.payloads import account as accounts
    from api.allegro.payloads import messaging, orders

_AMOUNT = re.compile(r"-?\d{1,15}(\.\d{1,8})?")


def account(payload: accounts.Me) -> domain.Account:
    marketplace = payload.baseMarketplace.id if payload.baseMarketplace else None
    return domain.Account(id=_word(payload.id), login=_line(payload.login), marketplace=_word(marketplace))


def thread(payload: messaging.Thread, me: domain.Account) -> domain.Thread:
    """A thread; Allegro leaves out at most one of its two times."""
    last, created = payload.lastMessageDateTime, payload.createdAt
    written = last or created
    if written is None:
        raise NotUnderstood("$.lastMessageDateTime", "a thread without any time")
    participants = tuple(
        domain.Participant(domain.Role.parse(participant.role), _line(participant.login))
        for participant in payload.participants or ()
    )
    return domain.Thread(
        id=_word(payload.id),
        type=domain.ThreadType.parse(payload.type),
        status=domain.ThreadStatus.parse(payload.status),
        read=_flag(payload.read),
        created_at=_aware(created or written),
        last_message_at=_aware(written),
        participants=participants,
        buyer=_buyer_login(participants, me),
        orders=tuple(
            domain.ThreadOrder(
                _word(order.id),
                tuple((_word(offer.id), _count(offer.quantity)) for offer in order.offers or ()),
            )
            for order in payload.orders or ()
        ),
        subtype=_word(payload.subType),
    )


def message(payload: messaging.Message, me: domain.Account, thread_id: str) -> domain.Message:
    """A message. An author is this account by login only: `SELLER` may be the other side of a purchase
    of ours, or a bot of Allegro's.
    """
    author = payload.author
    login = _line(author.login) if author else ""
    relation = payload.relatesTo
    return domain.Message(
        id=_word(payload.id),
        thread=thread_id,
        author=domain.Author(
            role=domain.Role.parse(author.role if author else None),
            login=login,
            mine=bool(login) and me.is_me(login),
        ),
        state=domain.MessageState.parse(payload.status),
        state_word=_word(payload.status),
        channel=domain.Channel.parse(payload.type),
        created_at=_aware(payload.createdAt),
        text=clean(payload.text or ""),
        subject=_line(payload.subject),
        order=_word(relation.order.id) if relation and relation.order else "",
        offer=_word(relation.offer.id) if relation and relation.offer else "",
        attachments=tuple(
            domain.Attachment(
                id=_word(attachment.id),
                name=_line(attachment.fileName),
                mime=_word(attachment.mimeType),
                state=domain.AttachmentState.parse(attachment.status),
            )
            for attachment in payload.attachments or ()
        ),
        more_attachments=bool(payload.hasAdditionalAttachments),
    )


def order(payload: orders.CheckoutForm) -> domain.Order:
    fulfilment = payload.fulfillment
    fulfilment_word = _word(fulfilment.status) if fulfilment else ""
    summary = fulfilment.shipmentSummary if fulfilment else None
    return domain.Order(
        id=_word(payload.id),
        status=domain.OrderStatus.parse(payload.status),
        status_word=_word(payload.status),
        fulfilment=domain.FulfilmentStatus.parse(fulfilment_word),
        fulfilment_word=fulfilment_word,
        lines_sent=_word(summary.lineItemsSent) if summary else "",
        marketplace=_word(payload.marketplace.id) if payload.marketplace else "",
        buyer=_buyer(payload.buyer),
        items=tuple(_line_item(item) for item in payload.lineItems or ()),
        total=_money(payload.summary.totalToPay) if payload.summary else None,
        payment=_payment(payload.payment),
        delivery=_delivery(payload.delivery),
        invoice=_invoice(payload.invoice),
        message_to_seller=clean(payload.messageToSeller or ""),
        note=clean(payload.note.text or "") if payload.note else "",
        updated_at=_moment(payload.updatedAt),
        revision=_word(payload.revision),
    )


def _buyer_login(participants: tuple[domain.Participant, ...], me: domain.Account) -> str:
    """The other side: who bought, else who is not this account. Common threads know no roles."""
    for participant in participants:
        if participant.role is domain.Role.BUYER:
            return participant.login
    return next((other.login for other in participants if not me.is_me(other.login)), "")


def _buyer(payload: orders.Buyer | None) -> domain.Buyer:
    if payload is None:
        return domain.Buyer("", "", "", "", "", "", guest=False, language="")
    return domain.Buyer(
        id=_word(payload.id),
        login=_line(payload.login),
        name=_full_name(payload.firstName, payload.lastName),
        company=_line(payload.companyName),
        email=_line(payload.email),
        phone=_line(payload.phoneNumber),
        guest=bool(payload.guest),
        language=_word(payload.preferences.language) if payload.preferences else "",
    )


def _line_item(payload: orders.LineItem) -> domain.LineItem:
    external = payload.offer.external
    return domain.LineItem(
        id=_word(payload.id),
        offer_id=_word(payload.offer.id),
        name=_line(payload.offer.name),
        external_id=_line(str(external.id)) if external and external.id is not None else "",
        quantity=_count(payload.quantity),
        price=_price(payload.price),
        bought_at=_moment(payload.boughtAt),
    )


def _payment(payload: orders.Payment | None) -> domain.Payment | None:
    if payload is None:
        return None
    return domain.Payment(
        type=_word(payload.type),
        provider=_word(payload.provider),
        paid=_money(payload.paidAmount),
        finished_at=_moment(payload.finishedAt),
    )


def _delivery(payload: orders.Delivery | None) -> domain.Delivery | None:
    if payload is None:
        return None
    point, time = payload.pickupPoint, payload.time
    dispatch = time.dispatch if time else None
    return domain.Delivery(
        method=_line(payload.method.name) if payload.method else "",
        address=_address(payload.address),
        pickup_point=domain.PickupPoint(_word(point.id), _line(point.name), _address(point.address))
        if point
        else None,
        cost=_money(payload.cost),
        smart=bool(payload.smart),
        dispatch_from=_moment(dispatch.start) if dispatch else None,
        dispatch_to=_moment(dispatch.to) if dispatch else None,
        deliver_from=_moment(time.start) if time else None,
        deliver_to=_moment(time.to) if time else None,
    )


def _address(payload: orders.Address | None) -> domain.PostalAddress | None:
    if payload is None:
        return None
    return domain.PostalAddress(
        name=_full_name(payload.firstName, payload.lastName),
        company=_line(payload.companyName),
        street=_line(payload.street),
        zip_code=_line(payload.zipCode),
        city=_line(payload.city),
        country=_word(payload.countryCode),
        phone=_line(payload.phoneNumber),
    )


def _invoice(payload: orders.Invoice | None) -> domain.Invoice | None:
    if payload is None:
        return None
    address = payload.address
    if address is None:
        return domain.Invoice(required=bool(payload.required), address=None, tax_id="")
    company, person = address.company, address.naturalPerson
    ids = [number.value for number in (company.ids if company else None) or () if number.value]
    return domain.Invoice(
        required=bool(payload.required),
        address=domain.PostalAddress(
            name=_full_name(person.firstName, person.lastName) if person else "",
            company=_line(company.name) if company else "",
            street=_line(address.street),
            zip_code=_line(address.zipCode),
            city=_line(address.city),
            country=_word(address.countryCode),
        ),
        tax_id=_line(ids[0] if ids else (company.taxId if company else "")),
    )


def _money(payload: orders.Price | None) -> domain.Money | None:
    return None if payload is None else _price(payload)


def _price(payload: orders.Price) -> domain.Money:
    amount = str(payload.amount)
    if not _AMOUNT.fullmatch(amount):
        raise NotUnderstood("$..amount", "expected a decimal number")
    return domain.Money(Decimal(amount), _word(payload.currency))


def _count(value: float | str | None) -> int:
    try:
        return int(float(value or 0))
    except (ValueError, OverflowError):
        return 0


def _flag(value: bool | str | None) -> bool:  # noqa: FBT001  a value, not a switch
    return value if isinstance(value, bool) else str(value).casefold() == "true"


def _full_name(*names: str | None) -> str:
    return " ".join(filter(None, map(_line, names)))


def _line(text: str | None) -> str:
    return clean_line(text) if text else ""


def _word(text: str | int | None) -> str:
    return "" if text is None else one_line(str(text))


def _aware(moment: datetime) -> datetime:
    """Allegro writes UTC; a time without a zone is read as such."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _moment(text: str | None) -> datetime | None:
    """A time that may be missing, or be no time at all."""
    try:
        return _aware(datetime.fromisoformat(text)) if text else None
    except ValueError:
        return None
