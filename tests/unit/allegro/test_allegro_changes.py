"""Changes to orders: what goes out, what never does, and what is told of a no or of silence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from api.allegro import errors
from api.allegro.documents import checked_link
from api.allegro.invoice_file import InvoiceFile
from api.domain import FulfilmentStatus, OrderDocuments
from tests.unit.allegro.script import TOKEN, Script, answer, refusal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from api.allegro import Allegro

    Do = Callable[[Allegro], Awaitable[object]]

PDF = InvoiceFile.of("faktura.pdf", b"%PDF-1.7 canary content")
EMPTY = OrderDocuments((), ())
PUBLIC = "application/vnd.allegro.public.v1+json"

DONE = httpx.Response(204, headers={"Trace-Id": "trace-1"})


def fulfil(allegro: Allegro) -> Awaitable[object]:
    return allegro.orders.set_fulfilment("o1", FulfilmentStatus.SENT, "819b5836")


def add_parcel(allegro: Allegro) -> Awaitable[object]:
    return allegro.shipments.add("o1", "DPD", "123")


def declare(allegro: Allegro) -> Awaitable[object]:
    return allegro.documents.declare("o1", PDF)


def upload(allegro: Allegro) -> Awaitable[object]:
    return allegro.documents.upload("o1", "i1", PDF)


def add_link(allegro: Allegro) -> Awaitable[object]:
    return allegro.documents.add_link("o1", "https://a.example/1", known=EMPTY)


def track(allegro: Allegro) -> Awaitable[object]:
    return allegro.shipments.tracking("DPD", ["1"])


CHANGES = [fulfil, add_parcel, declare, upload, add_link]


async def test_a_state_is_put_with_its_revision() -> None:
    """Method, path, query, body and the one language of the resource."""
    script = Script(DONE)
    async with script.client() as allegro:
        await fulfil(allegro)
    request = script.requests[0]
    assert request.method == "PUT"
    assert request.url.raw_path == (b"/order/checkout-forms/o1/fulfillment?checkoutForm.revision=819b5836")
    assert json.loads(request.content) == {"status": "SENT"}
    assert request.headers["Content-Type"] == PUBLIC
    assert request.headers.get_list("Accept-Language") == ["en-US"]


@pytest.mark.parametrize(
    ("status", "revision", "said"),
    [
        (FulfilmentStatus.RETURNED, "819b5836", "RETURNED cannot be set"),
        (FulfilmentStatus.OTHER, "819b5836", "cannot be set"),
        (FulfilmentStatus.SENT, "", "load the order again"),
    ],
)
async def test_states_that_cannot_be_set(status: FulfilmentStatus, revision: str, said: str) -> None:
    """Refused before the wire."""
    script = Script(DONE)
    async with script.client() as allegro:
        with pytest.raises(errors.StatusRefused, match=said):
            await allegro.orders.set_fulfilment("o1", status, revision)
    assert script.requests == []


async def test_a_parcel_number_is_posted_without_spaces() -> None:
    """The name goes along for OTHER only, the lines only where they are named."""
    script = Script(answer({"id": "s1", "waybill": "62001234"}, 201))
    async with script.client() as allegro:
        await allegro.shipments.add("o1", "INPOST", " 6200 1234\n", carrier_name="nobody reads this")
        await allegro.shipments.add("o1", "OTHER", "1", carrier_name=" Foxpost ", lines=["l1"])
    assert [json.loads(request.content) for request in script.requests] == [
        {"carrierId": "INPOST", "waybill": "62001234"},
        {"carrierId": "OTHER", "waybill": "1", "carrierName": "Foxpost", "lineItems": [{"id": "l1"}]},
    ]
    assert script.requests[0].headers["Accept-Language"] == "pl-PL"


@pytest.mark.parametrize(
    ("carrier", "waybill", "name", "said"),
    [
        ("DPD", " \n", "", "empty"),
        ("DPD", "1" * 65, "", "64"),
        ("DPD", "1\x1b2", "", "visible"),
        ("", "1", "", "no carrier"),
        ("OTHER", "1", "", "needs a name"),
        ("OTHER", "1", "n" * 31, "30"),
    ],
)
async def test_parcels_that_cannot_be(carrier: str, waybill: str, name: str, said: str) -> None:
    """Refused before the wire, with what was found."""
    script = Script(answer({}))
    async with script.client() as allegro:
        with pytest.raises(errors.ShipmentRefused, match=said):
            await allegro.shipments.add("o1", carrier, waybill, carrier_name=name)
    assert script.requests == []


async def test_an_invoice_goes_in_two_steps() -> None:
    """The list is looked at, the invoice declared, the bytes put with a bare type."""
    script = Script(answer({"invoices": []}), answer({"id": "i/1"}, 201), httpx.Response(200))
    async with script.client() as allegro:
        assert await allegro.documents.add_invoice("o1", PDF, " FV 1/2026 ") == "i/1"
    look, declaration, file = script.requests
    assert (look.method, declaration.method, file.method) == ("GET", "POST", "PUT")
    assert json.loads(declaration.content) == {"file": {"name": "faktura.pdf"}, "invoiceNumber": "FV 1/2026"}
    assert file.url.raw_path == b"/order/checkout-forms/o1/invoices/i%2F1/file"
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.content == PDF.content


async def test_a_declaration_whose_file_fails_is_not_lost() -> None:
    """The error names the declaration and what happened to the file."""
    script = Script(answer({"id": "i1"}, 201), refusal(413))
    async with script.client() as allegro:
        with pytest.raises(errors.InvoiceHalfway, match="goes to i1") as caught:
            await allegro.documents.add_invoice("o1", PDF, known=EMPTY)
    assert caught.value.invoice == "i1"
    assert isinstance(caught.value.failure, errors.InvoiceTooLarge)
    assert not caught.value.may_have_happened


@pytest.mark.parametrize("do", CHANGES)
@pytest.mark.parametrize("trouble", [httpx.ReadTimeout("x"), refusal(500), httpx.RemoteProtocolError("x")])
async def test_a_change_is_never_made_twice(do: Do, trouble: httpx.Response | Exception) -> None:
    """After silence or trouble nobody knows; one request went out, and the error says where to look."""
    script = Script(trouble)
    async with script.client() as allegro:
        with pytest.raises(errors.ChangeUnknown, match="Look at the order's") as caught:
            await do(allegro)
    assert len(script.requests) == 1
    assert caught.value.may_have_happened


@pytest.mark.parametrize("do", CHANGES)
async def test_a_change_that_never_left_is_tried_again(do: Do) -> None:
    """No connection is no change: three tries, and a plain error."""
    script = Script(httpx.ConnectTimeout("x"))
    async with script.client() as allegro:
        with pytest.raises(errors.TimedOut):
            await do(allegro)
    assert len(script.requests) == 3


@pytest.mark.parametrize(
    ("do", "status", "kind", "parent"),
    [
        (fulfil, 409, errors.RevisionOutdated, errors.Conflict),
        (fulfil, 422, errors.StatusNotTaken, errors.Unprocessable),
        (add_parcel, 400, errors.ShipmentNotTaken, errors.BadRequest),
        (add_parcel, 409, errors.WaybillOverused, errors.Conflict),
        (track, 400, errors.TrackingNotTaken, errors.BadRequest),
        (declare, 409, errors.InvoiceNotNow, errors.Conflict),
        (declare, 422, errors.InvoiceNotTaken, errors.Unprocessable),
        (declare, 429, errors.InvoiceTooSoon, errors.TooMany),
        (upload, 409, errors.InvoiceHasFile, errors.Conflict),
        (upload, 413, errors.InvoiceTooLarge, errors.Refused),
        (upload, 415, errors.BadRequest, errors.Refused),
        (upload, 422, errors.FileNotTaken, errors.Unprocessable),
        (add_link, 409, errors.LinkAlreadyThere, errors.Conflict),
        (add_link, 422, errors.LinkNotTaken, errors.Unprocessable),
    ],
)
async def test_a_no_is_told_by_its_meaning(
    do: Do, status: int, kind: type[errors.AllegroError], parent: type[errors.AllegroError]
) -> None:
    """Each status has the kind that says what to do here, below the usual one."""
    script = Script(refusal(status, "CODE", "Nie.", "url"))
    async with script.client() as allegro:
        with pytest.raises(parent) as caught:
            await do(allegro)
    error = caught.value
    assert type(error) is kind
    assert (error.status, error.code, error.user_message, error.trace_id) == (
        status,
        "CODE",
        "Nie.",
        "trace-1",
    )
    assert error.next_step in str(error)
    assert len(script.requests) == 1


async def test_declaring_too_soon_keeps_nobody_else_back() -> None:
    """A 429 of a declaration is its own; Allegro's Retry-After counts where it is longer."""
    script = Script(refusal(429, Retry_After="25"), answer({"invoices": []}))
    async with script.client() as allegro:
        with pytest.raises(errors.InvoiceTooSoon) as caught:
            await declare(allegro)
        assert caught.value.retry_after == 25.0
        assert await allegro.documents.documents("o1") == EMPTY
        assert allegro.quiet.remaining() == 0.0


