"""public.v1 of the Message Center: paging by offset, and the same values as from beta.v1."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.allegro import errors
from api.allegro.messaging.public import MAX_MESSAGES, Place, is_cursor_of_public
from api.domain import AttachmentState, Channel, MessageState, Role, ThreadStatus, ThreadType
from tests.unit.allegro.script import ME, MESSAGE, THREAD, Script, answer
from tests.unit.allegro.test_messaging_version import PUBLIC_MESSAGE, PUBLIC_THREAD

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from api.allegro import Allegro

CURSORS = st.builds(Place, offset=st.integers(0, 10**8), first=st.text(max_size=40)) | st.builds(
    Place, before=st.just("2026-11-23T10:00:00.000Z")
)


@asynccontextmanager
async def in_public(*steps: httpx.Response) -> AsyncIterator[tuple[Allegro, Script]]:
    script = Script(*steps)
    async with script.client() as allegro:
        allegro.messaging.version.speak_public()
        yield allegro, script


def threads(*ids: str, offset: int = 0, **more: object) -> httpx.Response:
    found = [{**PUBLIC_THREAD, "id": it} for it in ids]
    return answer({"threads": found, "offset": offset, "limit": 20, **more})


def messages(count: int, offset: int, first: int = 0) -> httpx.Response:
    found = [{**PUBLIC_MESSAGE, "id": f"m{first + number}"} for number in range(count)]
    return answer({"messages": found, "offset": offset, "limit": 20})


async def test_both_versions_become_the_same_thread() -> None:
    """But for the time of creation, which public.v1 does not tell, and the order of the two users."""
    async with Script(answer(THREAD)).client() as allegro:
        beta = await allegro.messaging.thread(ME, "t1")
    async with in_public(answer(PUBLIC_THREAD)) as (allegro, _):
        public = await allegro.messaging.thread(ME, "t1")
    assert public == replace(beta, created_at=public.last_message_at, participants=public.participants)
    assert {it.login.casefold() for it in public.participants} == {"kupujacy_1", "sklep_ani"}


async def test_both_versions_become_the_same_message() -> None:
    """With the id of an attachment, which public.v1 tells in an address only."""
    file = {
        "fileName": "a.png",
        "mimeType": "image/png",
        "status": "SAFE",
        "url": "https://u.test/message-attachments/a1",
    }
    related = {"offer": {"id": "1"}, "order": {"id": "o1"}}
    told = {"relatesTo": related, "subject": "Temat", "hasAdditionalAttachments": True}
    async with Script(answer({**MESSAGE, **told, "attachments": [{**file, "id": "a1"}]})).client() as allegro:
        beta = await allegro.messaging.message(ME, "m1", "t1")
    async with in_public(answer({**PUBLIC_MESSAGE, **told, "attachments": [file]})) as (allegro, _):
        assert await allegro.messaging.message(ME, "m1", "t1") == beta
    assert beta.attachments[0].id == "a1"


@pytest.mark.parametrize(
    ("author", "mine", "role"),
    [
        ({"login": "SKLEP_ani", "isInterlocutor": False}, True, Role.USER),
        ({"login": "kupujacy_1", "isInterlocutor": True}, False, Role.USER),
        ({"login": "Allegro", "isInterlocutor": False}, False, Role.OTHER),
        ({"login": None, "isInterlocutor": False}, True, Role.USER),
        ({"login": None, "isInterlocutor": True}, False, Role.USER),
        ({"login": "sklep_ani", "isInterlocutor": True}, True, Role.USER),
        ({"login": "kupujacy_1"}, False, Role.USER),
        (None, False, Role.OTHER),
    ],
)
async def test_who_wrote(author: dict[str, object] | None, mine: bool, role: Role) -> None:  # noqa: FBT001
    """The login decides; who is neither side is no buyer."""
    async with in_public(answer({**PUBLIC_MESSAGE, "author": author})) as (allegro, _):
        message = await allegro.messaging.message(ME, "m1", "t1")
    assert (message.author.mine, message.author.role) == (mine, role)
    assert message.from_buyer is (not mine and role is Role.USER)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://upload.allegro.pl/message-center/message-attachments/97dc?x=1", "97dc"),
        ("https://upload.allegro.pl/elsewhere/97dc", ""),
        ("nonsense", ""),
        ("", ""),
        (None, ""),
    ],
)
async def test_the_id_of_an_attachment_comes_from_its_address(url: str | None, found: str) -> None:
    """And from nothing else that may stand there."""
    file = {"fileName": "a.png", "url": url, "status": "NEW"}
    async with in_public(answer({**PUBLIC_MESSAGE, "attachments": [file]})) as (allegro, _):
        message = await allegro.messaging.message(ME, "m1", "t1")
    assert message.attachments[0].id == found


async def test_what_allegro_adds_or_leaves_out_does_not_hurt() -> None:
    """Unknown words, new fields, nulls, a flag and a number as texts."""
    thread = {**PUBLIC_THREAD, "read": "true", "interlocutor": None, "subType": {"new": 1}}
    strange = {
        **PUBLIC_MESSAGE,
        "status": "HELD",
        "type": "FAX",
        "text": None,
        "relatesTo": None,
        "mood": [],
        "attachments": [{"fileName": None, "status": "EATEN"}],
    }
    async with in_public(
        answer({"threads": [thread], "offset": "0", "total": None}), answer({"messages": [strange]})
    ) as (allegro, _):
        listed = (await allegro.messaging.threads(ME)).items[0]
        message = (await allegro.messaging.messages(ME, "t1")).items[0]
    assert (listed.read, listed.buyer) == (True, "")
    assert (listed.type, listed.status) == (ThreadType.COMMON, ThreadStatus.OPEN)
    assert (message.state, message.state_word, message.channel) == (MessageState.OTHER, "HELD", Channel.OTHER)
    assert message.attachments[0].state is AttachmentState.OTHER


async def test_threads_are_walked_by_offset_to_an_empty_page() -> None:
    """A short page is not the last: Allegro may leave threads out of one."""
    steps = threads("t1", "t2"), threads("t3", offset=2), threads(offset=3)
    async with in_public(*steps) as (allegro, script):
        ids, cursor = [], None
        while True:
            page = await allegro.messaging.threads(ME, cursor)
            ids += [it.id for it in page.items]
            cursor = page.next
            if cursor is None:
                break
    assert ids == ["t1", "t2", "t3"]
    assert [dict(it.url.params) for it in script.requests] == [
        {"limit": "20", "offset": offset} for offset in ("0", "2", "3")
    ]


async def test_a_page_without_what_was_asked_for_goes_on() -> None:
    """Reading `read` here empties a page and does not end the list."""
    async with in_public(threads("t1")) as (allegro, _):
        page = await allegro.messaging.threads(ME, read=True)
    assert page.items == ()
    assert page.next is not None


async def test_a_thread_without_a_time_is_left_out() -> None:
    """It has no message to show, and hides no other thread."""
    body = {
        "threads": [{**PUBLIC_THREAD, "lastMessageDateTime": None}, {**PUBLIC_THREAD, "id": "t2"}],
        "offset": 0,
    }
    async with in_public(answer(body)) as (allegro, _):
        assert [it.id for it in (await allegro.messaging.threads(ME)).items] == ["t2"]


@pytest.mark.parametrize(
    "second", [threads("t3", offset=0), threads("t1", offset=1)], ids=["echo", "first id"]
)
async def test_an_offset_that_is_not_looked_at_is_an_error(second: httpx.Response) -> None:
    """It is not taken for the end of the list: that would claim that all is read (#13471)."""
    async with in_public(threads("t1"), second) as (allegro, _):
        cursor = (await allegro.messaging.threads(ME)).next
        with pytest.raises(errors.Undecodable) as caught:
            await allegro.messaging.threads(ME, cursor)
    assert caught.value.field == "$.offset"


async def test_messages_end_with_a_page_that_is_not_full() -> None:
    """So a short conversation costs one request."""
    async with in_public(messages(20, 0), messages(3, 20, 20)) as (allegro, script):
        page = await allegro.messaging.messages(ME, "t1")
        assert (await allegro.messaging.messages(ME, "t1", page.next)).next is None
    assert script.requests[1].url.params["offset"] == "20"


async def test_beyond_the_last_offset_messages_go_on_by_time() -> None:
    """`before` stands alone: with an offset it is refused."""
    async with in_public(messages(20, MAX_MESSAGES), messages(20, 0, 20)) as (allegro, script):
        page = await allegro.messaging.messages(ME, "t1", str(Place(MAX_MESSAGES, "m")))
        assert page.next is not None
        page = await allegro.messaging.messages(ME, "t1", page.next)
    assert dict(script.requests[1].url.params) == {"limit": "20", "before": "2026-11-23T10:00:00.001Z"}
    assert page.next is None  # twenty messages of one millisecond: the same page would come for ever


async def test_a_cursor_of_the_other_version_begins_anew() -> None:
    """Repeated threads can be told by their ids; skipped ones could not."""
    async with in_public(threads("t1")) as (allegro, script):
        await allegro.messaging.threads(ME, "cD0yMDI2")
    assert script.requests[0].url.params["offset"] == "0"
    script = Script(answer({"threads": [THREAD], "nextPage": None}))
    async with script.client() as allegro:
        await allegro.messaging.threads(ME, str(Place(20, "t1")))
    assert "page.id" not in script.requests[0].url.params


@given(place=CURSORS)
def test_a_cursor_names_its_place(place: Place) -> None:
    """Whatever stands in an id."""
    assert is_cursor_of_public(str(place))
    assert Place.of(str(place)) == (replace(place, offset=0, first="") if place.before else place)


@given(cursor=st.text(alphabet="ABCxyz019+/=-_", max_size=60))
def test_a_page_id_of_beta_v1_is_no_cursor_of_public_v1(cursor: str) -> None:
    """Base64 in either alphabet."""
    assert not is_cursor_of_public(cursor)
    assert Place.of(cursor) == Place()
