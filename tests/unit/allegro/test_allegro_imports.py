"""What importing the client costs and does not cost."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import api.allegro

HEAVY = {"httpx", "msgspec", "click", "ssl", "rich"}


def loaded_by(statement: str) -> set[str]:
    """Which heavy modules a fresh interpreter has after the statement."""
    program = f"import json, sys\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return HEAVY & set(json.loads(done.stdout))


@pytest.mark.parametrize(
    "statement",
    [
        "import api.allegro",
        "import api.allegro.errors",
        "import api.allegro.outgoing",
        "import api.domain.text",
    ],
)
def test_errors_and_names_cost_no_connection(statement: str) -> None:
    """Catching an error loads neither httpx nor msgspec."""
    assert loaded_by(statement) == set()


def test_the_client_does_not_load_the_command_line_of_httpx() -> None:
    """httpx comes without click and rich, although click is installed here."""
    assert loaded_by(
        "import click, sys; del sys.modules['click']\nfrom api.allegro import Allegro\nassert Allegro"
    ) >= {"httpx", "msgspec"}
    assert not loaded_by("from api.allegro import Allegro\nassert Allegro") & {"click", "rich"}


def test_httpx_is_whole_afterwards() -> None:
    """What was hidden during the import can be imported later."""
    assert "click" in loaded_by("from api.allegro import Allegro\nassert Allegro\nimport httpx._main")


def test_an_unknown_name_is_an_attribute_error() -> None:
    """The lazy package behaves like any other."""
    with pytest.raises(AttributeError, match="Nothing"):
        _ = api.allegro.Nothing
