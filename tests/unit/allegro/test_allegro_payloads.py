"""What Allegro answers becomes domain values, however loosely it answers."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from api.allegro import errors
from api.domain import (
    AttachmentState,
    Channel,
    FulfilmentStatus,
    Message,
    MessageState,
    Money,
    Order,
    OrderStatus,
    Role,
    Thread,
    ThreadStatus,
    ThreadType,
)
from tests.unit.allegro.script import ME, MESSAGE, PERSON, THREAD, Script, answer

HOSTILE = "order [/foo] [ORDER-1] [@click=app.quit]x[/] \x1b]52;c;AAAA\x07 \u202e"
SAFE = "order [/foo] [ORDER-1] [@click=app.quit]x[/]  "

ORDER: dict[str, Any] = {
    "id": "29738e61-7f6a-11e8-ac45-09db60ede9d6",
    "messageToSeller": "Proszę &amp; dziękuję",
    "buyer": {
        "id": "23123123",
        "email": "user+abc@allegromail.pl",
        "login": "kupujacy_1",
        "firstName": "Zofia",
        "lastName": "Żak",
        "companyName": None,
        "guest": False,
        "phoneNumber": "+48500100200",
        "preferences": {"language": "pl-PL"},
    },
    "payment": {
        "id": "0f8f9bc6-c21f-4ab4-b9b8-6a8b3ee5d5a5",
        "type": "ONLINE",
        "provider": "P24",
        "finishedAt": "2026-11-20T10:12:12.321Z",
        "paidAmount": {"amount": "123.45", "currency": "PLN"},
    },
    "status": "READY_FOR_PROCESSING",
    "fulfillment": {"status": "PROCESSING", "shipmentSummary": {"lineItemsSent": "NONE"}},
    "delivery": {
        "address": {
            "firstName": "Zofia",
            "lastName": "Żak",
            "street": "Grunwaldzka 182",
            "city": "Poznań",
            "zipCode": "60-166",
            "countryCode": "PL",
            "companyName": None,
            "phoneNumber": "500100200",
        },
        "method": {"id": "1fa56f79", "name": "Paczkomat InPost"},
        "pickupPoint": {"id": "POZ08A", "name": "Paczkomat POZ08A", "address": {"street": "Polna 1"}},
        "cost": {"amount": 12, "currency": "PLN"},
        "time": {
            "from": "2026-11-24T08:00:00Z",
            "to": "2026-11-25T18:00:00Z",
            "dispatch": {"from": "2026-11-21T08:00:00Z", "to": "2026-11-23T22:59:59Z"},
        },
        "smart": True,
    },
    "invoice": {
        "required": True,
        "address": {
            "street": "Solna 12",
            "city": "Poznań",
            "zipCode": "60-166",
            "countryCode": "PL",
            "company": {"name": "Wzór s.c.", "ids": [{"type": "PL_NIP", "value": "1234563218"}]},
            "naturalPerson": None,
        },
    },
    "lineItems": [
        {
            "id": "62ae358b-8f65-4fc4-9c77-bedf604a2e2b",
            "offer": {"id": "3213213", "name": "Deska d&eacute;bowa", "external": {"id": "AH-129834"}},
            "quantity": 2,
            "originalPrice": {"amount": "123.45", "currency": "PLN"},
            "price": {"amount": "61.72", "currency": "PLN"},
            "boughtAt": "2026-11-20T10:00:00Z",
        }
    ],
    "surcharges": [],
    "note": {"text": "pakować ostrożnie"},
    "marketplace": {"id": "allegro-pl"},
    "summary": {"totalToPay": {"amount": "135.45", "currency": "PLN"}},
    "updatedAt": "2026-11-20T10:15:00Z",
    "revision": "819b5836",
}


async def read_thread(**changed: object) -> Thread:
    async with Script(answer({**THREAD, **changed})).client() as allegro:
        return await allegro.messaging.thread(ME, "t1")


async def read_message(**changed: object) -> Message:
    async with Script(answer({**MESSAGE, **changed})).client() as allegro:
        return await allegro.messaging.message(ME, "m1", thread="t1")


async def read_order(**changed: object) -> Order:
    async with Script(answer({**ORDER, **changed})).client() as allegro:
        return await allegro.orders.order("o1")


async def test_the_account() -> None:
    """The account has id, login and home marketplace."""
    async with Script(answer({**PERSON, "id": 7, "baseMarketplace": None})).client() as allegro:
        me = await allegro.account.me()
    assert (me.id, me.login, me.marketplace) == ("7", "Sklep_Ani", "")


async def test_a_thread() -> None:
    """A common thread: the buyer is who is not this account, in whatever case its login is written."""
    thread = await read_thread()
    assert thread.buyer == "kupujacy_1"
    assert (thread.type, thread.status, thread.read) == (ThreadType.COMMON, ThreadStatus.OPEN, False)
    assert thread.last_message_at == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert thread.orders == ()


async def test_a_problem_with_a_purchase() -> None:
    """A thread with roles names the buyer by role, and the orders that it is about."""
    thread = await read_thread(
        type="POST_PURCHASE_ISSUE",
        participants=[{"role": "SELLER", "login": "Sklep_Ani"}, {"role": "BUYER", "login": "kupujacy_2"}],
        orders=[{"id": "o1", "offers": [{"id": "82398120310", "quantity": 1}]}],
        subType="NO_REFUND",
        status="CLOSED",
    )
    assert thread.buyer == "kupujacy_2"
    assert thread.orders[0].offers == (("82398120310", 1),)
    assert (thread.subtype, thread.open) == ("NO_REFUND", False)


@pytest.mark.parametrize(
    ("logins", "buyer"),
    [
        (("a", "b"), "a"),
        (("sklep_ani", "SKLEP_ANI"), ""),
        ((), ""),
    ],
)
async def test_a_thread_without_exactly_one_other_side(logins: tuple[str, ...], buyer: str) -> None:
    """Neither two strangers nor two of ourselves break the list."""
    people = [{"role": "USER", "login": login} for login in logins]
    assert (await read_thread(participants=people)).buyer == buyer


@pytest.mark.parametrize(("wire", "read"), [(True, True), ("true", True), ("false", False), (None, False)])
async def test_the_read_flag_comes_in_two_forms(wire: object, read: bool) -> None:  # noqa: FBT001
    """`read` may be a bool or a word."""
    assert (await read_thread(read=wire)).read is read


async def test_words_that_are_new_do_not_break() -> None:
    """Unknown words of open sets become OTHER, and the message keeps Allegro's word."""
    thread = await read_thread(
        type="NEW_TYPE", status="PAUSED", participants=[{"role": "ROBOT", "login": "x"}]
    )
    message = await read_message(status="FROZEN", type="SMS", author={"role": "ORACLE"}, novelty={"a": 1})
    assert (thread.type, thread.status) == (ThreadType.OTHER, ThreadStatus.OTHER)
    assert (message.state, message.state_word, message.channel) == (
        MessageState.OTHER,
        "FROZEN",
        Channel.OTHER,
    )
    assert (message.author.role, message.author.login, message.author.mine) == (Role.OTHER, "", False)


