"""The rules of one marketplace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policy.rule import Examples, Family, Permission, Rule

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, eq=False)
class Pack:
    """Rules and their families, in the order in which people read them.

    `rules` are the newest wordings, one an id; `earlier` are those that they replaced, with the same ids.
    Its examples are read when they are asked for.
    """

    id: str
    marketplaces: tuple[str, ...]
    families: tuple[Family, ...]
    rules: tuple[Rule, ...]
    permissions: tuple[Permission, ...] = ()
    earlier: tuple[Rule, ...] = ()
    examples: Callable[[], Mapping[str, Examples]] = field(default=dict)
    """Rule id -> its examples."""

    def rule(self, rule_id: str) -> Rule:
        """The newest wording of the rule with this id; KeyError when the pack has none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    def rules_on(self, day: date | None) -> tuple[Rule, ...]:
        """The rules that bind on a day and are switched on; None: by the newest wordings known."""
        if day is None:
            return tuple(rule for rule in self.rules if rule.on and rule.until is None)
        return tuple(rule for rule in (*self.rules, *self.earlier) if rule.on and rule.in_force(day))
