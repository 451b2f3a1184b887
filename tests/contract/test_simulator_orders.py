"""GET /me and /order/checkout-forms."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from api.simulator.server import Simulator
    from tests.contract.conftest import Client


def listed(public: Client, **parameters: str | int) -> list[dict[str, object]]:
    """The orders of one page; dots in the names of parameters are written as two underscores."""
    named = {name.replace("__", "."): value for name, value in parameters.items()}
    found: list[dict[str, object]] = public.get("/order/checkout-forms", params=named).json()["checkoutForms"]
    return found


def test_me_is_the_seller(public: Client) -> None:
    """The login of the settings, and a company with a tax number."""
    me = public.get("/me").json()
    assert me["login"] == "pracownia_debowa"
    assert valid_nip(me["company"]["taxId"])


def test_orders_come_newest_first(public: Client, shown: Simulator) -> None:
    """Without a sort: by the purchase, the latest first, and all of them counted."""
    response = public.get("/order/checkout-forms").json()
    moments = [it["lineItems"][0]["boughtAt"] for it in response["checkoutForms"]]
    assert moments == sorted(moments, reverse=True)
    assert response["count"] == response["totalCount"] == len(shown.state.orders)


def test_pages_by_offset_repeat_and_omit_nothing(public: Client, shown: Simulator) -> None:
    """Offsets in steps of the limit yield every order once."""
    ids = [it["id"] for offset in range(0, 60, 7) for it in listed(public, offset=offset, limit=7)]
    assert sorted(ids) == sorted(shown.state.orders)


@pytest.mark.parametrize(
    ("sort", "moment_of"),
    [
        ("lineItems.boughtAt", lambda it: it["lineItems"][0]["boughtAt"]),
        ("-lineItems.boughtAt", lambda it: it["lineItems"][0]["boughtAt"]),
        ("updatedAt", lambda it: it["updatedAt"]),
        ("-updatedAt", lambda it: it["updatedAt"]),
    ],
)
def test_sort_orders_by_what_it_names(public: Client, sort: str, moment_of: object) -> None:
    """Ascending, or descending with a minus."""
    moments = [moment_of(it) for it in listed(public, sort=sort)]
    assert moments == sorted(moments, reverse=sort.startswith("-"))


def test_every_status_is_there(public: Client) -> None:
    """Orders of every status, and of every fulfilment status that a seller meets."""
    orders = listed(public)
    assert {it["status"] for it in orders} == {"BOUGHT", "FILLED_IN", "READY_FOR_PROCESSING", "CANCELLED"}
    assert {it["fulfillment"]["status"] for it in orders} == {
        "NEW",
        "PROCESSING",
        "READY_FOR_SHIPMENT",
        "READY_FOR_PICKUP",
        "SENT",
        "PICKED_UP",
        "CANCELLED",
        "SUSPENDED",
        "RETURNED",
    }


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        ({"buyer__login": "ania_i_piotr_2026"}, 2),
        ({"buyer__login": "ANIA_I_PIOTR_2026"}, 0),
        ({"buyer__login": "client:124843816"}, 1),
        ({"status": "BOUGHT"}, 2),
        ({"fulfillment__status": "READY_FOR_PICKUP"}, 1),
        ({"status": "CANCELLED", "buyer__login": "patryk_xdd"}, 1),
        ({"marketplace__id": "allegro-cz"}, 1),
        ({"fulfillment__shipmentSummary__lineItemsSent": "SOME"}, 0),
        ({"updatedAt__gte": "2026-11-23T13:30:00Z"}, 0),
        ({"lineItems__boughtAt__lte": "2026-11-12T00:00:00Z"}, 1),
    ],
)
def test_filters_narrow_the_orders(public: Client, parameters: dict[str, str], count: int) -> None:
    """Each filter keeps what it names."""
    assert len(listed(public, **parameters)) == count


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("limit", "0", 422),
        ("limit", "101", 422),
        ("offset", "-1", 422),
        ("status", "PAID", 400),
        ("fulfillment.status", "LOST", 400),
        ("sort", "price", 400),
        ("updatedAt.gte", "yesterday", 400),
        ("updatedAt.lte", "2026-11-23T13:30:00", 400),
    ],
)
def test_illegal_parameters_are_refused(public: Client, name: str, value: str, status: int) -> None:
    """400 for an illegal filter, 422 for a page out of range, as the file says."""
    response = public.get("/order/checkout-forms", params={name: value})
    assert response.status_code == status
    assert response.json()["errors"][0]["path"] == name


def test_one_order_reads_as_in_the_list(public: Client) -> None:
    """The detail of every order is what the list gave."""
    for order in listed(public):
        assert public.get(f"/order/checkout-forms/{order['id']}").json() == order


def test_an_unknown_order_is_not_found(public: Client) -> None:
    response = public.get("/order/checkout-forms/29738e61-7f6a-11e8-ac45-09db60ede9d6")
    assert response.status_code == 404


def test_an_id_that_is_no_uuid_is_refused(public: Client) -> None:
    assert public.get("/order/checkout-forms/12345").status_code == 422


def test_totals_add_up(public: Client) -> None:
    """What is to pay is the lines and the delivery, and what was paid is that."""
    for order in listed(public):
        lines = sum(Decimal(it["price"]["amount"]) * it["quantity"] for it in order["lineItems"])
        cost = Decimal(order["delivery"]["cost"]["amount"]) if order["delivery"] else Decimal(0)
        assert Decimal(order["summary"]["totalToPay"]["amount"]) == lines + cost
        if order["payment"] and order["payment"]["paidAmount"]:
            assert order["payment"]["paidAmount"] == order["summary"]["totalToPay"]


def test_what_is_null_live_is_null_here(public: Client) -> None:
    """Money at the door has no amount, what is not ready no address, and most orders no note."""
    orders = listed(public)
    at_the_door = next(it for it in orders if (it["payment"] or {}).get("type") == "CASH_ON_DELIVERY")
    assert at_the_door["payment"]["paidAmount"] is None
    assert all(
        it["delivery"]["address"] is None for it in orders if it["status"] in {"FILLED_IN", "CANCELLED"}
    )
    assert {it["note"] is None for it in orders} == {True, False}
    assert {it["messageToSeller"] is None for it in orders} == {True, False}


def test_companies_have_valid_tax_numbers(public: Client) -> None:
    """Every Polish company of an invoice has a NIP that its checksum allows."""
    companies = [
        it["invoice"]["address"]["company"]
        for it in listed(public)
        if it["invoice"]["address"] and it["invoice"]["address"]["company"]
    ]
    assert companies
    assert all(valid_nip(one["ids"][0]["value"]) for one in companies)


def test_orders_that_messages_relate_to_exist_and_are_the_buyers(shown: Simulator) -> None:
    """A message's order is an order of the thread's buyer."""
    for thread in shown.state.threads():
        logins = {person.login.casefold() for person in thread.participants if person.login}
        for message in thread.messages:
            if message.order:
                assert shown.state.order(message.order).buyer.login.casefold() in logins


def valid_nip(text: str) -> bool:
    """The checksum of a Polish tax number."""
    digits = [int(it) for it in text if it.isdigit()]
    weighted = sum(weight * digit for weight, digit in zip((6, 5, 7, 2, 3, 4, 5, 6, 7), digits, strict=False))
    return len(digits) == 10 and weighted % 11 == digits[9]
