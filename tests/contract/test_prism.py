"""The client against a server that nobody here wrote: Prism, serving the examples of Allegro's OpenAPI file.

To repeat it: `npm install --prefix .prism @stoplight/prism-cli@5.14.2`, and the file beside the repository
(see `openapi.py`). Without either the tests are skipped and say which one is missing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from api.allegro import Allegro, errors
from api.allegro.invoice_file import InvoiceFile
from api.allegro.orders import OrderSort
from api.allegro.outgoing_file import OutgoingFile
from api.config import Connection
from api.domain import (
    Account,
    FulfilmentStatus,
    IssueAttachment,
    IssueStatus,
    IssueType,
    Metric,
    OrderEventType,
    OrderStatus,
    ReturnStatus,
    Side,
    ThreadType,
)
from tests.prism import needs_prism

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ME = Account("46968690", "SellerLogin", "allegro-pl")
ISSUE = "6f552f2e-9626-46b3-af09-bfdbf9690d65"
ORDER = "29738e61-7f6a-11e8-ac45-09db60ede9d6"

pytestmark = needs_prism


@pytest.fixture
async def allegro(prism_url: str) -> AsyncIterator[Allegro]:
    connection = Connection(prism_url, prism_url, "okienko", "https://okienko.example/", token="anything")
    async with Allegro(connection) as client:
        yield client


async def test_the_account(allegro: Allegro) -> None:
    """/me of the examples is read."""
    me = await allegro.account.me()
    assert (me.login, me.marketplace) == ("Client:46968690", "allegro-pl")


async def test_the_thread_list(allegro: Allegro) -> None:
    """A common thread and a problem with a purchase are read, and the cursor of the next page."""
    page = await allegro.messaging.threads(ME)
    assert [thread.type for thread in page.items] == [ThreadType.COMMON, ThreadType.POST_PURCHASE_ISSUE]
    assert page.items[1].buyer == "BuyerLogin"
    assert page.next


async def test_the_thread_list_goes_on(allegro: Allegro) -> None:
    """Prism, which checks parameters, takes the cursor and the filters."""
    assert (await allegro.messaging.threads(ME, cursor="cD0yMDI2", read=False, order=ORDER)).items


async def test_a_list_that_does_not_move_is_an_error(allegro: Allegro) -> None:
    """Prism gives the same page for ever; a walk that believed it would not end."""
    page = await allegro.messaging.threads(ME)
    with pytest.raises(errors.Undecodable, match="this one again"):
        await allegro.messaging.threads(ME, cursor=page.next)


async def test_a_thread(allegro: Allegro) -> None:
    """One thread is read."""
    assert (await allegro.messaging.thread(ME, "t1")).participants


async def test_the_messages_of_a_thread(allegro: Allegro) -> None:
    """Messages with their relations and attachments are read."""
    message = (await allegro.messaging.messages(ME, "t1")).items[0]
    assert message.text == "Sample message"
    assert message.offer == "82398120310"
    assert message.attachments[0].name == "exampleName.jpeg"


async def test_a_message(allegro: Allegro) -> None:
    """One message is read."""
    assert (await allegro.messaging.message(ME, "m1", thread="t1")).subject == "Sample subject"


async def test_an_order(allegro: Allegro) -> None:
    """An order with everything the file knows is read."""
    order = await allegro.orders.order(ORDER)
    assert order.status is OrderStatus.BOUGHT
    assert order.buyer.name == "Jan Kowalski"
    assert order.delivery is not None
    assert order.delivery.method == "Allegro Paczkomaty InPost"
    assert order.items[0].external_id == "AH-129834"


async def test_the_order_list(allegro: Allegro) -> None:
    """A page of orders is read."""
    assert (await allegro.orders.orders(limit=1, buyer="User_Login")).items


async def test_the_order_list_takes_every_filter(allegro: Allegro) -> None:
    """Prism, which checks parameters, takes times, states and the sorting."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    page = await allegro.orders.orders(
        status=OrderStatus.READY_FOR_PROCESSING,
        fulfilment=FulfilmentStatus.NEW,
        lines_sent="NONE",
        bought_from=now,
        bought_to=now,
        updated_from=now,
        updated_to=now,
        sort=OrderSort.FIRST_UPDATED,
    )
    assert page.items[0].payment is not None


