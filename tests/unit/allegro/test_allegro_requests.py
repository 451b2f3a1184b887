"""What the client puts on the wire."""

from __future__ import annotations

import json
from dataclasses import replace

import httpx
import pytest

from api.allegro.errors import TextEmpty, TextTooLong
from api.config import ConfigError
from api.domain import ThreadStatus, ThreadType
from tests.unit.allegro.script import CONNECTION, ME, MESSAGE, PERSON, THREAD, TOKEN, Script, answer

BETA = "application/vnd.allegro.beta.v1+json"
PUBLIC = "application/vnd.allegro.public.v1+json"
THREADS = {"threads": [THREAD], "nextPage": {"id": "next="}}


async def test_every_request_introduces_itself() -> None:
    """User-Agent, Accept-Language, Accept and the token go with a request."""
    script = Script(answer(PERSON))
    async with script.client(replace(CONNECTION, app_name="Sklep"), language="hu-HU") as allegro:
        await allegro.account.me()
    headers = script.requests[0].headers
    assert headers["User-Agent"].startswith("Sklep/")
    assert headers["User-Agent"].endswith(" (+https://okienko.test/)")
    assert headers["Accept-Language"] == "hu-HU"
    assert headers["Accept"] == PUBLIC
    assert headers["Authorization"] == f"Bearer {TOKEN}"


async def test_without_a_token_none_is_sent() -> None:
    """No token makes no header, rather than an empty bearer."""
    script = Script(answer(PERSON))
    async with script.client(replace(CONNECTION, token="")) as allegro:
        await allegro.account.me()
    assert "Authorization" not in script.requests[0].headers


async def test_threads_without_filters_ask_for_the_first_page() -> None:
    """The list is asked for in beta.v1 and without a query."""
    script = Script(answer(THREADS))
    async with script.client() as allegro:
        found = await allegro.messaging.threads(ME)
    assert str(script.requests[0].url) == "https://api.allegro.test/messaging/threads"
    assert script.requests[0].headers["Accept"] == BETA
    assert found.next == "next="


async def test_threads_take_every_filter() -> None:
    """Cursor and filters become the wire's query parameters."""
    script = Script(answer(THREADS))
    async with script.client() as allegro:
        await allegro.messaging.threads(
            ME, cursor="a=", read=False, status=ThreadStatus.OPEN, order="o1", type=ThreadType.COMMON
        )
    assert dict(script.requests[0].url.params) == {
        "page.id": "a=",
        "read": "false",
        "status": "OPEN",
        "orderId": "o1",
        "type": "COMMON",
    }


async def test_messages_go_on_at_their_cursor() -> None:
    """A page of messages is asked for by thread and page id; null ends the list."""
    script = Script(answer({"messages": [MESSAGE], "nextPage": None}))
    async with script.client() as allegro:
        found = await allegro.messaging.messages(ME, "t1", cursor="p2")
    assert script.requests[0].url.raw_path == b"/messaging/threads/t1/messages?page.id=p2"
    assert found.next is None
    assert found.items[0].thread == "t1"


async def test_a_reply_is_json_with_lf() -> None:
    """A reply is posted as vendor JSON, its line ends as LF."""
    script = Script(answer(MESSAGE, 201))
    async with script.client() as allegro:
        sent = await allegro.messaging.reply(ME, "t1", "Dzień\r\ndobry\r!")
    request = script.requests[0]
    assert (request.method, request.url.path) == ("POST", "/messaging/threads/t1/messages")
    assert request.headers["Content-Type"] == BETA
    assert json.loads(request.content) == {"text": "Dzień\ndobry\n!"}
    assert (sent.thread, sent.author.mine) == ("t1", True)


async def test_a_message_to_a_buyer_names_the_order() -> None:
    """A new message carries recipient, text and order, as Allegro demands."""
    script = Script(answer(MESSAGE, 201))
    async with script.client() as allegro:
        await allegro.messaging.write(ME, order="o1", buyer="Client:1", text="Dzień dobry")
    assert script.requests[0].url.path == "/messaging/messages"
    assert json.loads(script.requests[0].content) == {
        "recipient": {"login": "Client:1"},
        "text": "Dzień dobry",
        "order": {"id": "o1"},
    }


async def test_marking_as_read_is_a_put() -> None:
    """The flag is put in beta.v1."""
    script = Script(answer({"read": True}))
    async with script.client() as allegro:
        await allegro.messaging.mark_read("t1")
    request = script.requests[0]
    assert (request.method, request.url.path) == ("PUT", "/messaging/threads/t1/read")
    assert json.loads(request.content) == {"read": True}
    assert request.headers["Content-Type"] == BETA


