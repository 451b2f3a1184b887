"""Spans that are kept together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policy.spans import Spans

spans = st.tuples(st.integers(0, 40), st.integers(1, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(spans, max_size=12), spans)
def test_touching(kept: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    """A span touches the set if and only if it shares a character with one of them."""
    found = Spans()
    for span in kept:
        found.add(*span)
    assert found.touch(*asked) == any(not set(range(*one)).isdisjoint(range(*asked)) for one in kept)
