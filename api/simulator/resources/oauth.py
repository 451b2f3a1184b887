"""/auth/oauth: the device flow and the refresh, with Basic auth of the application.

The page where a person types the code is in `device_page`; where the settings let it, a code confirms itself
after a number of polls.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from api.simulator.call import Answer, Call, Resource
from api.simulator.refusal import TokenRefusalError
from api.simulator.tokens import ACCESS_SECONDS, DEVICE_SECONDS, Pair

if TYPE_CHECKING:
    from api.simulator.state import State

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
JSON = "application/json;charset=UTF-8"


def _device(call: Call, state: State) -> Answer:
    """`client_id` and `scope` may stand in the query or in the form."""
    _authenticate(call, state)
    form = _form(call)
    if form.get("client_id") != state.tokens.client_id:
        raise TokenRefusalError(400, "invalid_request", "client_id is missing or of another application")
    wanted = frozenset(form["scope"].split()) if form.get("scope") else None
    device = state.tokens.start_device(wanted)
    page = f"http://{call.headers.get('host', '127.0.0.1')}/skojarz-aplikacje"
    return Answer(
        {
            "user_code": device.user_code,
            "device_code": device.device_code,
            "expires_in": DEVICE_SECONDS,
            "interval": state.settings.device_interval,
            "verification_uri": page,
            "verification_uri_complete": f"{page}?code={device.user_code}",
        },
        media=JSON,
    )


def _token(call: Call, state: State) -> Answer:
    _authenticate(call, state)
    form = _form(call)
    grant = form.get("grant_type")
    if grant == DEVICE_GRANT:
        return _pair(state.tokens.poll_device(form.get("device_code", "")))
    if grant == "refresh_token":
        return _pair(state.tokens.refresh(form.get("refresh_token", "")))
    raise TokenRefusalError(400, "unsupported_grant_type", f"Unsupported grant type: {grant}")


def _pair(pair: Pair) -> Answer:
    return Answer(
        {
            "access_token": pair.access_token,
            "token_type": "bearer",
            "refresh_token": pair.refresh_token,
            "expires_in": ACCESS_SECONDS,
            "scope": " ".join(sorted(pair.scopes)),
            "allegro_api": True,
            "jti": pair.jti,
        },
        media=JSON,
    )


def _authenticate(call: Call, state: State) -> None:
    """Basic auth with the application's id and secret. Raises TokenRefusalError (401)."""
    kind, _, encoded = call.headers.get("authorization", "").partition(" ")
    try:
        given = base64.b64decode(encoded, validate=True).decode() if kind.casefold() == "basic" else ""
    except ValueError:  # no base64, or nothing that is text
        given = ""
    if given != f"{state.tokens.client_id}:{state.tokens.client_secret}":
        raise TokenRefusalError(401, "Unauthorized", "Unauthorized")


def _form(call: Call) -> dict[str, str]:
    """The query and the form body together; the body wins."""
    is_form = call.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    return dict(call.query) | (dict(parse_qsl(call.body.decode(errors="replace"))) if is_form else {})


RESOURCES = (
    Resource("POST", "/auth/oauth/device", _device, None),
    Resource("POST", "/auth/oauth/token", _token, None),
)
