"""Orders and what hangs on them become domain values, however loosely Allegro tells them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from api.allegro import errors
from api.allegro.orders import OrderSort
from api.domain import (
    CompanyId,
    FulfilmentStatus,
    Money,
    OrderEventType,
    OrderStatus,
    ReturnStatus,
    ScanState,
    Service,
    Tax,
    TrackingCode,
    Voucher,
)
from tests.unit.allegro.script import Script, answer
from tests.unit.allegro.test_allegro_payloads import HOSTILE, ORDER, SAFE, read_order

LINE: dict[str, Any] = ORDER["lineItems"][0]
TEN = {"amount": "10.00", "currency": "PLN"}
TEN_ZLOTY = Money(Decimal("10.00"), "PLN")


async def test_a_line_with_everything() -> None:
    """Original price, deposit, discounts, services, vouchers and tax arrive."""
    order = await read_order(
        lineItems=[
            {
                **LINE,
                "originalPrice": {"amount": 70, "currency": "PLN"},
                "deposit": {"price": TEN},
                "discounts": [{"type": "COUPON"}, {"type": "BRAND_NEW_KIND"}],
                "selectedAdditionalServices": [
                    {"definitionId": "GIFT_WRAP", "name": "Pakowanie", "price": TEN, "quantity": "2"}
                ],
                "vouchers": [
                    {
                        "code": "ABC",
                        "type": "NOTEBOOKS_FOR_TEACHERS",
                        "status": "ACTIVE",
                        "externalTransactionId": "t1",
                        "value": TEN,
                    }
                ],
                "tax": {"rate": 23, "subject": "GOODS", "exemption": None},
            }
        ]
    )
    line = order.items[0]
    assert line.original_price == Money(Decimal(70), "PLN")
    assert line.discounted
    assert line.deposit == TEN_ZLOTY
    assert line.discounts == ("COUPON", "BRAND_NEW_KIND")
    assert line.services == (Service("Pakowanie", TEN_ZLOTY, 2, "GIFT_WRAP"),)
    assert line.vouchers == (Voucher("NOTEBOOKS_FOR_TEACHERS", "ACTIVE", "ABC", TEN_ZLOTY, "t1"),)
    assert line.tax == Tax("23", "GOODS", "")
    assert order.bought_at == datetime(2026, 11, 20, 10, tzinfo=UTC)


async def test_a_payment_with_everything() -> None:
    """Features, reconciliation and surcharges arrive; a deferred payment allows one invoice."""
    payment = {
        **ORDER["payment"],
        "type": "EXTENDED_TERM",
        "features": ["ALLEGRO_PAY"],
        "reconciliation": TEN,
    }
    order = await read_order(payment=payment, surcharges=[{"id": "s1", "type": "ONLINE", "paidAmount": TEN}])
    assert order.payment is not None
    assert order.payment.features == ("ALLEGRO_PAY",)
    assert order.payment.reconciliation == TEN_ZLOTY
    assert [(one.id, one.paid) for one in order.surcharges] == [("s1", TEN_ZLOTY)]
    assert (order.payment.deferred, order.invoice_limit) == (True, 1)
    assert (await read_order()).invoice_limit == 10


async def test_a_delivery_with_everything() -> None:
    """Cancellation, packages, a moved address and the point's description arrive."""
    order = await read_order(
        delivery={
            **ORDER["delivery"],
            "address": {**ORDER["delivery"]["address"], "modifiedAt": "2026-11-21T09:00:00Z"},
            "pickupPoint": {"id": "POZ08A", "name": "Paczkomat", "description": "Obok <b>apteki</b>"},
            "cancellation": {"date": "2026-11-22T09:00:00Z"},
            "calculatedNumberOfPackages": "3",
        },
        fulfillment={"status": "SENT", "provider": {"id": "ALLEGRO"}},
    )
    delivery = order.delivery
    assert delivery is not None
    assert delivery.method_id == "1fa56f79"
    assert delivery.cancelled_at == datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert delivery.packages == 3
    assert delivery.address is not None
    assert delivery.address.modified_at == datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert delivery.pickup_point is not None
    assert delivery.pickup_point.description == "Obok <b>apteki</b>"
    assert order.provider == "ALLEGRO"


