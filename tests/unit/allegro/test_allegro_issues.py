"""Discussions and claims: what goes on the wire, what is made of loose answers, and what every no means."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from api.allegro import errors
from api.allegro.issue_files import IssueFile
from api.allegro.issues import MessageKind
from api.allegro.outgoing import fingerprint
from api.domain import Issue, IssueAttachment, IssueMessage, IssueStatus, IssueType, LastWord, Role, Side
from api.domain.issue import last_side
from tests.unit.allegro.script import ME, TEXT, Script, answer, page, refusal

BETA = "application/vnd.allegro.beta.v1+json"
HOSTILE = "order [/foo] [@click=app.quit]x[/] \x1b]52;c;AAAA\x07 \u202e"
SAFE = "order [/foo] [@click=app.quit]x[/]  "
FILE_ID = "eeed0007-4404-4176-a1eb-11d26f056c0d"
FILE = IssueAttachment(FILE_ID, "a.png")

CLAIM: dict[str, Any] = {
    "id": "i1",
    "type": "CLAIM",
    "referenceNumber": "1/2026",
    "decisionDueDate": "2026-12-07T12:12:12.019Z",
    "openedDate": "2026-11-22T12:12:12.019Z",
    "subject": None,
    "buyer": {"id": 93975873, "login": "Kupujacy_1"},
    "checkoutForm": {"id": "o1", "createdAt": "2026-11-10T15:10:10.019Z"},
    "currentState": {
        "status": "CLAIM_SUBMITTED",
        "statusDueDate": "2026-12-07T12:12:12.019Z",
        "returnRequired": None,
        "chatActive": True,
    },
    "chat": {
        "lastMessage": {"status": "BUYER_REPLIED", "createdAt": "2026-11-22T14:06:11.019Z"},
        "messagesCount": 2,
        "initialMessage": {
            "id": "m1",
            "text": "pęknięta &amp; krzywa",
            "attachments": [
                {"fileName": "a.jpg", "url": f"https://api.test/sale/issues/attachments/{FILE_ID}"}
            ],
            "author": {"login": "kupujacy_1", "role": "BUYER"},
            "createdAt": "2026-11-22T12:12:12.019Z",
        },
    },
    "expectations": [{"name": "PARTIAL_REFUND", "refund": {"amount": "50.00", "currency": "PLN"}}],
    "offer": {"id": "7778622952", "quantity": 1},
    "product": {"id": "p1"},
    "description": None,
    "reason": {"description": "Free text", "type": "ITEM_IS_DAMAGED"},
    "right": "COMPLAINT",
    "attachments": [],
}
SENT: dict[str, Any] = {
    "id": "m9",
    "text": "dzień dobry",
    "attachments": [],
    "author": {"login": "sklep_ani", "role": "SELLER"},
    "createdAt": "2026-11-23T13:30:00.000Z",
}


async def read(**changes: Any) -> Issue:
    async with Script(answer({**CLAIM, **changes})).client() as allegro:
        return await allegro.issues.issue(ME, "i1")


async def issue() -> Issue:
    return await read()


async def said(**changes: Any) -> IssueMessage:
    async with Script(answer({"chat": [{**SENT, **changes}]})).client() as allegro:
        return (await allegro.issues.chat(ME, await issue())).items[0]


async def test_a_claim_is_read() -> None:
    """Every field of it, texts decoded once."""
    claim = await issue()
    assert (claim.type, claim.status, claim.last_word) == (
        IssueType.CLAIM,
        IssueStatus.CLAIM_SUBMITTED,
        LastWord.BUYER_REPLIED,
    )
    assert (claim.order, claim.offer, claim.product, claim.buyer_id) == ("o1", "7778622952", "p1", "93975873")
    assert (claim.reason, claim.reason_text, claim.right) == ("ITEM_IS_DAMAGED", "Free text", "COMPLAINT")
    assert claim.first is not None
    assert (claim.first.text, claim.first.attachments[0].id) == ("pęknięta & krzywa", FILE_ID)
    assert claim.decision_due == datetime(2026, 12, 7, 12, 12, 12, 19000, tzinfo=UTC)


async def test_an_issue_of_nothing_but_an_id_is_read() -> None:
    """Whatever else is missing or null; the conversation counts as open until Allegro says no."""
    async with Script(answer({"id": 7, "chat": None, "currentState": None})).client() as allegro:
        bare = await allegro.issues.issue(ME, "7")
    assert (bare.id, bare.type, bare.chat_active, bare.first) == ("7", IssueType.OTHER, True, None)


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"type": "MEDIATION"}, "type", IssueType.OTHER),
        ({"openedDate": "2025-06-15T18:12:12.000.019Z"}, "opened_at", None),
        ({"chat": {"messagesCount": "12"}}, "message_count", 12),
        ({"currentState": {"chatActive": "false"}}, "chat_active", False),
        ({"currentState": {"status": "CLAIM_WITHDRAWN"}}, "status_word", "CLAIM_WITHDRAWN"),
        (
            {"expectations": [{"name": "REFUND", "refund": {"amount": "x"}}, {"name": None}]},
            "buyer",
            "Kupujacy_1",
        ),
        ({"offer": {"id": None, "quantity": "two"}}, "quantity", 0),
        ({"subject": HOSTILE}, "subject", SAFE.rstrip()),
        ({"description": HOSTILE}, "description", SAFE),
        ({"checkoutForm": {"id": "TODO"}}, "order", ""),
    ],
)
async def test_loose_values_are_read(changes: dict[str, Any], field: str, value: object) -> None:
    """Unknown words, wrong times, numbers as texts, hostile texts."""
    assert getattr(await read(**changes), field) == value


@pytest.mark.parametrize("found", ["TODO", None, ""])
async def test_a_first_message_that_is_a_placeholder_is_missing(found: str | None) -> None:
    """Old discussions hold the literal word (12486)."""
    first = {"id": found, "text": found, "attachments": [], "author": None, "createdAt": None}
    assert (await read(chat={"initialMessage": first})).first is None


async def test_a_text_beside_a_placeholder_is_kept() -> None:
    """Only what is missing is missing."""
    first = {"id": "TODO", "text": "Gdzie paczka?"}
    found = (await read(chat={"initialMessage": first})).first
    assert found is not None
    assert (found.id, found.text) == ("", "Gdzie paczka?")


async def test_a_person_may_write_todo() -> None:
    """In a conversation, under an id, it is a word like any other."""
    assert (await said(text="TODO")).text == "TODO"
    assert (await said(text="TODO", id=None)).text == ""


@pytest.mark.parametrize(
    ("role", "login", "side"),
    [
        ("SELLER", "SKLEP_ani", Side.OURS),
        ("SYSTEM", "sklep_ani", Side.OURS),
        ("BUYER", "kupujacy_1", Side.BUYER),
        ("SELLER", "KUPUJACY_1", Side.BUYER),
        ("BUYER", None, Side.BUYER),
        ("ADMIN", None, Side.ALLEGRO),
        ("FULFILLMENT", None, Side.ALLEGRO),
        ("SYSTEM", "Chatbot Allina", Side.UNCLEAR),
        ("SYSTEM", None, Side.UNCLEAR),
        ("SELLER", None, Side.UNCLEAR),
        ("SELLER", "Chatbot Allina", Side.UNCLEAR),
        ("ROBOT", "robot", Side.UNCLEAR),
        (None, None, Side.UNCLEAR),
    ],
)
async def test_whose_words_are_told_by_login_first(role: str | None, login: str | None, side: Side) -> None:
    """A role alone does not make a message ours (12714, 12568)."""
    message = await said(author={"role": role, "login": login})
    assert message.author.side is side
    assert message.author.role_word == (role or "")


async def test_the_newest_message_tells_who_is_to_answer() -> None:
    """In whatever order they come; without a time it is the oldest."""
    ours = await said()
    buyers = await said(
        author={"role": "BUYER", "login": "kupujacy_1"}, createdAt="2026-11-23T14:00:00Z", text=None
    )
    timeless = replace(buyers, created_at=None)
    assert last_side([buyers, ours]) is last_side([ours, buyers]) is Side.BUYER
    assert last_side([ours, timeless]) is Side.OURS
    assert last_side([]) is None


async def test_records_without_an_id_are_left_out() -> None:
    """The rest of the page stays, and the next offset counts them."""
    script = Script(answer({"issues": [CLAIM, {**CLAIM, "id": None}]}))
    async with script.client() as allegro:
        found = await allegro.issues.issues(ME, 4, 2)
    assert ([it.id for it in found.items], found.next) == (["i1"], "6")


async def test_the_list_is_asked_for_with_its_filters() -> None:
    """Several states are a repeated parameter."""
    script = Script(answer({"issues": []}))
    async with script.client() as allegro:
        states = (IssueStatus.DISPUTE_ONGOING, IssueStatus.CLAIM_SUBMITTED)
        found = await allegro.issues.issues(ME, 20, 10, order="o1", status=states)
    request = script.requests[0]
    assert request.url.query.decode() == (
        "checkoutForm.id=o1&status=DISPUTE_ONGOING&status=CLAIM_SUBMITTED&limit=10&offset=20"
    )
    assert request.headers["Accept"] == BETA
    assert found.next is None


@pytest.mark.parametrize(("offset", "limit"), [(-1, 10), (0, 0), (0, 101)])
async def test_a_page_that_cannot_be_is_refused(offset: int, limit: int) -> None:
    script = Script(answer({"issues": []}))
    async with script.client() as allegro:
        with pytest.raises(ValueError, match="limit is 1 to 100"):
            await allegro.issues.issues(ME, offset, limit)
        with pytest.raises(ValueError, match="OTHER"):
            await allegro.issues.issues(ME, status=[IssueStatus.OTHER])
    assert script.requests == []


async def test_one_broken_record_costs_few_requests() -> None:
    """The place is found by halves: 8 requests fail, 7 do not."""

    def play(request: httpx.Request) -> httpx.Response:
        offset, limit = (int(request.url.params[it]) for it in ("offset", "limit"))
        if offset <= 58 < offset + limit:
            return refusal(403, "DATA_FETCHING_ERROR")
        return answer({"issues": [{**CLAIM, "id": str(at)} for at in range(offset, offset + limit)]})

    script = Script(play)
    async with script.client() as allegro:
        found = await allegro.issues.issues(ME)
    assert [it.id for it in found.items] == [str(at) for at in range(100) if at != 58]
    assert (found.unreadable, found.next) == ((58,), "100")
    assert len(script.requests) <= 15


@pytest.mark.parametrize("status", [403, 404, 500])
async def test_what_allegro_cannot_read_is_an_outage(status: int) -> None:
    """Neither a missing right nor an empty account (12538, 12269); the search ends."""
    script = Script(refusal(status, "DATA_FETCHING_ERROR"))
    async with script.client() as allegro:
        with pytest.raises(errors.ReadingFailed):
            await allegro.issues.issues(ME)
    assert len(script.requests) <= 32 * 3


async def test_a_list_that_is_not_found_is_an_outage() -> None:
    async with Script(page(404)).client() as allegro:
        with pytest.raises(errors.Outage):
            await allegro.issues.issues(ME)


async def test_an_answer_is_vendor_json() -> None:
    """Text, files and type, line ends as LF."""
    script = Script(answer(SENT, 201))
    async with script.client() as allegro:
        sent = await allegro.issues.answer(ME, await issue(), "Dzień\r\ndobry", attachments=["a1"])
    request = script.requests[0]
    assert (request.method, request.url.path) == ("POST", "/sale/issues/i1/message")
    assert (request.headers["Accept"], request.headers["Content-Type"]) == (BETA, BETA)
    assert json.loads(request.content) == {
        "text": "Dzień\ndobry",
        "attachments": [{"id": "a1"}],
        "type": "REGULAR",
    }
    assert (sent.id, sent.author.side, sent.author.role) == ("m9", Side.OURS, Role.SELLER)


async def test_what_cannot_be_sent_is_not_sent() -> None:
    """Closed, empty, too long, the end of a claim: nothing reaches the wire."""
    script = Script(answer(SENT, 201))
    claim = await issue()
    async with script.client() as allegro:
        with pytest.raises(errors.ChatClosed, match="not sent"):
            await allegro.issues.answer(ME, replace(claim, chat_active=False), TEXT)
        with pytest.raises(errors.TextEmpty):
            await allegro.issues.answer(ME, claim, " \u200b\n")
        with pytest.raises(errors.TextTooLong, match="takes 20000"):
            await allegro.issues.answer(ME, claim, "x" * 20_001)
        with pytest.raises(errors.EndRefused):
            await allegro.issues.answer(ME, claim, TEXT, kind=MessageKind.END_REQUEST)
    assert script.requests == []


async def test_a_conflict_is_a_closed_conversation() -> None:
    """409, in words without what was written."""
    async with Script(refusal(409, "CLOSED", user_message=f"Nie: {TEXT}")).client() as allegro:
        with pytest.raises(errors.ChatClosed) as caught:
            await allegro.issues.answer(ME, await issue(), TEXT)
    assert caught.value.asked
    assert TEXT not in str(caught.value) + repr(caught.value)


@pytest.mark.parametrize(
    "lost",
    [
        answer({**SENT, "id": None}, 201),
        answer({**SENT, "id": "TODO"}, 201),
        answer({}, 201),
        refusal(404, "DATA_FETCHING_ERROR"),
        refusal(403, "DATA_FETCHING_ERROR"),
        refusal(504),
        httpx.ReadTimeout("late"),
    ],
)
async def test_a_message_that_may_be_there_is_not_repeated(lost: httpx.Response | Exception) -> None:
    """Without an id, without data, without an answer: sent once, and to be looked for."""
    script = Script(lost)
    async with script.client() as allegro:
        with pytest.raises(errors.SendOutcomeUnknown) as caught:
            await allegro.issues.answer(ME, await issue(), TEXT, attachments=["a1"])
    assert len(script.requests) == 1
    assert (caught.value.issue, caught.value.attachments) == ("i1", 1)
    assert caught.value.digest == fingerprint(TEXT)
    assert TEXT not in str(caught.value) + repr(caught.value) + repr(caught.value.failure)


def lost_at(moment: str, text: str = "dzień dobry", attachments: int = 0) -> errors.SendOutcomeUnknown:
    return errors.SendOutcomeUnknown(
        errors.TimedOut("POST", "/x"),
        sent_at=datetime.fromisoformat(moment),
        digest=fingerprint(text),
        attachments=attachments,
        issue="i1",
    )


@pytest.mark.parametrize(
    ("lost", "found"),
    [
        (lost_at("2026-11-23T13:30:30Z"), True),
        (lost_at("2026-11-23T13:29:00Z", "dzień  dobry\n"), True),
        (lost_at("2026-11-23T13:40:00Z"), False),
        (lost_at("2026-11-23T13:30:00Z", "inny"), False),
        (lost_at("2026-11-23T13:30:00Z", attachments=1), False),
    ],
)
async def test_a_lost_message_is_known_by_words_files_and_time(
    lost: errors.SendOutcomeUnknown,
    found: bool,  # noqa: FBT001  the expected value
) -> None:
    async with Script(answer({"chat": [SENT]})).client() as allegro:
        message = await allegro.issues.find_sent(ME, await issue(), lost)
    assert (message is not None) is found


async def test_equal_words_of_others_are_not_ours() -> None:
    """The buyer may quote us."""
    buyers = {**SENT, "author": {"role": "SELLER", "login": "kupujacy_1"}}
    async with Script(answer({"chat": [buyers]})).client() as allegro:
        assert await allegro.issues.find_sent(ME, await issue(), lost_at("2026-11-23T13:30:00Z")) is None


async def test_a_conversation_is_put_in_order_and_shown_once() -> None:
    """Allegro promises no order; a message that stands twice is one."""
    older = {**SENT, "id": "m1", "createdAt": "2026-11-20T10:00:00Z"}
    async with Script(answer({"chat": [SENT, older, SENT]})).client() as allegro:
        chat = await allegro.issues.conversation(ME, await issue())
    assert [it.id for it in chat.messages] == ["m1", "m9"]
    assert chat.complete


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"II*\x00", "image/tiff"),
        (b"BM\x10\x00\x00\x00\x00\x00\x00\x00", "image/bmp"),
        (b"%PDF-1.7", "application/pdf"),
    ],
)
def test_a_file_is_what_it_begins_with(content: bytes, mime: str) -> None:
    """And its name is without a path and without controls."""
    file = IssueFile.of("../a\x1b[31m/\u202eb.png", content)
    assert (file.name, file.mime) == ("b.png", mime)
    assert repr(content) not in repr(file)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.png", b""), ("a.png", b"MZ"), ("a.bmp", b"BMW is a car"), ("", b"%PDF-"), ("x" * 256, b"%PDF-")],
)
def test_a_file_that_allegro_does_not_take_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(errors.IssueFileRefused, match="choose a"):
        IssueFile.of(name, content)


PNG = IssueFile.of("a.png", b"\x89PNG\r\n\x1a\n")
UPLOAD = "https://upload.allegro.test/issues/once?key=1"


async def test_a_file_is_declared_and_put() -> None:
    """`fileName` and size first, then the bytes, bare of a charset, to the address that Allegro gave."""
    script = Script(answer({"id": FILE_ID}, 201, Location=UPLOAD), answer({"id": FILE_ID}))
    async with script.client() as allegro:
        assert await allegro.issues.attach(PNG) == FILE_ID
    declared, put = script.requests
    assert json.loads(declared.content) == {"fileName": "a.png", "size": 8}
    assert (put.method, str(put.url), put.content) == ("PUT", UPLOAD, PNG.content)
    assert put.headers["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    "declared",
    [
        answer({"id": FILE_ID}, 201),
        answer({"id": ""}, 201, Location=UPLOAD),
        answer({}, 201, Location=UPLOAD),
        answer({"id": FILE_ID}, 201, Location="https://evil.test/files"),
    ],
)
async def test_a_declaration_without_an_address_of_allegros_ends_there(declared: httpx.Response) -> None:
    """No file goes anywhere."""
    script = Script(declared)
    async with script.client() as allegro:
        with pytest.raises(errors.Undecodable):
            await allegro.issues.attach(PNG)
    assert len(script.requests) == 1


async def test_a_file_that_is_too_large_says_so() -> None:
    """413, and no second try with an address that is used up."""
    script = Script(answer({"id": FILE_ID}, 201, Location=UPLOAD), refusal(413))
    async with script.client() as allegro:
        with pytest.raises(errors.FileTooLargeForIssue, match="resolution"):
            await allegro.issues.attach(PNG)
    assert len(script.requests) == 2


async def fetched(script: Script, file: IssueAttachment = FILE) -> list[str]:
    async with script.client() as allegro:
        await allegro.issues.fetch(file, lambda _part, _size: None, 100)
    return [request.url.path for request in script.requests]


async def test_a_file_is_asked_for_without_a_vendor_type() -> None:
    script = Script(httpx.Response(200, content=b"abc"))
    assert await fetched(script) == [f"/sale/issues/attachments/{FILE_ID}"]
    assert script.requests[0].headers["Accept"] == "*/*"


async def test_what_issues_do_not_have_is_asked_of_the_message_center() -> None:
    """After ATTACHMENT_ERROR, or at once for an id of another form."""
    center = "/messaging/message-attachments/"
    script = Script(refusal(404, "ATTACHMENT_ERROR"), httpx.Response(200, content=b"abc"))
    assert (await fetched(script))[1] == center + FILE_ID
    script = Script(httpx.Response(200, content=b"abc"))
    assert await fetched(script, IssueAttachment("abc_1", "a")) == [center + "abc_1"]


async def test_other_refusals_of_a_file_are_told() -> None:
    """Without the detour; and a file without an address cannot be had."""
    with pytest.raises(errors.NotFound):
        await fetched(script := Script(refusal(404, "OTHER")))
    assert len(script.requests) == 1
    with pytest.raises(ValueError, match="no address"):
        await fetched(script, IssueAttachment("", "a"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"https://api.allegro.pl/sale/issues/attachments/{FILE_ID}", FILE_ID),
        ("https://upload.allegro.pl/message-center/message-attachments/a%2Fb?x=1", "a/b"),
        ("https://[broken", ""),
        (None, ""),
        ("", ""),
    ],
)
async def test_the_id_of_a_file_is_the_end_of_its_address(url: str | None, expected: str) -> None:
    """Whichever host it names; an odd address is no reason to lose the message."""
    message = await said(attachments=[{"fileName": None, "url": url}])
    assert message.attachments[0].id == expected


async def test_a_list_that_is_over_is_not_asked_on() -> None:
    """While a broken record is looked for."""

    def play(request: httpx.Request) -> httpx.Response:
        limit = int(request.url.params["limit"])
        return refusal(404, "DATA_FETCHING_ERROR") if limit == 100 else answer({"issues": [CLAIM]})

    script = Script(play)
    async with script.client() as allegro:
        found = await allegro.issues.issues(ME)
    assert (len(found.items), len(script.requests)) == (1, 2)


async def test_an_address_is_used_once() -> None:
    """After trouble on the way the whole is to be done again, not the second half."""
    script = Script(answer({"id": FILE_ID}, 201, Location=UPLOAD), refusal(503))
    async with script.client() as allegro:
        with pytest.raises(errors.Outage):
            await allegro.issues.attach(PNG)
    assert len(script.requests) == 2


async def test_a_file_that_nobody_has_is_told_by_the_first_no() -> None:
    with pytest.raises(errors.NotFound, match="ATTACHMENT_ERROR"):
        await fetched(Script(refusal(404, "ATTACHMENT_ERROR"), refusal(404, "OTHER")))
