"""The rules of one marketplace."""

from __future__ import annotations

from dataclasses import dataclass

from policy.rule import Family, Rule


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """Rules and their families, in the order in which people read them."""

    id: str
    families: tuple[Family, ...]
    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id; KeyError when the pack has none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)
