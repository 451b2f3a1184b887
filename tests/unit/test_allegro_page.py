"""The page about Allegro: a row for every behaviour, only tests that are there, the figures of the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from api.allegro import client, invoice_file, outgoing, outgoing_file, renewal, retry, wire
from api.allegro.messaging import attachments, public, version
from tui.reading import PREFETCHED
from tui.screens.inbox import NEWS_EVERY

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "allegro.md").read_text(encoding="utf-8")
BEHAVIOURS = 46
WITHOUT_A_THREAD = {28}
"""Measured on a live account; nobody reported it."""

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.partition(f"\n## {BEHAVIOURS} ")[2].splitlines()
    if re.match(r"\| \d+ \|", line)
]


def functions(path: Path) -> set[str]:
    """Names of the test functions of a file; none where there is no file."""
    if not path.is_file():
        return set()
    nodes = ast.parse(path.read_text(encoding="utf-8")).body
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_behaviour_has_one_row() -> None:
    """1 to 46, in order, each with all five cells filled."""
    assert [int(row[0]) for row in ROWS] == list(range(1, BEHAVIOURS + 1))
    assert all(len(row) == 5 and all(row) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_names_its_threads(row: list[str]) -> None:
    """So that a reader can look what was reported."""
    if int(row[0]) not in WITHOUT_A_THREAD:
        assert re.fullmatch(r"#\d{4,5}(, #\d{4,5})*", row[1])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_names_a_test_or_says_why_there_is_none(row: list[str]) -> None:
    """Nothing stands on a mere assertion of ours."""
    *_, does, shown = row
    assert NAMED.search(shown) or re.search(r"Not yet: |Does not concern okienko: ", does)


def test_every_test_that_is_named_is_there() -> None:
    """A test that is renamed takes its row along."""
    named = NAMED.findall(PAGE)
    assert len(named) == PAGE.count("::")
    missing = [f"{path}::{name}" for path, name in named if name not in functions(ROOT / path)]
    assert missing == []


def test_every_heading_of_the_contents_is_there() -> None:
    """The list on top leads somewhere."""
    headings = {
        re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")
        for heading in re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    }
    assert headings == set(re.findall(r"\]\(#([\w-]+)\)", PAGE))


@pytest.mark.parametrize(
    "words",
    [
        f"At most {client.PARALLEL_READS} reads at a time",
        f"each {retry.SEND_INTERVAL} s or more after the answer",
        f"nothing is asked for {retry.MIN_PAUSE:.0f} to {retry.MIN_PAUSE * 1.25:.0f} s",
        f"nobody asks again for {version.DOUBT_SECONDS:.0f} s",
        f"beyond offset {public.MAX_MESSAGES:,} messages",
        f"one of under {public.PAGE_SIZE};",
        f"at most {outgoing.MAX_LENGTH:,} code points",
        f"up to {outgoing_file.MAX_SIZE:,} bytes",
        f"At most {attachments.MAX_DOWNLOAD:,} bytes",
        f"PDF, up to {invoice_file.MAX_BYTES:,} bytes",
        f"{wire.MAX_SECONDS:.0f} s a whole exchange",
        f"1 s more for every {wire.SLOWEST_UPLOAD // 1000} kB",
        f"Bodies end at {wire.MAX_BODY // 1_000_000} MB",
        f"renewed {renewal.EARLY.seconds // 60} minutes before its end",
        f"asked for again for {renewal.GRACE:.0f} s",
        f"every {NEWS_EVERY:.0f} s, and reads up to {PREFETCHED} conversations ahead",
        ", ".join(map(str, sorted(retry.REPEATABLE_STATUSES))),
    ],
)
def test_the_figures_are_those_of_the_code(words: str) -> None:
    """Whoever changes one changes the page."""
    assert words in PAGE
