"""Discussions, claims, ratings and quality of the pretend Allegro, as a plain client meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.simulator.call import BETA, PUBLIC
from tests.contract.conftest import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from api.simulator.server import Simulator

ISSUES = "/sale/issues"
RATINGS = "/sale/user-ratings"
FILES = f"{ISSUES}/attachments"


@pytest.fixture
def seller(own: Simulator) -> Iterator[Client]:
    with Client(own, BETA) as client:
        yield client


@pytest.fixture
def public_seller(own: Simulator) -> Iterator[Client]:
    with Client(own, PUBLIC) as client:
        yield client


def issue_of(client: Client, buyer: str) -> dict[str, Any]:
    found = client.get(ISSUES, params={"limit": 100}).json()["issues"]
    issue: dict[str, Any] = next(it for it in found if it["buyer"]["login"] == buyer)
    return issue


def code_of(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["errors"][0]["code"]


def send(client: Client, issue: dict[str, Any], **body: object) -> httpx.Response:
    return client.send_json("POST", f"{ISSUES}/{issue['id']}/message", {"type": "REGULAR"} | body)


def declare(client: Client, size: int) -> httpx.Response:
    return client.send_json("POST", FILES, {"fileName": "a.png", "size": size})


def put(client: Client, address: str, content: bytes, mime: str = "image/png") -> httpx.Response:
    return client.put(address, content=content, headers={"Content-Type": mime})


def test_ten_come_unless_more_are_asked_for(beta: Client) -> None:
    """And no more than a hundred."""
    assert len(beta.get(ISSUES).json()["issues"]) == 8
    assert len(beta.get(ISSUES, params={"limit": 3, "offset": 6}).json()["issues"]) == 2
    assert code_of(beta.get(ISSUES, params={"limit": 101})) == (422, "VALIDATION_ERROR")


@pytest.mark.parametrize("query", [{"status": "DONE"}, {"checkoutForm.id": "1"}, {"offset": "-1"}])
def test_a_filter_that_makes_no_sense_is_refused(beta: Client, query: dict[str, str]) -> None:
    assert code_of(beta.get(ISSUES, params=query)) == (422, "VALIDATION_ERROR")


def test_orders_of_new_issues_are_there(beta: Client, public: Client) -> None:
    """A claim is about an order that the account has."""
    order = issue_of(beta, "rafal-ogrodnik")["checkoutForm"]["id"]
    assert public.get(f"/order/checkout-forms/{order}").json()["buyer"]["login"] == "rafal-ogrodnik"


def test_the_oddities_of_the_real_one(beta: Client) -> None:
    """TODO in old ones, a count of nought, the bot's name above the buyer's words, no login for Allegro."""
    first = issue_of(beta, "helena_m")["chat"]["initialMessage"]
    assert (first["id"], first["text"]) == ("TODO", "TODO")
    old = issue_of(beta, "agata.sz_88")
    assert old["chat"]["messagesCount"] == 0
    chat = beta.get(f"{ISSUES}/{old['id']}/chat").json()["chat"]
    assert {"role": "ADMIN"} in [it["author"] for it in chat]
    claim = issue_of(beta, "rafal-ogrodnik")
    chat = beta.get(f"{ISSUES}/{claim['id']}/chat").json()["chat"]
    assert chat[0]["author"] == {"login": "Chatbot Allina", "role": "SYSTEM"}
    assert claim["chat"]["lastMessage"]["status"] == "NEW"


def test_discussions_run_backwards_and_claims_forwards(beta: Client) -> None:
    """Both were seen, so a client must not rely on either."""
    for buyer, backwards in (("agata.sz_88", True), ("zofia_kw", False)):
        chat = beta.get(f"{ISSUES}/{issue_of(beta, buyer)['id']}/chat").json()["chat"]
        moments = [it["createdAt"] for it in chat]
        assert moments == sorted(moments, reverse=backwards)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": " "},
        {"text": "x" * 20_001},
        {"text": 7},
        {"text": "a", "type": "VERDICT"},
        {"text": "a", "attachments": [{"id": "00000000-0000-4000-8000-000000000000"}]},
        {"text": "a", "attachments": [{}]},
    ],
)
def test_a_message_that_cannot_be_is_refused(seller: Client, body: dict[str, object]) -> None:
    """422, and nothing appears."""
    claim = issue_of(seller, "zofia_kw")
    assert send(seller, claim, **body).status_code == 422
    assert issue_of(seller, "zofia_kw") == claim


def test_kinds_belong_to_their_kind_of_issue(seller: Client) -> None:
    """No end of a claim, no return in a discussion; a return of a claim is remembered, with a null id."""
    discussion, claim = issue_of(seller, "agata.sz_88"), issue_of(seller, "rafal-ogrodnik")
    assert send(seller, claim, text="a", type="END_REQUEST").status_code == 422
    assert send(seller, discussion, text="a", type="RETURN_NOT_REQUIRED").status_code == 422
    assert send(seller, discussion, text="a", type="END_REQUEST").status_code == 201
    assert send(seller, claim, text="a", type="RETURN_REQUIRED_CUSTOM").json()["id"] is None
    assert issue_of(seller, "rafal-ogrodnik")["currentState"]["returnRequired"] is True


def test_a_closed_conversation_is_a_conflict(seller: Client) -> None:
    assert send(seller, issue_of(seller, "wiking_73"), text="a").status_code == 409


def test_verdicts_are_not_spoken(seller: Client) -> None:
    """As if the resource were not there."""
    path = f"{ISSUES}/{issue_of(seller, 'zofia_kw')['id']}/status"
    with pytest.raises(AssertionError, match="is not JSON"):
        seller.send_json("POST", path, {"status": "ACCEPTED_REFUND", "message": "a"})


def test_a_file_goes_where_allegro_says_and_once(seller: Client) -> None:
    """Not to an address of the client's own making, and not twice."""
    declared = declare(seller, 3)
    address = declared.headers["Location"]
    own = f"{FILES}/{declared.json()['id']}"
    assert put(seller, own, b"abc").status_code == 422
    assert put(seller, address, b"abc").json() == declared.json()
    assert put(seller, address, b"abc").status_code == 422
    assert seller.get(own, headers={"Accept": "*/*"}).content == b"abc"


