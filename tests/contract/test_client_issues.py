"""The client's work on discussions and claims against the pretend Allegro, judged by Allegro's own file."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from api.allegro import errors
from api.allegro.issue_files import IssueFile
from api.allegro.issues import MessageKind
from api.allegro.retry import Timing
from api.domain import IssueStatus, IssueType, LastWord, Side
from api.domain.issue import last_side
from api.simulator.model import Attachment
from api.simulator.model_issues import IssueFile as TheirFile
from api.simulator.server import running
from api.simulator.settings import ALL_SCOPES, SimulatorSettings
from tests.contract.conftest import SEED_NOW
from tests.contract.test_client_simulator import Judge, connected, texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from api.allegro import Allegro
    from api.domain import Account, Issue
    from api.simulator.server import Simulator

SETTINGS = SimulatorSettings(now=SEED_NOW)
PNG = IssueFile.of("haczyk.png", b"\x89PNG\r\n\x1a\nabc")


async def at_once(_seconds: float) -> None:
    return None


TIMING = Timing(sleep=at_once)


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with running(SETTINGS) as simulator:
        yield simulator


@pytest.fixture
async def allegro(simulator: Simulator) -> AsyncIterator[Allegro]:
    async with connected(simulator, Judge(), TIMING) as client:
        yield client


@pytest.fixture
async def me(allegro: Allegro) -> Account:
    return await allegro.account.me()


async def issue_of(allegro: Allegro, me: Account, buyer: str) -> Issue:
    return next(it for it in (await allegro.issues.issues(me)).items if it.buyer == buyer)


async def test_the_list_shows_discussions_and_claims_newest_first(allegro: Allegro, me: Account) -> None:
    """Both kinds, each with its buyer and order, the latest opened first."""
    page = await allegro.issues.issues(me)
    opened = [it.opened_at for it in page.items if it.opened_at]
    assert opened == sorted(opened, reverse=True)
    assert len(opened) == len(page.items) == 8
    assert {it.type for it in page.items} == {IssueType.DISPUTE, IssueType.CLAIM}
    assert all(it.buyer and it.order for it in page.items)
    assert (page.next, page.unreadable) == (None, ())


async def test_pages_follow_each_other(allegro: Allegro, me: Account) -> None:
    """Walking by offset shows each once and ends."""
    found: list[str] = []
    offset: str | None = "0"
    while offset is not None:
        page = await allegro.issues.issues(me, int(offset), 3)
        found += [it.id for it in page.items]
        offset = page.next
    assert found == [it.id for it in (await allegro.issues.issues(me)).items]


async def test_the_list_is_narrowed(allegro: Allegro, me: Account) -> None:
    """By several states at once, and by an order."""
    states = (IssueStatus.DISPUTE_ONGOING, IssueStatus.CLAIM_SUBMITTED)
    page = await allegro.issues.issues(me, status=states)
    assert {it.status for it in page.items} == set(states)
    one = page.items[0]
    assert [it.id for it in (await allegro.issues.issues(me, order=one.order)).items] == [one.id]


async def test_a_claim_belongs_to_an_order_of_the_account(allegro: Allegro, me: Account) -> None:
    """What is claimed, why and what is wanted comes through, and its order can be read."""
    claim = await issue_of(allegro, me, "michal.dzik")
    assert await allegro.issues.issue(me, claim.id) == claim
    assert claim.is_claim
    assert claim.decision_due is not None
    assert claim.expectations[0].name == "PARTIAL_REFUND"
    assert str(claim.expectations[0].refund and claim.expectations[0].refund.amount) == "20.00"
    assert claim.offer in {it.offer_id for it in (await allegro.orders.order(claim.order)).items}


async def test_a_picture_without_words_is_the_buyers_word(allegro: Allegro, me: Account) -> None:
    """Allegro goes on saying that the seller replied last; the conversation knows better (12196)."""
    claim = await issue_of(allegro, me, "michal.dzik")
    chat = await allegro.issues.conversation(me, claim)
    assert claim.last_word is LastWord.SELLER_REPLIED
    assert last_side(chat.messages) is Side.BUYER
    assert [it.author.side for it in chat.messages] == [Side.UNCLEAR, Side.OURS, Side.BUYER]
    assert chat.complete


async def test_what_old_discussions_hold_is_missing_not_todo(allegro: Allegro, me: Account) -> None:
    """Neither the word of the developers nor a wrong count hides the conversation (12486, 11852)."""
    old = [it for it in (await allegro.issues.issues(me)).items if it.buyer == "helena_m"]
    assert [it.first for it in old] == [None, None]
    assert not any(text == "TODO" for it in old for text in texts(it))
    assert len((await allegro.issues.conversation(me, old[0])).messages) == 2
    with pytest.raises(errors.NotFound) as caught:
        await allegro.issues.issue(me, old[1].id)
    assert caught.value.code == "POST_PURCHASE_ISSUE_NOT_FOUND"
    assert (await issue_of(allegro, me, "agata.sz_88")).message_count == 0


async def test_an_answer_appears_in_the_conversation(allegro: Allegro, me: Account) -> None:
    """The words as they were written, ours, the newest of all, also in a long text."""
    claim = await issue_of(allegro, me, "zofia_kw")
    text = "Dzień dobry <3 & dziękuję\n" + "ą" * 19_000
    sent = await allegro.issues.answer(me, claim, text)
    chat = await allegro.issues.conversation(me, claim)
    assert chat.messages[-1] == sent
    assert (sent.text, sent.author.side) == (text, Side.OURS)
    assert (await allegro.issues.issue(me, claim.id)).last_word is LastWord.SELLER_REPLIED


async def test_a_file_is_sent_and_fetched(allegro: Allegro, me: Account) -> None:
    """Declared, put to Allegro's own address, named in a message without words, and read again."""
    claim = await issue_of(allegro, me, "michal.dzik")
    attachment = await allegro.issues.attach(PNG)
    sent = await allegro.issues.answer(me, claim, attachments=[attachment])
    assert [(it.id, it.name) for it in sent.attachments] == [(attachment, PNG.name)]
    parts: list[bytes] = []
    await allegro.issues.fetch(sent.attachments[0], lambda part, _size: parts.append(part), 1000)
    assert b"".join(parts) == PNG.content


