"""Bearers that are renewed, pauses that everybody keeps, files, and calls that happen once."""

from __future__ import annotations

import httpx
import pytest

from api.allegro import Allegro
from api.allegro.call import Call, Media, Scope
from api.allegro.errors import NotSignedIn, Outage, TooMany, Undecodable
from api.allegro.tokens import Bearer
from tests.unit.allegro.script import CONNECTION, ME, PERSON, Script, answer, refusal

FILE = Call("GET", "/messaging/message-attachments/a1", None, Scope.MESSAGING)
ORDER = Call("POST", "/order/x", Media.PUBLIC, Scope.ORDERS_WRITE, body=b"{}", once=True)


class Renewable:
    """Bearers of a fake sign-in: the one after `old` is `new`, and after that there is none."""

    def __init__(self) -> None:
        self.bearer = Bearer("old-token")
        self.asked: list[str] = []

    async def current(self) -> Bearer:
        return self.bearer

    async def renewed(self, refused: Bearer) -> Bearer | None:
        self.asked.append(refused.token)
        if refused.token != "old-token":
            return None
        self.bearer = Bearer("new-token")
        return self.bearer


def signed_in(script: Script, tokens: Renewable) -> Allegro:
    return Allegro(
        CONNECTION, tokens=tokens, transport=httpx.MockTransport(script.play), timing=script.time.timing
    )


async def test_a_refused_bearer_is_renewed_and_the_call_repeated() -> None:
    """A 401 costs one renewal; what was asked for comes all the same, and later calls use the new bearer."""
    script, tokens = Script(refusal(401), answer(PERSON)), Renewable()
    async with signed_in(script, tokens) as allegro:
        assert (await allegro.account.me()).login == "Sklep_Ani"
        await allegro.account.me()
    sent = [request.headers["Authorization"] for request in script.requests]
    assert sent == ["Bearer old-token", "Bearer new-token", "Bearer new-token"]
    assert tokens.asked == ["old-token"]


async def test_a_second_refusal_is_final() -> None:
    """Renewed once and refused again: signing in is what helps. A message was not sent either time."""
    script, tokens = Script(refusal(401)), Renewable()
    async with signed_in(script, tokens) as allegro:
        with pytest.raises(NotSignedIn):
            await allegro.messaging.reply(ME, "t1", "dzień dobry")
    assert len(script.requests) == 2


async def test_after_a_429_nobody_asks_for_a_minute() -> None:
    """A read that was one too many keeps all back, and whoever listens is told how long."""
    script = Script(refusal(429), answer(PERSON))
    told: list[float] = []
    async with script.client() as allegro:
        allegro.quiet.listeners.append(told.append)
        with pytest.raises(TooMany) as first:
            await allegro.account.me()
        assert first.value.asked
        with pytest.raises(TooMany, match="not asked") as second:
            await allegro.messaging.reply(ME, "t1", "dzień dobry")
        assert not second.value.asked
        assert not second.value.may_have_happened
        assert told == [first.value.retry_after]
        assert 60 <= allegro.quiet.remaining() <= 75
        await script.time.sleep(allegro.quiet.remaining())
        await allegro.account.me()
    assert len(script.requests) == 2


async def test_a_429_for_a_message_keeps_messages_back_only() -> None:
    """One message a second is a limit of its own."""
    script = Script(refusal(429), answer(PERSON))
    async with script.client() as allegro:
        with pytest.raises(TooMany):
            await allegro.messaging.reply(ME, "t1", "dzień dobry")
        await allegro.account.me()
        with pytest.raises(TooMany, match="not asked"):
            await allegro.messaging.reply(ME, "t1", "dzień dobry")


async def test_what_is_to_happen_once_is_not_repeated() -> None:
    """After a 500 the call may have been carried out; its error says so."""
    script = Script(refusal(500))
    async with script.client() as allegro:
        with pytest.raises(Outage) as caught:
            await allegro.exchange(ORDER)
    assert caught.value.may_have_happened
    assert len(script.requests) == 1


async def test_a_file_comes_in_parts() -> None:
    """No vendor Accept (406 otherwise); after trouble the file begins anew."""
    body = httpx.Response(200, content=b"%PDF-1.7", headers={"Content-Type": "application/pdf"})
    script = Script(refusal(500), body)
    parts: list[tuple[bytes, int | None]] = []
    async with script.client() as allegro:
        await allegro.download(FILE, lambda part, size: parts.append((part, size)), 100)
    assert parts == [(b"", None), (b"", None), (b"%PDF-1.7", 8)]
    assert {request.headers["Accept"] for request in script.requests} == {"*/*"}


async def test_a_file_above_the_limit_is_refused() -> None:
    """A disk is not filled by a server that does not stop."""
    script = Script(httpx.Response(200, content=b"x" * 101))
    async with script.client() as allegro:
        with pytest.raises(Undecodable, match="larger than 100 bytes"):
            await allegro.download(FILE, lambda _part, _size: None, 100)


@pytest.mark.parametrize(
    ("address", "goes"),
    [
        ("https://upload.allegro.test/files/1?key=a", True),
        ("https://api.allegro.test/files/1", True),
        ("https://upload.allegro.test.evil.test/files/1", False),
        ("https://evil.test/files/1", False),
        ("http://upload.allegro.test/files/1", False),
        ("https://upload.allegro.test:444/files/1", False),
    ],
)
async def test_files_go_to_allegro_alone(address: str, goes: bool) -> None:  # noqa: FBT001
    """An address in an answer cannot lead the token or a file to another host."""
    script = Script(answer({}))
    call = Call(
        "PUT", "/uploads", None, Scope.MESSAGING, body=b"%PDF", content_type="application/pdf", upload=address
    )
    async with script.client() as allegro:
        if goes:
            await allegro.exchange(call)
        else:
            with pytest.raises(Undecodable, match="upload address"):
                await allegro.exchange(call)
    assert [str(request.url) for request in script.requests] == ([address] if goes else [])
    assert all(request.headers["Content-Type"] == "application/pdf" for request in script.requests)
