"""What the documents promise is what the project does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tui.actions import ACTIONS

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.pl.md")


def commands(name: str) -> list[str]:
    """The lines of the first two shell blocks: to try it, and to test it."""
    blocks = re.findall(r"```bash\n(.*?)\n```", (ROOT / name).read_text(), flags=re.DOTALL)
    return blocks[:2]


@pytest.mark.parametrize("name", READMES)
def test_the_readme_has_two_commands_of_one_line(name: str) -> None:
    """Each can be pasted: one line, from the checkout, with nothing before it."""
    first, second = commands(name)
    assert "\n" not in first
    assert "\n" not in second
    assert first.endswith("okienko --demo")
    assert second.endswith("pytest")


def test_the_two_readmes_give_the_same_commands() -> None:
    """The Polish twin tells the same."""
    assert commands("README.md") == commands("README.pl.md")


def test_make_test_runs_the_readme_command() -> None:
    """What CI runs is what a newcomer pastes."""
    makefile = (ROOT / "Makefile").read_text()
    assert f"README_TEST := {commands('README.md')[1]}\n" in makefile
    assert "test:  ## The README's test command\n\t$(README_TEST)\n" in makefile


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    """Pictures and pages that a document points to are there."""
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text())
    missing = [link for link in links if "://" not in link and not (ROOT / link).exists()]
    assert not missing


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_every_key(name: str) -> None:
    """A key that the key bar shows stands in the table."""
    text = (ROOT / name).read_text()
    missing = [action.shown for action in ACTIONS if action.label and f"`{action.shown}`" not in text]
    assert not missing


def test_constraints_pin_every_dependency_and_name_no_index() -> None:
    """Pins only: NAME==VERSION a line."""
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[^\s;@]+", line) for line in lines)
    assert "textual==8.2.8" in lines
