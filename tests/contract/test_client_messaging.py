"""The Message Center through the client over a real socket, in both versions, judged by Allegro's file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from api.allegro import errors
from api.allegro.outgoing_file import OutgoingFile
from api.allegro.retry import Timing
from api.allegro.sent import Sought
from api.domain import AttachmentState, MessageState, ThreadStatus, ThreadType
from api.simulator.call import BETA, PUBLIC
from api.simulator.server import running
from tests.contract.openapi import OPENAPI_FILE
from tests.contract.test_client_simulator import QUICK, Judge, connected, every_thread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from api.allegro import Allegro
    from api.domain import Account, Message, Thread
    from api.simulator.server import Simulator

SCANNED = replace(QUICK, scan_seconds=0.0)
PDF = OutgoingFile.of("faktura.pdf", b"%PDF-1.7 " + b"x" * 300_000)


class Plain(httpx.AsyncHTTPTransport):
    """The network, with the versions that were asked for; for answers that Allegro's file does not know."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith("/messaging"):
            self.asked.append(request.headers["Accept"])
        return await super().handle_async_request(request)


class Cut(Judge):
    """A network on which the answers to messages are lost, after Allegro has them."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        if request.method == "POST" and request.url.path.endswith("/messages"):
            raise httpx.ReadError("cut")
        return response


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with running(SCANNED) as simulator:
        yield simulator


@pytest.fixture(params=["beta", "public"])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def choose(allegro: Allegro, version: str) -> None:
    if version == "public":
        allegro.messaging.version.speak_public()


def inside(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def every_message(allegro: Allegro, me: Account, thread: Thread) -> list[Message]:
    found: list[Message] = []
    cursor: str | None = None
    while True:
        page = await allegro.messaging.messages(me, thread.id, cursor)
        found += page.items
        cursor = page.next
        if cursor is None:
            return found


async def common(allegro: Allegro, me: Account) -> Thread:
    return next(it for it in await every_thread(allegro, me) if it.type is ThreadType.COMMON and it.open)


async def test_both_versions_tell_the_same(simulator: Simulator) -> None:
    """Every ordinary conversation and message, but for what public.v1 leaves out."""
    async with connected(simulator) as beta, connected(simulator) as public:
        public.messaging.version.speak_public()
        me = await beta.account.me()
        news = [it for it in await every_thread(beta, me) if it.type is ThreadType.COMMON]
        olds = await every_thread(public, me)
        assert [(it.id, it.buyer, it.read, it.last_message_at) for it in olds] == [
            (it.id, it.buyer, it.read, it.last_message_at) for it in news
        ]
        for old, new in zip(olds, news, strict=True):
            pairs = zip(await every_message(public, me, old), await every_message(beta, me, new), strict=True)
            for one, other in pairs:
                assert replace(one, author=other.author) == other
                assert (one.author.mine, one.from_buyer) == (other.author.mine, other.from_buyer)


async def test_a_file_is_attached_sent_and_fetched(
    simulator: Simulator, version: str, tmp_path: Path
) -> None:
    """The whole way, with its progress, without anything in the folder that was not asked for."""
    told: list[tuple[int, int | None]] = []
    async with connected(simulator) as allegro:
        choose(allegro, version)
        me = await allegro.account.me()
        thread = await common(allegro, me)
        identifier = await allegro.messaging.attach(PDF)
        sent = await allegro.messaging.reply(me, thread.id, "", [identifier])
        seen = await allegro.messaging.message(me, sent.id, thread.id)
        assert [it.state for it in seen.attachments] == [AttachmentState.SAFE]
        assert seen.attachments[0].id == identifier
        for _ in range(2):
            await allegro.messaging.save(
                seen.attachments[0], tmp_path, lambda done, total: told.append((done, total))
            )
    assert {it.name for it in inside(tmp_path)} == {"faktura.pdf", "faktura (2).pdf"}
    assert {it.read_bytes() for it in inside(tmp_path)} == {PDF.content}
    assert told[0] == (0, None)
    assert told[-1] == (len(PDF.content), len(PDF.content))


async def test_a_file_that_is_not_safe_is_not_fetched(simulator: Simulator, tmp_path: Path) -> None:
    """Found by the antivirus: the state comes with the message."""
    async with connected(simulator) as allegro:
        me = await allegro.account.me()
        thread = await common(allegro, me)
        identifier = await allegro.messaging.attach(OutgoingFile.of("virus.pdf", b"%PDF-1.7"))
        sent = await allegro.messaging.reply(me, thread.id, "Faktura", [identifier])
        seen = await allegro.messaging.message(me, sent.id, thread.id)
        with pytest.raises(errors.AttachmentUnsafe):
            await allegro.messaging.save(seen.attachments[0], tmp_path)
        # With a state that the list told before: Allegro does not give it out all the same.
        known = replace(seen.attachments[0], state=AttachmentState.SAFE)
        with pytest.raises(errors.AttachmentExpired):
            await allegro.messaging.save(known, tmp_path)
    assert inside(tmp_path) == []


async def test_a_file_of_no_upload_is_not_sent(simulator: Simulator, version: str) -> None:
    """Nothing is in the conversation, and attaching again helps."""
    async with connected(simulator) as allegro:
        choose(allegro, version)
        me = await allegro.account.me()
        thread = await common(allegro, me)
        before = len(await every_message(allegro, me, thread))
        with pytest.raises(errors.AttachmentsNotTaken):
            await allegro.messaging.reply(me, thread.id, "Faktura", ["nobody"])
        assert len(await every_message(allegro, me, thread)) == before
        await allegro.messaging.reply(me, thread.id, "Faktura", [await allegro.messaging.attach(PDF)])


async def test_a_lost_message_with_a_file_is_found(simulator: Simulator, version: str) -> None:
    """In its thread, and in the thread of the buyer that it went to; each once."""
    async with connected(simulator, Cut()) as allegro:
        choose(allegro, version)
        me = await allegro.account.me()
        thread = await common(allegro, me)
        order = next(it for it in (await allegro.orders.orders()).items if it.buyer.login)
        files = [await allegro.messaging.attach(PDF) for _ in range(2)]
        with pytest.raises(errors.SendOutcomeUnknown) as reply:
            await allegro.messaging.reply(me, thread.id, "Proszę, oto zdjęcie <3", files[:1])
        with pytest.raises(errors.SendOutcomeUnknown) as letter:
            await allegro.messaging.write(
                me, order=order.id, buyer=order.buyer.login, text="Który kolor?", attachments=files[1:]
            )
        first = await allegro.messaging.find_sent(me, Sought.of(reply.value))
        second = await allegro.messaging.find_sent(me, Sought.of(letter.value))
        assert first is not None
        assert second is not None
        assert [it.attachments[0].id for it in (first, second)] == files
        assert second.order == order.id
        again = Sought.of(reply.value, known=[first.id])
        assert await allegro.messaging.find_sent(me, again) is None


@pytest.mark.parametrize("how", ["refused", "nowhere"])
async def test_without_beta_v1_the_session_goes_on_in_public_v1(how: Any) -> None:
    """Reading and writing work, nothing is sent twice, and the screen can tell what is not seen."""
    with running(replace(SCANNED, beta_messaging=how)) as simulator:
        network = Plain()
        async with connected(simulator, network) as allegro:  # type: ignore[arg-type]
            me = await allegro.account.me()
            threads = await every_thread(allegro, me)
            assert threads
            sent = await allegro.messaging.reply(me, threads[0].id, "Dzień dobry")
            assert not allegro.messaging.version.problems_visible
            messages = await every_message(allegro, me, threads[0])
        assert [it.id for it in messages].count(sent.id) == 1
        assert sum(it.text == "Dzień dobry" for it in messages) == 1
        assert network.asked[:3] == [BETA, BETA, PUBLIC]
        assert BETA not in network.asked[2:]


async def test_beta_v1_that_comes_back_is_used_by_the_next_session(simulator: Simulator) -> None:
    """Within a session the change is for good: cursors and ids would not fit."""
    simulator.state.beta_messaging = "refused"
    async with connected(simulator, Plain()) as allegro:  # type: ignore[arg-type]
        me = await allegro.account.me()
        await allegro.messaging.threads(me)
        simulator.state.beta_messaging = "spoken"
        assert {it.type for it in await every_thread(allegro, me)} == {ThreadType.COMMON}
    async with connected(simulator) as allegro:
        found = {it.type for it in await every_thread(allegro, me)}
    assert found == {ThreadType.COMMON, ThreadType.POST_PURCHASE_ISSUE}


async def test_a_first_message_in_public_v1_goes_out_once() -> None:
    """The very first request may be a message: it is refused in beta.v1 and taken in public.v1."""
    with running(replace(SCANNED, beta_messaging="refused")) as simulator:
        thread = next(it for it in simulator.state.threads() if it.type == "COMMON")
        before = len(thread.messages)
        async with connected(simulator, Plain()) as allegro:  # type: ignore[arg-type]
            me = await allegro.account.me()
            sent = await allegro.messaging.reply(
                me, thread.id, "Dzień dobry", [await allegro.messaging.attach(PDF)]
            )
        assert sent.state is MessageState.VERIFYING
        assert len(simulator.state.thread(thread.id).messages) == before + 1


@pytest.mark.needs_openapi
async def test_every_call_keeps_to_allegros_file(simulator: Simulator, version: str, tmp_path: Path) -> None:
    """Requests and answers of all calls, with every parameter, in either version."""
    judge = Judge()
    async with connected(simulator, judge, Timing(sleep=_at_once)) as allegro:
        choose(allegro, version)
        me = await allegro.account.me()
        thread = await common(allegro, me)
        order = next(it for it in (await allegro.orders.orders()).items if it.buyer.login)
        for kind in (ThreadType.COMMON, ThreadType.POST_PURCHASE_ISSUE):
            for status in (ThreadStatus.OPEN, ThreadStatus.CLOSED):
                await allegro.messaging.threads(me, read=False, status=status, order=order.id, type=kind)
                await allegro.messaging.threads(me, read=True, status=status, type=kind)
        await allegro.messaging.thread(me, thread.id)
        await every_message(allegro, me, thread)
        files = [await allegro.messaging.attach(PDF) for _ in range(2)]
        sent = await allegro.messaging.reply(me, thread.id, "Dzień dobry", files[:1])
        seen = await allegro.messaging.message(me, sent.id, thread.id)
        await allegro.messaging.save(seen.attachments[0], tmp_path)
        await allegro.messaging.write(
            me, order=order.id, buyer=order.buyer.login, text="Dzień dobry", attachments=files[1:]
        )
        await allegro.messaging.mark_read(thread.id)
        with pytest.raises(errors.NotFound):
            await allegro.messaging.messages(me, "nobody")
    assert OPENAPI_FILE.exists()
    kinds = {call.split("/", 3)[0] + call.split("/", 3)[2] for call in judge.judged if "/messaging/" in call}
    assert kinds == {
        "GET threads",
        "PUT threads",
        "POST threads",
        "POST messages",
        "GET messages",
        "POST message-attachments",
        "PUT message-attachments",
        "GET message-attachments",
    }


async def _at_once(_seconds: float) -> None:
    return None
