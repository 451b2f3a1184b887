"""Identifiers that come out the same every time from what they name."""

from __future__ import annotations

import base64
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
