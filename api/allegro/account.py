"""Who the token belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.allegro import translate
from api.allegro.call import Call, Media, Scope
from api.allegro.payloads import account as payloads
from api.allegro.payloads.reading import decode

if TYPE_CHECKING:
    from api.allegro.client import Allegro
    from api.domain import Account


class AccountResource:
    """`/me` in public.v1."""

    def __init__(self, allegro: Allegro) -> None:
        self._allegro = allegro

    async def me(self) -> Account:
        """The account; ask for it first, its login tells which side of a thread is ours."""
        call = Call("GET", "/me", Media.PUBLIC, Scope.PROFILE, collection=True)
        return await self._allegro.request(call, _me)


def _me(body: bytes) -> Account:
    return translate.account(decode(body, payloads.decoder, payloads.Me))
