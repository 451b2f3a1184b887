"""What happened to orders, in the order in which it happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from api.allegro.call import Call, Media, Scope
from api.allegro.payloads import events as payloads
from api.allegro.payloads.reading import decode
from api.allegro.values import aware, count, line, money, word
from api.domain import EventLine, LatestEvent, OrderEvent, OrderEventType, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.allegro.client import Allegro

PAGE_SIZE: Final = 100
MAX_PAGE: Final = 1_000


class EventsResource:
    """`/order/events` in public.v1. Allegro keeps events for 60 days."""

    def __init__(self, allegro: Allegro) -> None:
        self._allegro = allegro

    async def events(
        self, cursor: str | None = None, limit: int = PAGE_SIZE, *, types: Sequence[OrderEventType] = ()
    ) -> Page[OrderEvent]:
        """Events after the one with the id `cursor` (without it: from the oldest that is kept on).

        `limit` is 1 to 1,000, `types` keeps events of these kinds only. `Page.next` is the id of the last
        event of a full page; to hear of new events later, keep the id of the last event seen.
        Raises ValueError for what Allegro would refuse.
        """
        if not 1 <= limit <= MAX_PAGE:
            raise ValueError(f"limit {limit}: it is 1 to {MAX_PAGE}")
        if OrderEventType.OTHER in types:
            raise ValueError("OTHER stands for words that are not known here; Allegro cannot look for it")
        start = (("from", cursor),) if cursor is not None else ()
        call = Call(
            "GET",
            "/order/events",
            Media.PUBLIC,
            Scope.ORDERS_READ,
            params=(*start, ("limit", str(limit)), *(("type", one.value) for one in types)),
            collection=True,
        )
        return await self._allegro.request(call, lambda body: _events(body, limit))

    async def latest(self) -> LatestEvent | None:
        """The newest event, to begin reading at; None where there is none."""
        call = Call("GET", "/order/event-stats", Media.PUBLIC, Scope.ORDERS_READ, collection=True)
        return await self._allegro.request(call, _latest)


def _events(body: bytes, limit: int) -> Page[OrderEvent]:
    found = decode(body, payloads.events_decoder, payloads.Events)
    items = tuple(_event(event) for event in found.events)
    return Page(items, items[-1].id if len(items) >= limit else None)


def _latest(body: bytes) -> LatestEvent | None:
    latest = decode(body, payloads.stats_decoder, payloads.Stats).latestEvent
    return LatestEvent(word(latest.id), aware(latest.occurredAt)) if latest else None


def _event(payload: payloads.Event) -> OrderEvent:
    data = payload.order or payloads.Data()
    form = data.checkoutForm or payloads.Form()
    return OrderEvent(
        id=word(payload.id),
        type=OrderEventType.parse(payload.type),
        type_word=word(payload.type),
        occurred_at=aware(payload.occurredAt),
        order=word(form.id),
        revision=word(form.revision),
        buyer=line(data.buyer.login) if data.buyer else "",
        marketplace=word(data.marketplace.id) if data.marketplace else "",
        lines=tuple(_line(one) for one in data.lineItems or ()),
    )


def _line(payload: payloads.Line) -> EventLine:
    return EventLine(
        id=word(payload.id),
        offer_id=word(payload.offer.id) if payload.offer else "",
        name=line(payload.offer.name) if payload.offer else "",
        quantity=count(payload.quantity),
        price=money(payload.price),
    )