async def test_a_thread_with_one_time_only() -> None:
    """A missing time is taken from the other one."""
    thread = await read_thread(lastMessageDateTime=None)
    assert thread.last_message_at == thread.created_at == datetime(2026, 11, 20, 10, tzinfo=UTC)


async def test_a_thread_without_time_is_not_understood() -> None:
    """Nothing can be put in order that has no time."""
    with pytest.raises(errors.Undecodable, match="lastMessageDateTime"):
        await read_thread(lastMessageDateTime=None, createdAt=None)


async def test_a_message() -> None:
    """All that a message tells arrives, its order and attachments too."""
    message = await read_message(
        text="Dzie&#324; dobry &amp;lt;3",
        subject="Pytanie",
        relatesTo={"offer": {"id": "123"}, "order": {"id": "o1"}},
        attachments=[{"id": "a1", "fileName": "zdj\u202egpj.exe", "mimeType": "image/png", "status": "SAFE"}],
        hasAdditionalAttachments=True,
    )
    assert message.text == "Dzień dobry &lt;3"
    assert (message.order, message.offer, message.subject) == ("o1", "123", "Pytanie")
    assert message.attachments[0].name == "zdjgpj.exe"
    assert message.attachments[0].state is AttachmentState.SAFE
    assert message.more_attachments
    assert message.author.mine


async def test_a_seller_of_another_name_is_not_me() -> None:
    """In a thread of a purchase of ours the SELLER is the other side."""
    message = await read_message(author={"role": "SELLER", "login": "inny_sklep"})
    assert not message.author.mine


