"""The client: every request to Allegro passes through `Allegro.request`.

    async with Allegro(connection, language="pl-PL") as allegro:
        me = await allegro.account.me()
        page = await allegro.messaging.threads(me)

What happens on the way: at most four reads at a time; messages one after the other with a pause between
them; reads repeated through passing trouble, messages never once they may have arrived; every answer
turned into a value or into an error of `api.allegro.errors`. A refused bearer is renewed once. After a
429 nothing is asked for a minute, see `api.allegro.quiet`. A cancelled send has an unknown outcome
too: whoever may cancel one notes beforehand that it was begun.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import re
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final, Self, TypeVar
from urllib.parse import urlsplit

from api import clock
from api.allegro import retry
from api.allegro.account import AccountResource
from api.allegro.answers import trouble, understood
from api.allegro.errors import AllegroError, NotSignedIn, SendOutcomeUnknown, TooMany
from api.allegro.messaging import MessagingResource
from api.allegro.orders import OrdersResource
from api.allegro.quiet import Quiet
from api.allegro.retry import Pacer, Timing
from api.allegro.tokens import FixedToken
from api.allegro.wire import Sink, Wire
from api.config import ConfigError
from api.request_log import LOGGER

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime
    from types import TracebackType

    import httpx

    from api.allegro.answers import Answer
    from api.allegro.call import Call
    from api.allegro.documents import DocumentsResource
    from api.allegro.events import EventsResource
    from api.allegro.issues import IssuesResource
    from api.allegro.quality import QualityResource
    from api.allegro.ratings import RatingsResource
    from api.allegro.returns import ReturnsResource
    from api.allegro.shipments import ShipmentsResource
    from api.allegro.tokens import Bearer, Tokens
    from api.config import Connection

T = TypeVar("T")

LANGUAGES: Final = ("en-US", "pl-PL", "uk-UA", "sk-SK", "cs-CZ", "hu-HU")
"""What `Accept-Language` may be; newer resources answer 422 for anything else."""

PARALLEL_READS: Final = 4

_log = logging.getLogger(LOGGER)
_TOKEN = re.compile(r"[\x21-\x7e]*")
_HEADER = re.compile(r"[\x20-\x7e]+")


class Allegro:
    """Allegro for one account. Use it as an async context manager, in one event loop."""

    def __init__(
        self,
        connection: Connection,
        *,
        language: str = "pl-PL",
        tokens: Tokens | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        timing: Timing | None = None,
    ) -> None:
        """`language` is what Allegro's sentences for people come in. `transport` and `timing` are for tests.

        `tokens` gives the bearer; without it that of the connection is used, and never renewed.

        Raises ConfigError for a connection that cannot be put into headers, ValueError for a language
        that Allegro does not speak.
        """
        if language not in LANGUAGES:
            raise ValueError(f"language {language!r}: Allegro speaks {', '.join(LANGUAGES)}")
        _check(connection)
        self._connection = connection
        self._language = language
        self._transport = transport
        self._timing = timing or Timing()
        self._slots = asyncio.Semaphore(PARALLEL_READS)
        self._pacer = Pacer(self._timing)
        self._reads = retry.for_reads(self._timing)
        self._sends = retry.for_sends(self._timing)
        self._tokens = tokens or FixedToken(connection.token)
        self._wire: Wire | None = None
        self.quiet = Quiet(self._timing)
        self.account = AccountResource(self)
        self.messaging = MessagingResource(self, self._timing)
        self.orders = OrdersResource(self)

    # What hangs on orders is loaded when it is first asked for: the inbox opens without it.

    @functools.cached_property
    def shipments(self) -> ShipmentsResource:
        from api.allegro.shipments import ShipmentsResource  # noqa: PLC0415

        return ShipmentsResource(self)

    @functools.cached_property
    def documents(self) -> DocumentsResource:
        from api.allegro.documents import DocumentsResource  # noqa: PLC0415

        return DocumentsResource(self)

    @functools.cached_property
    def returns(self) -> ReturnsResource:
        from api.allegro.returns import ReturnsResource  # noqa: PLC0415

        return ReturnsResource(self)

    @functools.cached_property
    def events(self) -> EventsResource:
        from api.allegro.events import EventsResource  # noqa: PLC0415

        return EventsResource(self)

    @functools.cached_property
    def issues(self) -> IssuesResource:
        from api.allegro.issues import IssuesResource  # noqa: PLC0415

        return IssuesResource(self)

    @functools.cached_property
    def quality(self) -> QualityResource:
        from api.allegro.quality import QualityResource  # noqa: PLC0415

        return QualityResource(self)

    @functools.cached_property
    def ratings(self) -> RatingsResource:
        from api.allegro.ratings import RatingsResource  # noqa: PLC0415

        return RatingsResource(self)

    async def __aenter__(self) -> Self:
        self._wire = Wire(
            self._connection.api_url,
            user_agent=user_agent(self._connection),
            language=self._language,
            transport=self._transport,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections; requests that are under way fail."""
        wire, self._wire = self._wire, None
        if wire is not None:
            await wire.aclose()

    async def request(self, call: Call, read: Callable[[bytes], T]) -> T:
        """Carry a call out and let `read` make a value of the answer's body.

        `read` raises NotUnderstood for a body that it cannot use. Raises AllegroError; of a message that
        may have arrived, SendOutcomeUnknown.
        """
        return await self._persist(call, lambda: self._understood(call, read))

    async def exchange(self, call: Call) -> Answer:
        """Carry a call out for more than the body of its answer: a `Location`. Raises as `request`."""
        return await self._persist(call, lambda: self._once(call))

    async def download(self, call: Call, write: Callable[[bytes, int | None], None], limit: int) -> None:
        """Carry a call out whose answer is a file, and hand it on in parts, each with the size of the whole.

        The size is None where Allegro does not tell it. Begins anew (with an empty part) after trouble
        that may pass. Raises AllegroError, Undecodable for a file above `limit` bytes.
        """

        async def once() -> None:
            write(b"", None)
            await self._once(call, Sink(write, limit))

        await self._persist(call, once)

    async def _persist(self, call: Call, once: Callable[[], Awaitable[T]]) -> T:
        decide = self._sends if call.sending or call.once else self._reads
        tries = 0
        while True:
            tries += 1
            sent_at = clock.now()
            try:
                return await once()
            except AllegroError as error:
                failure = error
            wait = decide(failure, tries)
            if wait is None:
                if isinstance(failure, TooMany) and failure.asked and failure.concerns_all:
                    self.quiet.keep(call, failure)
                raise _outcome(call, failure, sent_at)
            await self._timing.sleep(wait)

    async def _understood(self, call: Call, read: Callable[[bytes], T]) -> T:
        return understood(call, await self._once(call), read)

    async def _once(self, call: Call, sink: Sink | None = None) -> Answer:
        """One try; with a bearer that was refused, a second one with another."""
        bearer = await self._tokens.current()
        answer = await self._answered(call, bearer, sink)
        if isinstance(answer, NotSignedIn):
            renewed = await self._tokens.renewed(bearer)
            if renewed is not None:
                answer = await self._answered(call, renewed, sink)
        if isinstance(answer, AllegroError):
            raise answer
        return answer

    async def _answered(self, call: Call, bearer: Bearer, sink: Sink | None) -> Answer | AllegroError:
        answer = await self._exchange(call, bearer, sink)
        if isinstance(answer, AllegroError):
            return answer
        return trouble(call, answer, self._timing, now=clock.now(), token=bearer.token) or answer

    async def _exchange(self, call: Call, bearer: Bearer, sink: Sink | None) -> Answer | AllegroError:
        async with self._lane(call):
            if self._wire is None:
                raise RuntimeError("use the client inside `async with Allegro(...)`")
            # Asked for in the lane: whoever waited there hears of a pause that began meanwhile.
            self.quiet.check(call)
            started = self._timing.monotonic()
            answer = await self._wire.exchange(call, bearer, sink)
            milliseconds = (self._timing.monotonic() - started) * 1000
        outcome = type(answer).__name__ if isinstance(answer, AllegroError) else str(answer.status)
        _log.debug(
            "%s %s %s %s %.0f ms", call.method, call.path, outcome, answer.trace_id or "-", milliseconds
        )
        return answer

    def _lane(self, call: Call) -> AbstractAsyncContextManager[None]:
        """Messages take turns among themselves and do not wait for reads."""
        return self._pacer.turn() if call.sending else self._slots


