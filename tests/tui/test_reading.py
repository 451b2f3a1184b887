"""Reading conversations by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.desktop import Desktop, desktop, opener
from tui.app import OkienkoApp
from tui.widgets.conversation_view import ConversationView
from tui.widgets.order_pane import OrderPane

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from api.simulator.server import Simulator

    MakeApp = Callable[[], OkienkoApp]


async def test_the_newest_conversation_comes_first_with_its_messages_and_order(make_app: MakeApp) -> None:
    """The list, the conversation and the order of the newest thread are there without a key."""
    async with desktop(make_app()) as desk:
        rows = desk.threads._rows
        assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
        first = desk.screen.desk.threads[rows[0].id]
        conversation = desk.screen.desk.conversations[first.id]
        assert first.buyer in desk.text
        assert conversation.messages[-1].text.split()[0] in desk.text
        assert desk.screen.desk.order_of(first.id) in desk.screen.desk.orders


async def test_all_pages_of_threads_are_read(make_app: MakeApp, simulator: Simulator) -> None:
    """A list of more than one page is read to its end."""
    async with desktop(make_app()) as desk:
        assert len(desk.threads._rows) == len(simulator.state.threads())


async def test_j_and_k_move_and_stay_in_range(make_app: MakeApp) -> None:
    """The cursor goes down and up and does not leave the list."""
    async with desktop(make_app()) as desk:
        first = desk.threads.current
        await desk.press("k")
        assert desk.threads.current == first
        await desk.press("j", "j", "k")
        assert desk.threads.current == desk.threads._rows[1]
        await desk.press("end", "j")
        assert desk.threads.current == desk.threads._rows[-1]


async def test_looking_does_not_mark_as_read(make_app: MakeApp) -> None:
    """Moving over and opening an unread conversation leaves Allegro's flag alone."""
    async with desktop(make_app()) as desk:
        await desk.go_to(next(row.buyer for row in desk.threads._rows if row.unread))
        await desk.press("enter", "j", "escape")
        await desk.quiet()
        current = desk.threads.current
        assert current is not None
        assert current.unread


async def test_m_marks_as_read(make_app: MakeApp) -> None:
    """The key tells Allegro, and the list shows it."""
    async with desktop(make_app()) as desk:
        unread = desk.screen.desk.unread
        await desk.go_to(next(row.buyer for row in desk.threads._rows if row.unread))
        await desk.press("m")
        await desk.until(lambda: desk.screen.desk.unread == unread - 1, "one unread less")


async def test_u_shows_unread_only_says_so_and_keeps_the_cursor_in_range(make_app: MakeApp) -> None:
    """The filter is named in the title, hides read conversations, and never loses the cursor."""
    async with desktop(make_app()) as desk:
        everything = len(desk.threads._rows)
        await desk.press("end", "u")
        rows = desk.threads._rows
        assert 0 < len(rows) < everything
        assert all(row.unread for row in rows)
        assert desk.threads.current in rows
        assert "tylko nieprzeczytane" in desk.text
        await desk.press("u")
        assert len(desk.threads._rows) == everything


async def test_the_last_unread_conversation_leaves_an_explaining_list(make_app: MakeApp) -> None:
    """When the filter leaves nothing, the list says so and how to go on."""
    async with desktop(make_app()) as desk:
        await desk.press("u")
        while desk.screen.desk.unread:
            before = desk.screen.desk.unread
            await desk.press("m")
            await desk.until(lambda before=before: desk.screen.desk.unread < before, "one unread less")
            await desk.press("j")
            await desk.quiet()
        await desk.press("u", "u")
        assert "Nie ma nieprzeczytanych rozmów." in desk.text


async def test_a_conversation_marked_read_under_the_filter_stays_until_the_cursor_moves(
    make_app: MakeApp,
) -> None:
    """`m r` answers the buyer who was read, not the next one who would slide under the cursor."""
    async with desktop(make_app()) as desk:
        await desk.press("u")
        first = desk.threads.current
        assert first is not None
        await desk.press("m")
        await desk.until(lambda: desk.screen.desk.threads[first.id].read, "read on Allegro")
        await desk.quiet()
        await desk.press("r")
        assert desk.compose.addressed is not None
        assert desk.compose.addressed.thread == first.id
        await desk.press("escape", "escape", "j")
        assert first.id not in {row.id for row in desk.threads._rows}


