"""Which rules act: shares, counts, windows, and what a rule looks at."""

from __future__ import annotations

import pytest

from api.simulator.faults import Faults, RequestRule
from api.simulator.faults.choosing import looks_at
from api.simulator.faults.reading import read_script

THREADS = "/messaging/threads"


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def faults(*rules: str, seed: int = 1, seconds: Seconds | None = None) -> Faults:
    text = "\n".join(f"[[request]]\n{rule}" for rule in rules)
    return Faults(read_script(text, "f"), seed, seconds or Seconds())


def acting(chosen: Faults, count: int) -> list[int]:
    """The numbers, from 1, of the requests on which a rule acts."""
    return [number for number in range(1, count + 1) if chosen.on_request("GET", THREADS)]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("nth = 3", [3]),
        ("nth = [2, 5]", [2, 5]),
        ("every = 3", [3, 6, 9]),
        ("every = 3\ntimes = 2", [3, 6]),
        ("share = 0", []),
        ("share = 1", list(range(1, 11))),
        ("times = 1", [1]),
    ],
)
def test_conditions_count_what_the_rule_has_seen(when: str, expected: list[int]) -> None:
    assert acting(faults(f'fault = "reset"\n{when}'), 10) == expected


def test_a_share_is_drawn_by_the_seed_alone() -> None:
    """The same for the same seed, another one for another, and about as large as it says."""
    rule = 'fault = "reset"\nshare = 0.2'
    first = acting(faults(rule), 1000)
    assert first == acting(faults(rule), 1000)
    assert first != acting(faults(rule, seed=2), 1000)
    assert 150 < len(first) < 250


def test_two_rules_draw_apart() -> None:
    rule = 'fault = "latency"\nseconds = 1\nshare = 0.5'
    both = faults(rule, rule)
    counts = {len(both.on_request("GET", THREADS)) for _ in range(100)}
    assert counts == {0, 1, 2}


def test_a_window_is_of_the_simulators_seconds() -> None:
    """From its first second to before its last one; what lies outside is not counted."""
    seconds = Seconds()
    chosen = faults('fault = "reset"\nfrom = 10\nuntil = 20\nnth = 1', seconds=seconds)
    found = []
    for seconds.now in (9.9, 10.0, 15.0, 20.0):
        found.append(bool(chosen.on_request("GET", THREADS)))
    assert found == [False, True, False, False]


def test_the_first_fault_takes_the_request() -> None:
    """A later rule does not look at it; latency comes along with any."""
    chosen = faults(
        'fault = "reset"\nnth = 1', 'fault = "latency"\nseconds = 1', 'fault = "timeout"\nnth = 1'
    )
    names = [[rule.fault for rule in chosen.on_request("GET", THREADS)] for _ in range(3)]
    assert names == [["reset", "latency"], ["latency", "timeout"], ["latency"]]
    assert sum(chosen.acted.values()) == 5


@pytest.mark.parametrize(
    ("rule", "method", "path", "expected"),
    [
        ({"requests": "sends"}, "POST", "/messaging/messages", True),
        ({"requests": "sends"}, "POST", f"{THREADS}/x/messages", True),
        ({"requests": "sends"}, "GET", f"{THREADS}/x/messages", False),
        ({"requests": "sends"}, "PUT", f"{THREADS}/x/read", False),
        ({"requests": "reads"}, "GET", "/me", True),
        ({"requests": "writes"}, "PUT", f"{THREADS}/x/read", True),
        ({"requests": "writes"}, "POST", "/auth/oauth/token", False),
        ({"requests": "all"}, "POST", "/auth/oauth/token", True),
        ({"method": "GET"}, "POST", "/me", False),
        ({"path": "/messaging/threads"}, "GET", f"{THREADS}/x", False),
        ({"path": "/messaging/threads/*"}, "GET", f"{THREADS}/x", True),
        ({"path": "/messaging/threads/*"}, "GET", f"{THREADS}/x/messages", False),
        ({"path": "/messaging/**"}, "GET", f"{THREADS}/x/messages", True),
        ({"path": "/m."}, "GET", "/me", False),
    ],
)
def test_a_rule_looks_at_what_it_names(rule: dict[str, str], method: str, path: str, expected: bool) -> None:  # noqa: FBT001  a parameter of the test
    assert looks_at(RequestRule(name="r", fault="reset", **rule), method, path) is expected  # type: ignore[arg-type]


def test_only_a_request_for_another_page_can_get_the_first_one() -> None:
    rule = RequestRule(name="r", fault="first-page")
    assert not looks_at(rule, "GET", THREADS)
    assert looks_at(rule, "GET", THREADS, follows=True)