async def test_the_details_of_a_purchase(allegro: Allegro) -> None:
    """What the examples decorate a line, a payment and an invoice with is read."""
    order = await allegro.orders.order(ORDER)
    line = order.items[0]
    assert line.original_price is not None
    assert line.deposit is not None
    assert line.services[0].name
    assert line.vouchers[0].type
    assert line.discounts
    assert line.tax is not None
    assert order.surcharges[0].id
    assert order.invoice is not None
    assert order.invoice.ids[0].type == "PL_NIP"
    assert order.invoice.features == ("VAT_EU_VERIFIED",)


async def test_shipments_carriers_and_tracking(allegro: Allegro) -> None:
    """Parcel numbers, carriers and histories of the examples are read."""
    assert (await allegro.shipments.shipments(ORDER))[0].waybill
    assert [carrier.name for carrier in await allegro.shipments.carriers()][-1] == "OTHER"
    assert len(await allegro.shipments.tracking("ALLEGRO", ["AAA0000E5D201", "BBB00000E5D202"])) == 2


async def test_documents(allegro: Allegro) -> None:
    """Invoices and links of the examples are read."""
    documents = await allegro.documents.documents(ORDER)
    assert documents.invoices[0].number
    assert documents.links[0].id


async def test_returns(allegro: Allegro) -> None:
    """Returns of the examples are read, one and many, with every filter."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    page = await allegro.returns.returns(
        "a3405c27-b01c-4357-9bea-e13925708b46",
        order=ORDER,
        buyer="User_Login",
        status=[ReturnStatus.DELIVERED],
        created_from=now,
        created_to=now,
        offer="1",
        waybill="1",
        reference="1234/Z04A",
        marketplace="allegro-pl",
        offset=1,
    )
    assert page.items[0].status is ReturnStatus.DELIVERED
    assert (await allegro.returns.customer_return("r1")).items[0].reason == "MISTAKE"


async def test_events(allegro: Allegro) -> None:
    """Events of the examples and the latest one are read."""
    page = await allegro.events.events("1532603898317497", types=[OrderEventType.BOUGHT])
    assert page.items[0].lines
    assert await allegro.events.latest() is not None


async def test_changes_of_orders_are_taken(allegro: Allegro) -> None:
    """Prism, which checks bodies and media types, takes every change."""
    file = InvoiceFile.of("faktura.pdf", b"%PDF-1.7")
    await allegro.orders.set_fulfilment(ORDER, FulfilmentStatus.SENT, "819b5836")
    assert (await allegro.shipments.add(ORDER, "OTHER", "1", carrier_name="Posłaniec", lines=["l1"])).id
    invoice = await allegro.documents.declare(ORDER, file, "FV 1/2026")
    await allegro.documents.upload(ORDER, invoice, file)
    await allegro.documents.add_link(ORDER, "https://paragony.example/p/1")


async def test_the_issue_list(allegro: Allegro) -> None:
    """A discussion and a claim of the examples are read, with every filter."""
    status = (IssueStatus.DISPUTE_ONGOING, IssueStatus.CLAIM_SUBMITTED)
    page = await allegro.issues.issues(ME, 0, 10, order=ORDER, status=status)
    assert [issue.type for issue in page.items] == [IssueType.DISPUTE, IssueType.CLAIM]
    claim = page.items[1]
    assert (claim.reference, claim.right, claim.offer) == ("1/2025", "COMPLAINT", "7778622952")
    assert claim.expectations[0].refund is not None
    assert claim.first is not None
    assert claim.first.attachments[0].id == "eeed0007-4404-4176-a1eb-11d26f056c0d"


async def test_an_issue_and_its_chat(allegro: Allegro) -> None:
    """One discussion and its conversation are read."""
    issue = await allegro.issues.issue(ME, ISSUE)
    assert issue.type is IssueType.DISPUTE
    assert issue.chat_active
    chat = await allegro.issues.conversation(ME, issue)
    assert chat.messages[0].text == "Proszę o wyjaśnienie problemu."
    assert chat.messages[0].author.side is Side.BUYER


async def test_a_file_of_an_issue(allegro: Allegro) -> None:
    """Prism gives some bytes for a file."""
    parts: list[bytes] = []
    file = IssueAttachment(ISSUE, "a.png")
    await allegro.issues.fetch(file, lambda part, _size: parts.append(part), 1_000_000)
    assert parts


async def test_ratings(allegro: Allegro) -> None:
    """Ratings of the examples are read, many and one, with every filter."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    page = await allegro.ratings.ratings(recommended=False, changed_from=now, changed_to=now)
    rating = page.items[0]
    assert rating.order == "5354bed4-92b7-4fbb-9810-03a8f7834d15"
    assert rating.offers[0].title == "Smart TV"
    assert rating.answer is not None
    assert rating.removal is not None
    assert (await allegro.ratings.rating("5df0a6d1ef437e00255572a1")).id