async def test_a_file_is_good_for_one_message(allegro: Allegro, me: Account) -> None:
    """Allegro refuses the second, and one that never came."""
    claim = await issue_of(allegro, me, "michal.dzik")
    attachment = await allegro.issues.attach(PNG)
    await allegro.issues.answer(me, claim, attachments=[attachment])
    with pytest.raises(errors.Unprocessable):
        await allegro.issues.answer(me, claim, "jeszcze raz", attachments=[attachment])


async def test_a_file_of_the_message_center_is_found_there(allegro: Allegro, me: Account) -> None:
    """What the issues do not have (ATTACHMENT_ERROR) is asked of the Message Center (12559)."""
    old = await issue_of(allegro, me, "agata.sz_88")
    first = (await allegro.issues.conversation(me, old)).messages[0]
    parts: list[bytes] = []
    await allegro.issues.fetch(first.attachments[0], lambda part, _size: parts.append(part), 10_000_000)
    assert b"".join(parts).startswith(b"\x89PNG")


async def test_a_file_that_nobody_has_is_not_found(allegro: Allegro, me: Account) -> None:
    """The first no is what is told."""
    old = await issue_of(allegro, me, "agata.sz_88")
    missing = replace(old.attachments[0], id="00000000-0000-4000-8000-000000000000")
    with pytest.raises(errors.NotFound) as caught:
        await allegro.issues.fetch(missing, lambda _part, _size: None, 1000)
    assert caught.value.code == "ATTACHMENT_ERROR"


async def test_a_discussion_is_asked_to_end(allegro: Allegro, me: Account) -> None:
    """In words; a claim is not."""
    old = await issue_of(allegro, me, "agata.sz_88")
    kind = MessageKind.END_REQUEST
    sent = await allegro.issues.answer(me, old, "Czy możemy zakończyć dyskusję?", kind=kind)
    assert sent.id
    claim = await issue_of(allegro, me, "zofia_kw")
    with pytest.raises(errors.EndRefused, match="claim"):
        await allegro.issues.answer(me, claim, "Czy możemy zakończyć?", kind=kind)


async def test_a_closed_conversation_refuses(allegro: Allegro, me: Account, simulator: Simulator) -> None:
    """Before the wire when it is known, and by 409 when it closed meanwhile."""
    closed = await issue_of(allegro, me, "wiking_73")
    with pytest.raises(errors.ChatClosed) as known:
        await allegro.issues.answer(me, closed, "Dzień dobry")
    assert not known.value.asked
    meanwhile = await issue_of(allegro, me, "agata.sz_88")
    simulator.state.issues.close(meanwhile.id)
    with pytest.raises(errors.ChatClosed) as told:
        await allegro.issues.answer(me, meanwhile, "Dzień dobry")
    assert told.value.asked
    assert told.value.status == 409
    assert not told.value.may_have_happened


async def test_the_buyer_goes_on(allegro: Allegro, me: Account, simulator: Simulator) -> None:
    """What the buyer writes now is there with its file."""
    claim = await issue_of(allegro, me, "zofia_kw")
    file = TheirFile(Attachment("11111111-1111-4111-8111-111111111111", "a.png", "image/png", "SAFE", b"x"))
    simulator.state.issues.buyer_writes(claim.id, "Jeszcze jedno pytanie", (file,))
    newest = (await allegro.issues.conversation(me, claim)).messages[-1]
    assert (newest.text, newest.author.side) == ("Jeszcze jedno pytanie", Side.BUYER)
    assert newest.attachments[0].name == "a.png"


