"""Allegro could not be asked, or gave no sensible answer."""

from __future__ import annotations

from enum import StrEnum
from typing import Unpack

from api.allegro.errors.base import AllegroError, Details


class Unavailable(AllegroError):  # noqa: N818  the name says what happened
    """Allegro could not be asked, or gave no sensible answer; the same request may work later."""

    advice = "Try again in a moment."


class Reason(StrEnum):
    """Why nothing could be reached."""

    DNS = "dns"
    TLS = "tls"
    REFUSED = "refused"
    PROXY = "proxy"
    CUT = "cut"
    NETWORK = "network"


_REASONS = {
    Reason.DNS: "the host's name cannot be found",
    Reason.TLS: "no trustworthy TLS connection",
    Reason.REFUSED: "the connection was refused",
    Reason.PROXY: "the proxy did not let the connection through",
    Reason.CUT: "the connection was cut",
    Reason.NETWORK: "the network cannot be reached",
}


class Unreachable(Unavailable):
    """No connection, or one that was cut; `nothing_sent` when the request never left this machine."""

    advice = "Check the network, then try again."

    def __init__(
        self,
        method: str,
        path: str,
        *,
        reason: Reason = Reason.NETWORK,
        nothing_sent: bool = False,
        **details: Unpack[Details],
    ) -> None:
        super().__init__(method, path, **details)
        self.reason = reason
        self.nothing_sent = nothing_sent
        self.may_have_happened = not nothing_sent

    @property
    def happened(self) -> str:
        return _REASONS[self.reason]

    @property
    def next_step(self) -> str:
        if self.reason is Reason.TLS:
            return "Check this machine's clock and certificates, and whether something reads the connection."
        return self.advice


class TimedOut(Unavailable):
    """Nothing came in time; `nothing_sent` when not even a connection was made."""

    def __init__(
        self, method: str, path: str, *, nothing_sent: bool = False, **details: Unpack[Details]
    ) -> None:
        super().__init__(method, path, **details)
        self.nothing_sent = nothing_sent
        self.may_have_happened = not nothing_sent

    @property
    def happened(self) -> str:
        return "no connection in time" if self.nothing_sent else "no answer in time"


class Outage(Unavailable):
    """Allegro is in trouble: 5xx, a redirect, HTML where JSON is due, or a whole list "not found".

    A list that answers 404 is an outage and never means "no items" (allegro/allegro-api#11478).
    """

    advice = "Allegro is in trouble; try again in a few minutes."

    @property
    def may_have_happened(self) -> bool:  # type: ignore[override]
        """Only a 404 is sure: nothing there took the request."""
        return self.status != 404  # noqa: PLR2004  an HTTP status

    @property
    def happened(self) -> str:
        if self.status is not None and self.status < 400:  # noqa: PLR2004  an HTTP status
            return f"Allegro answered {self.status} with something that is not its API"
        return super().happened
