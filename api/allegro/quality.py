"""The quality of sales as Allegro counts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.allegro import translate_reputation
from api.allegro.call import Call, Media, Scope
from api.allegro.payloads import reputation as payloads
from api.allegro.payloads.reading import decode

if TYPE_CHECKING:
    from api.allegro.client import Allegro
    from api.domain import QualityDay


class QualityResource:
    """`/sale/quality` in public.v1."""

    def __init__(self, allegro: Allegro) -> None:
        self._allegro = allegro

    async def days(self) -> tuple[QualityDay, ...]:
        """The last days (30 at the most) for which there is a result, the newest first.

        Points, without a unit. How quickly the seller answers is not told by any resource.
        """
        call = Call("GET", "/sale/quality", Media.PUBLIC, Scope.PROFILE, collection=True)
        return await self._allegro.request(call, _quality)


def _quality(body: bytes) -> tuple[QualityDay, ...]:
    return translate_reputation.quality(decode(body, payloads.quality_decoder, payloads.Quality))
