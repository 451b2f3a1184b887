"""GET /me: whose token this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.simulator import wire
from api.simulator.call import Answer, Call, Resource

if TYPE_CHECKING:
    from api.simulator.state import State


def _me(_call: Call, state: State) -> Answer:
    return Answer(wire.me(state.account))


RESOURCES = (Resource("GET", "/me", _me, "allegro:api:profile:read"),)
