"""/messaging of the pretend Allegro in public.v1, and how it forgets beta.v1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from api.simulator.call import BETA, PUBLIC
from api.simulator.server import running
from api.simulator.settings import SimulatorSettings
from tests.contract.conftest import SEED_NOW, USER_AGENT, Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.simulator.server import Simulator


@pytest.fixture
def old(own: Simulator) -> Iterator[Client]:
    """A client of `own` that speaks public.v1."""
    with Client(own, PUBLIC) as client:
        yield client


def by_offset(client: Client, path: str, name: str, limit: int = 20) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        page = client.get(path, params={"offset": len(found), "limit": limit}).json()
        assert (page["offset"], page["limit"]) == (len(found), limit)
        if not page[name]:
            return found
        found += page[name]


def test_the_list_has_every_ordinary_thread_and_no_problem(public: Client, beta: Client) -> None:
    """In the order of beta.v1, with the other user as interlocutor."""
    expected = [it for it in beta.pages("/messaging/threads", "threads") if it["type"] == "COMMON"]
    found = by_offset(public, "/messaging/threads", "threads", 7)
    assert [it["id"] for it in found] == [it["id"] for it in expected]
    for old, new in zip(found, expected, strict=True):
        assert old["interlocutor"]["login"] in {person["login"] for person in new["participants"]}
        assert (old["read"], old["lastMessageDateTime"]) == (new["read"], new["lastMessageDateTime"])


def test_problems_are_not_there_at_all(public: Client, shown: Simulator) -> None:
    """Neither the thread, nor its messages, nor one of them."""
    thread = next(it for it in shown.state.threads() if it.type == "POST_PURCHASE_ISSUE")
    paths = f"threads/{thread.id}", f"threads/{thread.id}/messages", f"messages/{thread.messages[0].id}"
    assert [public.get(f"/messaging/{path}").status_code for path in paths] == [404, 404, 404]


def test_messages_name_their_thread_and_who_is_the_other(public: Client, beta: Client) -> None:
    """Texts, states and relations are those of beta.v1; attachments have no id."""
    for thread in by_offset(public, "/messaging/threads", "threads"):
        path = f"/messaging/threads/{thread['id']}/messages"
        olds, news = by_offset(public, path, "messages"), beta.pages(path, "messages")
        for old, new in zip(olds, news, strict=True):
            same = ("id", "status", "type", "createdAt", "text", "subject", "hasAdditionalAttachments")
            assert [old[name] for name in same] == [new[name] for name in same]
            assert old["thread"] == {"id": thread["id"]}
            other = new["author"]["login"] == thread["interlocutor"]["login"]
            assert old["author"]["isInterlocutor"] is other
            assert old["relatesTo"].get("order") == new["relatesTo"]["order"]
            assert [it["url"] for it in old["attachments"]] == [it["url"] for it in new["attachments"]]
            assert all("id" not in it for it in old["attachments"])


def test_before_and_after_exclude_their_moment(public: Client) -> None:
    """A page between two messages holds neither."""
    thread = by_offset(public, "/messaging/threads", "threads")[0]
    path = f"/messaging/threads/{thread['id']}/messages"
    times = [it["createdAt"] for it in public.get(path).json()["messages"]]
    found = public.get(path, params={"before": times[0], "after": times[-1]}).json()["messages"]
    assert [it["createdAt"] for it in found] == times[1:-1]


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"offset": 1, "before": "2026-11-13T12:45:20.818Z"}, "offset"),
        ({"offset": 1, "after": "2026-11-13T12:45:20.818Z"}, "offset"),
        ({"before": "yesterday"}, "before"),
        ({"after": "2026-11-13T12:45:20"}, "after"),
        ({"offset": 15_001}, "offset"),
        ({"limit": 21}, "limit"),
    ],
)
def test_parameters_that_mean_nothing_are_refused(
    public: Client, params: dict[str, str | int], field: str
) -> None:
    """422 with the field."""
    thread = public.get("/messaging/threads").json()["threads"][0]
    response = public.get(f"/messaging/threads/{thread['id']}/messages", params=params)
    assert (response.status_code, response.json()["errors"][0]["path"]) == (422, field)


def test_marking_read_answers_with_the_thread(old: Client, own: Simulator) -> None:
    """Where beta.v1 answers with the flag alone."""
    thread = own.state.threads()[0]
    own.state.receive(thread.id, "Halo?")
    response = old.send_json("PUT", f"/messaging/threads/{thread.id}/read", {"read": True})
    assert (response.json()["id"], response.json()["read"]) == (thread.id, True)


def test_a_message_can_be_written_and_seen_in_both_versions(
    old: Client, writer: Client, own: Simulator
) -> None:
    """What one version takes the other one shows."""
    thread = next(it for it in own.state.threads() if it.type == "COMMON")
    sent = old.send_json("POST", f"/messaging/threads/{thread.id}/messages", {"text": "Dzień dobry"}).json()
    assert sent["author"] == {"login": own.state.account.login, "isInterlocutor": False}
    assert writer.get(f"/messaging/messages/{sent['id']}").json()["text"] == "Dzień dobry"


def test_a_message_to_a_buyer_needs_an_order(old: Client, own: Simulator) -> None:
    """And tells the thread that it went into."""
    order = next(iter(own.state.orders.values()))
    body = {"recipient": {"login": order.buyer.login}, "text": "Dzień dobry", "order": {"id": order.id}}
    sent = old.send_json("POST", "/messaging/messages", body).json()
    assert own.state.thread(sent["thread"]["id"]).messages[-1].id == sent["id"]


def test_whoever_names_no_version_gets_the_oldest(public: Client) -> None:
    """`*/*` is public.v1, as on the rest of the API."""
    response = public.get("/messaging/threads", headers={"Accept": "*/*"})
    assert response.headers["Content-Type"] == PUBLIC


@pytest.mark.parametrize("how", ["refused", "nowhere"])
def test_beta_v1_can_be_switched_off(how: Any) -> None:
    """406, or 415 to a body, or a page of HTML; public.v1 and the files stay."""
    settings = SimulatorSettings(now=SEED_NOW, beta_messaging=how)
    headers = {"User-Agent": USER_AGENT, "Accept": BETA, "Content-Type": BETA}
    with running(settings) as simulator, httpx.Client(base_url=simulator.api_url, headers=headers) as client:
        client.headers["Authorization"] = f"Bearer {simulator.token}"
        thread = next(it for it in simulator.state.threads() if it.type == "COMMON").id
        read = client.get("/messaging/threads")
        write = client.post(f"/messaging/threads/{thread}/messages", json={"text": "x"}, headers=headers)
        declare = client.post("/messaging/message-attachments", json={}, headers=headers)
        if how == "refused":
            assert [it.status_code for it in (read, write, declare)] == [406, 415, 415]
        else:
            assert {it.status_code for it in (read, write, declare)} == {404}
            assert read.headers["Content-Type"] == "text/html"
        assert client.get("/messaging/threads", headers={"Accept": PUBLIC}).status_code == 200
        simulator.state.beta_messaging = "spoken"
        assert client.get("/messaging/threads").status_code == 200
