"""Whether a message whose answer was lost has arrived."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from api.allegro import errors
from api.allegro.outgoing import fingerprint
from api.allegro.sent import Sought
from tests.unit.allegro.script import ME, MESSAGE, TEXT, THREAD, Script, answer, page

if TYPE_CHECKING:
    import httpx

SENT_AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SOUGHT = Sought(fingerprint(TEXT), SENT_AT - timedelta(minutes=2), thread="t1")
FILE = {"id": "a1", "fileName": "a.png", "status": "NEW"}


def message(identifier: str, minutes: float = 0, **more: Any) -> dict[str, Any]:
    at = (SENT_AT + timedelta(minutes=minutes)).isoformat()
    return {**MESSAGE, "id": identifier, "createdAt": at, "text": TEXT, **more}


def messages(*found: dict[str, Any], following: str | None = None) -> httpx.Response:
    return answer({"messages": list(found), "nextPage": {"id": following} if following else None})


def threads(*found: tuple[str, str, float], following: str | None = None) -> httpx.Response:
    listed = [
        {
            **THREAD,
            "id": identifier,
            "participants": [{"role": "USER", "login": login}, {"role": "USER", "login": ME.login}],
            "lastMessageDateTime": (SENT_AT + timedelta(minutes=minutes)).isoformat(),
        }
        for identifier, login, minutes in found
    ]
    return answer({"threads": listed, "nextPage": {"id": following} if following else None})


async def find(sought: Sought, *steps: httpx.Response) -> tuple[str | None, Script]:
    script = Script(*steps)
    async with script.client() as allegro:
        found = await allegro.messaging.find_sent(ME, sought)
    return (found.id if found else None), script


async def test_the_message_is_found_by_its_words() -> None:
    """Between others, and whatever Allegro made of the white space."""
    words = TEXT.replace(" ", "  ") + "\r\n"
    found, _ = await find(
        SOUGHT, messages(message("m3", text="inne"), message("m2", text=words), message("m1", -9))
    )
    assert found == "m2"


BUYER = {"role": "USER", "login": "kupujacy_1"}


@pytest.mark.parametrize(
    "other",
    [
        message("m1", -3),
        message("m1", author=BUYER),
        message("m1", text="canary text, nobody may quote"),
        message("m1", attachments=[FILE]),
        message("known"),
    ],
    ids=["older", "the buyer's", "other words", "with a file", "known"],
)
async def test_another_message_is_not_it(other: dict[str, Any]) -> None:
    """Each of the marks must fit."""
    found, _ = await find(replace(SOUGHT, known=frozenset({"known"})), messages(other))
    assert found is None


async def test_a_message_with_files_has_as_many() -> None:
    """Without text too."""
    sought = replace(SOUGHT, digest=fingerprint(""), attachments=2)
    one, two = message("m1", text="", attachments=[FILE]), message("m2", text="", attachments=[FILE, FILE])
    assert (await find(sought, messages(one, two)))[0] == "m2"


async def test_pages_are_read_until_they_are_older() -> None:
    """And no further, however long the conversation is."""
    steps = (
        messages(*(message(f"n{number}", 5, text="x") for number in range(20)), following="p2"),
        messages(message("m2", -1, text="x"), message("m1", -5), following="p3"),
        messages(message("m0", -6), following="p4"),
    )
    found, script = await find(SOUGHT, *steps)
    assert found is None
    assert [it.url.params.get("page.id") for it in script.requests] == [None, "p2", "p3"]


async def test_of_two_with_the_same_words_the_older_one_is_taken_first() -> None:
    """The next search leaves it out and finds the other."""
    both = messages(message("m2", 2), message("m1", 1))
    assert (await find(SOUGHT, both))[0] == "m1"
    assert (await find(replace(SOUGHT, known=frozenset({"m1"})), both))[0] == "m2"


async def test_a_message_to_a_buyer_is_looked_for_in_their_thread() -> None:
    """Found by login, whatever its case, page by page; about the order, where Allegro tells one."""
    sought = replace(SOUGHT, thread="", buyer="Client:7", order="o1")
    about = message("m1", relatesTo={"order": {"id": "o1"}})
    elsewhere = message("m2", relatesTo={"order": {"id": "o2"}})
    steps = (
        threads(("t8", "other", 3), following="p2"),
        threads(("t9", "client:7", 1)),
        messages(elsewhere, about),
    )
    found, script = await find(sought, *steps)
    assert found == "m1"
    assert script.requests[2].url.path == "/messaging/threads/t9/messages"


async def test_a_problem_of_the_buyer_is_not_the_thread() -> None:
    """A message about an order goes into the ordinary conversation."""
    sought = replace(SOUGHT, thread="", buyer="b", order="o1")
    people = [{"role": "BUYER", "login": "b"}, {"role": "SELLER", "login": ME.login}]
    problem = {**THREAD, "id": "t7", "type": "POST_PURCHASE_ISSUE", "participants": people}
    listed = answer({"threads": [problem, {**THREAD, "id": "t9", "participants": people}], "nextPage": None})
    _, script = await find(sought, listed, messages())
    assert script.requests[1].url.path == "/messaging/threads/t9/messages"


async def test_a_buyer_without_news_is_looked_for_no_further() -> None:
    """A thread in which nothing was written since cannot hold it."""
    sought = replace(SOUGHT, thread="", buyer="b", order="o1")
    found, script = await find(sought, threads(("t8", "other", -30), following="p2"))
    assert found is None
    assert len(script.requests) == 1


async def test_what_an_error_tells_is_enough_to_look() -> None:
    """The whole way: the answer is lost, the message is there."""
    script = Script(page(502), messages(message("m1", attachments=[FILE])))
    async with script.client() as allegro:
        with pytest.raises(errors.SendOutcomeUnknown) as caught:
            await allegro.messaging.reply(ME, "t1", TEXT, ["a1"])
        sought = replace(Sought.of(caught.value, known=["m0"]), since=SENT_AT)
        found = await allegro.messaging.find_sent(ME, sought)
    assert found is not None
    assert sought.known == {"m0"}
    assert Sought.of(caught.value).since == caught.value.sent_at - timedelta(minutes=2)


async def test_a_conversation_that_cannot_be_read_is_no_proof() -> None:
    """The error is told; None would say that nothing is there."""
    with pytest.raises(errors.Outage):
        await find(SOUGHT, page(503))
