"""The judge itself: it must let pass what the file allows, and catch what it does not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from api.simulator import wire, wire_orders
from api.simulator.call import BETA, PUBLIC
from api.simulator.paging import Page
from api.simulator.seed import build_world
from api.simulator.settings import SimulatorSettings
from tests.contract.conftest import SEED_NOW
from tests.contract.openapi import find_operation, validate_request, validate_response

pytestmark = pytest.mark.needs_openapi

THREADS = "https://api.allegro.pl/messaging/threads"
SEND = f"{THREADS}/abc/messages"
ORDER = "/order/checkout-forms/29738e61-7f6a-11e8-ac45-09db60ede9d6"


def thread() -> dict[str, Any]:
    world = build_world(SimulatorSettings(now=SEED_NOW))
    return wire.thread(world.threads[0], {order.id: order for order in world.orders})


def order() -> dict[str, Any]:
    return wire_orders.order(build_world(SimulatorSettings(now=SEED_NOW)).orders[0])


def respond(body: object, status: int = 200, media: str = BETA, url: str = THREADS) -> None:
    validate_response("GET", url, status, {"Content-Type": media}, json.dumps(body).encode())


def test_a_list_of_threads_passes() -> None:
    respond({"threads": [thread()], "nextPage": None})


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"type": "DISPUTE"}, "is not one of"),
        ({"read": "false"}, "is not of type 'boolean'"),
        ({"createdAt": "yesterday"}, "is not a 'date-time'"),
        ({"createdAt": None}, "is not of type 'string'"),
        ({"participants": [{"role": "USER"}]}, "'login' is a required property"),
    ],
)
def test_a_wrong_field_is_caught(change: dict[str, object], complaint: str) -> None:
    """Enums, types, dates and required fields, deep inside."""
    with pytest.raises(AssertionError, match=complaint):
        respond({"threads": [{**thread(), **change}], "nextPage": None})


def test_a_missing_next_page_is_caught() -> None:
    """`nextPage` may be null, but must be there."""
    with pytest.raises(AssertionError, match="'nextPage' is a required property"):
        respond({"threads": []})


def test_nulls_seen_live_pass_and_others_do_not() -> None:
    """`messageToSeller` is null live; the file does not say so of `buyer` either, and nobody saw it."""
    respond({**order(), "messageToSeller": None}, media=PUBLIC, url=ORDER)
    with pytest.raises(AssertionError, match="buyer: None"):
        respond({**order(), "buyer": None}, media=PUBLIC, url=ORDER)


def test_no_orders_at_all_pass() -> None:
    """The file asks for a count of at least 1, which an empty list cannot have."""
    body = {"checkoutForms": [], "count": 0, "totalCount": 0}
    respond(body, media=PUBLIC, url="/order/checkout-forms")


def test_another_media_type_of_an_answer_is_caught() -> None:
    with pytest.raises(AssertionError, match="is none of"):
        respond({"threads": [], "nextPage": None}, media="application/json")


def test_a_status_that_nobody_documented_is_caught() -> None:
    with pytest.raises(AssertionError, match="status 418 is not in the file"):
        respond({}, status=418)


def test_an_error_must_come_in_its_envelope() -> None:
    """A tolerated status is still held against the schema of errors."""
    respond({"errors": [{"code": "TOO_MANY_REQUESTS", "message": "Too Many Requests."}]}, status=429)
    with pytest.raises(AssertionError, match="is not of type 'array'"):
        respond({"errors": "Too Many Requests."}, status=429)


def test_a_request_as_the_file_has_it_passes() -> None:
    headers = {"Accept": BETA, "Content-Type": BETA, "Accept-Language": "pl-PL"}
    validate_request("POST", SEND, headers, b'{"text": "Hej"}')
    validate_request("GET", f"{THREADS}?limit=20&read=false&page.id=abc", {"accept": BETA}, b"")


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("limit=21", "greater than the maximum"),
        ("limit=all", "is not of type 'integer'"),
        ("read=no", "is not of type 'boolean'"),
        ("status=DONE", "is not one of"),
        ("page=2", "is not in the file"),
    ],
)
def test_a_wrong_query_is_caught(query: str, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        validate_request("GET", f"{THREADS}?{query}", {"Accept": BETA}, b"")


@pytest.mark.parametrize(
    ("headers", "complaint"),
    [
        ({"Accept": "application/json", "Content-Type": BETA}, "Accept"),
        ({"Accept": BETA, "Content-Type": "application/json"}, "Content-Type"),
        ({"Accept": BETA, "Content-Type": BETA, "Accept-Language": "pl"}, "Accept-Language"),
    ],
)
def test_a_wrong_header_is_caught(headers: dict[str, str], complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        validate_request("POST", SEND, headers, b'{"text": "Hej"}')


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"{}", "'text' is a required property"),
        (b'{"text": 7}', "is not of type 'string'"),
        (b"text", "no JSON"),
    ],
)
def test_a_wrong_body_is_caught(body: bytes, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        validate_request("POST", SEND, {"Accept": BETA, "Content-Type": BETA}, body)


def test_a_text_over_the_limit_is_caught() -> None:
    body = json.dumps({"text": "x" * 2001}).encode()
    with pytest.raises(AssertionError, match="is too long"):
        validate_request("POST", SEND, {"Accept": BETA, "Content-Type": BETA}, body)


def test_a_vendor_accept_for_a_file_is_caught() -> None:
    """The file knows no better than `*/*`; the live service answers 406."""
    with pytest.raises(AssertionError, match="refuses a vendor type"):
        validate_request("GET", "/messaging/message-attachments/abc", {"Accept": BETA}, b"")
    validate_request("GET", "/messaging/message-attachments/abc", {"Accept": "*/*"}, b"")


def test_an_unknown_path_is_caught() -> None:
    assert find_operation("GET", "/messaging/templates") is None
    with pytest.raises(AssertionError, match="no such path"):
        validate_request("GET", "/messaging/templates", {"Accept": BETA}, b"")


def test_a_literal_path_wins_over_a_parameter() -> None:
    """And an id in a path is decoded."""
    operation = find_operation("get", "/order/checkout-forms/a%2Fb?x=1")
    assert operation
    assert operation.template == "/order/checkout-forms/{id}"
    assert operation.path == {"id": "a/b"}


def test_everything_that_the_seed_can_say_is_in_the_file() -> None:
    """Threads, messages and orders of the whole world, hostile and generated ones too."""
    world = build_world(SimulatorSettings(now=SEED_NOW, hostile=True, threads=60))
    orders = {it.id: it for it in world.orders}
    respond(wire.threads(Page(world.threads, None), orders))
    messages = tuple(message for it in world.threads for message in it.messages)
    respond(wire.messages(Page(messages, "x")), url=f"{THREADS}/x/messages")
    respond(wire_orders.orders(world.orders, len(orders)), media=PUBLIC, url="/order/checkout-forms")