@pytest.mark.parametrize(
    ("content", "mime", "status"),
    [
        (b"ab", "image/png", 422),
        (b"abc", "image/webp", 415),
        (b"abc", "application/pdf;charset=UTF-8", 415),
        (bytes(10 * 1024 * 1024 + 1), "image/png", 413),
    ],
)
def test_a_file_that_does_not_fit_is_refused(seller: Client, content: bytes, mime: str, status: int) -> None:
    """Another size than declared, another type than the six, too large."""
    assert put(seller, declare(seller, 3).headers["Location"], content, mime).status_code == status


@pytest.mark.parametrize(
    "body",
    [{"size": 3}, {"fileName": "", "size": 3}, {"fileName": "a.png", "size": 0}, {"fileName": "a.png"}],
)
def test_a_declaration_needs_a_name_and_a_size(seller: Client, body: dict[str, object]) -> None:
    assert code_of(seller.send_json("POST", FILES, body)) == (422, "VALIDATION_ERROR")


def test_a_vendor_accept_for_a_file_is_not_acceptable(beta: Client) -> None:
    """As for files of the Message Center."""
    url = issue_of(beta, "rafal-ogrodnik")["attachments"][0]["url"]
    address = f"{FILES}/{url.rpartition('/')[2]}"
    assert beta.get(address).status_code == 406
    assert beta.get(address, headers={"Accept": "*/*"}).content.startswith(b"\xff\xd8\xff")


def test_some_files_are_with_the_message_center(beta: Client) -> None:
    """ATTACHMENT_ERROR here, the bytes there."""
    old = issue_of(beta, "agata.sz_88")
    chat = beta.get(f"{ISSUES}/{old['id']}/chat").json()["chat"]
    url = next(it["attachments"][0]["url"] for it in chat if it["attachments"])
    number = url.rpartition("/")[2]
    assert "message-center" in url
    anything = {"Accept": "*/*"}
    assert code_of(beta.get(f"{FILES}/{number}", headers=anything)) == (404, "ATTACHMENT_ERROR")
    assert beta.get(f"/messaging/message-attachments/{number}", headers=anything).content


def test_ratings_are_filtered(beta: Client) -> None:
    """By recommendation and time; nonsense is refused."""
    assert len(beta.get(RATINGS, params={"recommended": "true"}).json()["ratings"]) == 3
    late = {"lastChangedAt.gte": "2026-11-22T13:30:00.000Z"}
    assert len(beta.get(RATINGS, params=late).json()["ratings"]) == 2
    for wrong in ({"recommended": "yes"}, {"lastChangedAt.lte": "2026"}, {"offset": 20_001}, {"limit": 0}):
        assert beta.get(RATINGS, params=wrong).status_code == 422


@pytest.mark.parametrize(
    ("end", "body"),
    [
        ("answer", {"message": ""}),
        ("answer", {"message": "x" * 501}),
        ("removal", {"message": "a"}),
        ("removal", {"request": {"message": "x" * 501}}),
    ],
)
def test_words_for_a_rating_have_bounds(
    beta: Client, public_seller: Client, end: str, body: dict[str, object]
) -> None:
    rating = next(it for it in beta.get(RATINGS).json()["ratings"] if not it["recommended"])
    path = f"{RATINGS}/{rating['id']}/{end}"
    assert code_of(public_seller.send_json("PUT", path, body)) == (400, "VALIDATION_ERROR")


def test_metrics_are_named_in_the_callers_language(public: Client) -> None:
    """Polish and English; the codes stay."""
    names = {
        language: public.get("/sale/quality", headers={"Accept-Language": language}).json()["quality"][0]
        for language in ("pl-PL", "en-US")
    }
    assert names["pl-PL"]["metrics"][0]["name"] == "Zadowolenie kupujących"
    assert names["en-US"]["metrics"][0]["name"] == "Buyer satisfaction"
    assert names["pl-PL"]["metrics"][0]["code"] == names["en-US"]["metrics"][0]["code"]
