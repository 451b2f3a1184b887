"""Files of the pretend Allegro: declared, uploaded, sent, scanned, gone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from api.simulator.attachments import KEPT, LIMIT
from api.simulator.call import BETA, PUBLIC
from tests.contract.conftest import SEED_NOW, Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from api.simulator.server import Simulator
    from tests.contract.conftest import Hand

FILES = "/messaging/message-attachments"
PDF = b"%PDF-1.7"


@pytest.fixture(params=[BETA, PUBLIC], ids=["beta", "public"])
def either(own: Simulator, request: pytest.FixtureRequest) -> Iterator[Client]:
    """A client of `own` for each version."""
    with Client(own, request.param) as client:
        yield client


def declared(client: Client, name: str = "faktura.pdf", size: int = len(PDF)) -> str:
    response = client.send_json("POST", FILES, {"filename": name, "size": size})
    assert response.status_code == 201
    assert response.headers["Location"] == f"{client.base_url}{FILES}/{response.json()['id']}"
    return str(response.json()["id"])


def put(
    client: Client, identifier: str, content: bytes = PDF, media: str = "application/pdf"
) -> httpx.Response:
    return client.put(f"{FILES}/{identifier}", content=content, headers={"Content-Type": media})


def answer(client: Client, own: Simulator, *identifiers: str, text: str = "Faktura") -> httpx.Response:
    thread = next(it for it in own.state.threads() if it.type == "COMMON")
    body = {"text": text, "attachments": [{"id": it} for it in identifiers]}
    return client.send_json("POST", f"/messaging/threads/{thread.id}/messages", body)


def status(client: Client, message: str) -> str:
    return str(client.get(f"/messaging/messages/{message}").json()["attachments"][0]["status"])


def got(client: Client, identifier: str) -> httpx.Response:
    return client.get(f"{FILES}/{identifier}", headers={"Accept": "*/*"})


def test_a_file_goes_all_the_way(either: Client, own: Simulator, hand: Hand) -> None:
    """Declared, put, named in a message, NEW, then SAFE and to be had."""
    identifier = declared(either)
    assert put(either, identifier).json() == {"id": identifier}
    message = answer(either, own, identifier).json()
    assert (message["attachments"][0]["fileName"], message["attachments"][0]["status"]) == (
        "faktura.pdf",
        "NEW",
    )
    assert got(either, identifier).status_code == 404
    hand.move(2)
    assert status(either, message["id"]) == "SAFE"
    assert got(either, identifier).content == PDF
    assert either.get(f"{FILES}/{identifier}").status_code == 406


def test_a_file_named_virus_is_unsafe(writer: Client, own: Simulator, hand: Hand) -> None:
    """And never to be had."""
    identifier = declared(writer, "Virus_test.pdf")
    put(writer, identifier)
    message = answer(writer, own, identifier).json()
    hand.move(2)
    assert status(writer, message["id"]) == "UNSAFE"
    assert got(writer, identifier).status_code == 404


def test_after_six_months_a_file_is_expired(
    writer: Client, own: Simulator, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message stays, the file does not."""
    identifier = declared(writer)
    put(writer, identifier)
    message = answer(writer, own, identifier).json()
    hand.move(2)
    monkeypatch.setenv("OKIENKO_NOW", (SEED_NOW + KEPT + timedelta(minutes=1)).isoformat())
    assert status(writer, message["id"]) == "EXPIRED"
    assert got(writer, identifier).status_code == 404


@pytest.mark.parametrize(
    ("content", "media", "expected"),
    [
        (PDF, "application/pdf;charset=UTF-8", 415),
        (PDF, "application/zip", 415),
        (b"x" * (LIMIT + 1), "application/pdf", 413),
        (PDF + b"x", "application/pdf", 422),
    ],
)
def test_what_is_no_proper_upload_is_refused(
    own: Simulator, writer: Client, content: bytes, media: str, expected: int
) -> None:
    """A type with a charset (#5760), another type, too many bytes, other bytes than declared."""
    identifier = declared(writer)
    assert put(writer, identifier, content, media).status_code == expected
    assert answer(writer, own, identifier).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"filename": "a.pdf"},
        {"fileName": "a.pdf", "size": 1},
        {"filename": "", "size": 1},
        {"filename": "a.pdf", "size": 0},
        {"filename": "a.pdf", "size": LIMIT + 1},
        {"filename": "a.pdf", "size": True},
    ],
)
def test_what_is_no_declaration_is_refused(writer: Client, body: dict[str, object]) -> None:
    """`fileName`, which issues want, among them."""
    assert writer.send_json("POST", FILES, body).status_code == 422


def test_a_file_that_was_not_uploaded_cannot_be_sent(writer: Client, own: Simulator, hand: Hand) -> None:
    """Nor one of nobody, nor one twice, nor one of another message; and nothing is sent then (#9124)."""
    before = sum(len(it.messages) for it in own.state.threads())
    good, waiting = declared(writer), declared(writer)
    put(writer, good)
    for identifiers in ([waiting], ["nobody"], [good, good], [good, waiting]):
        hand.move(1)
        response = answer(writer, own, *identifiers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["code"] == "ASSIGNING_ATTACHMENTS_TO_MESSAGE_FAILED"
    assert sum(len(it.messages) for it in own.state.threads()) == before
    hand.move(1)
    assert answer(writer, own, good).status_code == 201
    hand.move(1)
    assert answer(writer, own, good).status_code == 422


def test_an_unknown_file_is_not_found(writer: Client) -> None:
    """404 for its bytes either way."""
    assert put(writer, "nobody").status_code == 404
    assert got(writer, "nobody").status_code == 404


def test_beside_a_file_the_text_may_be_empty(writer: Client, own: Simulator, hand: Hand) -> None:
    """Alone it may not."""
    identifier = declared(writer)
    put(writer, identifier)
    assert answer(writer, own, text="").status_code == 422
    hand.move(1)
    assert answer(writer, own, identifier, text="").status_code == 201


@pytest.mark.parametrize("files", ["a1", [{}], ["a1"], [{"id": 1}], {"id": "a1"}])
def test_attachments_of_another_shape_are_refused(writer: Client, own: Simulator, files: object) -> None:
    """422 with the field."""
    thread = next(it for it in own.state.threads() if it.type == "COMMON")
    body = {"text": "x", "attachments": files}
    response = writer.send_json("POST", f"/messaging/threads/{thread.id}/messages", body)
    assert (response.status_code, response.json()["errors"][0]["path"]) == (422, "attachments")