async def test_a_message_with_everything_left_out() -> None:
    """Id and time suffice."""
    async with Script(answer({"id": "m1", "createdAt": "2026-11-23T10:00:00"})).client() as allegro:
        message = await allegro.messaging.message(ME, "m1", thread="t1")
    assert message.created_at == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert (message.text, message.attachments) == ("", ())


async def test_texts_are_safe_on_arrival() -> None:
    """Text, subject, names and logins lose what could act on a terminal, and nothing else."""
    message = await read_message(text=HOSTILE, subject=HOSTILE, author={"role": "USER", "login": HOSTILE})
    order = await read_order(messageToSeller=HOSTILE, note={"text": HOSTILE})
    assert message.text == order.message_to_seller == order.note == SAFE
    assert message.subject == message.author.login == SAFE.strip()


@pytest.mark.parametrize(
    "body",
    [
        b'{"id":"m1","createdAt":"2026-11-23T10:00:00Z","text":"a\\ud83d"}',
        b'{"id":"m1","createdAt":"2026-11-23T10:00:00Z","text":"a\xf0\x9f"}',
    ],
)
async def test_a_text_cut_inside_an_emoji_hides_nothing(body: bytes) -> None:
    """Half an emoji, escaped or as bytes, costs one character and not the page."""
    script = Script(answer({}))
    script._steps[0] = type(answer({}))(200, content=body)
    async with script.client() as allegro:
        assert (await allegro.messaging.message(ME, "m1", thread="t1")).text == "a\ufffd"


async def test_an_order() -> None:
    """Everything that the order pane shows arrives."""
    order = await read_order()
    assert (order.status, order.fulfilment, order.lines_sent) == (
        OrderStatus.READY_FOR_PROCESSING,
        FulfilmentStatus.PROCESSING,
        "NONE",
    )
    assert order.message_to_seller == "Proszę & dziękuję"
    assert (order.buyer.name, order.buyer.language) == ("Zofia Żak", "pl-PL")
    assert order.items[0].name == "Deska débowa"
    assert (order.items[0].external_id, order.items[0].quantity) == ("AH-129834", 2)
    assert order.items[0].price == Money(Decimal("61.72"), "PLN")
    assert order.total == Money(Decimal("135.45"), "PLN")
    assert order.paid
    assert order.delivery is not None
    assert order.delivery.cost == Money(Decimal(12), "PLN")
    assert order.delivery.pickup_point is not None
    assert order.delivery.pickup_point.id == "POZ08A"
    assert order.delivery.dispatch_to == datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC)
    assert order.invoice is not None
    assert order.invoice.address is not None
    assert (order.invoice.tax_id, order.invoice.address.company) == ("1234563218", "Wzór s.c.")
    assert order.note == "pakować ostrożnie"


async def test_an_order_full_of_nulls() -> None:
    """What a live account returned as null is absent and breaks nothing."""
    nulls = dict.fromkeys(set(ORDER) - {"id"})
    order = await read_order(**nulls)
    assert order.payment is None
    assert order.delivery is None
    assert order.invoice is None
    assert order.total is None
    assert not order.paid
    assert (order.buyer.login, order.items) == ("", ())


async def test_an_order_with_nulls_inside() -> None:
    """Nulls one level down are absent values too."""
    order = await read_order(
        payment={**ORDER["payment"], "paidAmount": None, "finishedAt": None, "type": "CASH_ON_DELIVERY"},
        delivery=dict.fromkeys(ORDER["delivery"]),
        invoice={"required": False, "address": None},
        lineItems=[
            {**ORDER["lineItems"][0], "offer": {"id": 1, "name": None, "external": None}, "quantity": "3"}
        ],
        fulfillment={"status": None, "shipmentSummary": None},
        updatedAt="string",
    )
    assert order.payment is not None
    assert order.payment.on_delivery
    assert not order.paid
    assert order.delivery is not None
    assert order.delivery.address is None
    assert order.invoice is not None
    assert order.invoice.address is None
    assert (order.items[0].quantity, order.items[0].external_id) == (3, "")
    assert order.updated_at is None


@pytest.mark.parametrize("amount", ["1e999999999", "NaN", "", "12,30"])
async def test_an_amount_that_is_none_is_not_understood(amount: str) -> None:
    """Money is a plain decimal number or an error, never a guess."""
    with pytest.raises(errors.Undecodable, match="amount"):
        await read_order(summary={"totalToPay": {"amount": amount, "currency": "PLN"}})
