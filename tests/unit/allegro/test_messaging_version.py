"""When beta.v1 of the Message Center gives way to public.v1, and when it does not."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from api.allegro import errors
from api.allegro.messaging.version import DOUBT_SECONDS
from tests.unit.allegro.script import ME, MESSAGE, TEXT, THREAD, Script, answer, page, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

BETA = "application/vnd.allegro.beta.v1+json"
PUBLIC = "application/vnd.allegro.public.v1+json"
PUBLIC_THREAD: dict[str, Any] = {
    "id": "t1",
    "read": False,
    "lastMessageDateTime": "2026-11-23T10:00:00.000Z",
    "interlocutor": {"login": "kupujacy_1", "avatarUrl": "https://a.test/1"},
}
PUBLIC_MESSAGE: dict[str, Any] = {
    **{name: value for name, value in MESSAGE.items() if name != "relatesTo"},
    "thread": {"id": "t1"},
    "author": {"login": "sklep_ani", "isInterlocutor": False},
    "relatesTo": {"offer": None},
}
LIST = {"threads": [PUBLIC_THREAD], "offset": 0, "limit": 20}


def allegro_of(
    beta: Callable[[], httpx.Response], public: Callable[[], httpx.Response] | None = None
) -> Script:
    """An Allegro that answers beta.v1 so, and public.v1 as it should (or so)."""

    def play(request: httpx.Request) -> httpx.Response:
        if request.headers["Accept"] == BETA:
            return beta()
        if public is not None:
            return public()
        if request.method == "POST":
            return answer(PUBLIC_MESSAGE, 201)
        return answer(LIST if request.url.path.endswith("threads") else PUBLIC_THREAD)

    return Script(play)


def asked(script: Script) -> list[tuple[str, str, str]]:
    return [
        (it.method, it.url.path, "beta" if it.headers["Accept"] == BETA else "public")
        for it in script.requests
    ]


SIGNS = {"406": lambda: refusal(406), "415": lambda: refusal(415), "404 of a gateway": lambda: page(404)}
NO_SIGNS = {
    "404 of Allegro": lambda: refusal(404, "THREAD_NOT_FOUND"),
    "400": lambda: refusal(400),
    "403": lambda: refusal(403),
    "422": lambda: refusal(422),
    "429": lambda: refusal(429),
    "500": lambda: refusal(500),
    "200 of a captive portal": lambda: page(200),
    "a file of a wrong type": lambda: refusal(415, "UNSUPPORTED_MIME_TYPE"),
}


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
async def test_a_sign_that_public_v1_confirms_is_believed(sign: Callable[[], httpx.Response]) -> None:
    """What was asked for comes all the same; from then on only public.v1 is asked, and who listens hears."""
    script = allegro_of(sign)
    told: list[str] = []
    async with script.client() as allegro:
        allegro.messaging.version.listeners.append(lambda: told.append("public"))
        assert allegro.messaging.version.problems_visible
        assert (await allegro.messaging.thread(ME, "t1")).buyer == "kupujacy_1"
        await allegro.messaging.thread(ME, "t1")
    assert asked(script) == [
        ("GET", "/messaging/threads/t1", "beta"),
        ("GET", "/messaging/threads", "beta"),
        ("GET", "/messaging/threads", "public"),
        ("GET", "/messaging/threads/t1", "public"),
        ("GET", "/messaging/threads/t1", "public"),
    ]
    assert told == ["public"]
    assert not allegro.messaging.version.problems_visible


@pytest.mark.parametrize("trouble", NO_SIGNS.values(), ids=NO_SIGNS)
async def test_other_trouble_is_no_sign(trouble: Callable[[], httpx.Response]) -> None:
    """It is told as it is, and public.v1 is not asked."""
    script = allegro_of(trouble)
    async with script.client() as allegro:
        with pytest.raises(errors.AllegroError):
            await allegro.messaging.thread(ME, "t1")
        assert allegro.messaging.version.problems_visible
    assert {version for _, _, version in asked(script)} == {"beta"}


@pytest.mark.parametrize(
    "public",
    [
        lambda: page(404),
        lambda: refusal(406),
        lambda: refusal(429),
        lambda: refusal(401),
        lambda: refusal(500),
        lambda: answer({"threads": [THREAD], "nextPage": None}),
    ],
)
async def test_a_sign_that_public_v1_does_not_confirm_is_an_outage(
    public: Callable[[], httpx.Response],
) -> None:
    """The first error stands, beta.v1 stays, and the other version is asked again only after a minute."""
    script = allegro_of(lambda: page(404), public)
    async with script.client() as allegro:
        for _ in range(3):
            with pytest.raises(errors.AllegroError) as caught:
                await allegro.messaging.threads(ME)
            assert isinstance(caught.value, errors.Outage | errors.TooMany)
        assert allegro.messaging.version.problems_visible
        probes = [it for it in asked(script) if it[2] == "public"]
        await script.time.sleep(DOUBT_SECONDS + 75)
        with pytest.raises(errors.Outage):
            await allegro.messaging.threads(ME)
    assert len([it for it in asked(script) if it[2] == "public"]) == 2 * len(probes)


@pytest.mark.parametrize("listed", [lambda: answer({"threads": [], "nextPage": None}), lambda: refusal(500)])
@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
async def test_the_trouble_of_one_resource_is_no_sign(
    sign: Callable[[], httpx.Response], listed: Callable[[], httpx.Response]
) -> None:
    """While the list is known in beta.v1, or nobody can tell, problems with purchases stay visible."""

    def play(request: httpx.Request) -> httpx.Response:
        if request.headers["Accept"] == PUBLIC:
            return answer(LIST)
        return listed() if request.url.path.endswith("threads") else sign()

    script = Script(play)
    async with script.client() as allegro:
        with pytest.raises(errors.AllegroError):
            await allegro.messaging.thread(ME, "t1")
        assert allegro.messaging.version.problems_visible
    assert {version for _, _, version in asked(script)} == {"beta"}


async def test_reads_that_fail_together_ask_once() -> None:
    """One question settles it for all, and the change is told once."""
    arrived, all_there = [], asyncio.Event()

    async def play(request: httpx.Request) -> httpx.Response:
        if request.headers["Accept"] == PUBLIC:
            return answer(LIST if request.url.path.endswith("threads") else PUBLIC_THREAD)
        if not request.url.path.endswith("threads"):
            arrived.append(request)
            if len(arrived) == 4:
                all_there.set()
            await all_there.wait()
        return refusal(406)

    script = Script(play)  # type: ignore[arg-type]  # httpx awaits what a transport of tests gives
    told: list[str] = []
    async with script.client() as allegro:
        allegro.messaging.version.listeners.append(lambda: told.append("public"))
        await asyncio.gather(*(allegro.messaging.thread(ME, f"t{number}") for number in range(4)))
    assert asked(script).count(("GET", "/messaging/threads", "public")) == 1
    assert told == ["public"]


async def test_a_new_session_begins_with_beta_v1() -> None:
    """What one session found out is not kept."""
    script = allegro_of(lambda: refusal(406))
    for _ in range(2):
        async with script.client() as allegro:
            await allegro.messaging.threads(ME)
    assert [version for _, _, version in asked(script)] == ["beta", "beta", "public", "public"] * 2


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
async def test_a_message_goes_out_in_one_version(sign: Callable[[], httpx.Response]) -> None:
    """A refused message was not taken: it goes out once more, in public.v1, with the same body."""
    script = allegro_of(sign)
    async with script.client() as allegro:
        sent = await allegro.messaging.reply(ME, "t1", TEXT, ["a1"])
    posts = [it for it in script.requests if it.method == "POST"]
    assert [it.headers["Content-Type"] for it in posts] == [BETA, PUBLIC]
    assert [json.loads(it.content) for it in posts] == [{"text": TEXT, "attachments": [{"id": "a1"}]}] * 2
    assert (sent.thread, sent.author.mine) == ("t1", True)


async def test_a_message_whose_answer_is_lost_goes_out_in_no_other_version() -> None:
    """Nobody knows whether beta.v1 took it."""

    def cut() -> httpx.Response:
        raise httpx.ReadError("cut")

    script = allegro_of(cut)
    async with script.client() as allegro:
        with pytest.raises(errors.SendOutcomeUnknown):
            await allegro.messaging.reply(ME, "t1", TEXT)
    assert len(script.requests) == 1


async def test_a_message_to_a_buyer_tells_its_thread_in_public_v1() -> None:
    """Which beta.v1 leaves out."""
    script = allegro_of(lambda: refusal(406))
    async with script.client() as allegro:
        sent = await allegro.messaging.write(ME, order="o1", buyer="kupujacy_1", text=TEXT)
    assert sent.thread == "t1"


async def test_what_public_v1_never_shows_is_not_asked_for() -> None:
    """Problems, closed conversations and orders: empty, and no request says so."""
    script = allegro_of(lambda: refusal(406))
    async with script.client() as allegro:
        for filters in ({"order": "o1"}, {"type": "POST_PURCHASE_ISSUE"}, {"status": "CLOSED"}):
            found = await allegro.messaging.threads(ME, **filters)  # type: ignore[arg-type]
            assert (found.items, found.next) == ((), None)
        assert (await allegro.messaging.threads(ME, status="OPEN", type="COMMON", read=False)).items  # type: ignore[arg-type]
        assert not (await allegro.messaging.threads(ME, read=True)).items
    assert len(script.requests) == 6
