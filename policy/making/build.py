"""Writes `policy/data`: what `policy/packs` and `policy/languages` say, in the form that loads at once."""

from __future__ import annotations

import json
import os
import tomllib
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

from policy.making import polish
from policy.making.lexicon import WordListError, compile_lexicon
from policy.making.patterns import GROUPS as _GROUPS
from policy.making.patterns import compile_patterns
from policy.reading.fold import fold
from policy.reading.language import DATA, FILE, FIRST_WORD_BIT, LANGUAGES, QUESTION, WORTH
from policy.reading.lexicon import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HOME = DATA.parent
PACKS = HOME / "packs"
WORDS = HOME / "languages"
RULES = "rules"
"""The part that knows no language: packs, signs, examples."""
_NOTICE = """\
The word forms in this folder come from SGJP, through Morfeusz 2 (Polish), and from the hunspell
dictionaries of Debian: hunspell-pl, -cs, -sk, -hu and -en-gb, under the licences in those packages.

"""
_LISTS = "words"
_ANY = "any"
_KEPT = ("groups", *WORTH, "abbreviations", "short", "letters", "joints", "idle", "function_words")


def build(parts: Iterable[str] = (), *, thorough: bool = True) -> dict[str, str]:
    """File name in `policy/data` -> content: of everything, or only of some languages or of `RULES`."""
    chosen = list(parts) or [RULES, *LANGUAGES]
    codes = [part for part in chosen if part != RULES]
    made: dict[str, str] = {}
    if RULES in chosen:
        made["packs.json"] = _dump(_packs())
        made["signs.json"] = _dump(_signs())
        made["examples.json"] = _dump(_examples())
        made["NOTICE"] = _NOTICE + polish.licence().strip() + "\n"
    made["function_words.json"] = _dump({code: _words(code)["function_words"] for code in LANGUAGES})
    with ProcessPoolExecutor(max_workers=2) as pool:
        for code, data in zip(codes, pool.map(_lexicon, codes, [thorough] * len(codes)), strict=True):
            made[f"{code}.json"] = _dump(data)
    return made


def write(made: dict[str, str], folder: Path = DATA) -> None:
    """Write what was made."""
    folder.mkdir(exist_ok=True)
    for name, content in made.items():
        fresh = folder / f".{name}.{os.getpid()}"
        fresh.write_text(content, encoding="utf-8")
        fresh.replace(folder / name)


def _lexicon(code: str, thorough: bool) -> dict[str, Any]:  # noqa: FBT001  mapped over positions
    words = _words(code)
    missing = [key for key in _KEPT if key not in words]
    if missing or set(words) - set(_KEPT) - {"mistyped"}:
        raise WordListError(f"{code}/{_LISTS}.toml: expected exactly the keys {', '.join(_KEPT)}")
    bits = {sign["name"]: sign["bit"] for sign in _signs()}
    for worth in WORTH:
        for group in words[worth]:
            if group not in words["groups"] and group not in bits:
                raise WordListError(f"{code}/{_LISTS}.toml: {worth}: there is no group {group!r}")
    for group in " ".join(words["idle"]).split():
        if group not in words["groups"] and group not in bits:
            raise WordListError(f"{code}/{_LISTS}.toml: idle: there is no group {group!r}")
    compiled = compile_lexicon(
        code, words["groups"], words.get("mistyped", ()), bits, FIRST_WORD_BIT, thorough=thorough
    )
    groups = {QUESTION: bits[QUESTION], **compiled["groups"]}
    documents = {name: document for name, document in _folder(WORDS / code).items() if name != _LISTS}
    patterns = compile_patterns(code, documents, {**bits, **groups}, compiled.pop("sizes"), _rule_ids())
    compiled["groups"] = groups
    return {
        "code": code,
        **{worth: words[worth] for worth in WORTH},
        "abbreviations": [fold(word).text for word in words["abbreviations"]],
        "short": words["short"],
        "letters": words["letters"],
        "joints": words["joints"].split(),
        "idle": words["idle"],
        **compiled,
        **patterns,
    }


def _rule_ids() -> list[str]:
    packs = _packs()
    return [
        rule["id"]
        for documents in packs.values()
        for file in documents.values()
        for rule in file.get("rule", ())
    ]


def _words(code: str) -> dict[str, Any]:
    """The word list of a language, with the groups that its other files add."""
    words = tomllib.loads((WORDS / code / f"{_LISTS}.toml").read_text(encoding="utf-8"))
    words["function_words"] = " ".join(WORD.findall(fold(words["function_words"]).text))
    for file, document in _folder(WORDS / code).items():
        for group, entries in document.get(_GROUPS, {}).items() if file != _LISTS else ():
            if group in words[_GROUPS]:
                raise WordListError(f"{code}/{file}.toml: {_GROUPS}: {group}: there is a group of this name")
            words[_GROUPS][group] = entries
    return words


def _signs() -> list[dict[str, Any]]:
    found = tomllib.loads((WORDS / "signs.toml").read_text(encoding="utf-8"))["sign"]
    # The first two are no expressions: they never match here.
    numbered = [{"name": name, "bit": bit, "pattern": "(?!)"} for bit, name in enumerate((QUESTION, FILE))]
    numbered += [{"bit": bit, **sign} for bit, sign in enumerate(found, start=len(numbered))]
    if len(numbered) > FIRST_WORD_BIT:
        raise WordListError(f"signs.toml: more than {FIRST_WORD_BIT} signs")
    return numbered


def _packs() -> dict[str, Any]:
    return {folder.name: _folder(folder) for folder in sorted(PACKS.iterdir()) if folder.is_dir()}


def _examples() -> dict[str, Any]:
    return {
        code: {
            family: {
                rule: {key: table[key] for key in ("match", "near_miss") if key in table}
                for rule, table in document.items()
                if rule != _GROUPS
            }
            for family, document in _folder(WORDS / code).items()
            if family != _LISTS
        }
        for code in (*LANGUAGES, _ANY)
    }


def _folder(folder: Path) -> dict[str, Any]:
    return {
        file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.toml"))
    }


def _dump(data: Any) -> str:
    """Compact JSON with the entries of the outermost level on lines of their own, so that a change shows."""
    if isinstance(data, list):
        return "[\n" + ",\n".join(_compact(item) for item in data) + "\n]\n"
    return "{\n" + ",\n".join(f"{_compact(key)}:{_compact(value)}" for key, value in data.items()) + "\n}\n"


def _compact(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
