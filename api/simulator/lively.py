"""Buyers who write while the program runs: one every so many seconds, the same ones for the same seed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from api.simulator.ids import uuid_of
from api.simulator.seed.generator import opening
from api.simulator.seed.tables import table
from api.simulator.untold import UntoldThread

if TYPE_CHECKING:
    from api.simulator.agenda import Agenda
    from api.simulator.model import World
    from api.simulator.state import State

NEWCOMERS = 0.3
"""How many of them have never written before: they ask about an offer, in a new thread."""


class Buyers:
    """Puts itself on the agenda; each time one buyer writes."""

    def __init__(self, state: State, world: World, every: float) -> None:
        """`every` is in seconds of the simulator's clock."""
        self._state = state
        self._every = every
        self._count = 0
        self._phrases: dict[str, Any] = table("phrases.toml")
        self._topics = [it for it in self._phrases["topic"] if it.get("offer")]
        # The hand-written ones: their buyers are the first that a seller sees.
        self._threads = [
            it.id
            for it in world.threads
            if it.type == "COMMON" and it.status == "OPEN" and not isinstance(it, UntoldThread)
        ]
        self._offers = sorted(
            {item.offer.id: item.offer.name for it in world.orders for item in it.items}.items()
        )

    def begin(self, agenda: Agenda, now: float) -> None:
        """The first one writes one interval from now."""
        agenda.at(now + self._every, lambda due: self._write(agenda, due))

    def _write(self, agenda: Agenda, due: float) -> None:
        self._count += 1
        seed = self._state.settings.seed
        chance = random.Random(f"{seed}/lively/{self._count}")  # noqa: S311  repeatable, no secret
        if not self._threads or chance.random() < NEWCOMERS:
            offer, name = chance.choice(self._offers)
            login = f"nowy_{uuid_of(seed, 'lively', self._count)[:6]}_{self._count}"
            text = opening(chance, self._phrases, chance.choice(self._topics), name)
            self._state.ask(login, text, offer, at=due)
        else:
            thread = self._state.thread(chance.choice(self._threads))
            newest = thread.messages[-1].order if thread.messages else None
            text = str(chance.choice(self._phrases["chatter"]["buyer"]))
            self._state.receive(thread.id, text, order=newest, at=due)
        agenda.at(due + self._every, lambda then: self._write(agenda, then))
