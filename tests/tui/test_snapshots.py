"""Pictures of the states that a person meets, at the sizes that people use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.domain import MessageState
from tests.tui.desktop import Desktop, opener
from tui.app import OkienkoApp
from tui.i18n import choose_language

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from api.simulator.server import Simulator

    MakeApp = Callable[[], OkienkoApp]
    Compare = Callable[..., bool]

SIZES = [(80, 24), (120, 40), (200, 60)]


def prepared(*steps: Callable[[Desktop], Awaitable[Any]]) -> Callable[[Pilot[int]], Awaitable[None]]:
    """What happens before the picture is taken: the desk is read, then these steps."""

    async def run(pilot: Pilot[int]) -> None:
        desk = Desktop(pilot)
        await desk.quiet()
        for step in steps:
            await step(desk)
        await desk.quiet()

    return run


def keys(*pressed: str) -> Callable[[Desktop], Awaitable[None]]:
    async def press(desk: Desktop) -> None:
        await desk.press(*pressed)

    return press


def reply(text: str) -> Callable[[Desktop], Awaitable[None]]:
    async def write(desk: Desktop) -> None:
        await desk.reply(text)

    return write


def buyer(pick: Callable[[Desktop], str]) -> Callable[[Desktop], Awaitable[None]]:
    async def go(desk: Desktop) -> None:
        await desk.go_to(pick(desk))

    return go


def closed(desk: Desktop) -> str:
    return next(row.buyer for row in desk.threads._rows if row.closed)


def blocked(desk: Desktop) -> str:
    conversations = desk.screen.desk.conversations.values()
    return next(
        c.thread.buyer for c in conversations if any(m.state is MessageState.BLOCKED for m in c.messages)
    )


def hostile_buyer(desk: Desktop) -> str:
    conversations = desk.screen.desk.conversations.values()
    return next(c.thread.buyer for c in conversations if any("[@click" in m.text for m in c.messages))


def seller_started(desk: Desktop) -> str:
    conversations = desk.screen.desk.conversations.values()
    alone = next(c for c in conversations if not any(m.from_buyer for m in c.messages) and c.thread.open)
    return alone.thread.buyer


@pytest.mark.parametrize("size", SIZES)
def test_the_inbox(snap_compare: Compare, make_app: MakeApp, size: tuple[int, int]) -> None:
    """The first screen."""
    assert snap_compare(make_app(), terminal_size=size, run_before=prepared())


@pytest.mark.parametrize("size", SIZES)
def test_a_reply_with_findings(snap_compare: Compare, make_app: MakeApp, size: tuple[int, int]) -> None:
    """A reply that two families of rules speak about."""
    text = (
        "Dzień dobry, fakturę przesyłam.\nWięcej w naszym sklepie www.debowe-deski.pl albo pod 600 100 200."
    )
    assert snap_compare(make_app(), terminal_size=size, run_before=prepared(keys("enter"), reply(text)))


@pytest.mark.parametrize("size", SIZES)
def test_a_message_that_the_seller_starts(
    snap_compare: Compare, make_app: MakeApp, size: tuple[int, int]
) -> None:
    """The seller starts the contact, so a payment notice is stopped."""
    text = "Dzień dobry, potwierdzamy otrzymanie płatności. Pozdrawiamy"
    steps = prepared(buyer(seller_started), reply(text))
    assert snap_compare(make_app(), terminal_size=size, run_before=steps)


def test_a_reason_is_asked_for(snap_compare: Compare, make_app: MakeApp) -> None:
    """The dialog of a block."""
    steps = prepared(reply("Zapraszamy do naszego sklepu www.debowe-deski.pl"), keys("ctrl+s"))
    assert snap_compare(make_app(), terminal_size=(120, 40), run_before=steps)


def test_a_confirmation_is_asked_for(snap_compare: Compare, make_app: MakeApp) -> None:
    """The dialog of a warning."""
    steps = prepared(reply("Prosimy o wystawienie oceny."), keys("ctrl+s"))
    assert snap_compare(make_app(), terminal_size=(80, 24), run_before=steps)


def test_the_order_in_80_columns(snap_compare: Compare, make_app: MakeApp) -> None:
    """The order takes the place of the list."""
    assert snap_compare(make_app(), terminal_size=(80, 24), run_before=prepared(keys("enter", "o")))


def test_help(snap_compare: Compare, make_app: MakeApp) -> None:
    """The keys of the list."""
    assert snap_compare(make_app(), terminal_size=(80, 24), run_before=prepared(keys("question_mark")))


def test_unread_only(snap_compare: Compare, make_app: MakeApp) -> None:
    """The filter names itself."""
    assert snap_compare(make_app(), terminal_size=(120, 40), run_before=prepared(keys("u")))


def test_a_closed_problem(snap_compare: Compare, make_app: MakeApp) -> None:
    """A purchase problem that takes no more messages."""
    assert snap_compare(make_app(), terminal_size=(120, 40), run_before=prepared(buyer(closed)))


def test_a_blocked_message(snap_compare: Compare, make_app: MakeApp) -> None:
    """A message that Allegro blocked says so in the list and in the conversation."""
    assert snap_compare(make_app(), terminal_size=(120, 40), run_before=prepared(buyer(blocked)))


def test_one_pane_in_40_columns(snap_compare: Compare, make_app: MakeApp) -> None:
    """A tiny window shows the reply alone."""
    assert snap_compare(make_app(), terminal_size=(40, 14), run_before=prepared(reply("Dzień dobry")))


def test_english(snap_compare: Compare, make_app: MakeApp) -> None:
    """The same in English."""
    choose_language("en")
    assert snap_compare(make_app(), terminal_size=(120, 40), run_before=prepared(reply("See www.my-shop.pl")))


def test_hostile_text(snap_compare: Compare, hostile: Simulator, tmp_path: Path) -> None:
    """A buyer who writes to break programs."""
    app = OkienkoApp(opener(hostile, tmp_path / "home"))
    assert snap_compare(app, terminal_size=(120, 40), run_before=prepared(buyer(hostile_buyer)))


def test_a_refused_sign_in(snap_compare: Compare, simulator: Simulator, tmp_path: Path) -> None:
    """No inbox, but what happened and what to do; the Trace-Id of a picture must not change."""
    app = OkienkoApp(opener(simulator, tmp_path / "home", token=""))

    async def refused(pilot: Pilot[int]) -> None:
        desk = Desktop(pilot)
        await desk.until(lambda: desk.screen.panes.trouble, "the refusal")
        desk.screen.panes.trouble = desk.screen.panes.trouble.partition(" (Trace-Id")[0]
        await desk.screen._show_trouble(desk.screen.panes.trouble)
        await pilot.pause()

    assert snap_compare(app, terminal_size=(80, 24), run_before=refused)
