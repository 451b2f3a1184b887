"""Allegro's error envelope, and the shape that OAuth failures have.

`{"errors":[{"code","message","details","path","userMessage","metadata"}]}` or
`{"error","error_description"}` (ErrorsHolder and AuthError of the OpenAPI file).
"""

import msgspec


class Refusal(msgspec.Struct, frozen=True):
    """The first error of an envelope. `said` is for people, or, where that is empty, for developers."""

    code: str
    said: str
    field: str


class _Problem(msgspec.Struct):
    code: str | int | None = None
    message: str | None = None
    path: str | None = None
    userMessage: str | None = None  # noqa: N815  the wire's name


class _Envelope(msgspec.Struct):
    errors: list[_Problem] | None = None
    error: str | None = None
    error_description: str | None = None


_decoder = msgspec.json.Decoder(_Envelope)


def read_refusal(body: bytes) -> Refusal | None:
    """The refusal in a body, or None when the body is no envelope of Allegro's."""
    try:
        envelope = _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if envelope.errors:
        first = envelope.errors[0]
        said = first.userMessage or first.message or ""
        return Refusal(str(first.code or ""), said, first.path or "")
    if envelope.error:
        return Refusal(envelope.error, envelope.error_description or "", "")
    return None