async def test_an_invoice_with_everything() -> None:
    """All numbers of a company, its VAT status, the due day and the features arrive."""
    address = ORDER["invoice"]["address"]
    company = {
        "name": "Wzór s.c.",
        "ids": [{"type": "PL_NIP", "value": "1234563218"}, {"type": "VAT_EU", "value": "PL1234563218"}],
        "vatPayerStatus": "ACTIVE",
    }
    order = await read_order(
        invoice={
            "required": True,
            "address": {**address, "company": company},
            "dueDate": "2026-12-01",
            "features": ["VAT_EU_VERIFIED"],
        }
    )
    assert order.invoice is not None
    assert order.invoice.ids == (CompanyId("PL_NIP", "1234563218"), CompanyId("VAT_EU", "PL1234563218"))
    assert (order.invoice.tax_id, order.invoice.vat_status) == ("1234563218", "ACTIVE")
    assert (order.invoice.due, order.invoice.features) == (date(2026, 12, 1), ("VAT_EU_VERIFIED",))


async def test_decorations_may_be_half_there() -> None:
    """Empty objects, nulls and new fields inside of what only decorates an order lose nothing else."""
    order = await read_order(
        lineItems=[
            {
                **LINE,
                "originalPrice": None,
                "deposit": {"price": None},
                "discounts": [{"type": None}, {"novelty": 1}],
                "selectedAdditionalServices": [{}],
                "vouchers": [{"value": {}}],
                "tax": {},
                "serialNumbers": {"expected": True},
            }
        ],
        surcharges=[{}],
        invoice={"required": True, "dueDate": "soon", "features": [None, "NEW"]},
    )
    line = order.items[0]
    assert (line.original_price, line.deposit, line.discounts, line.tax) == (None, None, (), None)
    assert line.services == (Service("", None, 0, ""),)
    assert line.vouchers[0].value is None
    assert not line.discounted
    assert order.surcharges[0].paid is None
    assert order.invoice is not None
    assert (order.invoice.due, order.invoice.features) == (None, ("NEW",))


async def test_orders_take_every_filter() -> None:
    """Filters become the wire's parameters; times go out in UTC."""
    script = Script(answer({"checkoutForms": [], "count": 0, "totalCount": 0}))
    noon = datetime.fromisoformat("2026-11-23T13:30:00.123456+01:00")
    async with script.client() as allegro:
        await allegro.orders.orders(
            buyer="kupujacy_1",
            status=OrderStatus.READY_FOR_PROCESSING,
            fulfilment=FulfilmentStatus.NEW,
            lines_sent="SOME",
            bought_from=noon,
            bought_to=noon,
            updated_from=noon,
            updated_to=noon,
            marketplace="allegro-cz",
            payment="p1",
            sort=OrderSort.LATEST_UPDATED,
        )
    moment = "2026-11-23T12:30:00.123Z"
    assert dict(script.requests[0].url.params) == {
        "offset": "0",
        "limit": "100",
        "buyer.login": "kupujacy_1",
        "status": "READY_FOR_PROCESSING",
        "fulfillment.status": "NEW",
        "fulfillment.shipmentSummary.lineItemsSent": "SOME",
        "lineItems.boughtAt.gte": moment,
        "lineItems.boughtAt.lte": moment,
        "updatedAt.gte": moment,
        "updatedAt.lte": moment,
        "marketplace.id": "allegro-cz",
        "payment.id": "p1",
        "sort": "-updatedAt",
    }


