"""Who started this contact: every ground, and both sides of every border."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from api.domain import Author, Channel, Message, MessageState, Role, ThreadType
from api.inbox import Ground, read_contact
from policy import Contact
from tests.unit.builders import BUYER, NOW, SELLER, ago, message, thread

ALLEGRO = Author(Role.ALLEGRO, "", mine=False)
CHATBOT = Author(Role.CHATBOT, "", mine=False)
CONSULTANT = Author(Role.CONSULTANT, "", mine=False)
SYSTEM = Author(Role.SYSTEM, "", mine=False)
ROLE_BUYER = Author(Role.BUYER, "kupujacy_1", mine=False)
ROLE_SELLER = Author(Role.SELLER, "Sklep_Ani", mine=True)
MOMENT = timedelta(milliseconds=1)
FORTNIGHT = timedelta(days=14)

ROWS: dict[str, tuple[list[Message], str, Ground]] = {
    "nobody wrote": ([], "o1", Ground.BUYER_NEVER_WROTE),
    "only we wrote": ([message(SELLER)], "o1", Ground.BUYER_NEVER_WROTE),
    "only Allegro wrote": ([message(ALLEGRO), message(SYSTEM, ago(hours=1))], "o1", Ground.BUYER_NEVER_WROTE),
    "the buyer wrote last": ([message(BUYER)], "", Ground.NEWEST_IS_BUYERS),
    "the role may say buyer": ([message(ROLE_BUYER)], "", Ground.NEWEST_IS_BUYERS),
    "the role may say seller": (
        [message(BUYER, ago(hours=1)), message(ROLE_SELLER)],
        "",
        Ground.ALREADY_ANSWERED,
    ),
    "about this order": ([message(BUYER, order="o1")], "o1", Ground.NEWEST_IS_BUYERS),
    "about no order by name": ([message(BUYER)], "o1", Ground.NEWEST_IS_BUYERS),
    "about another order": ([message(BUYER, order="o2")], "o1", Ground.ANOTHER_ORDER),
    "about another order, answered": (
        [message(BUYER, ago(hours=1), order="o2"), message(SELLER)],
        "o1",
        Ground.ANOTHER_ORDER,
    ),
    "the last one is about another order": (
        [message(BUYER, ago(hours=1), order="o1"), message(BUYER, order="o2")],
        "o1",
        Ground.ANOTHER_ORDER,
    ),
    "an earlier one is about another order": (
        [message(BUYER, ago(hours=1), order="o2"), message(BUYER, order="o1")],
        "o1",
        Ground.NEWEST_IS_BUYERS,
    ),
    "we write about no order": ([message(BUYER, order="o2")], "", Ground.NEWEST_IS_BUYERS),
    "our own order does not matter": (
        [message(BUYER, ago(hours=1), order="o1"), message(SELLER, order="o2")],
        "o1",
        Ground.ALREADY_ANSWERED,
    ),
    "answered": ([message(BUYER, ago(hours=1)), message(SELLER)], "", Ground.ALREADY_ANSWERED),
    "answered and asked again": (
        [message(BUYER, ago(hours=2)), message(SELLER, ago(hours=1)), message(BUYER)],
        "",
        Ground.NEWEST_IS_BUYERS,
    ),
    "answer still verified": (
        [message(BUYER, ago(hours=1)), message(SELLER, state=MessageState.VERIFYING)],
        "",
        Ground.ALREADY_ANSWERED,
    ),
    "answer in a state that is new": (
        [message(BUYER, ago(hours=1)), message(SELLER, state=MessageState.OTHER)],
        "",
        Ground.ALREADY_ANSWERED,
    ),
    "answer blocked": (
        [message(BUYER, ago(hours=1)), message(SELLER, state=MessageState.BLOCKED)],
        "",
        Ground.NEWEST_IS_BUYERS,
    ),
    "answer dismissed": (
        [message(BUYER, ago(hours=1)), message(SELLER, state=MessageState.DISMISSED)],
        "",
        Ground.NEWEST_IS_BUYERS,
    ),
    "answered, then blocked": (
        [
            message(BUYER, ago(hours=2)),
            message(SELLER, ago(hours=1)),
            message(SELLER, state=MessageState.BLOCKED),
        ],
        "",
        Ground.ALREADY_ANSWERED,
    ),
    "Allegro spoke last": ([message(BUYER, ago(hours=1)), message(ALLEGRO)], "", Ground.NEWEST_IS_BUYERS),
    "the chatbot spoke last": ([message(BUYER, ago(hours=1)), message(CHATBOT)], "", Ground.NEWEST_IS_BUYERS),
    "a consultant answered": (
        [message(BUYER, ago(hours=1)), message(CONSULTANT)],
        "",
        Ground.NEWEST_IS_BUYERS,
    ),
    "question under an offer": (
        [message(BUYER, channel=Channel.ASK_QUESTION)],
        "",
        Ground.QUESTION_ABOUT_OFFER,
    ),
    "question that names an offer": ([message(BUYER, offer="77")], "", Ground.QUESTION_ABOUT_OFFER),
    "question about an offer, answered": (
        [message(BUYER, ago(hours=1), offer="77"), message(SELLER)],
        "",
        Ground.QUESTION_ABOUT_OFFER,
    ),
    "question under an offer, then an order": (
        [message(BUYER, offer="77", channel=Channel.ASK_QUESTION)],
        "o1",
        Ground.NEWEST_IS_BUYERS,
    ),
    "answered exactly 14 days ago": (
        [message(BUYER, NOW - FORTNIGHT), message(SELLER, ago(days=13))],
        "o1",
        Ground.ALREADY_ANSWERED,
    ),
    "answered a moment more than 14 days ago": (
        [message(BUYER, NOW - FORTNIGHT - MOMENT), message(SELLER, ago(days=13))],
        "o1",
        Ground.LONG_AGO,
    ),
    "offer asked about long ago and answered": (
        [message(BUYER, ago(days=15), offer="77"), message(SELLER, ago(days=13))],
        "",
        Ground.LONG_AGO,
    ),
    "long ago and never answered": ([message(BUYER, ago(days=90))], "", Ground.NEWEST_IS_BUYERS),
    "long ago and the answer was blocked": (
        [message(BUYER, ago(days=90)), message(SELLER, state=MessageState.BLOCKED)],
        "",
        Ground.NEWEST_IS_BUYERS,
    ),
}


def ground(
    messages: list[Message],
    order: str = "",
    ordered: timedelta | None = None,
    kind: ThreadType = ThreadType.COMMON,
) -> Ground:
    """The ground for a message now; `ordered` is how long ago the order was made."""
    at = NOW - ordered if ordered is not None else None
    return read_contact(thread(type=kind), messages, order=order, ordered_at=at, at=NOW).ground


@pytest.mark.parametrize(("messages", "order", "expected"), ROWS.values(), ids=ROWS)
def test_ground(messages: list[Message], order: str, expected: Ground) -> None:
    """Each conversation falls on its ground, in whatever order its messages come."""
    for shuffled in permutations(messages):
        assert ground(list(shuffled), order) is expected


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("ordered", "expected"),
    [
        (HOUR - MOMENT, Ground.ORDERED_LATER),
        (HOUR, Ground.NEWEST_IS_BUYERS),
        (HOUR + MOMENT, Ground.NEWEST_IS_BUYERS),
        (None, Ground.NEWEST_IS_BUYERS),
    ],
)
def test_written_before_or_after_the_order(ordered: timedelta | None, expected: Ground) -> None:
    """A message that names no order speaks about this one unless it is older than the order."""
    assert ground([message(BUYER, ago(hours=1))], "o1", ordered) is expected


def test_named_order_is_stronger_than_time() -> None:
    """A message that names this order speaks about it, whatever the clocks say."""
    assert ground([message(BUYER, ago(hours=2), order="o1")], "o1", HOUR) is Ground.NEWEST_IS_BUYERS


def test_answered_before_the_order() -> None:
    """A conversation that ended before the order does not make its first message a continuation."""
    talk = [message(BUYER, ago(hours=3)), message(SELLER, ago(hours=2))]
    assert ground(talk, "o1", HOUR) is Ground.ORDERED_LATER


def test_order_without_an_id_has_no_time() -> None:
    """Who writes about no order is not held to the time of one."""
    assert ground([message(BUYER, ago(hours=2))], "", HOUR) is Ground.NEWEST_IS_BUYERS


PROBLEMS: dict[str, tuple[list[Message], Ground]] = {
    "nobody wrote": ([], Ground.BUYER_OPENED_PROBLEM),
    "only we wrote": ([message(SELLER)], Ground.BUYER_OPENED_PROBLEM),
    "only Allegro wrote": ([message(SYSTEM)], Ground.BUYER_OPENED_PROBLEM),
    "the buyer wrote": ([message(BUYER, order="o1")], Ground.NEWEST_IS_BUYERS),
    "answered": ([message(BUYER, ago(hours=1)), message(SELLER)], Ground.ALREADY_ANSWERED),
    "answered long ago": ([message(BUYER, ago(days=20)), message(SELLER)], Ground.LONG_AGO),
}


@pytest.mark.parametrize(("messages", "expected"), PROBLEMS.values(), ids=PROBLEMS)
def test_problem_with_a_purchase(messages: list[Message], expected: Ground) -> None:
    """The buyer has opened such a thread even where none of their words are in it."""
    assert ground(messages, "o1", timedelta(days=30), ThreadType.POST_PURCHASE_ISSUE) is expected


def test_stale_after_is_a_setting() -> None:
    """How long a conversation lasts may be chosen; the border belongs to it."""
    talk = [message(BUYER, ago(days=3)), message(SELLER, ago(days=2))]
    for stale_after, expected in (
        (timedelta(days=3), Ground.ALREADY_ANSWERED),
        (timedelta(days=3) - MOMENT, Ground.LONG_AGO),
    ):
        reading = read_contact(thread(), talk, order="", ordered_at=None, at=NOW, stale_after=stale_after)
        assert reading.ground is expected


def test_buyer_last_is_the_newest_of_the_buyer() -> None:
    """The buyer's last message is told, not Allegro's and not ours."""
    last = message(BUYER, ago(hours=2), text="Gdzie faktura?")
    talk = [message(SELLER), last, message(BUYER, ago(hours=5)), message(ALLEGRO, ago(hours=1))]
    assert read_contact(thread(), talk, order="", ordered_at=None, at=NOW).buyer_last is last


def test_somebody_elses_user_is_a_buyer_and_ours_is_not() -> None:
    """In common threads both sides are USER: only the login tells who wrote."""
    ours = replace(message(BUYER), author=replace(BUYER, mine=True))
    assert ground([ours]) is Ground.BUYER_NEVER_WROTE


@pytest.mark.parametrize(
    ("where", "expected"),
    {
        Ground.NEWEST_IS_BUYERS: Contact.REPLY,
        Ground.BUYER_OPENED_PROBLEM: Contact.REPLY,
        Ground.QUESTION_ABOUT_OFFER: Contact.PRESALE,
        Ground.ALREADY_ANSWERED: Contact.CONTINUATION,
        Ground.ANOTHER_ORDER: Contact.STALE,
        Ground.LONG_AGO: Contact.STALE,
        Ground.BUYER_NEVER_WROTE: Contact.INITIATED,
        Ground.ORDERED_LATER: Contact.INITIATED,
    }.items(),
)
def test_class_of_a_ground(where: Ground, expected: Contact) -> None:
    """Each ground belongs to the class that the design gives it."""
    examples = [([*row[0]], row[1], None, ThreadType.COMMON) for row in ROWS.values()]
    examples += [(row[0], "o1", None, ThreadType.POST_PURCHASE_ISSUE) for row in PROBLEMS.values()]
    examples.append(([message(BUYER, ago(hours=1))], "o1", NOW, ThreadType.COMMON))
    contacts = {
        reading.contact
        for messages, order, ordered_at, kind in examples
        if (
            reading := read_contact(thread(type=kind), messages, order=order, ordered_at=ordered_at, at=NOW)
        ).ground
        is where
    }
    assert contacts == {expected}


def test_every_ground_has_its_row() -> None:
    """A ground that is added without an example here fails."""
    told = {row[-1] for row in (*ROWS.values(), *PROBLEMS.values())} | {Ground.ORDERED_LATER}
    assert told == set(Ground)