async def test_orders_are_paged_by_offset() -> None:
    """The next page of orders starts where this one ends, until the total is reached."""
    body = {"checkoutForms": [{"id": "o1"}, {"id": "o2"}], "count": 2, "totalCount": 5.0}
    script = Script(answer(body))
    async with script.client() as allegro:
        first = await allegro.orders.orders(limit=2, buyer="kupujacy")
        last = await allegro.orders.orders(offset=3, limit=2)
    assert dict(script.requests[0].url.params) == {"offset": "0", "limit": "2", "buyer.login": "kupujacy"}
    assert (first.next, last.next) == ("2", None)


async def test_an_order_is_asked_for_in_public_v1() -> None:
    """Orders speak public.v1."""
    script = Script(answer({"id": "o1"}))
    async with script.client() as allegro:
        assert (await allegro.orders.order("o1")).id == "o1"
    assert script.requests[0].headers["Accept"] == PUBLIC


@pytest.mark.parametrize(
    "identifier", ["a/../../me", "https://evil.test/", "//evil.test/x", "a?b#c", "@evil.test"]
)
async def test_no_id_leads_elsewhere(identifier: str) -> None:
    """An id from a stranger stays one part of the path on Allegro's host."""
    script = Script(answer(THREAD))
    async with script.client() as allegro:
        await allegro.messaging.thread(ME, identifier)
    url = script.requests[0].url
    assert url.host == "api.allegro.test"
    assert url.raw_path.startswith(b"/messaging/threads/")
    assert url.raw_path.count(b"/") == 3


@pytest.mark.parametrize("identifier", ["", ".", ".."])
async def test_an_id_that_is_no_part_of_a_path_is_refused(identifier: str) -> None:
    """Nothing is asked for with an id that would name another resource."""
    script = Script(answer(THREAD))
    async with script.client() as allegro:
        with pytest.raises(ValueError, match="not an id"):
            await allegro.messaging.thread(ME, identifier)
    assert script.requests == []


@pytest.mark.parametrize(
    ("text", "error"),
    [("", TextEmpty), (" \n\t", TextEmpty), ("\u200b\u2060", TextEmpty), ("ż" * 2001, TextTooLong)],
)
async def test_a_text_that_cannot_be_sent_never_is(text: str, error: type[ValueError]) -> None:
    """Blank and too long texts are refused before the wire."""
    script = Script(answer(MESSAGE, 201))
    async with script.client() as allegro:
        with pytest.raises(error):
            await allegro.messaging.reply(ME, "t1", text)
    assert script.requests == []


async def test_two_thousand_code_points_are_sent() -> None:
    """The limit itself is fine, also in characters beyond the BMP, and a lone surrogate stops nothing."""
    script = Script(answer(MESSAGE, 201))
    async with script.client() as allegro:
        await allegro.messaging.reply(ME, "t1", "😀" * 1999 + "\ud83d")
    assert json.loads(script.requests[0].content)["text"] == "😀" * 1999 + "\ufffd"


async def test_redirects_are_not_followed() -> None:
    """The token never travels to wherever a redirect points."""
    script = Script(httpx.Response(302, headers={"Location": "https://evil.test/"}))
    async with script.client() as allegro:
        with pytest.raises(Exception, match="not its API"):
            await allegro.account.me()
    assert [request.url.host for request in script.requests] == ["api.allegro.test"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"token": "a\nb"}, "token"),
        ({"token": "zażółć"}, "token"),
        ({"app_name": "Sklep\r\nX: y"}, "app_name"),
        ({"app_name": "Żółw"}, "app_name"),
        ({"api_url": "https://user:secret@api.allegro.test"}, "user"),
    ],
)
def test_a_connection_that_breaks_headers_is_refused(changed: dict[str, str], message: str) -> None:
    """What would fail inside the HTTP library is refused at once, the token unquoted."""
    with pytest.raises(ConfigError, match=message) as caught:
        Script(answer(PERSON)).client(replace(CONNECTION, **changed))
    assert changed.get("token", "nothing") not in str(caught.value)


def test_only_six_languages_are_spoken() -> None:
    """Newer resources refuse every other Accept-Language, so the client does."""
    with pytest.raises(ValueError, match="pl-PL"):
        Script(answer(PERSON)).client(language="pl")


async def test_a_client_that_is_not_open_says_so() -> None:
    """Outside of `async with` a request fails with a clear word."""
    with pytest.raises(RuntimeError, match="async with"):
        await Script(answer(PERSON)).client().account.me()


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (101, 0), (1, -1)])
async def test_bounds_of_a_page_are_checked(limit: int, offset: int) -> None:
    """A page that Allegro would refuse is not asked for."""
    async with Script(answer({})).client() as allegro:
        with pytest.raises(ValueError, match="limit"):
            await allegro.orders.orders(offset=offset, limit=limit)
