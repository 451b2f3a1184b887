"""What a simulator is started with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from api import clock
from api.simulator.faults.script import NO_FAULTS, Script

ALL_SCOPES = frozenset(
    {
        "allegro:api:messaging",
        "allegro:api:disputes",
        "allegro:api:orders:read",
        "allegro:api:orders:write",
        "allegro:api:profile:read",
        "allegro:api:ratings",
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
    `authorization_pending` before it is confirmed, `device_interval` the pause it demands between polls. With
    `device_by_page` polls confirm nothing: the code waits for the page `/skojarz-aplikacje`.
    `scan_seconds` is how long the antivirus reads an invoice or a sent attachment, and `declare_interval` how
    long an account has to wait after declaring an invoice before it may declare another (0: not at all).
    `beta_messaging` says whether `/messaging` knows beta.v1: "refused" answers 406, or 415 to a body in it;
    "nowhere" answers a page of HTML (404).
    `issue_answers` is what comes back for a message in a discussion or claim, which is there all the same:
    "null-id" an answer that names no id, "unread" a DATA_FETCHING_ERROR. `issues_unreadable` are places in
    the list of issues that Allegro cannot read, and `issue_offset_ignored` gives the first page of a
    conversation whatever was asked for.
    `lively` is after how many seconds each a buyer writes by itself (None: never; else what the fault script
    says). `faults` is what goes wrong.
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
    scan_seconds: float = 1.5
    declare_interval: float = 0.0
    beta_messaging: Literal["spoken", "refused", "nowhere"] = "spoken"
    device_by_page: bool = False
    issue_answers: Literal["good", "null-id", "unread"] = "good"
    issues_unreadable: tuple[int, ...] = ()
    issue_offset_ignored: bool = False
    lively: float | None = None
    faults: Script = NO_FAULTS
