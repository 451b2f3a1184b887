"""`GET /me` (MeResponse)."""

import msgspec


class Marketplace(msgspec.Struct):
    id: str | None = None


class Me(msgspec.Struct):
    id: str | int
    login: str
    baseMarketplace: Marketplace | None = None  # noqa: N815  the wire's name


decoder = msgspec.json.Decoder(Me)
