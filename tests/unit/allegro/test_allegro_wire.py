"""Details of the one module that imports httpx."""

from __future__ import annotations

import socket
import ssl
from dataclasses import replace

import httpx
import pytest

from api.allegro import wire
from api.allegro.call import Call, Scope
from api.allegro.errors import Reason


def failed(*chain: BaseException) -> BaseException:
    """httpx's error with causes below it, the outermost first."""
    error: BaseException = httpx.ConnectError("x")
    outer = error
    for cause in chain:
        outer.__cause__ = cause
        outer = cause
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (failed(OSError("x"), socket.gaierror(-2, "x")), Reason.DNS),
        (failed(ssl.SSLCertVerificationError("x")), Reason.TLS),
        (failed(OSError("x"), ConnectionRefusedError()), Reason.REFUSED),
        (failed(OSError("x"), ExceptionGroup("x", [ConnectionRefusedError()])), Reason.REFUSED),
        (failed(OSError(101, "x")), Reason.NETWORK),
        (failed(), Reason.NETWORK),
    ],
)
def test_the_reason_is_found_below_httpx(error: BaseException, reason: Reason) -> None:
    """Name, certificate, refusal and network are told apart by what caused the failure."""
    assert wire._reason(error) is reason


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("api.allegro.pl", False), ("10.0.0.1", False)],
)
def test_loopback(host: str, local: bool) -> None:  # noqa: FBT001  an expected value
    """Only this machine is loopback."""
    assert wire.is_loopback(host) is local


def test_the_tls_context_is_made_once_and_checks() -> None:
    """One context for all clients, which verifies certificates and names."""
    context = wire.ssl_context()
    assert context is wire.ssl_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_a_file_gets_more_time_to_go_out() -> None:
    """The largest one passes at 20 kB a second; anything else keeps to a minute."""
    put = Call("PUT", "/x", None, Scope.MESSAGING, body=bytes(5_242_880))
    assert wire.seconds_for(put) == pytest.approx(322, abs=1)
    assert wire.seconds_for(replace(put, body=None)) == wire.MAX_SECONDS


async def test_proxies_of_the_environment_are_used_for_allegro(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond this machine HTTPS_PROXY counts."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")
    far = wire.Wire("https://api.allegro.test", user_agent="x", language="pl-PL")
    assert any(far._client._mounts.values())
    await far.aclose()
