"""A fault script as values. Seconds are of the simulator's own clock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class When:
    """Which of the things that a rule looks at it touches: those that pass every condition that is set.

    `share` is drawn by the seed; `nth` and `every` count what the rule looked at, from 1; `since` and `until`
    are seconds from the simulator's start; `times` is how often the rule acts at most.
    """

    share: float = 1.0
    nth: tuple[int, ...] = ()
    every: int = 1
    since: float = 0.0
    until: float = float("inf")
    times: int | None = None


@dataclass(frozen=True, slots=True)
class RequestRule:
    """What goes wrong with some requests.

    `requests` is "all", "reads", "writes" or "sends"; `method` and `path` narrow it further (`*` stands for
    one part of a path, `**` for any number). `handled` says whether Allegro carries the request out before
    its answer is lost or replaced.
    """

    name: str
    fault: str
    when: When = When()
    requests: str = "all"
    method: str | None = None
    path: str | None = None
    seconds: float = 0.0
    status: int = 500
    code: str = ""
    message: str = ""
    retry_after: int | None = None
    handled: bool = False


@dataclass(frozen=True, slots=True)
class WorldRule:
    """What goes wrong with some messages; see `docs/simulator.md` for what each fault reads."""

    name: str
    fault: str
    when: When = When()
    seconds: float | None = None
    by: str = "buyer"
    becomes: str = "BLOCKED"
    then: str | None = None
    how: str = "refused"


@dataclass(frozen=True, slots=True)
class Script:
    """All rules of a file. `seed` None is that of the simulator; `lively` as `--lively`."""

    requests: tuple[RequestRule, ...] = ()
    world: tuple[WorldRule, ...] = ()
    seed: int | None = None
    lively: float | None = None


NO_FAULTS = Script()
