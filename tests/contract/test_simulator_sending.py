"""Sending: in a thread and to an order's buyer, what becomes of it, and what is refused."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from api.simulator.call import BETA
from api.simulator.server import running
from api.simulator.settings import SimulatorSettings
from tests.contract.conftest import SEED_NOW, Client, Hand

if TYPE_CHECKING:
    import httpx

    from api.simulator.model import Order
    from api.simulator.server import Simulator

PATIENCE = 10.0


def answer(writer: Client, login: str, text: str) -> httpx.Response:
    """Write in the thread with this user."""
    thread = writer.thread_with(login)
    return writer.send_json("POST", f"/messaging/threads/{thread}/messages", {"text": text})


def write(writer: Client, login: str, text: str, order: str | None) -> httpx.Response:
    """Write to this user about an order."""
    body = {"recipient": {"login": login}, "text": text, "order": order and {"id": order}}
    return writer.send_json("POST", "/messaging/messages", body)


def order_of(simulator: Simulator, login: str) -> Order:
    return next(it for it in simulator.state.orders.values() if it.buyer.login == login)


def status_of(writer: Client, response: httpx.Response) -> str:
    """What became of a message that was sent."""
    return str(writer.get(f"/messaging/messages/{response.json()['id']}").json()["status"])


def trouble(response: httpx.Response) -> tuple[int, str, str | None]:
    """Status, code and path of a refusal."""
    error = response.json()["errors"][0]
    return response.status_code, error["code"], error["path"]


def test_an_answer_is_there_afterwards(writer: Client) -> None:
    """A sent message is the newest of its thread, and the thread the first of the list."""
    response = answer(writer, "lucyna57", "Dzień dobry, dziękuję!")
    assert response.status_code == 201
    assert response.json()["author"] == {"role": "USER", "login": "pracownia_debowa"}
    thread = writer.thread_with("lucyna57")
    newest = writer.get(f"/messaging/threads/{thread}/messages").json()["messages"][0]
    assert newest == response.json()
    assert newest["status"] == "VERIFYING"


def test_an_answer_is_verified_first_and_then_delivered(writer: Client, hand: Hand) -> None:
    """VERIFYING for the time of the settings, DELIVERED from then on."""
    response = answer(writer, "beata_kania82", "Faktura jest już w szczegółach zakupu.")
    hand.move(1.9)
    assert status_of(writer, response) == "VERIFYING"
    hand.move(0.1)
    assert status_of(writer, response) == "DELIVERED"
    thread = writer.thread_with("beata_kania82")
    assert writer.get(f"/messaging/threads/{thread}/messages").json()["messages"][0]["status"] == "DELIVERED"


def test_verification_ends_by_itself_while_the_clock_is_frozen() -> None:
    """With OKIENKO_NOW standing still a message is settled all the same."""
    settings = SimulatorSettings(now=SEED_NOW, verify_seconds=0.05)
    with running(settings) as simulator, Client(simulator, BETA) as client:
        response = answer(client, "beata_kania82", "Już dodaję.")
        deadline = time.monotonic() + PATIENCE
        while status_of(client, response) == "VERIFYING":
            assert time.monotonic() < deadline
        assert status_of(client, response) == "DELIVERED"


def test_a_message_that_the_seller_starts_with_a_notice_is_blocked(
    own: Simulator, writer: Client, hand: Hand
) -> None:
    """What Allegro tells the buyer itself is BLOCKED where the buyer has not written about the order."""
    order = order_of(own, "adrian_w_lodz")
    response = write(writer, "adrian_w_lodz", "Dzień dobry, paczka została nadana.", order.id)
    assert response.status_code == 201
    hand.move(2)
    assert status_of(writer, response) == "BLOCKED"


def test_the_same_notice_as_an_answer_is_delivered(own: Simulator, writer: Client, hand: Hand) -> None:
    """Where the buyer has written about the order, the notice answers."""
    order = order_of(own, "tomasz_brz")
    response = write(writer, "tomasz_brz", "Dzień dobry, paczka została nadana.", order.id)
    hand.move(2)
    assert status_of(writer, response) == "DELIVERED"


def test_a_notice_about_another_order_is_blocked(own: Simulator, writer: Client, hand: Hand) -> None:
    """A buyer's message about one order does not open another one."""
    orders = [it for it in own.state.orders.values() if it.buyer.login == "ania_i_piotr_2026"]
    newer = max(orders, key=lambda it: it.bought_at)
    response = write(writer, "ania_i_piotr_2026", "Wpłata została zaksięgowana.", newer.id)
    hand.move(2)
    assert status_of(writer, response) == "BLOCKED"


def test_a_link_to_the_own_shop_is_blocked_even_as_an_answer(writer: Client, hand: Hand) -> None:
    response = answer(writer, "beata_kania82", "Taniej na https://sklep.pracownia-debowa.example/")
    hand.move(2)
    assert status_of(writer, response) == "BLOCKED"


def test_writing_to_a_buyer_opens_a_thread(own: Simulator, writer: Client) -> None:
    """The first message to a buyer who has no thread makes one, and relates to the order."""
    order = order_of(own, "adrian_w_lodz")
    response = write(writer, "adrian_w_lodz", "Jaki napis mamy wygrawerować?", order.id)
    assert response.json()["relatesTo"]["order"] == {"id": order.id}
    newest = writer.get("/messaging/threads").json()["threads"][0]
    assert {it["login"] for it in newest["participants"]} == {"adrian_w_lodz", "pracownia_debowa"}
    assert newest["type"] == "COMMON"


