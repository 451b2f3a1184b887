"""A text on its way to a buyer: how it is sent, and how it is recognised again.

Needs neither httpx nor msgspec, so that the outbox can compare fingerprints without a connection.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from api.allegro.errors import TextEmpty, TextTooLong
from api.domain.text import sanitise

MAX_LENGTH: Final = 2_000
"""Code points that `/messaging` takes (`maxLength` of NewMessageInThread); `/sale/issues` takes more."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")


def prepare(text: str, *, attached: bool = False, limit: int = MAX_LENGTH) -> str:
    """The text as it goes to the wire: newlines as LF (Allegro shows CR), no lone surrogates.

    Raises TextEmpty for a text in which a buyer would see nothing, TextTooLong above `limit`. Beside
    an attachment (`attached`) a text may be empty: Allegro's file asks for the field and for no length.
    """
    text = _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not sanitise(text).strip():
        if not attached:
            raise TextEmpty
        text = ""
    if len(text) > limit:
        raise TextTooLong(len(text), limit)
    return text


def fingerprint(text: str) -> str:
    """What a sent text and the text of the message it became have in common (32 hex digits).

    Blind to what Allegro and `api.domain.text` may change on the way: kinds and amounts of white space,
    Unicode normalisation, unsafe characters. Give it the text that was sent, or `Message.text`.
    """
    same = unicodedata.normalize("NFC", _SPACES.sub(" ", sanitise(text)).strip())
    return hashlib.sha256(same.encode("utf-8", "replace")).hexdigest()[:32]