async def test_words_for_a_rating_are_taken(allegro: Allegro) -> None:
    """Prism, which checks bodies, takes an answer and a request for removal."""
    assert (await allegro.ratings.answer("r1", "Dziękujemy")).text
    assert (await allegro.ratings.ask_removal("r1", "Prosimy")).possible_to is not None


async def test_quality(allegro: Allegro) -> None:
    """The example's day is read."""
    day = (await allegro.quality.days())[0]
    assert (day.score, day.max_score, day.grade) == (140, 500, "GOOD")
    assert day.metrics[0].metric is Metric.BUYER_SATISFACTION


async def test_messages_are_taken(allegro: Allegro) -> None:
    """Prism, which checks bodies, takes a reply, a message about an order and the read flag."""
    assert (await allegro.messaging.reply(ME, "t1", "Dzień dobry")).id
    assert (await allegro.messaging.write(ME, order=ORDER, buyer="User_Login", text="Dzień dobry")).id
    await allegro.messaging.mark_read("t1")


async def test_a_file_is_taken(allegro: Allegro) -> None:
    """Prism takes the declaration, the raw bytes and a message that names them."""
    identifier = await allegro.messaging.attach(OutgoingFile.of("faktura.pdf", b"%PDF-1.7"))
    assert (await allegro.messaging.reply(ME, "t1", "", [identifier])).id


async def test_all_that_public_v1_has(allegro: Allegro) -> None:
    """Its examples are read, and its requests taken, as those of beta.v1 are."""
    allegro.messaging.version.speak_public()
    thread = await allegro.messaging.thread(ME, "t1")
    assert (thread.buyer, thread.type) == ("AllegroLogin", ThreadType.COMMON)
    message = await allegro.messaging.message(ME, "m1", thread="")
    assert message.thread
    assert message.text == "Sample message"
    assert message.from_buyer
    assert message.attachments[0].id == "97dc0b60-2da4-4247-92ba-b748630ba0f6"
    assert (await allegro.messaging.reply(ME, "t1", "Dzień dobry", ["a1"])).id
    assert (await allegro.messaging.write(ME, order=ORDER, buyer="User_Login", text="Dzień dobry")).thread
    await allegro.messaging.mark_read("t1")
    await allegro.messaging.attach(OutgoingFile.of("faktura.pdf", b"%PDF-1.7"))


async def test_the_offset_of_an_example_is_noticed(allegro: Allegro) -> None:
    """Prism's list says offset 20 whatever was asked for: that is not the first page."""
    allegro.messaging.version.speak_public()
    with pytest.raises(errors.Undecodable, match="another one came"):
        await allegro.messaging.threads(ME)
