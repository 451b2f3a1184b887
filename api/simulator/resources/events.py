"""/order/events and /order/event-stats: oldest first, from the event after `from`, or the oldest kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from api.simulator import wire_handling as wire
from api.simulator.call import Answer, Call, Resource
from api.simulator.order_events import TYPES
from api.simulator.refusal import INVALID, RefusalError
from api.simulator.resources.orders import SCOPE

if TYPE_CHECKING:
    from api.simulator.state import State

LIMIT = 100
MOST = 1_000


def _events(call: Call, state: State) -> Answer:
    limit = call.number("limit", low=1, high=MOST, default=LIMIT)
    kinds, last_seen = call.many("type"), call.one("from")
    if not set(kinds) <= set(TYPES):
        raise RefusalError(INVALID, f"type must be one of {', '.join(TYPES)}", "type")
    if last_seen is not None and not re.fullmatch(r"[0-9]{1,20}", last_seen):
        raise RefusalError(INVALID, "from is not the id of an event", "from")
    after = None if last_seen is None else int(last_seen)
    found = state.handling.events.after(after, kinds, limit)
    return Answer(wire.events([(it, state.order(it.order)) for it in found], state.account))


def _stats(_call: Call, state: State) -> Answer:
    return Answer(wire.latest_event(state.handling.events.latest()))


RESOURCES = (
    Resource("GET", "/order/events", _events, SCOPE),
    Resource("GET", "/order/event-stats", _stats, SCOPE),
)
