"""What lies on the desk, and which rows are listed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.domain import Author, Message, MessageState, Role, ThreadStatus, ThreadType
from api.inbox import Conversation, merge
from tests.unit.builders import BUYER, NOW, SELLER, ago, message, thread
from tui.desk import Desk

ALLEGRO = Author(Role.ALLEGRO, "", mine=False)

NEWEST = thread("t3", last=ago(hours=1))
MIDDLE = thread("t2", last=ago(hours=2), read=True)
OLDEST = thread("t1", last=ago(hours=3))


def conversation(*messages: Message, of: str = "t1", **about: object) -> Conversation:
    last = max((each.created_at for each in messages), default=NOW)
    return Conversation(thread(of, last=last, **about), merge([], messages), None)


@pytest.fixture
def desk() -> Desk:
    """Three threads in no order, the middle one read."""
    full = Desk()
    full.take_threads([MIDDLE, OLDEST, NEWEST])
    return full


def ids(desk: Desk) -> list[str]:
    return [row.id for row in desk.rows()]


def test_empty_desk() -> None:
    """Nothing was read yet: no rows, nothing unread, nothing to read."""
    desk = Desk()
    assert desk.rows() == []
    assert desk.unread == 0
    assert desk.not_read_yet() == []


def test_newest_first(desk: Desk) -> None:
    """Rows come by their newest message."""
    assert ids(desk) == ["t3", "t2", "t1"]


def test_same_moment_has_one_order(desk: Desk) -> None:
    """Threads with the same time stand in the same order after every refresh."""
    same = [thread(name, last=NOW) for name in ("a", "c", "b")]
    desk.take_threads(same)
    before = ids(desk)
    desk.take_threads(reversed(same))
    assert ids(desk) == before == ["c", "b", "a", "t3", "t2", "t1"]


def test_unread_only(desk: Desk) -> None:
    """Only unread threads are listed when asked so, and all come back."""
    desk.unread_only = True
    assert ids(desk) == ["t3", "t1"]
    assert desk.unread == 2
    desk.unread_only = False
    assert len(ids(desk)) == 3


def test_reading_a_thread_takes_it_from_the_unread(desk: Desk) -> None:
    """A thread that is marked as read is counted and listed as such."""
    desk.unread_only = True
    assert desk.take_threads([replace(NEWEST, read=True)]) == []
    assert ids(desk) == ["t1"]
    assert desk.unread == 1


def test_take_threads_tells_what_moved(desk: Desk) -> None:
    """New threads and those with another newest message are told; the rest is only renewed."""
    fresh, moved = thread("t4"), replace(OLDEST, last_message_at=NOW)
    same = replace(MIDDLE, read=False)
    assert desk.take_threads([fresh, moved, same]) == [fresh, moved]
    assert desk.threads["t2"] is same


def test_a_page_takes_no_other_threads_away(desk: Desk) -> None:
    """A page of the list does not know the threads of other pages."""
    desk.take_threads([NEWEST])
    assert len(desk.threads) == 3


def test_not_read_yet(desk: Desk) -> None:
    """Threads without messages and threads that have moved on since are still to be read, newest first."""
    desk.take_conversation(Conversation(MIDDLE, (), None))
    desk.take_conversation(Conversation(replace(OLDEST, last_message_at=ago(days=1)), (), None))
    assert [each.id for each in desk.not_read_yet()] == ["t3", "t1"]


def test_row_of_a_thread_that_was_not_read(desk: Desk) -> None:
    """The list alone gives a row: buyer, time and whether it is read."""
    row = desk.rows()[0]
    assert (row.id, row.buyer, row.at, row.unread) == ("t3", "kupujacy_1", NEWEST.last_message_at, True)
    assert (row.needs_reply, row.blocked, row.draft, row.first_words) == (False, False, False, "")


@pytest.mark.parametrize(
    ("messages", "words"),
    [
        ([message(BUYER, text="Dzień dobry,\n\n  gdzie\tpaczka? ")], "Dzień dobry, gdzie paczka?"),
        ([message(BUYER, ago(hours=1), text="pytanie"), message(SELLER, text="odpowiedź")], "odpowiedź"),
        ([message(BUYER, ago(hours=1), text="pytanie"), message(ALLEGRO, text="Wysłano")], "pytanie"),
        ([message(ALLEGRO, text="Wysłano")], ""),
        ([message(BUYER, text=" \n ")], ""),
    ],
)
def test_first_words(messages: list[Message], words: str) -> None:
    """A row shows what a person said last, in one line."""
    desk = Desk()
    desk.take_threads([thread()])
    desk.take_conversation(conversation(*messages))
    assert desk.rows()[0].first_words == words


def test_marks_of_a_row() -> None:
    """A problem with a purchase, a closed one and a draft are marked."""
    desk = Desk(drafts={"t1"})
    desk.take_threads([thread(type=ThreadType.POST_PURCHASE_ISSUE, status=ThreadStatus.CLOSED)])
    (row,) = desk.rows()
    assert (row.problem, row.closed, row.draft) == (True, True, True)


@pytest.mark.parametrize(
    ("author", "state", "needs_reply", "blocked"),
    [
        (BUYER, MessageState.DELIVERED, True, False),
        (BUYER, MessageState.BLOCKED, True, False),
        (SELLER, MessageState.DELIVERED, False, False),
        (SELLER, MessageState.VERIFYING, False, False),
        (SELLER, MessageState.BLOCKED, True, True),
    ],
)
def test_who_waits(
    author: Author,
    state: MessageState,
    needs_reply: bool,  # noqa: FBT001  a table
    blocked: bool,  # noqa: FBT001  a table
) -> None:
    """The buyer waits until an answer goes through; a blocked answer is ours to see."""
    desk = Desk()
    desk.take_threads([thread()])
    desk.take_conversation(conversation(message(BUYER, ago(hours=1)), message(author, state=state)))
    (row,) = desk.rows()
    assert (row.needs_reply, row.blocked) == (needs_reply, blocked)


def test_a_sent_message_lifts_its_thread(desk: Desk) -> None:
    """What was just sent is in the conversation, and the thread stands first."""
    desk.take_conversation(Conversation(OLDEST, (message(BUYER, ago(hours=3)),), None))
    sent = message(SELLER, text="już sprawdzam", state=MessageState.VERIFYING)
    changed = desk.take_message(sent)
    assert changed is desk.conversations["t1"]
    assert changed is not None
    assert changed.messages[-1] is sent
    assert ids(desk)[0] == "t1"
    assert desk.rows()[0].first_words == "już sprawdzam"


def test_a_changed_message_replaces_itself(desk: Desk) -> None:
    """The state of a message that is followed changes in its place."""
    sent = message(SELLER, id="m1", state=MessageState.VERIFYING)
    desk.take_conversation(Conversation(OLDEST, (sent,), None))
    desk.take_message(replace(sent, state=MessageState.BLOCKED))
    assert [each.state for each in desk.conversations["t1"].messages] == [MessageState.BLOCKED]


def test_an_old_message_does_not_move_a_thread_back(desk: Desk) -> None:
    """A message that is older than the newest one leaves the order alone."""
    desk.take_message(message(SELLER, ago(days=2), thread="t3"))
    assert desk.threads["t3"] is NEWEST


def test_a_message_of_a_conversation_that_was_not_read(desk: Desk) -> None:
    """There is no conversation to change; the thread moves all the same."""
    assert desk.take_message(message(SELLER)) is None
    assert "t1" not in desk.conversations
    assert ids(desk)[0] == "t1"


def test_a_message_of_a_thread_that_nobody_knows(desk: Desk) -> None:
    """A message from beyond the pages read so far changes nothing."""
    assert desk.take_message(message(SELLER, thread="t99")) is None
    assert len(desk.threads) == 3


def test_order_of_a_reply(desk: Desk) -> None:
    """A reply is about the order that was spoken of last, or about none."""
    assert desk.order_of("t1") == ""
    talk = conversation(message(BUYER, ago(hours=2), order="o1"), message(BUYER, order="o2"))
    desk.take_conversation(talk)
    assert desk.order_of("t1") == "o2"
    assert desk.order_of("t2") == ""


def test_a_time_without_its_message_is_asked_for_once() -> None:
    """The list may tell a newer time than any message has, for good: that is no reason to read for ever."""
    desk = Desk()
    desk.take_threads([OLDEST])
    desk.take_conversation(Conversation(OLDEST, (message(BUYER, ago(hours=9)),), None))
    assert desk.not_read_yet() == []
    assert desk.take_threads([OLDEST]) == []
