"""How right the rules are on labelled messages.

A labelled message is an object of `policy.wire` with `"expect": {"level", "rules"}`: the highest level of the
findings, and the rules that must be reported. Further findings at or below that level are neither right nor
wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from policy.checking import check
from policy.level import Level
from policy.message import Context, Message
from policy.verdict import Verdict
from policy.wire import BadInput, Expected, message_and_context

Judge = Callable[[Message, Context], Verdict]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message with its context and what a perfect reader would say of it."""

    id: str
    message: Message
    context: Context
    level: Level
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled message and the level and the rules that were found: rule id -> its level."""

    labelled: Labelled
    level: Level
    rules: Mapping[str, Level]

    @property
    def exact(self) -> bool:
        return self.level is self.labelled.level

    @property
    def false_alarm(self) -> bool:
        return self.labelled.level <= Level.HINT and self.level >= Level.WARN

    @property
    def wrong_rules(self) -> frozenset[str]:
        """Rules that raise the level above the expected one."""
        return frozenset(
            rule
            for rule, level in self.rules.items()
            if level > self.labelled.level and rule not in self.labelled.rules
        )


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; None as a ratio when there is no whole."""

    part: int
    whole: int

    @property
    def ratio(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def percent(self) -> str:
        """Such as "97.5 %", or "–"."""
        return f"{100 * self.part / self.whole:.1f} %" if self.whole else "–"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of a set of messages."""

    judged: Sequence[Judged] = field(default=())

    @property
    def exact(self) -> Share:
        """Messages with exactly the expected level."""
        return Share(sum(one.exact for one in self.judged), len(self.judged))

    @property
    def block_recall(self) -> Share:
        """Of the messages to be blocked, those that are."""
        block = [one for one in self.judged if one.labelled.level is Level.BLOCK]
        return Share(sum(one.level is Level.BLOCK for one in block), len(block))

    @property
    def false_alarms(self) -> Share:
        """Of the messages labelled ok or hint, those judged warn or block."""
        free = [one for one in self.judged if one.labelled.level <= Level.HINT]
        return Share(sum(one.false_alarm for one in free), len(free))

    def figures(self) -> dict[str, list[int]]:
        """The three shares that count, each as [part, whole]."""
        shares = {"exact": self.exact, "block_recall": self.block_recall, "false_alarms": self.false_alarms}
        return {name: [share.part, share.whole] for name, share in shares.items()}

    @property
    def misses(self) -> list[Judged]:
        """The messages whose level is wrong, in their order."""
        return [one for one in self.judged if not one.exact]

    def confusion(self) -> dict[Level, dict[Level, int]]:
        """Expected level -> found level -> how many."""
        counted = Counter((one.labelled.level, one.level) for one in self.judged)
        return {expected: {found: counted[expected, found] for found in Level} for expected in Level}

    def languages(self) -> dict[str, Evaluation]:
        """The same by language, in the order in which they come."""
        codes = dict.fromkeys(one.labelled.message.language for one in self.judged)
        return {
            code: Evaluation([one for one in self.judged if one.labelled.message.language == code])
            for code in codes
        }

    def rules(self) -> dict[str, tuple[Share, Share]]:
        """Rule id -> precision and recall: (right of all judged findings, found of all expected ones)."""
        found: Counter[str] = Counter()
        expected: Counter[str] = Counter()
        wrong: Counter[str] = Counter()
        for one in self.judged:
            expected.update(one.labelled.rules)
            found.update(one.labelled.rules & one.rules.keys())
            wrong.update(one.wrong_rules)
        return {
            rule: (Share(found[rule], found[rule] + wrong[rule]), Share(found[rule], expected[rule]))
            for rule in sorted(expected | wrong)
        }


def labelled(obj: Any) -> Labelled:
    """Read a labelled message; `BadInput` names the field that is wrong."""
    message, context = message_and_context(obj)
    expect = obj.get("expect")
    if not isinstance(expect, dict):
        raise BadInput("expect", expect, Expected.OBJECT)
    words = [level.word for level in Level]
    if expect.get("level") not in words:
        raise BadInput("expect.level", expect.get("level"), Expected.CHOICE, words)
    rules = expect.get("rules", [])
    if not isinstance(rules, list) or not all(isinstance(rule, str) for rule in rules):
        raise BadInput("expect.rules", rules, Expected.LIST)
    return Labelled(
        str(obj.get("id", "")), message, context, Level.from_word(expect["level"]), frozenset(rules)
    )


def evaluate(messages: Iterable[Labelled], judge: Judge = check) -> Evaluation:
    """Judge every message."""
    judged: list[Judged] = []
    for one in messages:
        verdict = judge(one.message, one.context)
        rules: dict[str, Level] = {}
        for finding in verdict.findings:
            rules[finding.rule.id] = max(finding.level, rules.get(finding.rule.id, Level.OK))
        judged.append(Judged(one, verdict.level, rules))
    return Evaluation(judged)
