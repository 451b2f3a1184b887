"""GET /messaging/threads and what belongs to a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.simulator.call import BETA
from api.simulator.server import running
from api.simulator.settings import SimulatorSettings
from tests.contract.conftest import SEED_NOW, Client

if TYPE_CHECKING:
    from api.simulator.server import Simulator


def test_pages_repeat_and_omit_nothing(beta: Client, shown: Simulator) -> None:
    """Walking by page.id yields every thread once, newest first."""
    threads = beta.pages("/messaging/threads", "threads")
    assert [it["id"] for it in threads] == [it.id for it in shown.state.threads()]
    assert len({it["id"] for it in threads}) == len(threads) >= 26
    moments = [it["lastMessageDateTime"] for it in threads]
    assert moments == sorted(moments, reverse=True)


def test_a_page_holds_twenty(beta: Client) -> None:
    """Twenty threads without a limit, fewer with one."""
    assert len(beta.get("/messaging/threads").json()["threads"]) == 20
    assert len(beta.get("/messaging/threads", params={"limit": 3}).json()["threads"]) == 3


def test_a_new_message_between_two_pages_repeats_nothing(own: Simulator, writer: Client) -> None:
    """A thread that jumps to the top while a client walks is not met twice."""
    first = writer.get("/messaging/threads").json()
    last_thread = own.state.threads()[-1].id
    own.state.receive(last_thread, "Halo?")
    second = writer.get("/messaging/threads", params={"page.id": first["nextPage"]["id"]}).json()
    assert not {it["id"] for it in first["threads"]} & {it["id"] for it in second["threads"]}
    assert last_thread not in {it["id"] for it in second["threads"]}
    assert writer.get("/messaging/threads").json()["threads"][0]["id"] == last_thread


@pytest.mark.parametrize(
    ("parameters", "holds"),
    [
        ({"read": "false"}, lambda it: it["read"] is False),
        ({"read": "true"}, lambda it: it["read"] is True),
        ({"status": "CLOSED"}, lambda it: it["status"] == "CLOSED"),
        ({"type": "POST_PURCHASE_ISSUE"}, lambda it: it["type"] == "POST_PURCHASE_ISSUE"),
        ({"type": "COMMON", "read": "false"}, lambda it: it["type"] == "COMMON" and not it["read"]),
    ],
)
def test_filters_narrow_the_list(beta: Client, parameters: dict[str, str], holds: object) -> None:
    """A filter keeps exactly the threads that it names."""
    everything = beta.pages("/messaging/threads", "threads")
    found = beta.get("/messaging/threads", params=parameters).json()["threads"]
    assert [it["id"] for it in found] == [it["id"] for it in everything if holds(it)][:20]
    assert found


def test_order_id_finds_problems_with_purchase_only(beta: Client, shown: Simulator) -> None:
    """`orderId` knows the threads of type POST_PURCHASE_ISSUE and no ordinary ones."""
    issue = next(it for it in shown.state.threads() if it.type == "POST_PURCHASE_ISSUE")
    found = beta.get("/messaging/threads", params={"orderId": issue.orders[0]}).json()["threads"]
    assert [it["id"] for it in found] == [issue.id]
    ordinary = next(
        m.order for t in shown.state.threads() if t.type == "COMMON" for m in t.messages if m.order
    )
    assert beta.get("/messaging/threads", params={"orderId": ordinary}).json()["threads"] == []


@pytest.mark.parametrize(
    "parameters",
    [
        {"limit": 0},
        {"limit": 21},
        {"limit": "many"},
        {"limit": "9" * 5000},
        {"page.id": "nonsense"},
        {"page.id": "cD0yMDI2LTA2LTAyVDEyOjEwOjAwWjtzPXg="},
        {"read": "maybe"},
        {"status": "DONE"},
        {"type": "DISPUTE"},
    ],
)
def test_parameters_that_mean_nothing_are_refused(beta: Client, parameters: dict[str, str | int]) -> None:
    """A value out of range, a foreign page.id or an unknown word is 422 and names the parameter."""
    response = beta.get("/messaging/threads", params=parameters)
    assert response.status_code == 422
    assert response.json()["errors"][0]["path"] == next(iter(parameters))


def test_the_end_of_the_list_is_null(beta: Client) -> None:
    """The last page says nextPage null, and does not leave the field out."""
    page = beta.get("/messaging/threads", params={"type": "POST_PURCHASE_ISSUE"}).json()
    assert page["nextPage"] is None


def test_participants_carry_roles_or_none_at_all(beta: Client) -> None:
    """Ordinary threads have two plain users or buyer and seller; problems always tell who is who."""
    threads = beta.pages("/messaging/threads", "threads")
    roles = {(it["type"], frozenset(person["role"] for person in it["participants"])) for it in threads}
    assert roles == {
        ("COMMON", frozenset({"USER"})),
        ("COMMON", frozenset({"BUYER", "SELLER"})),
        ("POST_PURCHASE_ISSUE", frozenset({"BUYER", "SELLER"})),
    }


def test_one_thread_reads_as_in_the_list(beta: Client) -> None:
    """GET of a thread gives what the list gave."""
    listed = beta.get("/messaging/threads").json()["threads"][0]
    assert beta.get(f"/messaging/threads/{listed['id']}").json() == listed


def test_marking_read_stays_and_changes_nothing_else(writer: Client) -> None:
    """PUT read answers the flag, and the thread is read from then on."""
    unread = writer.get("/messaging/threads", params={"read": "false"}).json()["threads"][0]
    response = writer.send_json("PUT", f"/messaging/threads/{unread['id']}/read", {"read": True})
    assert response.json() == {"read": True}
    assert writer.get(f"/messaging/threads/{unread['id']}").json() == {**unread, "read": True}


@pytest.mark.parametrize("body", [{}, {"read": "yes"}, {"read": False}])
def test_a_thread_cannot_be_made_unread(writer: Client, body: dict[str, object]) -> None:
    """Anything but true is 422."""
    thread = writer.thread_with("lucyna57")
    response = writer.send_json("PUT", f"/messaging/threads/{thread}/read", body)
    assert response.status_code == 422
    assert response.json()["errors"][0]["path"] == "read"


def test_reading_by_get_marks_nothing_read(writer: Client) -> None:
    """Looking at a thread and its messages leaves it unread."""
    thread = writer.thread_with("beata_kania82")
    writer.get(f"/messaging/threads/{thread}/messages")
    assert writer.get(f"/messaging/threads/{thread}").json()["read"] is False


@pytest.mark.parametrize("path", ["", "/messages"])
def test_an_unknown_thread_is_not_found(beta: Client, path: str) -> None:
    """404 THREAD_NOT_FOUND for the thread and its messages."""
    response = beta.get(f"/messaging/threads/nobody{path}")
    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == "THREAD_NOT_FOUND"


def test_generated_threads_are_paged_too() -> None:
    """A generated world has as many threads and messages as were asked for."""
    with (
        running(SimulatorSettings(now=SEED_NOW, threads=120, messages=900)) as simulator,
        Client(simulator, BETA) as client,
    ):
        threads = client.pages("/messaging/threads", "threads")
        assert len({it["id"] for it in threads}) == 120
        assert sum(len(it.messages) for it in simulator.state.threads()) >= 900