def test_writing_to_a_buyer_uses_the_thread_that_is_there(own: Simulator, writer: Client) -> None:
    """There is one thread with each user for ever, whatever the order; a guest's login may differ in case."""
    order = order_of(own, "client:124843816")
    before = writer.thread_with("Client:124843816")
    write(writer, "client:124843816", "Dzień dobry, paragon jest w zamówieniu.", order.id)
    assert writer.get("/messaging/threads").json()["threads"][0]["id"] == before


def test_a_problem_that_is_open_takes_an_answer_of_the_seller(own: Simulator, writer: Client) -> None:
    thread = writer.thread_with("kinga_s_torun", "POST_PURCHASE_ISSUE")
    body = {"text": "Kurier będzie jutro."}
    response = writer.send_json("POST", f"/messaging/threads/{thread}/messages", body)
    assert response.json()["author"] == {"role": "SELLER", "login": own.state.account.login}


def test_a_closed_problem_takes_no_answer(writer: Client) -> None:
    thread = writer.thread_with("fhu_domator", "POST_PURCHASE_ISSUE")
    response = writer.send_json("POST", f"/messaging/threads/{thread}/messages", {"text": "Dziękujemy."})
    assert trouble(response) == (422, "THREAD_CLOSED", None)


def test_two_thousand_characters_pass(writer: Client) -> None:
    assert answer(writer, "lucyna57", "ż" * 2000).status_code == 201


@pytest.mark.parametrize("text", ["ż" * 2001, "", "  \n", None, 7])
def test_a_text_too_long_empty_or_none_is_refused(writer: Client, text: object) -> None:
    thread = writer.thread_with("lucyna57")
    response = writer.send_json("POST", f"/messaging/threads/{thread}/messages", {"text": text})
    assert trouble(response) == (422, "VALIDATION_ERROR", "text")


def test_nothing_of_a_refused_message_is_kept(own: Simulator, writer: Client) -> None:
    """The thread has the messages that it had."""
    before = len(own.state.thread(writer.thread_with("lucyna57")).messages)
    answer(writer, "lucyna57", "x" * 2001)
    assert len(own.state.thread(writer.thread_with("lucyna57")).messages) == before


def test_no_order_is_refused(writer: Client) -> None:
    """Null, which the OpenAPI file allows, is refused as in practice."""
    response = write(writer, "lucyna57", "Dzień dobry", None)
    assert trouble(response) == (422, "VALIDATION_ERROR", "order")


def test_an_order_of_another_buyer_is_refused(own: Simulator, writer: Client) -> None:
    response = write(writer, "lucyna57", "Dzień dobry", order_of(own, "adrian_w_lodz").id)
    assert trouble(response) == (422, "VALIDATION_ERROR", "order")


def test_an_unknown_recipient_is_refused(own: Simulator, writer: Client) -> None:
    response = write(writer, "nobody_at_all", "Dzień dobry", order_of(own, "adrian_w_lodz").id)
    assert trouble(response) == (422, "VALIDATION_ERROR", "recipient")


def test_an_attachment_that_was_never_uploaded_is_refused(writer: Client) -> None:
    thread = writer.thread_with("lucyna57")
    body = {"text": "Zdjęcie", "attachments": [{"id": "97dc0b60-2da4-4247-92ba-b748630ba0f6"}]}
    response = writer.send_json("POST", f"/messaging/threads/{thread}/messages", body)
    assert trouble(response)[1] == "ASSIGNING_ATTACHMENTS_TO_MESSAGE_FAILED"


def test_a_second_send_within_a_second_is_too_much(writer: Client, hand: Hand) -> None:
    """429 until a second has passed; being refused does not push the moment back."""
    assert answer(writer, "lucyna57", "Raz").status_code == 201
    hand.move(0.9)
    assert trouble(answer(writer, "lucyna57", "Dwa")) == (429, "TOO_MANY_REQUESTS", None)
    hand.move(0.1)
    assert answer(writer, "lucyna57", "Trzy").status_code == 201


def test_both_ways_to_send_share_one_pace(own: Simulator, writer: Client) -> None:
    """One send a second is for the user, not for the resource."""
    assert answer(writer, "lucyna57", "Raz").status_code == 201
    order = order_of(own, "adrian_w_lodz")
    assert write(writer, "adrian_w_lodz", "Jaki napis?", order.id).status_code == 429


def test_a_buyer_who_writes_makes_the_thread_unread(own: Simulator, writer: Client) -> None:
    """What `state.receive` brings is the newest message, delivered at once."""
    thread = writer.thread_with("lucyna57")
    own.state.receive(thread, "Jeszcze jedno pytanie")
    newest = writer.get("/messaging/threads", params={"read": "false"}).json()["threads"][0]
    assert newest["id"] == thread
    message = writer.get(f"/messaging/threads/{thread}/messages").json()["messages"][0]
    assert (message["text"], message["status"]) == ("Jeszcze jedno pytanie", "DELIVERED")
