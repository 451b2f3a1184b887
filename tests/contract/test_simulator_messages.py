"""Messages of a thread, one message, and the bytes of an attachment."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import httpx
import pytest

from api.simulator.call import BETA
from api.simulator.server import running
from api.simulator.settings import SimulatorSettings
from tests.contract.conftest import SEED_NOW, USER_AGENT, Client

if TYPE_CHECKING:
    from api.simulator.server import Simulator


def everything(client: Client) -> list[dict[str, object]]:
    """All messages of all threads."""
    threads = client.pages("/messaging/threads", "threads")
    return [m for it in threads for m in client.pages(f"/messaging/threads/{it['id']}/messages", "messages")]


def test_a_long_thread_is_paged_newest_first(beta: Client, shown: Simulator) -> None:
    """Walking a thread of several pages yields every message once, from the newest down."""
    thread = beta.thread_with("projekt_kawiarnia")
    messages = beta.pages(f"/messaging/threads/{thread}/messages", "messages")
    expected = [it.id for it in reversed(shown.state.thread(thread).messages)]
    assert [it["id"] for it in messages] == expected
    assert len(expected) >= 60


def test_the_newest_message_is_the_date_of_the_thread(beta: Client) -> None:
    """`lastMessageDateTime` of every thread is the time of its first listed message."""
    for thread in beta.pages("/messaging/threads", "threads"):
        newest = beta.get(f"/messaging/threads/{thread['id']}/messages", params={"limit": 1}).json()
        assert newest["messages"][0]["createdAt"] == thread["lastMessageDateTime"]


def test_texts_carry_entities(beta: Client, shown: Simulator) -> None:
    """What the buyer wrote comes back after one unescape, and differs before it."""
    thread = beta.thread_with("emma_in_krakow")
    oldest = beta.pages(f"/messaging/threads/{thread}/messages", "messages")[-1]
    assert "&quot;Emma &amp; Tom, 2026&quot;" in oldest["text"]
    assert html.unescape(oldest["text"]) == shown.state.thread(thread).messages[0].text


def test_one_message_reads_as_in_the_list(beta: Client) -> None:
    """GET of a message gives what the list gave."""
    thread = beta.thread_with("beata_kania82")
    listed = beta.get(f"/messaging/threads/{thread}/messages").json()["messages"][0]
    assert beta.get(f"/messaging/messages/{listed['id']}").json() == listed


def test_an_unknown_message_is_not_found(beta: Client) -> None:
    response = beta.get("/messaging/messages/nothing")
    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == "MESSAGE_NOT_FOUND"


def test_the_seed_shows_every_kind_of_message(beta: Client) -> None:
    """States, channels, roles, attachment states and nulls that a client has to live with are all there."""
    messages = everything(beta)
    attachments = [it for m in messages for it in m["attachments"]]
    assert {it["status"] for it in messages} == {"DELIVERED", "BLOCKED", "VERIFYING"}
    assert {it["type"] for it in messages} == {"ASK_QUESTION", "MAIL", "MESSAGE_CENTER"}
    assert {it["author"]["role"] for it in messages} == {"USER", "BUYER", "SELLER", "ALLEGRO", "CONSULTANT"}
    assert {it["status"] for it in attachments} == {"NEW", "SAFE", "EXPIRED"}
    assert {it["author"]["login"] is None for it in messages} == {True, False}
    assert {it["subject"] is None for it in messages} == {True, False}
    assert {it["relatesTo"]["order"] is None for it in messages} == {True, False}
    assert any(it["relatesTo"]["offer"] and not it["relatesTo"]["order"] for it in messages)
    assert any(it["hasAdditionalAttachments"] and not it["attachments"] for it in messages)


def test_allegro_itself_has_no_login(beta: Client) -> None:
    """ALLEGRO and CONSULTANT write without a login, everyone else with one."""
    for message in everything(beta):
        nameless = message["author"]["role"] in {"ALLEGRO", "CONSULTANT"}
        assert (message["author"]["login"] is None) is nameless


def test_the_bytes_of_a_safe_attachment_can_be_had(beta: Client) -> None:
    """Without a vendor Accept the file comes with its media type and name."""
    thread = beta.thread_with("rafal-ogrodnik")
    files = beta.get(f"/messaging/threads/{thread}/messages").json()["messages"][0]["attachments"]
    path = f"/messaging/message-attachments/{files[0]['id']}"
    response = beta.get(path, headers={"Accept": "*/*"})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == files[0]["mimeType"] == "image/jpeg"
    assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''karton_zgnieciony.jpg"
    assert response.content.startswith(b"\xff\xd8\xff")


def test_an_attachment_without_any_accept_can_be_had(shown: Simulator) -> None:
    """Leaving the Accept header out is what was seen to work live."""
    attachment = next(a for t in shown.state.threads() for m in t.messages for a in m.attachments)
    request = httpx.Request(
        "GET",
        f"{shown.api_url}/messaging/message-attachments/{attachment.id}",
        headers={"Authorization": f"Bearer {shown.token}", "User-Agent": USER_AGENT},
    )
    with httpx.Client() as client:
        assert client.send(request).content == attachment.content


def test_an_attachment_asked_for_with_a_vendor_accept_is_refused(shown: Simulator, beta: Client) -> None:
    """406, as measured on the live service."""
    attachment = next(a for t in shown.state.threads() for m in t.messages for a in m.attachments)
    assert beta.get(f"/messaging/message-attachments/{attachment.id}").status_code == 406


@pytest.mark.parametrize("status", ["NEW", "EXPIRED"])
def test_an_attachment_that_is_not_safe_is_not_there(shown: Simulator, beta: Client, status: str) -> None:
    """One that is not scanned yet, or is over six months old, is 404."""
    attachment = next(
        a for t in shown.state.threads() for m in t.messages for a in m.attachments if a.status == status
    )
    path = f"/messaging/message-attachments/{attachment.id}"
    assert beta.get(path, headers={"Accept": "*/*"}).status_code == 404


def test_the_hostile_buyer_comes_only_when_asked() -> None:
    """`hostile` adds a thread whose every text is out to break programs, unharmed by JSON."""
    with (
        running(SimulatorSettings(now=SEED_NOW, hostile=True)) as simulator,
        Client(simulator, BETA) as client,
    ):
        newest = client.get("/messaging/threads").json()["threads"][0]
        messages = client.get(f"/messaging/threads/{newest['id']}/messages").json()["messages"]
        text = "order [/foo] [ORDER-1] [@click=app.quit]x[/] \x1b]52;c;AAAA\x07 \u202e"
        assert html.unescape(messages[-1]["text"]) == text
        path = f"/messaging/message-attachments/{messages[-1]['attachments'][0]['id']}"
        response = client.get(path, headers={"Accept": "*/*"})
        assert "\x1b" not in response.headers["Content-Disposition"]


def test_the_usual_seed_has_no_hostile_text(beta: Client) -> None:
    """No control character but newline and tab comes from the hand-written conversations."""
    for message in everything(beta):
        assert all(it.isprintable() or it in "\n\t" for it in message["text"])
        assert len(message["text"]) <= 2000
