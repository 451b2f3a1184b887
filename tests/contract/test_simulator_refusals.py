"""What Allegro looks at before the request itself, and the form of every no."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from api.simulator.call import BETA, PUBLIC
from api.simulator.server import running
from api.simulator.settings import ALL_SCOPES, SimulatorSettings
from tests.contract.conftest import SEED_NOW, Client

if TYPE_CHECKING:
    from api.simulator.server import Simulator

BEARER_PATHS = ["/me", "/messaging/threads", "/order/checkout-forms"]
MEDIA = {"/me": PUBLIC, "/messaging/threads": BETA, "/order/checkout-forms": PUBLIC}


@pytest.mark.parametrize("path", BEARER_PATHS)
@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Basic wrong", "Bearer"])
def test_without_a_good_token_nothing_is_told(beta: Client, path: str, authorization: str | None) -> None:
    """401 in the shape of OAuth, not in the envelope."""
    headers = {"Accept": MEDIA[path], "Authorization": authorization or ""}
    response = beta.get(path, headers=headers)
    assert response.status_code == 401
    assert set(response.json()) == {"error", "error_description"}


@pytest.mark.parametrize(
    ("scope", "path"),
    [
        ("allegro:api:profile:read", "/me"),
        ("allegro:api:messaging", "/messaging/threads"),
        ("allegro:api:orders:read", "/order/checkout-forms"),
    ],
)
def test_a_missing_scope_is_access_denied(scope: str, path: str) -> None:
    """403 AccessDenied where the token lacks the scope of the resource."""
    settings = SimulatorSettings(now=SEED_NOW, scopes=ALL_SCOPES - {scope})
    with running(settings) as simulator, Client(simulator, MEDIA[path]) as client:
        response = client.get(path)
        assert response.status_code == 403
        assert response.json()["errors"][0]["code"] == "AccessDenied"


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "python-httpx/0.28.1",
        "node",
        "okienko",
        "okienko/1.0",
        "okienko/1.0 (https://a.example)",
        "(+http://a)",
    ],
)
def test_a_user_agent_that_introduces_nobody_is_turned_away(beta: Client, agent: str) -> None:
    """403 unless it reads `Name/version (+https://...)`."""
    response = beta.get("/messaging/threads", headers={"User-Agent": agent})
    assert response.status_code == 403
    assert response.json()["errors"][0]["message"].startswith("User-Agent")


@pytest.mark.parametrize(
    "agent", ["okienko/0.1.0 (+https://okienko.example/)", "Moja Aplikacja/2 (+https://a.example/readme.md)"]
)
def test_a_user_agent_that_introduces_somebody_passes(beta: Client, agent: str) -> None:
    assert beta.get("/messaging/threads", headers={"User-Agent": agent}).status_code == 200


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/messaging/threads", "application/vnd.allegro.public.v2+json"),
        ("/messaging/threads", "application/json"),
        ("/order/checkout-forms", BETA),
        ("/me", "application/vnd.allegro.public.v2+json"),
    ],
)
def test_a_representation_that_is_not_spoken_is_not_acceptable(beta: Client, path: str, accept: str) -> None:
    """406 with the envelope; messaging is beta.v1 and public.v1, the rest public.v1."""
    response = beta.get(path, headers={"Accept": accept})
    assert response.status_code == 406
    assert response.json()["errors"][0]["code"] == "NotAcceptableException"


@pytest.mark.parametrize("media", ["application/json", "", PUBLIC, "application/x-www-form-urlencoded"])
def test_a_body_of_another_media_type_is_not_supported(writer: Client, media: str) -> None:
    """415 unless the Content-Type is the vendor's one."""
    path = f"/messaging/threads/{writer.thread_with('lucyna57')}/messages"
    response = writer.post(path, content=b'{"text": "Hej"}', headers={"Content-Type": media})
    assert response.status_code == 415


def test_a_charset_beside_the_media_type_is_fine(writer: Client) -> None:
    path = f"/messaging/threads/{writer.thread_with('lucyna57')}/messages"
    media = f"{BETA}; charset=UTF-8"
    assert writer.post(path, content=b'{"text": "Hej"}', headers={"Content-Type": media}).status_code == 201


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"text=Hej", 400), (b"", 400), (b"\xff", 400), (b"[]", 422), (b'{"text": "\\ud800"}', 400)],
)
def test_a_body_that_is_no_object_is_refused(writer: Client, body: bytes, status: int) -> None:
    """400 for no JSON at all, 422 for JSON that is no object."""
    path = f"/messaging/threads/{writer.thread_with('lucyna57')}/messages"
    response = writer.post(path, content=body, headers={"Content-Type": BETA})
    assert response.status_code == status


@pytest.mark.parametrize("language", ["*", "pl", "de-DE", "pl-PL,pl;q=0.9"])
def test_a_language_that_is_not_spoken_is_refused(beta: Client, language: str) -> None:
    """422 for anything but the six languages, written as they are."""
    response = beta.get("/messaging/threads", headers={"Accept-Language": language})
    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == "UnsupportedLanguageInAcceptLanguageHeader"


@pytest.mark.parametrize(
    ("language", "words"), [("pl-PL", "Nie ma takiego wątku."), ("en-US", "There is no such thread.")]
)
def test_the_words_for_people_follow_the_language(beta: Client, language: str, words: str) -> None:
    """`userMessage` is translated, `message` is English for developers."""
    response = beta.get("/messaging/threads/nobody", headers={"Accept-Language": language})
    error = response.json()["errors"][0]
    assert error["userMessage"] == words
    assert error["message"] == "Thread nobody not found"


def test_every_answer_has_its_own_trace_id(beta: Client, shown: Simulator) -> None:
    """Good and bad answers, files and unknown paths carry a Trace-Id, never the same twice."""
    with httpx.Client(base_url=shown.api_url) as stranger:
        answers = [
            beta.get("/messaging/threads"),
            beta.get("/messaging/threads/nobody"),
            stranger.get("/messaging/threads"),
            stranger.get("/nowhere"),
            stranger.post("/auth/oauth/token"),
        ]
    assert len({it.headers["Trace-Id"] for it in answers}) == len(answers)


def test_an_unknown_path_is_answered_by_the_edge(shown: Simulator) -> None:
    """404 in HTML, as seen where no resource stands behind a path."""
    response = httpx.get(f"{shown.api_url}/nowhere")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "text/html"
    assert "No context found" in response.text


def test_another_method_is_not_allowed(shown: Simulator) -> None:
    """405 with the methods that are."""
    response = httpx.delete(f"{shown.api_url}/messaging/threads/x/messages")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, POST"
    assert response.json()["errors"][0]["code"] == "METHOD_NOT_ALLOWED"
