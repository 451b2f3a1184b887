"""Which rules act on this request, or on this message."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.simulator.faults.script import RequestRule, Script, When, WorldRule

_SENDS = re.compile(r"/messaging/(?:threads/[^/]+/messages|messages)")
_RANGE = 2.0**64


class Faults:
    """The rules of a script at work. It is asked under the lock of the state.

    `monotonic` is the clock of the simulator, which starts now.
    """

    def __init__(self, script: Script, seed: int, monotonic: Callable[[], float]) -> None:
        self._seed = seed if script.seed is None else script.seed
        self._monotonic = monotonic
        self._started = monotonic()
        self._requests = [(rule, _Turn(self._seed, f"request/{n}")) for n, rule in enumerate(script.requests)]
        self._world = [(rule, _Turn(self._seed, f"world/{n}")) for n, rule in enumerate(script.world)]
        self.acted: Counter[str] = Counter()
        """How often each rule has acted, by its name."""
        self.listeners: list[Callable[[RequestRule], None]] = []
        """Called in the server's thread with a rule whose harm is done: the answer is lost, or held."""

    def on_request(self, method: str, path: str, *, follows: bool = False) -> list[RequestRule]:
        """The rules that act on this request: any latency, and the first of another fault.

        A rule does not look at what an earlier one has taken. `follows`: whether the request asks for a
        page beyond the first.
        """
        now = self._monotonic() - self._started
        acting: list[RequestRule] = []
        taken = False
        for rule, turn in self._requests:
            slow = rule.fault == "latency"
            if (taken and not slow) or not looks_at(rule, method, path, follows=follows):
                continue
            if turn.comes(rule.when, now):
                acting.append(rule)
                taken = taken or not slow
        for rule in acting:
            self.acted[rule.name] += 1
        return acting

    def tell(self, rule: RequestRule) -> None:
        """Let the listeners hear that a rule does its work now."""
        for listener in self.listeners:
            listener(rule)

    def on_message(self, fault: str, author: str = "seller", at: float | None = None) -> WorldRule | None:
        """The first rule of this fault that acts on a message of "buyer" or "seller".

        `at` is the moment on the clock at which it happens, where that lies some time back.
        """
        now = (self._monotonic() if at is None else at) - self._started
        for rule, turn in self._world:
            if rule.fault != fault or (fault == "deleted" and rule.by not in {author, "anyone"}):
                continue
            if turn.comes(rule.when, now):
                self.acted[rule.name] += 1
                return rule
        return None


class _Turn:
    """Counts what one rule has looked at, and draws."""

    def __init__(self, seed: int, name: str) -> None:
        self._seed = seed
        self._name = name
        self._looked = 0
        self._acted = 0

    def comes(self, when: When, now: float) -> bool:
        """Whether the rule acts on what it looks at now; only what lies in its window is counted."""
        if not when.since <= now < when.until:
            return False
        self._looked += 1
        if when.times is not None and self._acted >= when.times:
            return False
        comes = (
            (not when.nth or self._looked in when.nth)
            and self._looked % when.every == 0
            and (when.share >= 1.0 or self._draw() < when.share)
        )
        self._acted += comes
        return comes

    def _draw(self) -> float:
        digest = hashlib.blake2b(f"{self._seed}/{self._name}/{self._looked}".encode(), digest_size=8).digest()
        return int.from_bytes(digest) / _RANGE


def looks_at(rule: RequestRule, method: str, path: str, *, follows: bool = False) -> bool:
    """Whether a request is one that a rule is about; only one that `follows` can get the first page again."""
    if rule.fault == "first-page" and not follows:
        return False
    if rule.method not in {None, method}:
        return False
    if rule.path is not None and not _pattern(rule.path).fullmatch(path):
        return False
    api = not path.startswith("/auth/")
    return {
        "all": True,
        "reads": api and method == "GET",
        "writes": api and method != "GET",
        "sends": method == "POST" and _SENDS.fullmatch(path) is not None,
    }[rule.requests]


def _pattern(path: str) -> re.Pattern[str]:
    """`*` is one part of a path, `**` any number of them."""
    parts = re.split(r"(\*\*?)", path)
    wild = {"*": "[^/]*", "**": ".*"}
    return re.compile("".join(wild.get(part) or re.escape(part) for part in parts))