async def test_filters_that_mean_nothing_are_not_asked() -> None:
    """A time without a zone, and words that stand for unknown ones, stop before the wire."""
    script = Script(answer({}))
    naive = datetime(2026, 11, 23)  # noqa: DTZ001  what is refused
    async with script.client() as allegro:
        with pytest.raises(ValueError, match="zone"):
            await allegro.orders.orders(updated_from=naive)
        with pytest.raises(ValueError, match="OTHER"):
            await allegro.orders.orders(fulfilment=FulfilmentStatus.OTHER)
        with pytest.raises(ValueError, match="OTHER"):
            await allegro.returns.returns(status=[ReturnStatus.OTHER])
        with pytest.raises(ValueError, match="OTHER"):
            await allegro.events.events(types=[OrderEventType.OTHER])
        with pytest.raises(ValueError, match="limit"):
            await allegro.returns.returns(limit=1001)
        with pytest.raises(ValueError, match="limit"):
            await allegro.events.events(limit=0)
    assert script.requests == []


async def test_a_full_page_without_a_total_goes_on() -> None:
    """Where Allegro does not say how many there are, only a page that is not full is the last."""
    script = Script(answer({"checkoutForms": [{"id": "o1"}, {"id": "o2"}]}))
    async with script.client() as allegro:
        assert (await allegro.orders.orders(limit=2)).next == "2"
        assert (await allegro.orders.orders(limit=3)).next is None


async def test_shipments() -> None:
    """Parcel numbers arrive safe, with what is missing left empty."""
    body = {
        "shipments": [
            {
                "id": "s1",
                "waybill": HOSTILE,
                "carrierId": "OTHER",
                "carrierName": HOSTILE,
                "lineItems": [{"id": "l1"}, {"id": None}],
                "createdAt": "2026-11-23T10:00:00Z",
                "novelty": [],
            },
            {},
        ]
    }
    async with Script(answer(body)).client() as allegro:
        first, second = await allegro.shipments.shipments("o1")
    assert first.waybill == first.carrier_name == SAFE.strip()
    assert (first.lines, second.waybill, second.created_at) == (("l1",), "", None)
    async with Script(answer({})).client() as allegro:
        assert await allegro.shipments.shipments("o1") == ()
        assert await allegro.shipments.carriers() == ()


async def test_tracking_in_order() -> None:
    """Steps come in time; an unknown code keeps its word, one without a time comes last."""
    statuses = [
        {"occurredAt": "2026-11-23T10:00:00Z", "code": "TELEPORTED", "description": "hop"},
        {"occurredAt": None, "code": "ISSUE"},
        {"occurredAt": "2026-11-22T10:00:00Z", "code": "IN_TRANSIT"},
    ]
    body = {"carrierId": "DPD", "waybills": [{"waybill": "1", "trackingDetails": {"statuses": statuses}}]}
    async with Script(answer(body)).client() as allegro:
        parcel, unknown = await allegro.shipments.tracking("DPD", ["1", " 2 ", "1", ""])
    assert [step.code for step in parcel.steps] == [
        TrackingCode.IN_TRANSIT,
        TrackingCode.OTHER,
        TrackingCode.ISSUE,
    ]
    assert parcel.steps[1].code_word == "TELEPORTED"
    assert (unknown.waybill, unknown.steps, unknown.latest) == ("2", (), None)


async def test_tracking_of_nothing_asks_nothing() -> None:
    """No numbers, no request."""
    script = Script(answer({}))
    async with script.client() as allegro:
        assert await allegro.shipments.tracking("DPD", []) == ()
    assert script.requests == []


async def test_documents() -> None:
    """A declaration without a file, a file with a new word for its scan, and a link."""
    body = {
        "orderMode": "REGULAR",
        "invoices": [
            {"id": "i1", "file": {"name": "a.pdf"}},
            {
                "id": "i2",
                "invoiceNumber": "FV 1",
                "file": {
                    "name": "zdj\u202efdp.exe",
                    "uploadedAt": "2026-11-23T10:00:00Z",
                    "securityVerification": {"status": "QUARANTINED", "verifiedAt": None},
                    "verification": {
                        "status": "REJECTED",
                        "details": [{"type": "ERROR", "code": "E1", "message": "Kwota nieczytelna"}],
                    },
                },
            },
        ],
        "links": [{"id": "l1", "url": "https://a.example/1", "createdAt": "2026-11-23T10:00:00Z"}],
        "hasExternalInvoices": True,
    }
    async with Script(answer(body)).client() as allegro:
        documents = await allegro.documents.documents("o1")
    declared, uploaded = documents.invoices
    assert (declared.has_file, declared.scan) == (False, ScanState.OTHER)
    assert uploaded.file_name == "zdjfdp.exe"
    assert (uploaded.has_file, uploaded.scan, uploaded.scan_word) == (True, ScanState.OTHER, "QUARANTINED")
    assert (uploaded.check_word, uploaded.complaints) == ("REJECTED", ("Kwota nieczytelna",))
    assert documents.links[0].url == "https://a.example/1"
    assert documents.elsewhere
    assert not documents.scanning
    async with Script(answer({})).client() as allegro:
        assert (await allegro.documents.documents("o1")).invoices == ()


