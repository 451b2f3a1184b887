"""A thread with the messages read so far."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.domain import Author, Message, MessageState, Role, ThreadStatus
from api.inbox import Conversation, merge
from tests.unit.builders import BUYER, SELLER, ago, message, thread

ALLEGRO = Author(Role.ALLEGRO, "", mine=False)
ASKED = message(BUYER, ago(hours=2), id="m1")
ANSWERED = message(SELLER, ago(hours=1), id="m2")
NOTICE = message(ALLEGRO, ago(minutes=1), id="m3")


def conversation(*messages: Message, status: ThreadStatus = ThreadStatus.OPEN) -> Conversation:
    return Conversation(thread(status=status), (), None).with_messages(messages, None)


def test_merge_sorts_by_time() -> None:
    """Messages come out oldest first, however they came in."""
    assert merge([NOTICE, ASKED], [ANSWERED]) == (ASKED, ANSWERED, NOTICE)


def test_merge_takes_the_fresh_one() -> None:
    """A message that is known already is replaced by what was just read, and stands once."""
    delivered = replace(ANSWERED, state=MessageState.DELIVERED)
    verifying = replace(ANSWERED, state=MessageState.VERIFYING)
    assert merge([ASKED, verifying], [delivered]) == (ASKED, delivered)


def test_merge_keeps_what_is_not_read_again() -> None:
    """Nothing known is lost by a page that does not hold it."""
    assert merge([ASKED, ANSWERED], []) == (ASKED, ANSWERED)


def test_with_messages_moves_the_cursor() -> None:
    """An older page adds its messages and says where still older ones are."""
    known = conversation(ANSWERED)
    older = known.with_messages([ASKED], "next")
    assert older.messages == (ASKED, ANSWERED)
    assert older.older == "next"
    assert known.messages == (ANSWERED,)


def test_with_message_leaves_the_cursor() -> None:
    """A sent message does not change where older ones are."""
    known = conversation(ASKED).with_messages([], "next")
    assert known.with_message(ANSWERED).older == "next"


def test_orders_the_one_spoken_of_last_first() -> None:
    """Orders come by their last mention, each once, then those of the thread itself."""
    spoken = [
        replace(ASKED, id=str(number), created_at=ago(hours=10 - number), order=order)
        for number, order in enumerate(["o1", "o2", "", "o1", "o3", ""])
    ]
    talk = Conversation(thread(orders=("o4", "o2")), merge([], spoken), None)
    assert talk.orders == ("o3", "o1", "o2", "o4")


def test_no_orders() -> None:
    """A conversation about nothing bought is about no order."""
    assert conversation(ASKED).orders == ()


@pytest.mark.parametrize(
    ("messages", "last"),
    [
        ((), None),
        ((NOTICE,), None),
        ((ASKED, NOTICE), ASKED),
        ((ANSWERED, ASKED, NOTICE), ANSWERED),
    ],
)
def test_last_spoken(messages: tuple[Message, ...], last: Message | None) -> None:
    """The newest words of a person; Allegro's own voices do not count."""
    assert conversation(*messages).last_spoken is last


@pytest.mark.parametrize(
    ("state", "waits"),
    [
        (MessageState.DELIVERED, False),
        (MessageState.VERIFYING, False),
        (MessageState.INTERACTING, False),
        (MessageState.OTHER, False),
        (MessageState.BLOCKED, True),
        (MessageState.DISMISSED, True),
    ],
)
def test_an_answer_that_never_arrives_is_none(state: MessageState, waits: bool) -> None:  # noqa: FBT001
    """The buyer still waits after an answer that Allegro has stopped."""
    assert conversation(ASKED, replace(ANSWERED, state=state)).needs_reply is waits


def test_needs_reply_while_the_buyer_spoke_last() -> None:
    """A question waits for an answer, whatever Allegro says after it."""
    assert conversation(ASKED).needs_reply
    assert conversation(ASKED, NOTICE).needs_reply


def test_nobody_waits() -> None:
    """Where no buyer wrote there is nothing to answer."""
    assert not conversation().needs_reply
    assert not conversation(NOTICE).needs_reply
    assert not conversation(replace(ANSWERED, state=MessageState.BLOCKED)).needs_reply


def test_closed_thread_takes_no_reply() -> None:
    """A closed problem needs no reply: Allegro takes none."""
    assert not conversation(ASKED, status=ThreadStatus.CLOSED).needs_reply
    assert conversation(ASKED, status=ThreadStatus.OTHER).needs_reply
