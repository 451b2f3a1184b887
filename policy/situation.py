"""How strongly a match counts in this message and this conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy.level import Level
from policy.matching import Match, clauses_matching
from policy.message import Context
from policy.reading.reader import Reading, read_again
from policy.rule import Rule, Situation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# The first of these that holds, and for which the rule has levels, decides.
_ORDER = (
    Situation.NOT_INTEGRATED,
    Situation.ASKED,
    Situation.SOLE,
    Situation.ALONE,
    Situation.MIXED,
    Situation.ANY,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a message holds beside its duplicates, and the conversation that it belongs to."""

    context: Context
    language: str
    needed: bool
    """Something that the buyer needs to know or to answer."""
    prose: bool
    """Something that is no greeting, thanks or wish, whether or not we understand it."""

    def level(self, rule: Rule) -> Level:
        """The level of a match of this rule here."""
        for situation in _ORDER:
            levels = rule.levels.get(situation)
            if levels is not None and self._holds(situation, rule):
                return levels[self.context.contact]
        return Level.OK

    def _holds(self, situation: Situation, rule: Rule) -> bool:
        if situation is Situation.NOT_INTEGRATED:
            return not self.context.carrier_integrated
        if situation is Situation.ASKED:
            return self._asked(rule)
        if situation is Situation.SOLE:
            return not (self.needed or self.prose)
        if situation is Situation.ALONE:
            return not self.needed
        return True

    def _asked(self, rule: Rule) -> bool:
        asked_in = self.context.buyer_last
        return bool(asked_in) and bool(
            clauses_matching(rule.asked, read_again(asked_in or "", self.language))
        )


def surroundings(
    reading: Reading, matched: Iterable[Match], repeating: Sequence[str], context: Context, language: str
) -> Surroundings:
    """Weigh what is left of a message when the clauses of `repeating` families are taken out."""
    repeated: set[int] = set()
    for match in matched:
        if match.clauses is not None and match.rule.family in repeating:
            repeated.update(range(*match.clauses))
    rest = [clause for index, clause in enumerate(reading.clauses) if index not in repeated]
    return Surroundings(
        context,
        language,
        needed=any(clause.needed for clause in rest)
        or any(reading.clauses[index].stubborn for index in repeated),
        prose=any(not clause.empty for clause in rest),
    )
