"""`/auth/oauth/device` and `/auth/oauth/token`. Allegro's tutorial shows the numbers as texts."""

import msgspec

Number = int | float | str | None


class Device(msgspec.Struct):
    device_code: str
    user_code: str
    verification_uri: str
    verification_uri_complete: str | None = None
    expires_in: Number = None
    interval: Number = None


class Pair(msgspec.Struct):
    access_token: str
    refresh_token: str | None = None
    expires_in: Number = None
    scope: str | list[str] | None = None


device_decoder = msgspec.json.Decoder(Device)
pair_decoder = msgspec.json.Decoder(Pair)


def seconds(number: Number, default: float) -> float:
    """A number of seconds from either form; the default for none, a negative one, or something else."""
    try:
        value = float(number) if number is not None else default
    except ValueError:
        return default
    return value if 0 < value < float("inf") else default
