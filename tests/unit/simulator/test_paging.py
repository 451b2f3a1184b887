"""Pages by place."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.simulator.paging import Place, page_of
from api.simulator.refusal import RefusalError

START = datetime(2026, 11, 23, tzinfo=UTC)

# Many at the same moment: the number has to tell them apart.
places = st.lists(st.integers(0, 5), max_size=60).map(
    lambda minutes: sorted(
        (START + timedelta(minutes=minute), number) for number, minute in enumerate(minutes)
    )
)


def same(place: Place) -> Place:
    return place


@given(places, st.integers(1, 20))
def test_walking_yields_everything_once_and_newest_first(oldest_first: list[Place], limit: int) -> None:
    """Whatever the limit, and however many elements share a moment."""
    found: list[Place] = []
    page_id = None
    while True:
        page = page_of(oldest_first, same, page_id, limit)
        found += page.elements
        assert len(page.elements) <= limit
        if page.next_id is None:
            break
        page_id = page.next_id
    assert found == oldest_first[::-1]


@pytest.mark.parametrize(
    "text", ["", "p=2026-11-23T00:00:00+00:00", "p=2026-11-23T00:00:00;s=1", "p=x;s=1", "p=2026;s=1;s=2", "ż"]
)
def test_an_id_that_was_never_given_is_refused(text: str) -> None:
    """Well encoded or not."""
    for page_id in (text, base64.urlsafe_b64encode(text.encode()).decode()):
        with pytest.raises(RefusalError) as caught:
            page_of([], same, page_id, 20)
        assert (caught.value.status, caught.value.path) == (422, "page.id")
