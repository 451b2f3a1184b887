"""The Polish catalogue says everything that the code says, and nothing else."""

from __future__ import annotations

import ast
import io
import string
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tui.cli.parser import ARGPARSE_WORDS
from tui.i18n import DOMAIN, LOCALE_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "policy", "tui")
PO = LOCALE_FOLDER / "pl" / "LC_MESSAGES" / f"{DOMAIN}.po"
MARKS = {"_": 0, "N_": 0, "ngettext": 0}
"""Calls that mark a text, and which argument is the text's name."""

Text = tuple[str, str]
"""Context ("" for none) and the (singular) text."""


@cache
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="pl", domain=DOMAIN)


@cache
def modules() -> dict[str, ast.Module]:
    paths = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8")) for path in paths}


def marks(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Calls that mark a text, by the name of the mark."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in MARKS:
                yield name, node


def literals(call: ast.Call) -> list[str] | None:
    """The arguments that are texts, or None where the first text is no literal."""
    found = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    return found if found and isinstance(call.args[0], ast.Constant) else None


@cache
def used() -> dict[Text, str]:
    """Every marked text of the code, and where it stands."""
    found: dict[Text, str] = {}
    for path, tree in modules().items():
        for _name, call in marks(tree):
            texts = literals(call)
            if texts is None:
                continue
            text = ("", texts[0])
            found[text] = f"{path}:{call.lineno}"
    return found


def entries() -> list[Message]:
    return [entry for entry in catalogue() if entry.id]


def text_of(entry: Message) -> Text:
    return entry.context or "", entry.id[0] if isinstance(entry.id, tuple) else entry.id


def forms(said: object) -> tuple[str, ...]:
    return tuple(said) if isinstance(said, list | tuple) else (str(said),)


def placeholders(text: str) -> set[str]:
    """The names in braces; a text of argparse has %(names)s instead."""
    named = {name for _before, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}
    percent = {part.partition(")")[0] for part in text.split("%(")[1:]}
    return named | percent | ({"%s"} if "%s" in text else set())


def test_the_search_finds_texts() -> None:
    """The other tests of this file look at something."""
    assert len(used()) > 100
    assert ("", "delivered") in used()


def test_every_text_of_the_code_is_in_the_catalogue() -> None:
    """A text that was added to the code without a translation fails here: run `make catalogue`."""
    known = {text_of(entry) for entry in entries()}
    assert {text: place for text, place in used().items() if text not in known} == {}


def test_nothing_is_left_in_the_catalogue() -> None:
    """A text that the code does not say any more leaves the catalogue."""
    left = {text_of(entry) for entry in entries()} - used().keys()
    assert left - {("", word) for word in ARGPARSE_WORDS} == set()


def test_every_text_is_translated() -> None:
    """No entry is empty, in any of its plural forms."""
    empty = [entry.id for entry in entries() if not all(form.strip() for form in forms(entry.string))]
    assert empty == []


def test_every_counted_text_has_three_forms() -> None:
    """Polish counts one, a few, and many."""
    counted = [entry for entry in entries() if isinstance(entry.id, tuple)]
    assert counted
    assert [entry.id for entry in counted if len(forms(entry.string)) != 3] == []


def test_translations_keep_the_placeholders() -> None:
    """What the code fills in has its place in Polish too: a wrong name would end the program."""
    wrong = {
        (text_of(entry)[1], form)
        for entry in entries()
        for form in forms(entry.string)
        if placeholders(form) != placeholders(forms(entry.id)[-1])
    }
    assert wrong == set()


def test_translations_keep_the_edges() -> None:
    """Spaces and newlines at the ends belong to the layout, not to the language."""
    wrong = [
        entry.id
        for entry in entries()
        for form in forms(entry.string)
        for edge in (
            lambda text: text[: len(text) - len(text.lstrip())],
            lambda text: text[len(text.rstrip()) :],
        )
        if edge(form) != edge(forms(entry.id)[-1])
    ]
    assert wrong == []


def test_nothing_is_fuzzy_or_obsolete() -> None:
    """No guess of a tool, and no remains."""
    assert [entry.id for entry in entries() if entry.fuzzy] == []
    assert not catalogue().fuzzy
    assert list(catalogue().obsolete) == []


def test_the_compiled_catalogue_is_this_one() -> None:
    """The file that the program reads is what compiling the readable one gives."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue())
    assert PO.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run `make catalogue`"


def test_no_text_is_marked_inside_an_f_string() -> None:
    """Babel cannot extract a text from within an f-string."""
    inside = [
        f"{path}:{call.lineno}"
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for _name, call in marks(node)
        if literals(call) is not None
    ]
    assert inside == []


def test_no_marked_text_is_put_together() -> None:
    """A text that is joined or filled in before it is looked up is in no catalogue."""
    joined = [
        f"{path}:{call.lineno}"
        for path, tree in modules().items()
        for _name, call in marks(tree)
        if call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp | ast.Call)
    ]
    assert joined == []
