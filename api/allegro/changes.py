"""Changes to orders: each happens once, and of a lost answer it is told what was changed, perhaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from api.allegro.errors import AllegroError, ChangeUnknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.allegro.call import Call
    from api.allegro.client import Allegro

T = TypeVar("T")


async def change(allegro: Allegro, call: Call, read: Callable[[bytes], T], look: str) -> T:
    """Carry out a call that happens once; `look` says where it shows whether it did.

    Raises as `Allegro.request` does, and ChangeUnknown in place of what leaves the outcome open.
    """
    try:
        return await allegro.request(call, read)
    except AllegroError as error:
        if not error.may_have_happened:
            raise
        failure = error
    raise ChangeUnknown(failure, look)
