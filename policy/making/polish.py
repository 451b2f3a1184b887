"""Polish word forms from SGJP, through morfeusz2."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

PAST = ("praet", "ppas", "imps")
KINDS = {
    "past": PAST,
    "finite": ("fin",),
    "imperative": ("impt",),
    "infinitive": ("inf",),
    "noun": ("subst", "ger"),
    "participle": ("ppas", "pact"),
}
"""What `@lemma.kind` in a word list asks for."""


@cache
def _analyser() -> Any:
    import morfeusz2  # noqa: PLC0415  a development dependency

    return morfeusz2.Morfeusz(generate=True)


def forms(lemma: str, kind: str = "") -> set[str]:
    """The forms of a lemma, all or those of one of `KINDS`; KeyError for an unknown kind.

    Negated participles ("niewysłana") are forms of the lemma in SGJP but say the opposite: they are left out.
    """
    wanted = KINDS[kind] if kind else None
    found: set[str] = set()
    for form, name, tags, *_ in _analyser().generate(lemma):
        parts = tags.split(":")
        if (
            "ign" in parts
            or "neg" in parts
            or name.partition(":")[0] != lemma
            or (wanted and parts[0] not in wanted)
        ):
            continue
        found.add(form)
        if parts[0] == "praet":
            found.update(_persons(form, parts))
    return {form.lower() for form in found}


# First and second person of the past are two segments in SGJP: "wysłali" + "śmy".
def _persons(form: str, parts: list[str]) -> list[str]:
    if "pl" in parts[1]:
        return [form + ending for ending in ("śmy", "ście")]
    joint = "e" if re.search(r"ł$", form) else ""
    return [form + joint + ending for ending in ("m", "ś")]


def licence() -> str:
    """Version and notice of the dictionary behind the forms, with plain line ends."""
    return "\n".join([_analyser().dict_id(), *_analyser().dict_copyright().splitlines()])
