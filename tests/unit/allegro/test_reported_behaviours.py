"""Behaviours of Allegro that others reported and no other test shows; `docs/allegro.md` lists them all."""

from __future__ import annotations

import httpx
import pytest

from api.allegro import Allegro
from api.allegro.errors import NotPermitted
from api.allegro.tokens import Bearer
from api.inbox.reader import Inbox
from tests.unit.allegro.script import CONNECTION, ME, MESSAGE, THREAD, Script, answer, page, refusal

QUESTION = MESSAGE | {"author": {"role": "USER", "login": "kupujacy_1"}, "status": "DELIVERED"}
KNOWN = QUESTION | {"id": "known", "createdAt": "2026-11-23T10:00:00.000Z"}
LATE = QUESTION | {"id": "late", "createdAt": "2026-11-22T10:00:00.000Z"}


def messages(*newest_first: object) -> httpx.Response:
    return answer({"messages": list(newest_first), "nextPage": None})


async def test_a_message_that_shows_up_late_takes_its_place() -> None:
    """Told apart by id, not by time: older than what is known, it is new all the same, and stands once."""
    script = Script(
        answer({"threads": [THREAD], "nextPage": None}), messages(KNOWN), messages(KNOWN, LATE, LATE)
    )
    async with script.client() as allegro:
        inbox = Inbox(allegro, ME)
        thread = (await inbox.threads()).items[0]
        before = await inbox.conversation(thread)
        after = await inbox.fresh(before, thread)
    assert [message.id for message in before.messages] == ["known"]
    assert [message.id for message in after.messages] == ["late", "known"]


async def test_a_message_that_vanished_stays_on_this_side() -> None:
    """Deleted by a colleague or blocked a day ago: Allegro shows it no more, the open conversation does."""
    script = Script(answer({"threads": [THREAD], "nextPage": None}), messages(KNOWN, LATE), messages(LATE))
    async with script.client() as allegro:
        inbox = Inbox(allegro, ME)
        thread = (await inbox.threads()).items[0]
        after = await inbox.fresh(await inbox.conversation(thread), thread)
    assert [message.id for message in after.messages] == ["late", "known"]


async def test_reading_and_answering_mark_nothing_as_read() -> None:
    """The flag is set by its own request alone, which nothing else makes."""
    script = Script(
        answer({"threads": [THREAD], "nextPage": None}),
        messages(KNOWN),
        answer(MESSAGE, 201),
        answer(MESSAGE),
    )
    async with script.client() as allegro:
        inbox = Inbox(allegro, ME)
        thread = (await inbox.threads()).items[0]
        await inbox.conversation(thread)
        sent = await allegro.messaging.reply(ME, "t1", "dzień dobry")
        await allegro.messaging.message(ME, sent.id, "t1")
    assert [request.method for request in script.requests] == ["GET", "GET", "POST", "GET"]
    assert not any(request.url.path.endswith("/read") for request in script.requests)


@pytest.mark.parametrize(("order", "buyer"), [("", "kupujacy_1"), ("o1", "")])
async def test_no_message_goes_to_nobody_or_about_nothing(order: str, buyer: str) -> None:
    """Allegro takes no first message without an order: it is not even asked."""
    script = Script(answer(MESSAGE, 201))
    async with script.client() as allegro:
        with pytest.raises(ValueError, match="needs the order and the buyer"):
            await allegro.messaging.write(ME, order=order, buyer=buyer, text="dzień dobry")
    assert script.requests == []


class Unasked:
    """Tokens that must not be renewed."""

    async def current(self) -> Bearer:
        return Bearer("narrow-token")

    async def renewed(self, refused: Bearer) -> Bearer | None:
        raise AssertionError(f"renewed {refused!r}")


async def test_a_missing_scope_costs_no_refresh() -> None:
    """Another token of the same consent lacks it too: one request, and the way out is signing in."""
    script = Script(refusal(403, "AccessDenied"))
    transport = httpx.MockTransport(script.play)
    async with Allegro(
        CONNECTION, tokens=Unasked(), transport=transport, timing=script.time.timing
    ) as allegro:
        with pytest.raises(NotPermitted, match="then sign in again") as caught:
            await allegro.messaging.threads(ME)
    assert caught.value.scope == "allegro:api:messaging"
    assert len(script.requests) == 1


async def test_a_block_of_the_application_says_what_to_check() -> None:
    """A page of HTML with 403 is no matter of scopes; asking again at once would only make it worse."""
    script = Script(page(403))
    async with script.client() as allegro:
        with pytest.raises(NotPermitted, match="blocks the application: check its registered name"):
            await allegro.messaging.threads(ME)
    assert len(script.requests) == 1
