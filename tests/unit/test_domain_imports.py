"""The domain's values are all there, and those of an opened order cost nothing before."""

from __future__ import annotations

import subprocess
import sys

import pytest

import api.domain

LATER = ("customer_return", "document", "order_event", "shipment")


@pytest.mark.parametrize(
    "statement",
    ["import api.domain", "from api.domain import Order, Thread", "from api.allegro import Allegro; Allegro"],
)
def test_what_hangs_on_orders_is_loaded_later(statement: str) -> None:
    """A fresh interpreter has none of these modules after the statement."""
    program = f"import sys\n{statement}\nprint([it for it in {LATER!r} if 'api.domain.' + it in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("name", api.domain.__all__)
def test_every_name_is_there(name: str) -> None:
    """Whatever the package promises can be had."""
    assert getattr(api.domain, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    """The lazy package behaves like any other."""
    with pytest.raises(AttributeError, match="Nothing"):
        _ = api.domain.Nothing
