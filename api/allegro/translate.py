"""From Allegro's payloads to domain values: the one place where strangers' texts come in.

Every string that a person wrote goes through `clean` (several lines) or `clean_line`; ids and words of
the wire, which hold no entities, through `one_line`. Accounts and conversations are here, what belongs to
orders in `translate_orders` and the modules named after their resources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api import domain
from api.allegro.payloads.reading import NotUnderstood
from api.allegro.values import aware as _aware
from api.allegro.values import count as _count
from api.allegro.values import flag as _flag
from api.allegro.values import line as _line
from api.allegro.values import word as _word
from api.domain.text import clean

if TYPE_CHECKING:
    from api.allegro.payloads import account as accounts
    from api.allegro.payloads import messaging


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


def _buyer_login(participants: tuple[domain.Participant, ...], me: domain.Account) -> str:
    """The other side: who bought, else who is not this account. Common threads know no roles."""
    for participant in participants:
        if participant.role is domain.Role.BUYER:
            return participant.login
    return next((other.login for other in participants if not me.is_me(other.login)), "")
