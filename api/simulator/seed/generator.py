"""More conversations than anyone wants to write: drawn from `phrases.toml`, the same for the same seed.

They lie before the hand-written ones: their newest messages are from six to a hundred and eighty days old.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from api.simulator.ids import thread_id_of, uuid_of
from api.simulator.model import Message, Offer, Order, Person, Thread
from api.simulator.seed.conversations import Conversation
from api.simulator.seed.orders import order_of
from api.simulator.seed.tables import Table, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.simulator.seed.shop import Shop

YOUNGEST = timedelta(days=6, hours=12)
OLDEST = timedelta(days=180)
FIRST_NUMBER = 1_000_000
UNREAD_SHARE = 0.1
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


def generate(shop: Shop, seed: int, threads: int, messages: int) -> list[Conversation]:
    """That many threads with at least `messages` messages among them (three in each without a wish)."""
    if not threads:
        return []
    maker = _Maker(shop, seed)
    each = max(messages / threads, USUAL_MESSAGES)
    step = (OLDEST - YOUNGEST) / threads
    return [
        maker.conversation(index, YOUNGEST + step * index, int(each * (index + 1)) - int(each * index))
        for index in range(threads)
    ]


class _Maker:
    def __init__(self, shop: Shop, seed: int) -> None:
        self._shop = shop
        self._seed = seed
        self._random = random.Random(seed)  # noqa: S311  a repeatable draw of phrases, no secret
        self._phrases = table("phrases.toml")
        self._numbers = itertools.count(FIRST_NUMBER)
        self._offers = tuple(shop.offers.items())

    def conversation(self, index: int, ago: timedelta, length: int) -> Conversation:
        """A thread of that many messages, the newest of that age."""
        draw = self._draw(index)
        orders = () if draw.topic.get("offer") else (self._order(draw, ago, length),)
        answered = length % 2 == 0
        thread = Thread(
            id=draw.thread_id,
            type="COMMON",
            status="OPEN",
            participants=(Person("USER", draw.buyer["login"]), Person("USER", self._shop.account.login)),
            messages=list(self._messages(draw, self._shop.now - ago, length, orders)),
            read=self._random.random() >= UNREAD_SHARE or answered,
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
        self, draw: _Draw, newest: datetime, length: int, orders: tuple[Order, ...]
    ) -> Iterator[Message]:
        """A question, an answer, and small talk until the length is reached; an hour apart."""
        asks = bool(draw.topic.get("offer"))
        for position in range(length):
            by_buyer = position % 2 == 0
            yield Message(
                id=uuid_of("generated", self._seed, draw.index, position),
                thread=draw.thread_id,
                number=next(self._numbers),
                author=Person("USER", draw.buyer["login"] if by_buyer else self._shop.account.login),
                status="DELIVERED",
                type="ASK_QUESTION" if asks and by_buyer else "MESSAGE_CENTER",
                created_at=newest - timedelta(minutes=53) * (length - 1 - position),
                text=self._text(draw, position, by_buyer=by_buyer),
                order=orders[0].id if orders and by_buyer else None,
                offer=draw.offer.id if asks else None,
            )

    def _text(self, draw: _Draw, position: int, *, by_buyer: bool) -> str:
        who = "buyer" if by_buyer else "seller"
        if position > 1:
            return str(self._random.choice(self._phrases["chatter"][who]))
        words = str(self._random.choice(draw.topic[who]))
        if by_buyer:
            item = draw.offer.name.partition(",")[0]
            parts = (self._pick("greetings"), words.format(item=item), self._pick("thanks"))
            return " ".join(part for part in parts if part)
        return f"{words} {self._pick('signatures')}"

    def _pick(self, name: str) -> Any:
        return self._random.choice(self._phrases[name])
