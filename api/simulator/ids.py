"""Identifiers that come out the same every time from what they name."""

from __future__ import annotations

import base64
import functools
import hashlib


def uuid_of(*names: object) -> str:
    """A text of the form of a UUID, as orders, messages and payments have."""
    digest = hashlib.blake2b("/".join(map(str, names)).encode(), digest_size=16).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-a{digest[17:20]}-{digest[20:]}"


def thread_id_of(*names: object) -> str:
    """43 characters, as threads of beta.v1 have."""
    digest = hashlib.blake2b("/".join(map(str, names)).encode(), digest_size=32).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def number_of(*names: object, digits: int) -> str:
    """A decimal number of that many digits, as offers and accounts have."""
    digest = hashlib.blake2b("/".join(map(str, names)).encode(), digest_size=16).digest()
    return str(10 ** (digits - 1) + int.from_bytes(digest) % (9 * 10 ** (digits - 1)))


_TAIL = 12
_POSITION = 20


def placed_id(index: int, position: int, *names: object) -> str:
    """A text of the form of a UUID out of which `place_in` reads index (28 bits) and position (20 bits)."""
    tail = (index << _POSITION | position) ^ _mask(*names)
    return f"{uuid_of(*names, index, position)[:-_TAIL]}{tail:0{_TAIL}x}"


def place_in(identifier: str, *names: object) -> tuple[int, int] | None:
    """Index and position out of a `placed_id` of the same names, or None for anything else."""
    try:
        tail = int(identifier[-_TAIL:], 16) ^ _mask(*names)
    except ValueError:
        return None
    index, position = tail >> _POSITION, tail & (1 << _POSITION) - 1
    return (index, position) if placed_id(index, position, *names) == identifier else None


@functools.cache
def _mask(*names: object) -> int:
    """Neighbours should not look like neighbours."""
    return int(uuid_of(*names, "mask")[-_TAIL:], 16)
