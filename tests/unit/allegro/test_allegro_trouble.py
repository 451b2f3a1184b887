"""What the client does when Allegro or the network does not behave."""

from __future__ import annotations

import asyncio
import logging
import traceback
from datetime import UTC, datetime
from itertools import pairwise

import httpx
import pytest

from api.allegro import errors, outgoing, wire
from api.allegro.client import PARALLEL_READS
from tests.unit.allegro.script import ME, MESSAGE, PERSON, TEXT, THREAD, TOKEN, Script, answer, page, refusal

READS = (500, 502, 503, 504, 408)


@pytest.mark.parametrize("status", READS)
async def test_a_read_goes_on_after_passing_trouble(status: int) -> None:
    """A read is tried again after an answer that may pass."""
    script = Script(refusal(status), answer(PERSON))
    async with script.client() as allegro:
        assert (await allegro.account.me()).login == "Sklep_Ani"
    assert len(script.requests) == 2
    assert script.time.slept == [0.5]


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        (httpx.ConnectError("x"), errors.Unreachable),
        (httpx.ConnectTimeout("x"), errors.TimedOut),
        (httpx.ReadTimeout("x"), errors.TimedOut),
        (httpx.ReadError("x"), errors.Unreachable),
        (httpx.RemoteProtocolError("x"), errors.Unreachable),
        (httpx.ProxyError("x"), errors.Unreachable),
        (page(503), errors.Outage),
    ],
)
async def test_a_read_gives_up_after_three_tries(
    broken: httpx.Response | Exception, error: type[errors.AllegroError]
) -> None:
    """Three tries with growing pauses, then the error."""
    script = Script(broken)
    async with script.client() as allegro:
        with pytest.raises(error):
            await allegro.account.me()
    assert len(script.requests) == 3
    assert script.time.slept == [0.5, 1.0]


async def test_marking_as_read_may_be_repeated() -> None:
    """Putting the same flag twice does no harm, so it is repeated like a read."""
    script = Script(httpx.ReadTimeout("x"), answer({"read": True}))
    async with script.client() as allegro:
        await allegro.messaging.mark_read("t1")
    assert len(script.requests) == 2


@pytest.mark.parametrize(
    ("response", "error"),
    [
        (refusal(400), errors.BadRequest),
        (refusal(406), errors.BadRequest),
        (refusal(415), errors.BadRequest),
        (answer({"error": "invalid_token", "error_description": "expired"}, 401), errors.NotSignedIn),
        (refusal(403), errors.NotPermitted),
        (refusal(404), errors.NotFound),
        (refusal(409), errors.Conflict),
        (refusal(422), errors.Unprocessable),
        (refusal(418), errors.Refused),
        (refusal(429), errors.TooMany),
        (page(404), errors.Outage),
        (page(200), errors.Outage),
        (answer({}, 404), errors.Outage),
        (answer({}, 501), errors.Outage),
    ],
)
async def test_each_answer_has_its_error(response: httpx.Response, error: type[errors.AllegroError]) -> None:
    """A refusal is told at once, with method, path and Trace-Id."""
    script = Script(response)
    async with script.client() as allegro:
        with pytest.raises(error) as caught:
            await allegro.messaging.thread(ME, "t1")
    assert type(caught.value) is error
    assert (caught.value.method, caught.value.path) == ("GET", "/messaging/threads/t1")
    assert caught.value.trace_id == "trace-1"
    assert "trace-1" in str(caught.value)
    asked = [request.url.path for request in script.requests]
    assert asked.count("/messaging/threads/t1") == 1


async def test_a_list_is_never_not_found() -> None:
    """404 on the list of threads is an outage even in Allegro's envelope."""
    async with Script(refusal(404)).client() as allegro:
        with pytest.raises(errors.Outage):
            await allegro.messaging.threads(ME)


async def test_a_missing_scope_is_named() -> None:
    """AccessDenied says which permission the token lacks."""
    async with Script(refusal(403, "AccessDenied")).client() as allegro:
        with pytest.raises(errors.NotPermitted, match="allegro:api:messaging"):
            await allegro.messaging.threads(ME)


async def test_a_block_by_html_blames_no_scope() -> None:
    """A 403 from the edge is no matter of scopes."""
    async with Script(page(403)).client() as allegro:
        with pytest.raises(errors.NotPermitted) as caught:
            await allegro.messaging.threads(ME)
    assert caught.value.scope == ""


async def test_the_wrong_field_is_named() -> None:
    """422 carries Allegro's path and its sentence, both made safe."""
    response = refusal(422, "VALIDATION_ERROR", '"Za &lt;długie&gt;\x1b[31m"', "text\x1b[0m")
    async with Script(response).client() as allegro:
        with pytest.raises(errors.Unprocessable) as caught:
            await allegro.messaging.reply(ME, "t1", TEXT)
    assert caught.value.field == "text"
    assert caught.value.user_message == "Za <długie>"
    assert caught.value.code == "VALIDATION_ERROR"