async def test_any_other_429_keeps_all_back() -> None:
    """A parcel number that was one too many requests is the application's limit."""
    async with Script(refusal(429)).client() as allegro:
        with pytest.raises(errors.TooMany):
            await add_parcel(allegro)
        assert allegro.quiet.remaining() >= 60.0


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/1",
        "ftp://a.example/1",
        "a.example/1",
        "",
        "https://",
        "https:///1",
        "https://localhost/1",
        "https://user:secret@a.example/1",
        "https://a.example/1 2",
        "https://a.example/\u202e1",
        "https://a.example/" + "1" * 2000,
        "https://[::1",
        "javascript:alert(1)",
    ],
)
async def test_addresses_that_are_no_links(url: str) -> None:
    """Refused before the wire, nothing that is secret repeated."""
    script = Script(answer({}))
    async with script.client() as allegro:
        with pytest.raises(errors.LinkRefused) as caught:
            await allegro.documents.add_link("o1", url)
    assert script.requests == []
    assert "secret" not in str(caught.value)


def test_an_address_is_trimmed() -> None:
    """White space around it is of the clipboard."""
    assert checked_link(" https://a.example/1?b=c#d\n") == "https://a.example/1?b=c#d"


async def test_no_error_quotes_a_file_or_the_token() -> None:
    """Neither in its words nor in its form, also where Allegro repeats them."""
    script = Script(refusal(422, "CODE", f"Bearer {TOKEN}"))
    async with script.client() as allegro:
        with pytest.raises(errors.FileNotTaken) as caught:
            await upload(allegro)
    assert "canary content" not in f"{caught.value} {caught.value!r} {PDF!r}"
    assert TOKEN not in str(caught.value)