async def test_a_return() -> None:
    """An unknown status keeps its word, what a live account leaves null is empty, comments are safe."""
    body = {
        "id": "r1",
        "createdAt": "2026-11-23T10:00:00Z",
        "orderId": "o1",
        "buyer": {"email": None, "login": "kupujacy_1"},
        "items": [
            {"offerId": 1, "quantity": "2", "price": TEN, "reason": {"type": "X", "userComment": HOSTILE}}
        ],
        "refund": {"bankAccount": {"iban": "PL00"}},
        "parcels": [{"waybill": None, "carrierId": "ALLEGRO", "transportingCarrierId": "ORLEN"}],
        "rejection": {"code": "ITEM_FIXED", "reason": None},
        "status": "LOST_IN_SPACE",
    }
    async with Script(answer(body)).client() as allegro:
        one = await allegro.returns.customer_return("r1")
    assert (one.status, one.status_word) == (ReturnStatus.OTHER, "LOST_IN_SPACE")
    assert (one.buyer, one.buyer_email) == ("kupujacy_1", "")
    assert (one.items[0].offer_id, one.items[0].quantity, one.items[0].comment) == ("1", 2, SAFE)
    assert (one.parcels[0].waybill, one.parcels[0].transporting_carrier) == ("", "ORLEN")
    assert one.rejection is not None
    assert "PL00" not in repr(one)


async def test_the_cursor_of_returns_is_the_newest() -> None:
    """In whatever order a full page comes, the next one begins after its newest return."""
    body = {
        "count": 9,
        "customerReturns": [
            {"id": "new", "createdAt": "2026-11-23T10:00:00Z"},
            {"id": "old", "createdAt": "2026-11-22T10:00:00Z"},
        ],
    }
    script = Script(answer(body))
    async with script.client() as allegro:
        page = await allegro.returns.returns("seen", limit=2)
    assert dict(script.requests[0].url.params) == {"from": "seen", "limit": "2"}
    assert page.next == "new"


async def test_an_event() -> None:
    """An unknown type keeps its word; an event without an order is one all the same."""
    event = {
        "id": 1532603898317497,
        "type": "ORDER_SANG",
        "occurredAt": "2026-11-23T10:00:00Z",
        "order": None,
    }
    script = Script(answer({"events": [event]}))
    async with script.client() as allegro:
        page = await allegro.events.events(
            "5", limit=1, types=[OrderEventType.BOUGHT, OrderEventType.FILLED_IN]
        )
    one = page.items[0]
    assert (one.type, one.type_word, one.order, one.lines) == (OrderEventType.OTHER, "ORDER_SANG", "", ())
    assert page.next == "1532603898317497"
    assert script.requests[0].url.query == b"from=5&limit=1&type=BOUGHT&type=FILLED_IN"


async def test_no_latest_event() -> None:
    """An account on which nothing has happened has none."""
    async with Script(answer({})).client() as allegro:
        assert await allegro.events.latest() is None


async def test_an_amount_in_a_decoration_is_none_or_a_number() -> None:
    """A deposit that is no number is not understood, as every amount."""
    with pytest.raises(errors.Undecodable, match="amount"):
        await read_order(lineItems=[{**LINE, "deposit": {"price": {"amount": "dużo", "currency": "PLN"}}}])
