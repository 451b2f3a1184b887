"""One request to Allegro, as a value; it knows neither the host nor the token."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeVar
from urllib.parse import quote

from api.allegro.errors import AllegroError
from api.allegro.outgoing import fingerprint

E = TypeVar("E", bound=AllegroError)


class Media(StrEnum):
    """The version of a resource: goes into `Accept`, and into `Content-Type` where there is a body."""

    PUBLIC = "application/vnd.allegro.public.v1+json"
    BETA = "application/vnd.allegro.beta.v1+json"


class Scope(StrEnum):
    """What a token must be allowed to do; named to the seller when it is not."""

    MESSAGING = "allegro:api:messaging"
    ISSUES = "allegro:api:disputes"
    ORDERS_READ = "allegro:api:orders:read"
    ORDERS_WRITE = "allegro:api:orders:write"
    RATINGS = "allegro:api:ratings"
    PROFILE = "allegro:api:profile:read"


@dataclass(frozen=True, slots=True)
class Sending:
    """A message on its way: its prepared text, and the thread, issue or order's buyer that it goes to.

    `attachments` are ids of files that were uploaded before.
    """

    text: str = field(repr=False)
    thread: str = ""
    order: str = ""
    buyer: str = ""
    attachments: tuple[str, ...] = ()
    issue: str = ""

    @property
    def digest(self) -> str:
        return fingerprint(self.text)


@dataclass(frozen=True, slots=True)
class Call:
    """A request. `path` starts with "/", its variable parts made by `segment`; `body` is JSON.

    `media` None sends no vendor `Accept` (a file is asked for); `content_type` says what a `body` is that
    is no JSON. `upload` is an absolute address that Allegro gave for a file, in place of `path` (which
    then only names the call in errors); it is refused on a host that is not Allegro's. `scope` is None
    where no token is asked for: at OAuth.

    `collection` marks a list that always exists: its 404 is an outage. `sending` marks a message to a
    buyer: it is paced. Neither it nor a call that is to happen `once` is repeated when it may have
    arrived. Everything else may be: reads, and a PUT of what is so already. (Setting the flag of a read
    thread twice is setting it once; a buyer's message that comes between two tries is marked as if it had
    come just before the first.)

    `meanings` are the errors of this resource that say more than their status does. `language` is what it
    speaks where that is not what the client speaks. `confidential` are texts of a call that is no message.
    """

    method: Literal["GET", "PUT", "POST", "DELETE"]
    path: str
    media: Media | None
    scope: Scope | None
    params: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes | None = field(default=None, repr=False)
    content_type: str = ""
    upload: str = field(default="", repr=False)
    collection: bool = False
    once: bool = False
    sending: Sending | None = None
    meanings: tuple[tuple[int, type[AllegroError]], ...] = ()
    language: str = ""
    confidential: tuple[str, ...] = field(default=(), repr=False)

    def meaning(self, status: int, usual: type[E]) -> type[E]:
        """The error that a status stands for here: `usual`, or a kind of it that says more."""
        meant = dict(self.meanings).get(status, usual)
        return meant if issubclass(meant, usual) else usual

    @property
    def private(self) -> tuple[str, ...]:
        """Texts that no error and no log may hold."""
        return (self.sending.text,) if self.sending else self.confidential


def segment(identifier: str) -> str:
    """An id as one part of a path, so that no id can lead to another resource.

    Raises ValueError for one that cannot be a part of a path.
    """
    if identifier in {"", ".", ".."}:
        raise ValueError(f"not an id: {identifier!r}")
    return quote(identifier, safe="")