async def test_429_asks_for_a_minute_at_least() -> None:
    """Without a Retry-After the pause is a minute and jitter, and the read is not repeated."""
    script = Script(refusal(429))
    async with script.client() as allegro:
        with pytest.raises(errors.TooMany) as caught:
            await allegro.account.me()
    assert caught.value.retry_after == 75.0
    assert len(script.requests) == 1


async def test_429_believes_a_longer_retry_after() -> None:
    """Allegro's own pause counts when it is longer."""
    async with Script(refusal(429, Retry_After="300")).client() as allegro:
        with pytest.raises(errors.TooMany) as caught:
            await allegro.account.me()
    assert caught.value.retry_after == 300.0


async def test_a_read_waits_out_a_short_pause() -> None:
    """A read waits when Allegro asks for seconds only."""
    script = Script(refusal(429, Retry_After="3"), answer(PERSON))
    async with script.client() as allegro:
        await allegro.account.me()
    assert script.time.slept == [3.5]


async def test_a_message_does_not_wait_out_429() -> None:
    """A refused message is the caller's to send again."""
    script = Script(refusal(429, Retry_After="1"))
    async with script.client() as allegro:
        with pytest.raises(errors.TooMany):
            await allegro.messaging.reply(ME, "t1", TEXT)
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    "lost",
    [
        httpx.ReadTimeout("x"),
        httpx.WriteTimeout("x"),
        httpx.ReadError("x"),
        httpx.WriteError("x"),
        httpx.RemoteProtocolError("x"),
        refusal(500),
        page(502),
        page(200),
        refusal(503),
        refusal(408),
        answer({"id": None}, 201),
        answer([], 201),
        httpx.Response(302, headers={"Location": "https://evil.test/"}),
    ],
)
async def test_a_lost_answer_makes_the_outcome_unknown(
    lost: httpx.Response | Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that may have arrived is not repeated; the error carries what it takes to find out."""
    script = Script(lost)
    monkeypatch.setenv("OKIENKO_NOW", "2026-11-23T10:00:00+00:00")
    async with script.client() as allegro:
        with pytest.raises(errors.SendOutcomeUnknown) as caught:
            await allegro.messaging.reply(ME, "t1", TEXT)
    assert len(script.requests) == 1
    assert caught.value.thread == "t1"
    assert caught.value.digest == outgoing.fingerprint(TEXT)
    assert caught.value.sent_at == datetime(2026, 11, 23, 10, tzinfo=UTC)


async def test_an_unknown_message_to_a_buyer_names_order_and_buyer() -> None:
    """Without a thread, order and buyer tell where to look."""
    async with Script(httpx.ReadTimeout("x")).client() as allegro:
        with pytest.raises(errors.SendOutcomeUnknown) as caught:
            await allegro.messaging.write(ME, order="o1", buyer="kupujacy", text=TEXT)
    assert (caught.value.order, caught.value.buyer, caught.value.thread) == ("o1", "kupujacy", "")


@pytest.mark.parametrize("refused", [httpx.ConnectError("x"), httpx.ConnectTimeout("x")])
async def test_a_message_that_never_left_is_sent_again(refused: Exception) -> None:
    """Where no connection was made, nothing can arrive twice."""
    script = Script(refused, answer(MESSAGE, 201))
    async with script.client() as allegro:
        assert (await allegro.messaging.reply(ME, "t1", TEXT)).id == "m1"
    assert len(script.requests) == 2


@pytest.mark.parametrize("refused", [refusal(422, "THREAD_CLOSED"), refusal(403), page(404)])
async def test_a_refused_message_has_a_known_outcome(refused: httpx.Response) -> None:
    """A no is a no: the message is not there."""
    async with Script(refused).client() as allegro:
        with pytest.raises(errors.AllegroError) as caught:
            await allegro.messaging.reply(ME, "t1", TEXT)
    assert not isinstance(caught.value, errors.SendOutcomeUnknown)
    assert not caught.value.may_have_happened


async def test_messages_go_one_after_the_other_with_a_pause() -> None:
    """Messages that are sent at the same moment leave serially, 1.1 s apart."""
    script = Script(answer(MESSAGE, 201))
    moments: list[float] = []
    under_way = 0

    async def slow(request: httpx.Request) -> httpx.Response:
        nonlocal under_way
        under_way += 1
        assert under_way == 1
        moments.append(script.time.now)
        await asyncio.sleep(0)
        under_way -= 1
        return script.play(request)

    allegro = script.client()
    allegro._transport = httpx.MockTransport(slow)
    async with allegro:
        await asyncio.gather(*(allegro.messaging.reply(ME, "t1", TEXT) for _ in range(3)))
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert gaps == [pytest.approx(1.1), pytest.approx(1.1)]


async def test_reads_are_bounded_and_do_not_hold_up_a_message() -> None:
    """Four reads at a time; a message goes past them."""
    release, full = asyncio.Event(), asyncio.Event()
    waiting: list[str] = []
    most = 0

    async def handle(request: httpx.Request) -> httpx.Response:
        nonlocal most
        if request.method == "POST":
            return answer(MESSAGE, 201)
        waiting.append(request.url.path)
        most = max(most, len(waiting))
        if most == PARALLEL_READS:
            full.set()
        await release.wait()
        waiting.pop()
        return answer(THREAD)

    allegro = Script(answer(PERSON)).client()
    allegro._transport = httpx.MockTransport(handle)
    async with allegro:
        reads = [asyncio.create_task(allegro.messaging.thread(ME, f"t{i}")) for i in range(10)]
        await full.wait()
        await allegro.messaging.reply(ME, "t1", TEXT)
        release.set()
        await asyncio.gather(*reads)
    assert most == PARALLEL_READS


async def test_a_body_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """More bytes than any page has are not kept."""
    monkeypatch.setattr(wire, "MAX_BODY", 1000)
    async with Script(answer({"login": "x" * 2000})).client() as allegro:
        with pytest.raises(errors.Undecodable, match="larger than"):
            await allegro.account.me()


async def test_a_dripping_answer_times_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that never ends its answer is left, whatever the time-outs of each step say."""
    monkeypatch.setattr(wire, "MAX_SECONDS", 0.0)

    async def drip(_request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    allegro = Script(answer(PERSON)).client()
    allegro._transport = httpx.MockTransport(drip)
    async with allegro:
        with pytest.raises(errors.TimedOut):
            await allegro.account.me()


async def test_an_answer_that_is_not_understood_names_the_field() -> None:
    """The place and the kind of the surprise are told, never what stood there."""
    body = {"threads": [THREAD, {**THREAD, "id": 7, "status": "canary"}], "nextPage": None}
    async with Script(answer(body)).client() as allegro:
        with pytest.raises(errors.Undecodable) as caught:
            await allegro.messaging.threads(ME)
    assert caught.value.field == "$.threads[1].id"
    assert "canary" not in str(caught.value)
    assert caught.value.trace_id == "trace-1"


def everything_said(error: BaseException) -> str:
    """The error and all it is chained to, as texts, traces and local variables."""
    parts: list[str] = []
    pending: list[BaseException | None] = [error]
    while pending:
        current = pending.pop()
        if current is None:
            continue
        parts += [str(current), repr(current), repr(vars(current)), repr(current.args)]
        pending += [current.__cause__, current.__context__]
    captured = traceback.TracebackException.from_exception(error, capture_locals=True)
    ours = [frame for frame in captured.stack if "/api/" in frame.filename]
    parts += [f"{frame.locals}" for frame in ours]
    return "\n".join([*parts, *traceback.format_exception(error)])


@pytest.mark.parametrize(
    "step",
    [
        httpx.ReadTimeout(f"{TOKEN} {TEXT}"),
        httpx.ConnectError(f"{TOKEN} {TEXT}"),
        httpx.LocalProtocolError(f"Illegal header value b'Bearer {TOKEN}'"),
        refusal(400, user_message=f"Unrecognized token: {TEXT} {TOKEN}"),
        refusal(422, user_message=f"Blocked: {TEXT}", path="text"),
        refusal(500, user_message=TEXT),
        refusal(429, user_message=TEXT),
        answer({"error": "invalid_token", "error_description": f"Access token expired: {TOKEN}"}, 401),
        answer({"error": "invalid_token", "error_description": "Expired: eyJhbGciOi.canary.sig"}, 401),
        answer({"id": {"text": TEXT}}, 201),
        httpx.Response(201, text=TEXT),
        page(200),
    ],
)
async def test_no_error_and_no_log_quotes_token_or_text(
    step: httpx.Response | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither words, nor chains, nor traces with local variables, nor the log hold a secret."""
    caplog.set_level(logging.DEBUG)
    async with Script(step).client() as allegro:
        with pytest.raises(errors.AllegroError) as caught:
            await allegro.messaging.reply(ME, "t1", TEXT)
    said = everything_said(caught.value) + "\n".join(record.getMessage() for record in caplog.records)
    assert TOKEN not in said
    assert "canary" not in said.replace(__file__, "")


async def test_the_log_says_method_path_status_trace_and_time(caplog: pytest.LogCaptureFixture) -> None:
    """One line a request, without its query."""
    caplog.set_level(logging.DEBUG, logger="okienko.allegro")
    async with Script(answer({"threads": [], "nextPage": None})).client() as allegro:
        await allegro.messaging.threads(ME, cursor="secret")
    lines = [record.getMessage() for record in caplog.records if record.name == "okienko.allegro"]
    assert lines == ["GET /messaging/threads 200 trace-1 0 ms"]
