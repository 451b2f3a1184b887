"""The client's work on orders against the pretend Allegro, judged by Allegro's own file."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from api.allegro import errors
from api.allegro.invoice_file import InvoiceFile
from api.allegro.orders import OrderSort
from api.domain import (
    FulfilmentStatus,
    OrderEventType,
    OrderStatus,
    ReturnStatus,
    ScanState,
    TrackingCode,
)
from api.simulator.seed import build_world
from api.simulator.server import running
from api.simulator.settings import ALL_SCOPES, SimulatorSettings
from api.simulator.state import State
from tests.contract.conftest import SEED_NOW
from tests.contract.test_client_simulator import Judge, connected, every_order, texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from api.allegro import Allegro
    from api.domain import Order
    from api.simulator.server import Simulator
    from tests.contract.conftest import Hand

SETTINGS = SimulatorSettings(now=SEED_NOW, scan_seconds=2.0)
PDF = InvoiceFile.of("FV_1_2026.pdf", b"%PDF-1.7\n%%EOF\n")


@pytest.fixture
def simulator(hand: Hand) -> Iterator[Simulator]:
    with running(state=State(build_world(SETTINGS), SETTINGS, hand)) as simulator:
        yield simulator


@pytest.fixture
async def allegro(simulator: Simulator) -> AsyncIterator[Allegro]:
    async with connected(simulator, Judge()) as client:
        yield client


async def order_of(allegro: Allegro, buyer: str, at: int = 0) -> Order:
    """The `at`-th latest order of a buyer."""
    return (await allegro.orders.orders(buyer=buyer)).items[at]


async def test_orders_tell_all_that_a_purchase_can_hold(allegro: Allegro) -> None:
    """Discounts, taxes, free services, surcharges, a moved address and payment features come through."""
    orders = {order.buyer.login: order for order in await every_order(allegro)}
    moved, wrapped = orders["mateusz.nowy"], orders["adrian_w_lodz"]
    assert moved.items[0].discounts == ("COUPON",)
    assert all(item.discounted for item in moved.items)
    assert moved.items[0].tax is not None
    assert moved.items[0].tax.rate == "23.00"
    assert moved.delivery is not None
    assert moved.delivery.address is not None
    assert moved.delivery.address.modified_at == SEED_NOW - timedelta(days=1, hours=1)
    assert wrapped.items[0].services[0].name == "Pakowanie na prezent"
    assert wrapped.payment is not None
    assert wrapped.payment.features == ("ALLEGRO_PAY",)
    cafe = orders["projekt_kawiarnia"]
    assert cafe.invoice is not None
    assert (cafe.invoice.ids[0].type, cafe.invoice.vat_status) == ("PL_NIP", "ACTIVE")
    assert any(order.surcharges for order in await every_order(allegro))


async def test_orders_are_narrowed_and_sorted(allegro: Allegro) -> None:
    """Every filter of the client is understood by the other side and keeps what it names."""
    every = await every_order(allegro)
    sent = await allegro.orders.orders(
        status=OrderStatus.READY_FOR_PROCESSING,
        fulfilment=FulfilmentStatus.SENT,
        marketplace="allegro-pl",
        sort=OrderSort.FIRST_UPDATED,
    )
    assert {order.fulfilment for order in sent.items} == {FulfilmentStatus.SENT}
    moments = [order.updated_at for order in sent.items if order.updated_at]
    assert moments == sorted(moments)
    since, until = SEED_NOW - timedelta(days=3), SEED_NOW - timedelta(days=1)
    bought = await allegro.orders.orders(bought_from=since, bought_to=until)
    updated = await allegro.orders.orders(updated_from=since, updated_to=until, lines_sent="NONE")
    assert 0 < len(bought.items) < len(every)
    assert all(order.bought_at and since <= order.bought_at <= until for order in bought.items)
    assert 0 < len(updated.items) < len(every)
    assert all(order.updated_at and since <= order.updated_at <= until for order in updated.items)


async def test_a_state_is_set_with_the_revision_that_was_seen(allegro: Allegro) -> None:
    """The order shows the state, its revision is another one, and the log holds the event."""
    order = await order_of(allegro, "adrian_w_lodz")
    latest = await allegro.events.latest()
    assert latest is not None
    await allegro.orders.set_fulfilment(order.id, FulfilmentStatus.PROCESSING, order.revision)
    changed = await allegro.orders.order(order.id)
    events = (await allegro.events.events(latest.id)).items
    assert changed.fulfilment is FulfilmentStatus.PROCESSING
    assert changed.revision != order.revision
    assert [(event.type, event.order) for event in events] == [
        (OrderEventType.FULFILLMENT_STATUS_CHANGED, order.id)
    ]
    assert events[0].revision == changed.revision


async def test_an_order_that_has_changed_meanwhile_keeps_its_state(
    allegro: Allegro, simulator: Simulator
) -> None:
    """The buyer was quicker: 409 says to load the order again, and nothing is set."""
    order = await order_of(allegro, "adrian_w_lodz")
    simulator.state.handling.buyer_changes(order.id, "Grawer: Zosia")
    with pytest.raises(errors.RevisionOutdated, match="load it again") as caught:
        await allegro.orders.set_fulfilment(order.id, FulfilmentStatus.SENT, order.revision)
    assert isinstance(caught.value, errors.Conflict)
    changed = await allegro.orders.order(order.id)
    assert (changed.fulfilment, changed.message_to_seller) == (FulfilmentStatus.NEW, "Grawer: Zosia")


async def test_a_parcel_number_shows_wherever_one_looks(allegro: Allegro) -> None:
    """It is in the list, in the tracking, and in how many lines are sent: some first, then all."""
    order = await order_of(allegro, "mateusz.nowy")
    assert order.lines_sent == "NONE"
    first = await allegro.shipments.add(order.id, "DPD", "1300 5555 1234", lines=[order.items[0].id])
    assert (await allegro.orders.order(order.id)).lines_sent == "SOME"
    second = await allegro.shipments.add(
        order.id, "OTHER", "X-7", carrier_name="Pan Kanapka", lines=[order.items[1].id]
    )
    assert (await allegro.orders.order(order.id)).lines_sent == "ALL"
    assert await allegro.shipments.shipments(order.id) == (first, second)
    assert (first.waybill, first.lines) == ("130055551234", (order.items[0].id,))
    assert second.carrier_name == "Pan Kanapka"
    parcel = (await allegro.shipments.tracking("DPD", ["130055551234"]))[0]
    assert parcel.latest is not None
    assert parcel.latest.code is TrackingCode.PENDING


async def test_the_seed_tells_how_far_parcels_are(allegro: Allegro) -> None:
    """One stands still in transit, most have arrived, a return is under way, one is of nobody."""
    stuck = (await allegro.shipments.shipments((await order_of(allegro, "dorota_wlkp")).id))[0]
    arrived = (await allegro.shipments.shipments((await order_of(allegro, "lucyna57")).id))[0]
    found = await allegro.shipments.tracking("INPOST", [stuck.waybill, arrived.waybill, "NOBODYS"])
    codes = [parcel.latest and parcel.latest.code for parcel in found]
    assert codes == [TrackingCode.IN_TRANSIT, TrackingCode.DELIVERED, None]


async def test_many_numbers_are_asked_for_in_twenties(simulator: Simulator) -> None:
    """Forty-five numbers are three questions, and one answer for each number comes in order."""
    numbers = [f"N{number}" for number in range(45)]
    judge = Judge()
    async with connected(simulator, judge) as allegro:
        found = await allegro.shipments.tracking("DHL", numbers)
    asked = [call for call in judge.judged if call.endswith("/tracking")]
    assert len(asked) in {0, 3}  # none where the judge has no file
    assert [parcel.waybill for parcel in found] == numbers


async def test_carriers_are_listed_without_a_scope() -> None:
    """Any token may ask for carriers; the one without a name is called by its id."""
    with running(replace(SETTINGS, scopes=ALL_SCOPES - {"allegro:api:orders:read"})) as simulator:
        async with connected(simulator, Judge()) as allegro:
            names = {carrier.id: carrier.name for carrier in await allegro.shipments.carriers()}
    assert names["POCZTA_POLSKA"] == "Poczta Polska"
    assert names["OTHER"] == "OTHER"


async def test_what_a_parcel_cannot_be_is_told(allegro: Allegro) -> None:
    """An unknown carrier is 400, a line of another order 422, both in words of their own."""
    order = await order_of(allegro, "mateusz.nowy")
    other = await order_of(allegro, "adrian_w_lodz")
    with pytest.raises(errors.ShipmentNotTaken, match="carrier"):
        await allegro.shipments.add(order.id, "PIGEON", "1")
    with pytest.raises(errors.Unprocessable):
        await allegro.shipments.add(order.id, "DPD", "1", lines=[other.items[0].id])
    with pytest.raises(errors.TrackingNotTaken):
        await allegro.shipments.tracking("PIGEON", ["1"])


async def test_a_number_in_too_many_orders_is_overused(allegro: Allegro) -> None:
    """The eleventh order with one number is refused."""
    orders = (await allegro.orders.orders(limit=11)).items
    for order in orders[:10]:
        await allegro.shipments.add(order.id, "DPD", "TWICE")
    with pytest.raises(errors.WaybillOverused):
        await allegro.shipments.add(orders[10].id, "DPD", "TWICE")


async def test_an_invoice_is_scanned_and_accepted(allegro: Allegro, hand: Hand) -> None:
    """It waits for the antivirus first, and is there for the buyer afterwards."""
    order = await order_of(allegro, "beata_kania82")
    invoice = await allegro.documents.add_invoice(order.id, PDF, "FV 1/2026", limit=order.invoice_limit)
    waiting = (await allegro.documents.documents(order.id)).invoices[0]
    assert (waiting.id, waiting.number, waiting.file_name) == (invoice, "FV 1/2026", PDF.name)
    assert (waiting.scan, waiting.scanned_at) == (ScanState.WAITING, None)
    hand.move(2.0)
    accepted = (await allegro.documents.documents(order.id)).invoices[0]
    assert accepted.scan is ScanState.ACCEPTED
    assert accepted.scanned_at is not None
    assert accepted.check_word == "NOT_APPLICABLE"


async def test_a_bad_file_is_rejected(allegro: Allegro, hand: Hand) -> None:
    """The antivirus throws out what is named after a virus."""
    order = await order_of(allegro, "beata_kania82")
    await allegro.documents.add_invoice(order.id, InvoiceFile.of("Virus.pdf", PDF.content))
    hand.move(2.0)
    documents = await allegro.documents.documents(order.id)
    assert documents.invoices[0].scan is ScanState.REJECTED
    assert not documents.scanning


async def test_no_second_invoice_while_one_is_scanned(allegro: Allegro) -> None:
    """Told before the wire by the list, and by Allegro (422) to whoever does not look."""
    order = await order_of(allegro, "beata_kania82")
    await allegro.documents.add_invoice(order.id, PDF)
    with pytest.raises(errors.StillScanning):
        await allegro.documents.add_invoice(order.id, PDF)
    with pytest.raises(errors.InvoiceNotTaken, match="scanned"):
        await allegro.documents.declare(order.id, PDF)


async def test_ten_invoices_are_enough(allegro: Allegro, hand: Hand) -> None:
    """The eleventh is refused before the wire, and with 409 where nobody looked."""
    order = await order_of(allegro, "beata_kania82")
    for _ in range(10):
        await allegro.documents.add_invoice(order.id, PDF)
        hand.move(2.0)
    with pytest.raises(errors.TooManyDocuments, match="10 invoices"):
        await allegro.documents.add_invoice(order.id, PDF)
    with pytest.raises(errors.InvoiceNotNow):
        await allegro.documents.declare(order.id, PDF)


async def test_a_file_goes_to_an_invoice_once(allegro: Allegro) -> None:
    """A second file to the same invoice is a conflict of its own kind."""
    order = await order_of(allegro, "beata_kania82")
    invoice = await allegro.documents.add_invoice(order.id, PDF)
    with pytest.raises(errors.InvoiceHasFile):
        await allegro.documents.upload(order.id, invoice, PDF)


async def test_files_that_slip_through_are_refused_by_allegro(allegro: Allegro) -> None:
    """Empty (422) and too large (413), and the half-way invoice says where the file still goes."""
    order = await order_of(allegro, "beata_kania82")
    invoice = await allegro.documents.declare(order.id, PDF)
    with pytest.raises(errors.FileNotTaken):
        await allegro.documents.upload(order.id, invoice, InvoiceFile("a.pdf", b""))
    with pytest.raises(errors.InvoiceTooLarge, match="3 MB"):
        await allegro.documents.upload(order.id, invoice, InvoiceFile("a.pdf", b"x" * 3_145_729))
    with pytest.raises(errors.InvoiceHalfway) as caught:
        await allegro.documents.add_invoice(order.id, InvoiceFile("a.pdf", b""))
    await allegro.documents.upload(order.id, caught.value.invoice, PDF)
    assert [one.has_file for one in (await allegro.documents.documents(order.id)).invoices] == [False, True]


async def test_an_order_that_takes_no_invoice(allegro: Allegro) -> None:
    """A cancelled purchase has none."""
    order = await order_of(allegro, "damian_1988")
    with pytest.raises(errors.InvoiceNotTaken):
        await allegro.documents.add_invoice(order.id, PDF)


async def test_declaring_too_fast_holds_up_nothing_else(hand: Hand) -> None:
    """429 of a declaration asks for a few seconds, and reads go on meanwhile."""
    settings = replace(SETTINGS, declare_interval=5.0)
    with running(state=State(build_world(settings), settings, hand)) as simulator:
        async with connected(simulator, Judge()) as allegro:
            order = await order_of(allegro, "beata_kania82")
            await allegro.documents.declare(order.id, PDF)
            with pytest.raises(errors.InvoiceTooSoon) as caught:
                await allegro.documents.declare(order.id, PDF)
            assert caught.value.retry_after == 10.0
            assert await allegro.documents.documents(order.id)
            hand.move(5.0)
            assert await allegro.documents.declare(order.id, PDF)


async def test_links_to_documents(allegro: Allegro) -> None:
    """A link is listed, comes once only, and ten of them are enough."""
    order = await order_of(allegro, "beata_kania82")
    for number in range(10):
        await allegro.documents.add_link(order.id, f"https://paragony.example/p/{number}")
    documents = await allegro.documents.documents(order.id)
    assert [link.url for link in documents.links] == [
        f"https://paragony.example/p/{number}" for number in range(10)
    ]
    with pytest.raises(errors.LinkRefused, match="already"):
        await allegro.documents.add_link(order.id, "https://paragony.example/p/3")
    with pytest.raises(errors.TooManyDocuments):
        await allegro.documents.add_link(order.id, "https://paragony.example/p/11")
    nothing_known = replace(documents, links=())
    with pytest.raises(errors.LinkAlreadyThere):
        await allegro.documents.add_link(order.id, "https://paragony.example/p/3", known=nothing_known)
    with pytest.raises(errors.LinkNotTaken):
        await allegro.documents.add_link(order.id, "https://paragony.example/p/11", known=nothing_known)


async def test_returns_follow_each_other(allegro: Allegro) -> None:
    """Walking the cursor shows each return once; one alone tells what the list told."""
    seen = []
    page = await allegro.returns.returns(limit=1)
    while page.next is not None:
        seen += page.items
        page = await allegro.returns.returns(page.next, limit=1)
    assert [one.status for one in seen] == [
        ReturnStatus.COMMISSION_REFUNDED,
        ReturnStatus.REJECTED,
        ReturnStatus.IN_TRANSIT,
        ReturnStatus.CREATED,
    ]
    assert [await allegro.returns.customer_return(one.id) for one in seen] == seen
    lamp, coats = seen[:2]
    assert (lamp.buyer, lamp.buyer_email, lamp.items[0].reason) == ("m_kubiak_wawa", "", "DONT_LIKE_IT")
    assert coats.rejection is not None
    assert coats.rejection.code == "BUSINESS_PURCHASE"
    assert coats.parcels[0].waybill == ""


async def test_returns_are_narrowed(allegro: Allegro) -> None:
    """By order, buyer, states and time, parcel, offer, number and marketplace."""
    lamp = (await allegro.returns.returns(buyer="m_kubiak_wawa")).items[0]
    again = await allegro.returns.returns(
        order=lamp.order,
        status=[ReturnStatus.COMMISSION_REFUNDED, ReturnStatus.FINISHED],
        created_from=lamp.created_at,
        created_to=lamp.created_at,
        offer=lamp.items[0].offer_id,
        waybill=lamp.parcels[0].waybill,
        reference=lamp.reference,
        marketplace="allegro-pl",
    )
    assert again.items == (lamp,)
    assert not (await allegro.returns.returns(offset=4)).items
    assert not (await allegro.returns.returns(created_to=datetime(2020, 1, 1, tzinfo=UTC))).items


async def test_events_follow_each_other(allegro: Allegro) -> None:
    """Walking the cursor shows every event once, in time, down to the latest."""
    seen = []
    page = await allegro.events.events(limit=50)
    while page.next is not None:
        seen += page.items
        page = await allegro.events.events(page.next, limit=50)
    seen += page.items
    latest = await allegro.events.latest()
    assert latest is not None
    assert seen[-1].id == latest.id
    assert len({event.id for event in seen}) == len(seen) > 100
    assert [event.occurred_at for event in seen] == sorted(event.occurred_at for event in seen)
    cancelled = await allegro.events.events(
        types=[OrderEventType.BUYER_CANCELLED, OrderEventType.AUTO_CANCELLED]
    )
    assert {event.type for event in cancelled.items} == {
        OrderEventType.BUYER_CANCELLED,
        OrderEventType.AUTO_CANCELLED,
    }
    assert all(event.lines and event.buyer for event in seen)


async def test_writing_needs_its_own_scope() -> None:
    """A token that may read orders only is told which scope a change takes."""
    with running(replace(SETTINGS, scopes=ALL_SCOPES - {"allegro:api:orders:write"})) as simulator:
        async with connected(simulator, Judge()) as allegro:
            order = (await every_order(allegro))[0]
            with pytest.raises(errors.NotPermitted, match="allegro:api:orders:write"):
                await allegro.orders.set_fulfilment(order.id, FulfilmentStatus.SENT, order.revision)
            with pytest.raises(errors.NotPermitted, match="allegro:api:orders:write"):
                await allegro.shipments.add(order.id, "DPD", "1")
            with pytest.raises(errors.NotPermitted, match="allegro:api:orders:write"):
                await allegro.documents.declare(order.id, PDF)


async def test_an_order_of_somebody_else_has_nothing_to_tell(allegro: Allegro) -> None:
    """Every resource of an unknown order is not found."""
    nobody = "29738e61-7f6a-11e8-ac45-09db60ede9d6"
    with pytest.raises(errors.NotFound):
        await allegro.shipments.shipments(nobody)
    with pytest.raises(errors.NotFound):
        await allegro.documents.documents(nobody)
    with pytest.raises(errors.NotFound):
        await allegro.orders.set_fulfilment(nobody, FulfilmentStatus.SENT, "819b5836")
    with pytest.raises(errors.NotFound):
        await allegro.returns.customer_return(nobody)


async def test_nothing_unsafe_hangs_on_an_order() -> None:
    """In a world of hostile names no string of a parcel, a document, a return or an event can act."""
    with running(replace(SETTINGS, hostile=True)) as simulator:
        async with connected(simulator, Judge()) as allegro:
            values: list[object] = [(await allegro.returns.returns()).items]
            values.append((await allegro.events.events(limit=1000)).items)
            for order in await every_order(allegro):
                await allegro.shipments.add(order.id, "OTHER", order.id, carrier_name="\u202e&#27;[31m")
                values.append(await allegro.shipments.shipments(order.id))
            order = await order_of(allegro, "beata_kania82")
            await allegro.documents.declare(order.id, PDF, "\x1b[2J\u202e1")
            values.append(await allegro.documents.documents(order.id))
    characters = {character for value in values for text in texts(value) for character in text} - set("\n\t")
    assert [it for it in characters if unicodedata.category(it) in {"Cc", "Cf", "Cs", "Zl", "Zp"}] == []


@pytest.mark.needs_openapi
async def test_every_operation_was_judged(simulator: Simulator) -> None:
    """A tour of all operations on orders breaks no rule of the OpenAPI file."""
    judge = Judge()
    async with connected(simulator, judge) as allegro:
        order = await order_of(allegro, "adrian_w_lodz")
        await allegro.orders.order(order.id)
        await allegro.shipments.carriers()
        parcel = await allegro.shipments.add(order.id, "DPD", "1")
        await allegro.shipments.shipments(order.id)
        await allegro.shipments.tracking(parcel.carrier, [parcel.waybill])
        await allegro.documents.add_invoice(order.id, PDF, "FV 2")
        await allegro.documents.add_link(order.id, "https://paragony.example/p/1")
        await allegro.orders.set_fulfilment(order.id, FulfilmentStatus.SENT, order.revision)
        one = (await allegro.returns.returns()).items[0]
        await allegro.returns.customer_return(one.id)
        await allegro.events.events()
        await allegro.events.latest()
    assert len(set(judge.judged)) == 15
