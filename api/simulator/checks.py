"""What Allegro looks at before it looks at the request itself: who asks, with which right, in which form.

In this order: User-Agent (403), token (401), scope (403), Accept-Language (422), Accept (406),
Content-Type (415). The order among them is written nowhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from api.simulator.call import ANY, PUBLIC, Call, Resource
from api.simulator.refusal import (
    ACCESS_DENIED,
    BAD_USER_AGENT,
    NOT_ACCEPTABLE,
    UNSUPPORTED_LANGUAGE,
    UNSUPPORTED_MEDIA_TYPE,
    RefusalError,
    TokenRefusalError,
)

if TYPE_CHECKING:
    from api.simulator.tokens import Tokens

LANGUAGES = ("en-US", "pl-PL", "uk-UA", "sk-SK", "cs-CZ", "hu-HU")

# `RegisteredAppName/1.2.3 (+https://link-to-app-description)`
_USER_AGENT = re.compile(r"[^\s/()][^/()]*/[\w.+-]+ \(\+https?://[^\s()]+\)")


def check(call: Call, resource: Resource, tokens: Tokens) -> None:
    """Raises RefusalError or TokenRefusalError with the first thing that is wrong."""
    if resource.scope is None:
        return
    _user_agent(call)
    _scope(call, resource.scope, tokens)
    _language(call)
    _accept(call, resource.media)
    if resource.reads_json:
        _content_type(call, resource.media)


def language_of(call: Call) -> str:
    """The language that the caller asked for; English when it asked for none or an unknown one."""
    asked = call.headers.get("accept-language", "")
    return asked if asked in LANGUAGES else "en-US"


def _user_agent(call: Call) -> None:
    """Mandatory since 2026-06-30; a library's own name (`python-httpx/0.28.1`) is turned away."""
    if not _USER_AGENT.fullmatch(call.headers.get("user-agent", "")):
        raise RefusalError(
            BAD_USER_AGENT, "User-Agent must read: AppName/1.2.3 (+https://link-to-app-description)"
        )


def _scope(call: Call, scope: str, tokens: Tokens) -> None:
    kind, _, token = call.headers.get("authorization", "").partition(" ")
    if kind.casefold() != "bearer" or not token:
        description = "Full authentication is required to access this resource"
        raise TokenRefusalError(401, "unauthorized", description)
    granted = tokens.scopes_of(token.strip())
    if scope and scope not in granted:
        raise RefusalError(ACCESS_DENIED, f"Access is denied, the token lacks the scope {scope}")


def _language(call: Call) -> None:
    """Seen on newer resources; asked of all here, so that a client meets it."""
    asked = call.headers.get("accept-language")
    if asked is not None and asked not in LANGUAGES:
        allowed = ", ".join(LANGUAGES)
        raise RefusalError(
            UNSUPPORTED_LANGUAGE, f"Accept-Language must be one of {allowed}", "Accept-Language"
        )


def accepts(call: Call, media: str) -> bool:
    """Whether the caller takes this media type.

    A vendor type must be named; bytes are refused to whoever insists on a vendor type. `*/*` means the
    oldest version: public.v1.
    """
    header = call.headers.get("accept", ANY)
    ranges = [part.partition(";")[0].strip().casefold() for part in header.split(",")]
    if media == ANY:
        return not any(it.startswith("application/vnd.allegro") for it in ranges)
    return media in ranges or (media == PUBLIC and ANY in ranges)


def _accept(call: Call, media: str) -> None:
    if not accepts(call, media):
        spoken = "a file, ask without a vendor type" if media == ANY else media
        raise RefusalError(
            NOT_ACCEPTABLE,
            "Not acceptable representation requested. Please check 'Accept' request header: "
            f"here is {spoken}",
        )


def _content_type(call: Call, media: str) -> None:
    found = call.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if found != media:
        raise RefusalError(UNSUPPORTED_MEDIA_TYPE, f"Content-Type must be {media}, found {found or 'none'}")
