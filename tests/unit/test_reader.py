"""Reading for the screen: what one thread or order cannot give does not keep the others back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from api.allegro.errors import NotFound, NotSignedIn
from api.inbox import Conversation
from tests.unit.builders import thread
from tui.events import ConversationRead, OrderMissing, ReadingFailed
from tui.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from api.allegro.errors import AllegroError
    from api.domain import Order, Thread

GONE = NotFound("GET", "/messaging/threads/t2/messages", trace_id="trace-1", code="THREAD_NOT_FOUND")
THREADS = [thread(name) for name in ("t1", "t2", "t3", "t4")]


class Inbox:
    """An inbox whose thread `t2` and whose every order give an error."""

    def __init__(self, error: AllegroError) -> None:
        self._error = error
        self.asked: list[str] = []

    async def conversation(self, thread: Thread) -> Conversation:
        self.asked.append(thread.id)
        if thread.id == "t2":
            raise self._error
        return Conversation(thread, (), None)

    async def order(self, order_id: str) -> Order:
        self.asked.append(order_id)
        raise self._error


class Screen:
    """Keeps what workers post, and their work until it is asked for."""

    def __init__(self) -> None:
        self.posted: list[Any] = []
        self.work: list[Callable[[], Awaitable[None]]] = []

    def run_worker(self, work: Callable[[], Awaitable[None]], **_how: object) -> None:
        self.work.append(work)

    def post_message(self, message: object) -> None:
        self.posted.append(message)


@pytest.fixture
def screen() -> Screen:
    return Screen()


def reader(screen: Screen, inbox: Inbox) -> Reader:
    return Reader(screen, SimpleNamespace(inbox=inbox))  # type: ignore[arg-type]


async def test_a_thread_that_is_not_found_does_not_keep_the_others_back(screen: Screen) -> None:
    """The list names threads whose messages are 404 (#13123): reading ahead goes on without them."""
    inbox = Inbox(GONE)
    reader(screen, inbox).ahead([THREADS[1], THREADS[1], *THREADS])  # one for each of two that read at a time
    await screen.work[0]()
    assert inbox.asked == ["t2", "t2", "t1", "t2", "t3", "t4"]
    assert {post.conversation.thread.id for post in screen.posted} == {"t1", "t3", "t4"}
    assert all(isinstance(post, ConversationRead) for post in screen.posted)


async def test_trouble_of_all_threads_ends_the_reading_ahead(screen: Screen) -> None:
    """Whoever is not signed in any more does not ask for sixty threads one after the other."""
    inbox = Inbox(NotSignedIn("GET", "/messaging/threads/t2/messages"))
    reader(screen, inbox).ahead([THREADS[1], THREADS[1], *THREADS[:1] * 50])
    await screen.work[0]()
    assert len(inbox.asked) == 2
    assert screen.posted == []


async def test_the_thread_that_somebody_looks_at_says_why(screen: Screen) -> None:
    """Opened, it is no silent gap but an error of its own."""
    reader(screen, Inbox(GONE)).conversation(THREADS[1], None)
    await screen.work[0]()
    (told,) = screen.posted
    assert isinstance(told, ReadingFailed)
    assert (told.thread, told.error) == ("t2", GONE)


async def test_an_order_of_another_account_is_told_as_missing(screen: Screen) -> None:
    """A message may name an order that this account cannot read (#11212): the conversation stays open."""
    reader(screen, Inbox(GONE)).order("o1")
    await screen.work[0]()
    (told,) = screen.posted
    assert isinstance(told, OrderMissing)
    assert (told.order, told.error) == ("o1", GONE)