async def test_enter_opens_escape_goes_back_and_o_goes_to_the_order(make_app: MakeApp) -> None:
    """The focus follows the keys through the three panes."""
    async with desktop(make_app()) as desk:
        assert desk.threads.has_focus
        await desk.press("enter")
        assert desk.screen.query_one(ConversationView).has_focus
        await desk.press("o")
        assert desk.screen.query_one(OrderPane).has_focus
        await desk.press("escape")
        assert desk.screen.query_one(ConversationView).has_focus
        await desk.press("escape")
        assert desk.threads.has_focus


async def test_a_long_conversation_loads_older_messages_and_keeps_its_place(make_app: MakeApp) -> None:
    """At the top, k asks for the page before, until all messages are there."""
    async with desktop(make_app()) as desk:
        longest = max(
            desk.screen.desk.conversations.values(), key=lambda c: (c.older is not None, c.thread.id)
        )
        await desk.go_to(longest.thread.buyer)
        await desk.press("enter")
        conversations = desk.screen.desk.conversations
        while conversations[longest.thread.id].older is not None:
            known = len(conversations[longest.thread.id].messages)
            await desk.press("home", "k")
            await desk.until(
                lambda known=known: len(conversations[longest.thread.id].messages) > known, "older messages"
            )
            await desk.quiet()
        assert len(conversations[longest.thread.id].messages) > 40


async def test_n_goes_through_the_orders_of_a_mixed_conversation(make_app: MakeApp) -> None:
    """A thread about two orders shows the one spoken of last, and n the other."""
    async with desktop(make_app()) as desk:
        mixed = next(c for c in desk.screen.desk.conversations.values() if len(c.orders) > 1)
        await desk.go_to(mixed.thread.buyer)
        assert desk.screen.panes.order_shown == mixed.orders[0]
        await desk.press("o", "n")
        await desk.quiet()
        assert desk.screen.panes.order_shown == mixed.orders[1]
        assert mixed.orders[1] in desk.screen.desk.orders


async def test_help_names_the_keys_of_the_place(make_app: MakeApp) -> None:
    """The question mark lists what works here, and goes away again."""
    async with desktop(make_app()) as desk:
        await desk.press("question_mark")
        assert "Następna rozmowa" in desk.text
        await desk.press("escape", "enter", "question_mark")
        assert "Wróć do listy rozmów" in desk.text


async def test_a_refused_sign_in_is_told_with_what_to_do(simulator: Simulator, tmp_path: Path) -> None:
    """A wrong token opens no inbox but a sentence with a Trace-Id."""
    app = OkienkoApp(opener(simulator, tmp_path / "home", token="wrong"))
    async with app.run_test(size=(120, 40)) as pilot:
        desk = Desktop(pilot)
        await desk.until(lambda: "Podaj ważny OKIENKO_TOKEN" in desk.text, "the sentence")
        assert "Trace-Id" in desk.text


@pytest.mark.parametrize("size", [(20, 6), (40, 12), (59, 16), (60, 24), (80, 24), (109, 30), (200, 60)])
async def test_every_size_shows_something_and_nothing_crashes(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    """From a tiny window to a huge one: list, conversation, order, reply and help open and close."""
    async with desktop(make_app(), size) as desk:
        await desk.press("j", "enter", "o", "escape", "r", "a", "f1", "escape", "escape", "escape", "escape")
        assert desk.threads.has_focus


async def test_news_come_without_a_key(
    make_app: MakeApp, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Allegro calls nobody: the inbox asks by itself, once a minute, here ten times a second."""
    monkeypatch.setattr("tui.screens.inbox.NEWS_EVERY", 0.1)
    async with desktop(make_app()) as desk:
        last = desk.threads._rows[-1]
        simulator.state.receive(last.id, "Dzień dobry, czy jest już coś wiadomo?")
        await desk.until(lambda: desk.threads._rows[0].id == last.id, "the thread on top")
        assert desk.threads._rows[0].unread
