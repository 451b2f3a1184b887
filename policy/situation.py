"""How strongly a match counts in this message and this conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policy.level import Level
from policy.rule import Rule, Situation

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy.message import Context

# The first of these that holds, and for which the rule has levels, decides.
_ORDER = (
    Situation.NOT_INTEGRATED,
    Situation.ASKED,
    Situation.SOLE,
    Situation.ALONE,
    Situation.MIXED,
    Situation.ANY,
)


class Surroundings(NamedTuple):
    """What a message holds beside its duplicates, and the conversation that it belongs to."""

    context: Context
    needed: bool
    """Something that the buyer needs to know or to answer."""
    prose: bool
    """Something that is no greeting, thanks or wish, whether or not we understand it."""
    asked: Callable[[str], bool]
    """Did the buyer's last message ask for what the rule with this id is about?"""

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
            return self.asked(rule.id)
        if situation is Situation.SOLE:
            return not (self.needed or self.prose)
        if situation is Situation.ALONE:
            return not self.needed
        return True
