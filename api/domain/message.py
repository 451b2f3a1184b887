"""One message of a thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.domain.openset import OpenSet


class Role(OpenSet):
    """Who an author or a participant is; an open set, the sources disagree about its members."""

    BUYER = "BUYER"
    SELLER = "SELLER"
    USER = "USER"
    CONSULTANT = "CONSULTANT"
    ALLEGRO = "ALLEGRO"
    SYSTEM = "SYSTEM"
    CHATBOT = "CHATBOT"
    OTHER = "OTHER"


class MessageState(OpenSet):
    """What became of a message; a sent one is not delivered before it says so."""

    VERIFYING = "VERIFYING"
    BLOCKED = "BLOCKED"
    DELIVERED = "DELIVERED"
    INTERACTING = "INTERACTING"
    DISMISSED = "DISMISSED"
    OTHER = "OTHER"

    @property
    def settled(self) -> bool:
        """Whether Allegro has decided: the state will not change by waiting."""
        return self not in {MessageState.VERIFYING, MessageState.INTERACTING}


class Channel(OpenSet):
    """How a message came: a question under an offer, a masked e-mail, the Message Center."""

    ASK_QUESTION = "ASK_QUESTION"
    MAIL = "MAIL"
    MESSAGE_CENTER = "MESSAGE_CENTER"
    OTHER = "OTHER"


class AttachmentState(OpenSet):
    """Allegro's antivirus scan of an attachment."""

    NEW = "NEW"
    SAFE = "SAFE"
    UNSAFE = "UNSAFE"
    EXPIRED = "EXPIRED"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote; `login` is empty for Allegro itself. `mine` says that this account wrote it."""

    role: Role
    login: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Attachment:
    id: str
    name: str
    mime: str
    state: AttachmentState


@dataclass(frozen=True, slots=True)
class Message:
    """One message, its text safe for a terminal.

    `state_word` is Allegro's own word for the state, for values that are not known here yet.
    `order` and `offer` are the ids that the message relates to, empty where it relates to none.
    """

    id: str
    thread: str
    author: Author
    state: MessageState
    state_word: str
    channel: Channel
    created_at: datetime
    text: str
    subject: str = ""
    order: str = ""
    offer: str = ""
    attachments: tuple[Attachment, ...] = ()
    more_attachments: bool = False

    @property
    def from_buyer(self) -> bool:
        """Whether the other person wrote it: neither this account nor Allegro's own voices."""
        return not self.author.mine and self.author.role in {Role.BUYER, Role.USER}
