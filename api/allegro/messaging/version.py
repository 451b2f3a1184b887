"""Which version of `/messaging` is spoken: beta.v1, until Allegro shows that it does not know it.

A sign of that is 406 or 415 to a request in beta.v1, or a 404 without Allegro's envelope. Each may also be
an outage (the whole API answered 404 with HTML on 2025-05-13, #11478) or the trouble of one resource, so it
is believed only when the list of threads gives a sign too and the same list answers in public.v1: what goes
over hides problems with purchases for the rest of the session. Nothing was carried out by a request that
got such an answer: a message may go out again in the other version.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeVar

from api.allegro.call import Call, Media, Scope
from api.allegro.errors import AllegroError, BadRequest, Outage, TypeNotTaken
from api.allegro.messaging.beta import Beta
from api.allegro.messaging.dialect import THREADS, Dialect
from api.allegro.messaging.public import Public

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from api.allegro.client import Allegro
    from api.allegro.retry import Timing

T = TypeVar("T")

BETA: Final = Beta()
PUBLIC: Final = Public()

DOUBT_SECONDS: Final = 60.0
"""After a sign that was not confirmed, how long signs are taken for what they are: an outage."""

_IN_BETA = Call("GET", THREADS, Media.BETA, Scope.MESSAGING, params=(("limit", "1"),), collection=True)
_IN_PUBLIC = replace(_IN_BETA, media=Media.PUBLIC, params=(("limit", "1"), ("offset", "0")))


class Version:
    """What is spoken for the rest of a session; a new session begins with beta.v1 again."""

    def __init__(self, allegro: Allegro, timing: Timing) -> None:
        self._allegro = allegro
        self._timing = timing
        self._lock = asyncio.Lock()
        self._doubted = float("-inf")
        self.spoken: Dialect = BETA
        self.listeners: list[Callable[[], None]] = []
        """Called once when public.v1 takes over: what is only in beta.v1 is not seen from then on."""

    @property
    def problems_visible(self) -> bool:
        """Whether problems with purchases can be seen: not where public.v1 is spoken."""
        return self.spoken is not PUBLIC

    def speak_public(self) -> None:
        """Go over to public.v1 for the rest of the session."""
        if self.spoken is PUBLIC:
            return
        self.spoken = PUBLIC
        for listener in self.listeners:
            listener()

    async def carry(self, do: Callable[[Dialect], Awaitable[T]]) -> T:
        """Do something in the version that is spoken, and if Allegro does not know it, in the other one."""
        spoken = self.spoken
        try:
            return await do(spoken)
        except AllegroError as error:
            failure = error
        if not await self.gave_way(spoken, failure):
            raise failure
        return await do(self.spoken)

    async def gave_way(self, asked: Dialect, failure: AllegroError) -> bool:
        """Whether what was asked in `asked` and failed is to be asked again, now in public.v1."""
        if asked is PUBLIC or not is_sign(failure):
            return False
        async with self._lock:  # of several requests that fail together one finds it out
            if self.spoken is PUBLIC:
                return True
            if self._timing.monotonic() - self._doubted < DOUBT_SECONDS:
                return False
            if not await self._confirmed():
                self._doubted = self._timing.monotonic()
                return False
            self.speak_public()
            return True

    async def _confirmed(self) -> bool:
        """Whether the list of threads is not known in beta.v1 and is in public.v1."""
        try:
            await self._allegro.request(_IN_BETA, lambda _body: None)
        except AllegroError as error:
            if not is_sign(error):
                return False
        else:
            return False
        try:
            await self._allegro.request(_IN_PUBLIC, PUBLIC.probe)
        except AllegroError:
            return False
        return True


def is_sign(failure: AllegroError) -> bool:
    """Whether a failure may mean that a version is not known. A file of a wrong type (415) means it not."""
    match failure:
        case TypeNotTaken():
            return False
        case BadRequest(status=HTTPStatus.NOT_ACCEPTABLE | HTTPStatus.UNSUPPORTED_MEDIA_TYPE):
            return True
        case Outage(status=HTTPStatus.NOT_FOUND):
            return True
    return False