def user_agent(connection: Connection) -> str:
    """`Name/1.2.3 (+https://page)`: mandatory since 2026-06-30, the name as registered with Allegro."""
    return f"{connection.app_name}/{_version()} (+{connection.app_url})"


@functools.cache
def _version() -> str:
    try:
        return version("okienko")
    except PackageNotFoundError:
        return "0"


def _check(connection: Connection) -> None:
    """Refuse what would fail inside the HTTP library, which quotes whole headers in its errors."""
    if not _TOKEN.fullmatch(connection.token):
        raise ConfigError("the token holds characters that no token has; copy it again")
    for key, value in (("app_name", connection.app_name), ("app_url", connection.app_url)):
        if not _HEADER.fullmatch(value):
            raise ConfigError(f"'{key}' goes into a header: use plain ASCII letters, found {value!r}")
    parts = urlsplit(connection.api_url)
    if parts.username is not None or parts.query or parts.fragment:
        raise ConfigError("the API's address may hold neither a user nor a query")


def _outcome(call: Call, failure: AllegroError, sent_at: datetime) -> AllegroError:
    """What the caller is told: of a message that may have arrived, that nobody knows."""
    sending = call.sending
    if sending is None or not failure.may_have_happened:
        return failure
    return SendOutcomeUnknown(
        failure,
        sent_at=sent_at,
        digest=sending.digest,
        thread=sending.thread,
        order=sending.order,
        buyer=sending.buyer,
        attachments=len(sending.attachments),
        issue=sending.issue,
    )
