"""More conversations than anyone wants to write: drawn from `phrases.toml`, the same for the same seed.

They lie before the hand-written ones: their newest messages are from six to a hundred and eighty days old.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from api.simulator.ids import place_in, placed_id, thread_id_of
from api.simulator.model import Message, Offer, Order, Person, Thread
from api.simulator.seed.conversations import Conversation
from api.simulator.seed.orders import order_of
from api.simulator.seed.tables import Table, table
from api.simulator.untold import UntoldThread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.simulator.seed.shop import Shop

YOUNGEST = timedelta(days=6, hours=12)
OLDEST = timedelta(days=180)
FIRST_NUMBER = 1_000_000
UNREAD_SHARE = 0.1
EVERY = timedelta(minutes=53)
USUAL_MESSAGES = 3
_PLAIN = str.maketrans("ąćęłńóśźż", "acelnoszz")


@dataclass(frozen=True, slots=True)
class _Draw:
    """What was drawn for one thread: its buyer, what the buyer bought or asks about, and the topic."""

    index: int
    thread_id: str
    buyer: Table
    offer_key: str
    offer: Offer
    topic: Table


@dataclass(frozen=True, slots=True)
class Generated:
    """What was generated, and the way from a message's id to its thread."""

    conversations: list[Conversation]
    seed: int

    def find(self, message_id: str) -> Thread | None:
        """The thread of a message with this id, if it can be one of ours."""
        place = place_in(message_id, "generated", self.seed)
        if place is None or place[0] >= len(self.conversations):
            return None
        return self.conversations[place[0]].thread


def generate(shop: Shop, seed: int, threads: int, messages: int) -> Generated:
    """That many threads with at least `messages` messages among them (three in each without a wish).

    Threads and orders are made now, the messages of a thread when they are asked for.
    """
    if not threads:
        return Generated([], seed)
    maker = _Maker(shop, seed)
    each = max(messages / threads, USUAL_MESSAGES)
    step = (OLDEST - YOUNGEST) / threads
    return Generated(
        [
            maker.conversation(index, YOUNGEST + step * index, int(each * index), int(each * (index + 1)))
            for index in range(threads)
        ],
        seed,
    )


class _Maker:
    def __init__(self, shop: Shop, seed: int) -> None:
        self._shop = shop
        self._seed = seed
        self._random = random.Random(seed)  # noqa: S311  a repeatable draw of phrases, no secret
        self._phrases = table("phrases.toml")
        self._offers = tuple(shop.offers.items())

    def conversation(self, index: int, ago: timedelta, first: int, end: int) -> Conversation:
        """A thread with the messages from `first` to `end` of all that are generated, the newest so old."""
        length = end - first
        draw = self._draw(index)
        orders = () if draw.topic.get("offer") else (self._order(draw, ago, length),)
        newest = self._shop.now - ago
        order_id = orders[0].id if orders else None
        thread = UntoldThread(
            id=draw.thread_id,
            participants=(Person("USER", draw.buyer["login"]), Person("USER", self._shop.account.login)),
            read=self._random.random() >= UNREAD_SHARE or length % 2 == 0,  # answered: it was read
            first_at=newest - EVERY * (length - 1),
            newest=(newest, FIRST_NUMBER + end - 1),
            tell=lambda: list(self._messages(draw, newest, length, order_id, FIRST_NUMBER + first)),
        )
        return Conversation(thread, orders)

    def _draw(self, index: int) -> _Draw:
        first, last = self._pick("first_names"), self._pick("last_names")
        zip_code, _, city = self._pick("cities").partition(" ")
        buyer = {
            "login": f"{first}.{last}{self._seed}_{index}".lower().translate(_PLAIN),
            "name": f"{first} {last}",
            "street": f"{self._pick('streets')} {self._random.randint(1, 120)}",
            "zip": zip_code,
            "city": city,
            "phone": f"+48 500 {index // 1000 % 1000:03d} {index % 1000:03d}",
        }
        key, priced = self._random.choice(self._offers)
        thread_id = thread_id_of("generated", self._seed, self._shop.account.login, index)
        return _Draw(index, thread_id, buyer, key, priced.offer, self._pick("topic"))

    def _order(self, draw: _Draw, ago: timedelta, length: int) -> Order:
        bought = ago + timedelta(hours=length) + timedelta(days=2)
        told = {
            "key": f"generated-{self._seed}-{draw.index}",
            "bought": f"{int(bought.total_seconds()) // 60}m",
            "fulfilment": "SENT",
            "items": [draw.offer_key],
            "via": "kurier",
        }
        return order_of(self._shop, told, draw.buyer)

    def _messages(
        self, draw: _Draw, newest: datetime, length: int, order_id: str | None, number: int
    ) -> Iterator[Message]:
        """A question, an answer, and small talk until the length is reached; an hour apart."""
        asks = bool(draw.topic.get("offer"))
        # Of its own, so that it does not matter which thread is asked for first.
        chance = random.Random(f"{self._seed}/{draw.index}")  # noqa: S311  as above
        for position in range(length):
            by_buyer = position % 2 == 0
            yield Message(
                id=placed_id(draw.index, position, "generated", self._seed),
                thread=draw.thread_id,
                number=number + position,
                author=Person("USER", draw.buyer["login"] if by_buyer else self._shop.account.login),
                status="DELIVERED",
                type="ASK_QUESTION" if asks and by_buyer else "MESSAGE_CENTER",
                created_at=newest - EVERY * (length - 1 - position),
                text=self._text(chance, draw, position, by_buyer=by_buyer),
                order=order_id if by_buyer else None,
                offer=draw.offer.id if asks else None,
            )

    def _text(self, chance: random.Random, draw: _Draw, position: int, *, by_buyer: bool) -> str:
        who = "buyer" if by_buyer else "seller"
        if position > 1:
            return str(chance.choice(self._phrases["chatter"][who]))
        if by_buyer:
            return opening(chance, self._phrases, draw.topic, draw.offer.name)
        return f"{chance.choice(draw.topic[who])} {chance.choice(self._phrases['signatures'])}"

    def _pick(self, name: str) -> Any:
        return self._random.choice(self._phrases[name])


def opening(chance: random.Random, phrases: Table, topic: Table, offer: str) -> str:
    """How a buyer begins: a greeting, the question of the topic about the offer, thanks."""
    words = str(chance.choice(topic["buyer"])).format(item=offer.partition(",")[0])
    parts = (chance.choice(phrases["greetings"]), words, chance.choice(phrases["thanks"]))
    return " ".join(part for part in parts if part)