@pytest.mark.parametrize("trouble", ["null-id", "unread"])
async def test_a_message_without_an_answer_is_found_again(trouble: str) -> None:
    """An answer without an id, and DATA_FETCHING_ERROR, leave it open; the conversation settles it."""
    with running(replace(SETTINGS, issue_answers=trouble)) as simulator:  # type: ignore[arg-type]
        async with connected(simulator, Judge(), TIMING) as allegro:
            me = await allegro.account.me()
            claim = await issue_of(allegro, me, "zofia_kw")
            text = "Dzień dobry,\r\njuż wysłana."
            with pytest.raises(errors.SendOutcomeUnknown) as caught:
                await allegro.issues.answer(me, claim, text)
            assert caught.value.issue == claim.id
            assert text not in str(caught.value)
            found = await allegro.issues.find_sent(me, claim, caught.value)
            assert found is not None
            assert found.text == "Dzień dobry,\njuż wysłana."


@pytest.mark.parametrize("broken", [(0,), (3,), (7,), (2, 5)])
async def test_broken_records_hide_no_others(broken: tuple[int, ...]) -> None:
    """A page that Allegro cannot read is put together around them (12002)."""
    with running(SETTINGS) as whole, running(replace(SETTINGS, issues_unreadable=broken)) as simulator:
        async with connected(whole) as allegro:
            me = await allegro.account.me()
            everything = (await allegro.issues.issues(me)).items
        async with connected(simulator, Judge(), TIMING) as allegro:
            page = await allegro.issues.issues(me)
    assert page.unreadable == broken
    assert list(page.items) == [it for place, it in enumerate(everything) if place not in broken]
    assert page.next is None


async def test_a_list_that_is_broken_all_over_is_an_outage() -> None:
    """And not an empty list."""
    with running(replace(SETTINGS, issues_unreadable=tuple(range(1000)))) as simulator:
        async with connected(simulator, Judge(), TIMING) as allegro:
            me = await allegro.account.me()
            with pytest.raises(errors.ReadingFailed):
                await allegro.issues.issues(me)


async def test_a_conversation_whose_offset_is_ignored_says_so() -> None:
    """The same page again is no end and no new message (13678)."""
    with running(replace(SETTINGS, issue_offset_ignored=True)) as simulator:
        async with connected(simulator, Judge(), TIMING) as allegro:
            me = await allegro.account.me()
            claim = await issue_of(allegro, me, "zofia_kw")
            for number in range(100):
                simulator.state.issues.buyer_writes(claim.id, f"{number}")
            chat = await allegro.issues.conversation(me, claim)
    assert (len(chat.messages), chat.complete) == (100, False)


async def test_a_long_conversation_is_read_to_its_end(
    allegro: Allegro, me: Account, simulator: Simulator
) -> None:
    """Beyond the hundred of a page."""
    claim = await issue_of(allegro, me, "zofia_kw")
    for number in range(120):
        simulator.state.issues.buyer_writes(claim.id, f"{number}")
    chat = await allegro.issues.conversation(me, claim)
    assert (len(chat.messages), chat.complete) == (124, True)


async def test_the_scope_of_issues_is_named() -> None:
    """A token without it is told so by name."""
    with running(replace(SETTINGS, scopes=ALL_SCOPES - {"allegro:api:disputes"})) as simulator:
        async with connected(simulator) as allegro:
            me = await allegro.account.me()
            with pytest.raises(errors.NotPermitted, match="allegro:api:disputes"):
                await allegro.issues.issues(me)


async def test_nothing_unsafe_comes_through() -> None:
    """No string of a hostile claim or of its conversation can act on a terminal."""
    with running(replace(SETTINGS, hostile=True)) as simulator:
        async with connected(simulator, Judge()) as allegro:
            me = await allegro.account.me()
            values: list[object] = []
            for issue in (await allegro.issues.issues(me)).items:
                values.append(issue)
                if issue.first is not None:
                    values.append(await allegro.issues.conversation(me, issue))
    characters = {character for text in texts(values) for character in text} - set("\n\t\u200d")
    assert [c for c in characters if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}] == []


@pytest.mark.needs_openapi
async def test_every_operation_was_judged(simulator: Simulator) -> None:
    """A tour of all operations on issues breaks no rule of the OpenAPI file."""
    judge = Judge()
    async with connected(simulator, judge, TIMING) as allegro:
        me = await allegro.account.me()
        claim = await issue_of(allegro, me, "zofia_kw")
        await allegro.issues.issue(me, claim.id)
        await allegro.issues.conversation(me, claim)
        sent = await allegro.issues.answer(
            me, claim, "Proszę", attachments=[await allegro.issues.attach(PNG)]
        )
        await allegro.issues.fetch(sent.attachments[0], lambda _part, _size: None, 1000)
    judged = {call.replace(claim.id, "{id}") for call in judge.judged}
    assert {
        "GET /sale/issues",
        "GET /sale/issues/{id}",
        "GET /sale/issues/{id}/chat",
        "POST /sale/issues/{id}/message",
        "POST /sale/issues/attachments",
    } <= judged
    assert sum(call.startswith("PUT /sale/issues/attachments/") for call in judged) == 1
    assert sum(call.startswith("GET /sale/issues/attachments/") for call in judged) == 1
