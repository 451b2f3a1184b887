"""The client against the pretend Allegro over a real socket, judged by Allegro's own file."""

from __future__ import annotations

import unicodedata
from contextlib import asynccontextmanager
from dataclasses import astuple, is_dataclass, replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from api.allegro import Allegro, errors
from api.allegro.retry import Timing
from api.config import Connection
from api.domain import Message, MessageState, ThreadStatus, ThreadType
from api.simulator.server import running
from api.simulator.settings import ALL_SCOPES, SimulatorSettings
from tests.contract.openapi import OPENAPI_FILE, validate_request, validate_response

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from api.domain import Account, Order, Thread
    from api.simulator.server import Simulator

QUICK = SimulatorSettings(verify_seconds=0.0, send_interval=0.0)


class Judge(httpx.AsyncHTTPTransport):
    """The network, with every request and response held against Allegro's OpenAPI file where it is there."""

    def __init__(self) -> None:
        super().__init__()
        self.judged: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        body = await response.aread()
        if OPENAPI_FILE.exists():
            url, headers = str(request.url), dict(request.headers)
            validate_request(request.method, url, headers, request.content)
            validate_response(request.method, url, response.status_code, dict(response.headers), body)
            self.judged.append(f"{request.method} {request.url.path}")
        return response


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with running(QUICK) as simulator:
        yield simulator


@asynccontextmanager
async def connected(
    simulator: Simulator, judge: Judge | None = None, timing: Timing | None = None, token: str | None = None
) -> AsyncIterator[Allegro]:
    connection = Connection(
        api_url=simulator.api_url,
        auth_url=simulator.auth_url,
        app_name="okienko",
        app_url="https://okienko.example/",
        token=simulator.token if token is None else token,
    )
    async with Allegro(connection, transport=judge or Judge(), timing=timing) as allegro:
        yield allegro


async def every_thread(allegro: Allegro, me: Account) -> list[Thread]:
    found: list[Thread] = []
    cursor: str | None = None
    while True:
        page = await allegro.messaging.threads(me, cursor=cursor)
        found += page.items
        cursor = page.next
        if cursor is None:
            return found


async def every_order(allegro: Allegro) -> list[Order]:
    found: list[Order] = []
    offset: str | None = "0"
    while offset is not None:
        page = await allegro.orders.orders(offset=int(offset), limit=5)
        found += page.items
        offset = page.next
    return found


async def open_thread(allegro: Allegro, me: Account) -> Thread:
    return next(thread for thread in await every_thread(allegro, me) if thread.open)


def texts(value: object) -> Iterator[str]:
    """Every string inside a domain value."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        yield from texts(astuple(value))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts(part)


async def test_the_account_is_known(simulator: Simulator) -> None:
    """/me tells whose inbox it is."""
    async with connected(simulator) as allegro:
        me = await allegro.account.me()
    assert me.is_me(QUICK.user_login)


async def test_pages_of_threads_follow_each_other(simulator: Simulator) -> None:
    """Walking the cursors shows every thread once, the newest first, each with its buyer."""
    async with connected(simulator) as allegro:
        me = await allegro.account.me()
        threads = await every_thread(allegro, me)
    moments = [thread.last_message_at for thread in threads]
    assert len({thread.id for thread in threads}) == len(threads) > 0
    assert moments == sorted(moments, reverse=True)
    assert all(thread.buyer and not me.is_me(thread.buyer) for thread in threads)


async def test_messages_come_newest_first(simulator: Simulator) -> None:
    """A page of messages starts with the newest, and says which are the buyer's."""
    async with connected(simulator) as allegro:
        me = await allegro.account.me()
        seen: list[Message] = []
        for thread in await every_thread(allegro, me):
            page = await allegro.messaging.messages(me, thread.id)
            moments = [message.created_at for message in page.items]
            assert moments == sorted(moments, reverse=True)
            seen += page.items
    assert any(message.from_buyer for message in seen)


async def test_a_thread_is_the_one_of_the_list(simulator: Simulator) -> None:
    """One thread alone tells what the list told."""
    async with connected(simulator) as allegro:
        me = await allegro.account.me()
        listed = await open_thread(allegro, me)
        assert await allegro.messaging.thread(me, listed.id) == listed


async def test_unread_threads_can_be_asked_for(simulator: Simulator) -> None:
    """The filter for unread threads gives no read one."""
    async with connected(simulator) as allegro:
        me = await allegro.account.me()
        page = await allegro.messaging.threads(me, read=False)
    assert not any(thread.read for thread in page.items)


async def test_a_reply_is_verified_then_delivered(simulator: Simulator) -> None:
    """A reply comes back VERIFYING, is delivered soon, and stands first in its thread."""
    text = "Dzień dobry, deska ma 40 × 25 cm.\nPozdrawiam & dziękuję <3 😀"
    async with connected(simulator) as allegro:
        me = await allegro.account.me()
        thread = await open_thread(allegro, me)
        sent = await allegro.messaging.reply(me, thread.id, text)
        later = await allegro.messaging.message(me, sent.id, thread=thread.id)
        page = await allegro.messaging.messages(me, thread.id)
    assert (sent.state, later.state) == (MessageState.VERIFYING, MessageState.DELIVERED)
    assert page.items[0] == later
    assert later.author.mine
    assert later.text == text


async def test_the_buyer_of_an_order_can_be_written_to(simulator: Simulator) -> None:
    """A message about an order goes to its buyer and names the order."""
    async with connected(simulator) as allegro:
        me = await allegro.account.me()
        order = (await every_order(allegro))[0]
        sent = await allegro.messaging.write(
            me, order=order.id, buyer=order.buyer.login, text="Który kolor wysłać?"
        )
    assert sent.order == order.id
    assert sent.author.mine


