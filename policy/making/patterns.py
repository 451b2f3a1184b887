"""Compiles the patterns of a language's files into the bits of its groups and signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policy.parsing import parse_examples, parse_pattern
from policy.table import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from policy.rule import Pattern

GROUPS = "groups"
"""The table of a language's file that is no rule."""


def compile_patterns(
    code: str,
    documents: Mapping[str, Mapping[str, Any]],
    bits: Mapping[str, int],
    sizes: Mapping[str, int],
    rule_ids: Collection[str],
) -> dict[str, list[str]]:
    """`patterns` and `asked` as texts: a rule's id and what `policy.matching.Mask` holds, in its order.

    `documents` are the language's files by name. `PackError` names the file, the rule and the key that are
    wrong: a rule that does not exist, a group or sign that does not, too few examples.
    """
    compiled: dict[str, list[str]] = {"patterns": [], "asked": []}
    for name, document in documents.items():
        rules = {key: value for key, value in document.items() if key != GROUPS}
        whole = Table(rules, f"{code}/{name}.toml")
        for rule_id in whole.names():
            if rule_id not in rule_ids:
                raise whole.error(rule_id, f"no such rule{Table.near(rule_id, rule_ids)}")
            table = whole.table(rule_id)
            for kind, rows in compiled.items():
                for row in table.tables(kind):
                    rows.append(f"{rule_id} {_coded(parse_pattern(row, set(bits)), bits, sizes)}")
            table.items("match")
            table.items("near_miss")
            table.finish()
        parse_examples(rules, f"{code}/{name}.toml", code)
    return compiled


def _coded(pattern: Pattern, bits: Mapping[str, int], sizes: Mapping[str, int]) -> str:
    rarest = min(pattern.all, key=lambda name: (sizes.get(name, 0), name))
    masks = [
        sum(1 << bits[name] for name in names)
        for names in (pattern.all, pattern.without, pattern.text_all, pattern.text_without)
    ]
    numbers = (pattern.words_at_most, int(pattern.at_most), bits[rarest])
    return " ".join([*(f"{mask:x}" for mask in masks), *map(str, numbers)])
