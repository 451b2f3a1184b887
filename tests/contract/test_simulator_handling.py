"""Parcels, documents, states, returns and events of the pretend Allegro, as a plain client meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.simulator.call import BETA, PUBLIC
from tests.contract.conftest import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from api.simulator.server import Simulator
    from tests.contract.conftest import Hand

ORDERS = "/order/checkout-forms"


@pytest.fixture
def seller(own: Simulator) -> Iterator[Client]:
    with Client(own, PUBLIC) as client:
        yield client


@pytest.fixture(scope="module")
def returns(shown: Simulator) -> Iterator[Client]:
    with Client(shown, BETA) as client:
        yield client


def order_of(client: Client, buyer: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(ORDERS, params={"buyer.login": buyer}).json()["checkoutForms"][0]
    return found


def code_of(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["errors"][0]["code"]


def put_file(client: Client, path: str, content: bytes, kind: str = "application/pdf") -> httpx.Response:
    return client.put(path, content=content, headers={"Content-Type": kind})


def test_a_state_needs_the_newest_revision(seller: Client) -> None:
    """Every change makes a revision; the old one is 409 afterwards, none at all is taken."""
    order = order_of(seller, "adrian_w_lodz")
    path = f"{ORDERS}/{order['id']}/fulfillment"
    old = f"{path}?checkoutForm.revision={order['revision']}"
    first = seller.send_json("PUT", old, {"status": "PROCESSING"})
    assert (first.status_code, first.content) == (204, b"")
    assert code_of(seller.send_json("PUT", old, {"status": "SENT"}))[0] == 409
    assert seller.send_json("PUT", path, {"status": "SENT"}).status_code == 204
    assert order_of(seller, "adrian_w_lodz")["fulfillment"]["status"] == "SENT"


@pytest.mark.parametrize("status", ["RETURNED", "LOST", "", None, 7, ["SENT"]])
def test_states_that_cannot_be_set(seller: Client, status: object) -> None:
    """422, and the order stays as it was."""
    order = order_of(seller, "adrian_w_lodz")
    response = seller.send_json("PUT", f"{ORDERS}/{order['id']}/fulfillment", {"status": status})
    assert code_of(response) == (422, "STATUS_NOT_ALLOWED")
    assert order_of(seller, "adrian_w_lodz") == order


@pytest.mark.parametrize(
    ("body", "status", "path"),
    [
        ({"waybill": "1"}, 400, "carrierId"),
        ({"carrierId": "DPD"}, 400, "waybill"),
        ({"carrierId": "DPD", "waybill": ""}, 400, "waybill"),
        ({"carrierId": "DPD", "waybill": "1" * 65}, 400, "waybill"),
        ({"carrierId": "DPD", "waybill": "1 2"}, 400, "waybill"),
        ({"carrierId": "PIGEON", "waybill": "1"}, 400, "carrierId"),
        ({"carrierId": "OTHER", "waybill": "1"}, 400, "carrierName"),
        ({"carrierId": "OTHER", "waybill": "1", "carrierName": "n" * 31}, 400, "carrierName"),
        ({"carrierId": "OTHER", "waybill": "1", "carrierName": 7}, 400, "carrierName"),
        ({"carrierId": "DPD", "waybill": "1", "lineItems": [{"id": "no"}]}, 422, "lineItems"),
        ({"carrierId": "DPD", "waybill": "1", "lineItems": [{"id": 7}]}, 422, "lineItems"),
        ({"carrierId": "DPD", "waybill": "1", "lineItems": "all"}, 422, "lineItems"),
    ],
)
def test_parcels_that_cannot_be(seller: Client, body: object, status: int, path: str) -> None:
    """The field that is wrong is named, and nothing is added."""
    url = f"{ORDERS}/{order_of(seller, 'adrian_w_lodz')['id']}/shipments"
    response = seller.send_json("POST", url, body)
    assert response.status_code == status
    assert response.json()["errors"][0]["path"] == path
    assert seller.get(url).json() == {"shipments": []}


def test_what_was_sent_has_a_parcel_number(public: Client) -> None:
    """Every sent order names its parcel, but for what is fetched; one order of two lines named only one."""
    for order in public.get(ORDERS).json()["checkoutForms"]:
        shipments = public.get(f"{ORDERS}/{order['id']}/shipments").json()["shipments"]
        sent = order["fulfillment"]["shipmentSummary"]["lineItemsSent"]
        fetched = (order["delivery"] or {}).get("method", {}).get("name") == "Odbiór osobisty"
        assert bool(shipments) == (sent != "NONE" and not fetched)


def test_tracking_is_bounded(public: Client) -> None:
    """No number, more than twenty, and an unknown carrier are 400."""
    url = "/order/carriers/DPD/tracking"
    assert public.get(url).status_code == 400
    assert public.get(url, params={"waybill": [str(it) for it in range(20)]}).status_code == 200
    assert public.get(url, params={"waybill": [str(it) for it in range(21)]}).status_code == 400
    assert code_of(public.get("/order/carriers/PIGEON/tracking?waybill=1")) == (400, "UNKNOWN_CARRIER")


def test_a_lost_parcel_has_no_details(public: Client) -> None:
    """A number that nobody sent comes back bare."""
    answer = public.get("/order/carriers/DPD/tracking?waybill=NOBODYS").json()
    assert answer == {"carrierId": "DPD", "waybills": [{"waybill": "NOBODYS"}]}


def test_a_file_is_read_and_judged(own: Simulator, seller: Client, hand: Hand) -> None:
    """WAITING until the antivirus is through; what is named after a virus is rejected."""
    url = f"{ORDERS}/{order_of(seller, 'beata_kania82')['id']}/invoices"
    states = []
    for name in ("FV.pdf", "eVIRUSek.pdf"):
        invoice = seller.send_json("POST", url, {"file": {"name": name}}).json()["id"]
        assert put_file(seller, f"{url}/{invoice}/file", b"%PDF-").status_code == 200
        states.append(seller.get(url).json()["invoices"][-1]["file"]["securityVerification"]["status"])
        hand.move(own.state.settings.scan_seconds)
        states.append(seller.get(url).json()["invoices"][-1]["file"]["securityVerification"]["status"])
    assert states == ["WAITING", "ACCEPTED", "WAITING", "REJECTED"]


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        (b"", "application/pdf", (422, "FILE_EMPTY")),
        (b"x" * 3_145_729, "application/pdf", (413, "FILE_TOO_LARGE")),
        (b"%PDF-", "application/pdf;charset=UTF-8", (415, "UNSUPPORTED_MIME_TYPE")),
        (b"%PDF-", "image/png", (415, "UNSUPPORTED_MIME_TYPE")),
        (b"%PDF-", PUBLIC, (415, "UNSUPPORTED_MIME_TYPE")),
    ],
)
def test_files_that_cannot_be(seller: Client, content: bytes, kind: str, expected: tuple[int, str]) -> None:
    """The declaration stays, and takes a good file afterwards, once."""
    url = f"{ORDERS}/{order_of(seller, 'beata_kania82')['id']}/invoices"
    path = f"{url}/{seller.send_json('POST', url, {'file': {'name': 'a.pdf'}}).json()['id']}/file"
    assert code_of(put_file(seller, path, content, kind)) == expected
    assert put_file(seller, path, b"%PDF-").status_code == 200
    assert code_of(put_file(seller, path, b"%PDF-")) == (409, "INVOICE_FILE_EXISTS")


def test_an_invoice_belongs_to_its_order(seller: Client) -> None:
    """Its file cannot be put by way of another order."""
    url = f"{ORDERS}/{order_of(seller, 'beata_kania82')['id']}/invoices"
    other = f"{ORDERS}/{order_of(seller, 'adrian_w_lodz')['id']}/invoices"
    invoice = seller.send_json("POST", url, {"file": {"name": "a.pdf"}}).json()["id"]
    assert code_of(put_file(seller, f"{other}/{invoice}/file", b"%PDF-")) == (404, "INVOICE_NOT_FOUND")


@pytest.mark.parametrize("body", [{}, {"file": {}}, {"file": {"name": " "}}, {"file": "a.pdf"}])
def test_an_invoice_needs_a_file_name(seller: Client, body: object) -> None:
    """422 naming the field."""
    url = f"{ORDERS}/{order_of(seller, 'beata_kania82')['id']}/invoices"
    response = seller.send_json("POST", url, body)
    assert (response.status_code, response.json()["errors"][0]["path"]) == (422, "file.name")


@pytest.mark.parametrize(
    "url", ["http://a.example/1", "a.example", "https://", "https://a b/", "", 7, None, "https://[::1"]
)
def test_links_that_cannot_be(seller: Client, url: object) -> None:
    """422 naming the field, and nothing is added."""
    order = order_of(seller, "adrian_w_lodz")["id"]
    response = seller.send_json("POST", f"/order/{order}/billing-documents/links", {"url": url})
    assert (response.status_code, response.json()["errors"][0]["path"]) == (422, "url")
    assert seller.get(f"{ORDERS}/{order}/invoices").json()["links"] == []


def test_the_seed_has_documents(public: Client) -> None:
    """An accepted invoice, a rejected file, a link; and none for those who cannot find theirs."""
    cafe = public.get(
        ORDERS, params={"buyer.login": "projekt_kawiarnia", "fulfillment.status": "SENT"}
    ).json()
    documents = public.get(f"{ORDERS}/{cafe['checkoutForms'][0]['id']}/invoices").json()
    scans = [it["file"]["securityVerification"]["status"] for it in documents["invoices"]]
    missing = public.get(f"{ORDERS}/{order_of(public, 'beata_kania82')['id']}/invoices").json()
    linked = public.get(f"{ORDERS}/{order_of(public, 'michal.dzik')['id']}/invoices").json()
    assert scans == ["REJECTED", "ACCEPTED"]
    assert (missing["invoices"], missing["links"]) == ([], [])
    assert len(linked["links"]) == 1


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        ({}, 4),
        ({"status": ["CREATED", "IN_TRANSIT"]}, 2),
        ({"status": "NEVER_HEARD_OF"}, 0),
        ({"parcels.carrierId": "DPD"}, 1),
        ({"items.name": "Zegar ścienny dębowy 30 cm, cichy mechanizm"}, 1),
        ({"buyer.email": "a@b.example"}, 0),
        ({"marketplaceId": "allegro-cz"}, 0),
        ({"createdAt.gte": "2026-11-20T00:00:00Z"}, 2),
        ({"createdAt.lte": "2026-11-20T00:00:00Z"}, 2),
        ({"offset": "3"}, 1),
        ({"limit": "3"}, 3),
    ],
)
def test_returns_are_narrowed(returns: Client, parameters: dict[str, str], count: int) -> None:
    """Each filter keeps what it names; the set of states is open."""
    assert len(returns.get("/order/customer-returns", params=parameters).json()["customerReturns"]) == count


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({"from": "nobody"}, 400),
        ({"limit": "0"}, 422),
        ({"limit": "1001"}, 422),
        ({"createdAt.gte": "x"}, 400),
    ],
)
def test_returns_that_cannot_be_asked_for(returns: Client, parameters: dict[str, str], status: int) -> None:
    """A cursor that is none, a page out of range, a time that is none."""
    assert returns.get("/order/customer-returns", params=parameters).status_code == status


def test_returns_speak_beta_only(public: Client) -> None:
    """public.v1 is 406, and an unknown return 404."""
    assert public.get("/order/customer-returns").status_code == 406
    assert public.get("/order/customer-returns/x", headers={"Accept": BETA}).status_code == 404


@pytest.mark.parametrize(
    ("parameters", "status"), [({"type": "LOST"}, 422), ({"from": "x"}, 422), ({"limit": "1001"}, 422)]
)
def test_events_that_cannot_be_asked_for(public: Client, parameters: dict[str, str], status: int) -> None:
    """422, as the file says."""
    assert public.get("/order/events", params=parameters).status_code == status


def test_an_event_is_older_than_sixty_days_never(public: Client) -> None:
    """What happened earlier is not told, and what did comes in time."""
    events = public.get("/order/events", params={"limit": "1000"}).json()["events"]
    moments = [it["occurredAt"] for it in events]
    assert moments == sorted(moments)
    assert moments[0] > "2026-09-24"
    stats = public.get("/order/event-stats").json()["latestEvent"]
    assert stats == {"id": events[-1]["id"], "occurredAt": moments[-1]}


def test_nothing_is_after_the_latest_event(public: Client) -> None:
    """Until something happens."""
    latest = public.get("/order/event-stats").json()["latestEvent"]["id"]
    assert public.get("/order/events", params={"from": latest}).json() == {"events": []}