async def test_a_thread_can_be_marked_as_read(simulator: Simulator) -> None:
    """Marking as read changes Allegro's flag."""
    async with connected(simulator) as allegro:
        me = await allegro.account.me()
        thread = await open_thread(allegro, me)
        simulator.state.receive(thread.id, "Halo?")
        assert not (await allegro.messaging.thread(me, thread.id)).read
        await allegro.messaging.mark_read(thread.id)
        assert (await allegro.messaging.thread(me, thread.id)).read


async def test_an_order_is_the_one_of_the_list(simulator: Simulator) -> None:
    """Orders are paged to the end, and one alone tells what the list told."""
    async with connected(simulator) as allegro:
        orders = await every_order(allegro)
        assert await allegro.orders.order(orders[0].id) == orders[0]
    assert len({order.id for order in orders}) == len(orders) > 0
    assert all(order.items and order.buyer.login for order in orders)


async def test_a_wrong_token_is_not_signed_in(simulator: Simulator) -> None:
    """401 comes with a Trace-Id."""
    async with connected(simulator, token="wrong") as allegro:
        with pytest.raises(errors.NotSignedIn) as caught:
            await allegro.account.me()
    assert caught.value.trace_id


async def test_a_missing_scope_is_named() -> None:
    """A token without the messaging scope is told so by name."""
    scopes = ALL_SCOPES - {"allegro:api:messaging"}
    with running(replace(QUICK, scopes=scopes)) as simulator:
        async with connected(simulator) as allegro:
            me = await allegro.account.me()
            with pytest.raises(errors.NotPermitted, match="allegro:api:messaging"):
                await allegro.messaging.threads(me)


async def test_a_thread_that_is_not_there_is_not_found(simulator: Simulator) -> None:
    """An unknown id is a NotFound in Allegro's envelope."""
    async with connected(simulator) as allegro:
        me = await allegro.account.me()
        with pytest.raises(errors.NotFound) as caught:
            await allegro.messaging.messages(me, "nowhere")
    assert caught.value.code == "THREAD_NOT_FOUND"
    assert caught.value.user_message


async def test_an_order_of_nobody_is_refused_by_field(simulator: Simulator) -> None:
    """A message that names a wrong order is refused, the field named."""
    async with connected(simulator) as allegro:
        me = await allegro.account.me()
        buyer = (await open_thread(allegro, me)).buyer
        with pytest.raises(errors.Unprocessable) as caught:
            await allegro.messaging.write(
                me, order="00000000-0000-4000-8000-000000000000", buyer=buyer, text="Dzień dobry"
            )
    assert caught.value.field.startswith("order")


async def test_sending_too_fast_is_told_with_a_pause() -> None:
    """Two messages without a pause end in TooMany, which asks for a minute at least."""

    with running(replace(QUICK, send_interval=60.0)) as simulator:
        async with connected(simulator, timing=Timing(sleep=_at_once)) as allegro:
            me = await allegro.account.me()
            thread = await open_thread(allegro, me)
            await allegro.messaging.reply(me, thread.id, "Dzień dobry, już sprawdzam.")
            with pytest.raises(errors.TooMany) as caught:
                await allegro.messaging.reply(me, thread.id, "Dzień dobry raz jeszcze.")
    assert caught.value.retry_after >= 60.0


async def test_a_connection_that_is_refused_says_so() -> None:
    """A server that is gone is Unreachable, by reason."""
    with running(QUICK) as simulator:
        pass

    async with connected(simulator, timing=Timing(sleep=_at_once)) as allegro:
        with pytest.raises(errors.Unreachable) as caught:
            await allegro.account.me()
    assert caught.value.reason is errors.Reason.REFUSED
    assert caught.value.nothing_sent


async def test_nothing_unsafe_comes_through() -> None:
    """On an account full of hostile texts no string of any value can act on a terminal."""
    with running(replace(QUICK, hostile=True)) as simulator:
        async with connected(simulator) as allegro:
            me = await allegro.account.me()
            values: list[Any] = [me, *await every_order(allegro)]
            for thread in await every_thread(allegro, me):
                values += [thread, await allegro.messaging.messages(me, thread.id)]
    characters = {character for text in texts(values) for character in text} - set("\n\t\u200d")
    assert [c for c in characters if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}] == []


@pytest.mark.needs_openapi
async def test_every_call_of_the_client_keeps_to_allegros_file(simulator: Simulator) -> None:
    """A tour of all calls, with every parameter they have, breaks no rule of the OpenAPI file."""
    judge = Judge()
    async with connected(simulator, judge, Timing(sleep=_at_once)) as allegro:
        me = await allegro.account.me()
        thread = await open_thread(allegro, me)
        order = (await every_order(allegro))[0]
        await allegro.messaging.threads(
            me, read=True, status=ThreadStatus.OPEN, order=order.id, type=ThreadType.POST_PURCHASE_ISSUE
        )
        await allegro.messaging.thread(me, thread.id)
        await allegro.messaging.messages(me, thread.id)
        sent = await allegro.messaging.reply(me, thread.id, "Dzień dobry")
        await allegro.messaging.message(me, sent.id, thread=thread.id)
        await allegro.messaging.write(me, order=order.id, buyer=order.buyer.login, text="Dzień dobry")
        await allegro.messaging.mark_read(thread.id)
        await allegro.orders.order(order.id)
        await allegro.orders.orders(offset=0, limit=1, buyer=order.buyer.login)
    assert {call.split("/")[1] for call in judge.judged} == {"me", "messaging", "order"}
    assert len(set(judge.judged)) >= 9


async def _at_once(_seconds: float) -> None:
    return None
