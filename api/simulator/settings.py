"""What a simulator is started with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from api import clock
from api.simulator.faults.script import NO_FAULTS, Script

ALL_SCOPES = frozenset(
    {
        "allegro:api:messaging",
        "allegro:api:disputes",
        "allegro:api:orders:read",
        "allegro:api:orders:write",
        "allegro:api:profile:read",
    }
)


@dataclass(frozen=True, slots=True)
class SimulatorSettings:
    """One pretend seller account and how it behaves.

    `threads` and `messages` are totals: what goes beyond the hand-written conversations is generated, the
    same for the same `seed`; without them only the hand-written ones are there. `now` is the moment that
    the seed is told relative to. `verify_seconds` is how long a sent message stays VERIFYING and
    `send_interval` the pause that Allegro demands between two sends, both in seconds of a clock that runs
    on while `OKIENKO_NOW` stands still. `device_polls` is how often the device flow answers
    `authorization_pending` before it is confirmed, `device_interval` the pause it demands between polls.
    `scan_seconds` is how long the antivirus reads an invoice, and `declare_interval` how long an account
    has to wait after declaring an invoice before it may declare another (0: not at all). `lively` is after
    how many seconds each a buyer writes by itself (None: never; else what the fault script says). `faults`
    is what goes wrong.
    """

    seed: int = 1
    threads: int | None = None
    messages: int | None = None
    verify_seconds: float = 1.5
    hostile: bool = False
    user_login: str = "pracownia_debowa"
    scopes: frozenset[str] = ALL_SCOPES
    now: datetime = field(default_factory=clock.now)
    send_interval: float = 1.0
    device_polls: int = 2
    device_interval: int = 5
    scan_seconds: float = 3.0
    declare_interval: float = 0.0
    lively: float | None = None
    faults: Script = NO_FAULTS
