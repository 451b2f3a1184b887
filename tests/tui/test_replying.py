"""Writing and sending replies, and what the rules ask on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.domain import MessageState
from api.store import Drafts, Overrides
from policy import Level
from tests.tui.desktop import Desktop, desktop
from tui.events import ConversationRead
from tui.screens.consent import ConfirmScreen, OverrideScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from api.simulator.server import Simulator
    from tui.app import OkienkoApp

    MakeApp = Callable[[], OkienkoApp]

PAID = "Dzień dobry, potwierdzamy otrzymanie płatności. Pozdrawiamy"
SHOP = "Zapraszamy do naszego sklepu www.sklep-debowy.pl"
RATING = "Dziękujemy za odbiór. Prosimy o wystawienie opinii, 5 gwiazdek bardzo nas ucieszy."


def last_text(desk: Desktop) -> str:
    current = desk.threads.current
    assert current is not None
    return desk.screen.desk.conversations[current.id].messages[-1].text


def last_state(desk: Desktop) -> MessageState:
    current = desk.threads.current
    assert current is not None
    return desk.screen.desk.conversations[current.id].messages[-1].state


async def to_a_reply(desk: Desktop) -> str:
    """Go to the newest conversation in which the buyer wrote last; returns its id."""
    row = next(row for row in desk.threads._rows if row.needs_reply)
    await desk.go_to(row.buyer)
    return row.id


async def to_a_seller_started_thread(desk: Desktop) -> str:
    """Go to a conversation in which no buyer has written; returns its id."""
    conversations = desk.screen.desk.conversations.values()
    alone = next(c for c in conversations if not any(m.from_buyer for m in c.messages) and c.thread.open)
    await desk.go_to(alone.thread.buyer)
    return alone.thread.id


async def test_a_reply_goes_through_verifying_to_delivered(make_app: MakeApp, simulator: Simulator) -> None:
    """Typed, sent with ctrl+s, checked by Allegro, delivered: each state is shown."""
    async with desktop(make_app()) as desk:
        thread = await to_a_reply(desk)
        await desk.press("r")
        await desk.type("Dzień dobry, już sprawdzam.")
        await desk.press("ctrl+s")
        await desk.until(lambda: "już sprawdzam" in last_text(desk), "the sent message")
        await desk.until(lambda: last_state(desk) is MessageState.DELIVERED, "delivery")
        await desk.until(lambda: "✓ dostarczona" in desk.text, "the word for it")
        assert simulator.state.thread(thread).messages[-1].text == "Dzień dobry, już sprawdzam."
        assert not desk.screen.desk.drafts


async def test_300_typed_characters_change_the_lamps_with_the_text(make_app: MakeApp) -> None:
    """The lamps, the marks and the findings follow every key, there and back."""
    first = (
        "Dzień dobry, dziękuję za wiadomość. Sprawdziłam w magazynie i wszystko się zgadza, proszę się nie "
    )
    second = (
        "martwić. Gdyby coś było nie tak, proszę napisać tutaj. Więcej rzeczy: www.moj-sklepik-debowy.pl "
    )
    third = (
        "a tymczasem serdecznie pozdrawiam z pracowni i życzę spokojnego popołudnia, Magda od desek dębowych"
    )
    assert len(first + second + third) >= 290
    async with desktop(make_app()) as desk:
        await to_a_reply(desk)
        await desk.press("r")
        await desk.type(first)
        assert desk.compose.verdict is not None
        assert desk.compose.verdict.level is Level.OK
        assert "znane reguły: brak zastrzeżeń" in desk.text
        await desk.type(second)
        assert desk.compose.verdict.level is Level.BLOCK
        assert "■ Reklama i linki stop" in desk.text
        assert "LINK-SHOP" in desk.text
        marked = [
            desk.area.document.get_line(line)[start:end]
            for line, marks in desk.area._marks.items()
            for start, end, _component in marks
        ]
        assert any("moj-sklepik" in words for words in marked)
        await desk.type(third)
        await desk.press("ctrl+home")
        length = len(desk.area.text)
        assert length >= 290
        assert f"{length}/2000" in desk.text
        desk.area.load_text(first)
        await desk.pilot.pause()
        assert desk.compose.verdict.level is Level.OK
        assert not desk.area._marks
        assert "✓ Reklama i linki ok" in desk.text


async def test_the_contact_line_says_who_started_and_which_class(make_app: MakeApp) -> None:
    """An answer is a reply; where no buyer has written, the seller starts the contact."""
    async with desktop(make_app()) as desk:
        await to_a_reply(desk)
        await desk.reply("")
        assert "Odpowiedź:" in desk.text
        await desk.press("escape", "escape")
        await to_a_seller_started_thread(desk)
        await desk.reply("")
        assert "Kontakt z Twojej" in desk.text


async def test_the_same_words_are_allowed_in_a_reply_and_stopped_when_the_seller_starts(
    make_app: MakeApp,
) -> None:
    """A payment notice is fine as an answer, and a repeat of Allegro's notice otherwise."""
    async with desktop(make_app()) as desk:
        await to_a_reply(desk)
        await desk.reply(PAID)
        assert desk.compose.verdict is not None
        assert desk.compose.verdict.level is Level.OK
        await desk.press("escape", "escape")
        await to_a_seller_started_thread(desk)
        await desk.reply(PAID)
        assert desk.compose.verdict.level is Level.BLOCK
        assert "DUP-PAYMENT" in desk.text


async def test_a_block_is_not_sent_without_a_reason(make_app: MakeApp, simulator: Simulator) -> None:
    """Escape goes back to the text; a reason that is too short is refused; nothing reaches Allegro."""
    async with desktop(make_app()) as desk:
        thread = await to_a_reply(desk)
        before = len(simulator.state.thread(thread).messages)
        await desk.reply(SHOP)
        await desk.press("ctrl+s")
        assert isinstance(desk.app.screen, OverrideScreen)
        assert "LINK-SHOP" in desk.text
        await desk.type("bo tak")
        await desk.press("enter")
        assert isinstance(desk.app.screen, OverrideScreen)
        assert "co najmniej 10 znaków" in desk.text
        await desk.press("escape")
        assert desk.area.text == SHOP
        assert desk.area.has_focus
        assert len(simulator.state.thread(thread).messages) == before


async def test_a_block_goes_with_a_reason_and_the_reason_is_kept(make_app: MakeApp, tmp_path: Path) -> None:
    """An override is written down, and a text that Allegro blocks comes back as a draft."""
    async with desktop(make_app()) as desk:
        thread = await to_a_reply(desk)
        await desk.reply(SHOP)
        await desk.press("ctrl+s")
        await desk.type("reguła się myli, to adres producenta")
        await desk.press("enter")
        await desk.until(lambda: SHOP in last_text(desk), "the sent message")
        await desk.until(lambda: last_state(desk) is MessageState.BLOCKED, "Allegro's no")
        await desk.until(lambda: "■ zablokowana przez Allegro" in desk.text, "the word for it")
        await desk.until(lambda: desk.screen.desk.drafts == {thread}, "the draft")
        overrides = Overrides(tmp_path / "home")
        (kept,) = overrides.all()
        overrides.close()
        assert kept.rules == ("ADS", "LINK-SHOP")
        assert kept.reason == "reguła się myli, to adres producenta"
        await desk.press("r")
        assert desk.area.text == SHOP


async def test_a_warning_asks_once(make_app: MakeApp, simulator: Simulator) -> None:
    """No goes back to the text, yes sends it."""
    async with desktop(make_app()) as desk:
        thread = await to_a_reply(desk)
        await desk.reply(RATING)
        assert desk.compose.verdict is not None
        assert desk.compose.verdict.level is Level.WARN
        await desk.press("ctrl+s")
        assert isinstance(desk.app.screen, ConfirmScreen)
        await desk.press("n")
        assert desk.area.text == RATING
        await desk.press("ctrl+s", "t")
        await desk.until(lambda: last_text(desk) == RATING, "the sent message")
        assert [message.text for message in simulator.state.thread(thread).messages].count(RATING) == 1


async def test_more_than_2000_characters_never_reach_the_wire(
    make_app: MakeApp, simulator: Simulator
) -> None:
    """The length is no matter of opinion: no override helps, and the text stays."""
    async with desktop(make_app()) as desk:
        thread = await to_a_reply(desk)
        before = len(simulator.state.thread(thread).messages)
        await desk.reply("a" * 2001)
        assert "2001/2000" in desk.text
        await desk.press("ctrl+s")
        assert "2000 znaków" in desk.text
        assert desk.area.has_focus
        assert len(simulator.state.thread(thread).messages) == before


async def test_an_empty_reply_is_not_sent(make_app: MakeApp) -> None:
    """Blank text is answered with a sentence, not with a request."""
    async with desktop(make_app()) as desk:
        await to_a_reply(desk)
        await desk.reply("  \n ")
        await desk.press("ctrl+s")
        assert "Nie ma jeszcze czego wysłać." in desk.text


async def test_a_closed_conversation_takes_no_reply(make_app: MakeApp) -> None:
    """Allegro would refuse it, so the reply does not even open."""
    async with desktop(make_app()) as desk:
        await desk.go_to(next(row.buyer for row in desk.threads._rows if row.closed))
        await desk.press("r")
        assert "Ta rozmowa jest zamknięta" in desk.text
        assert not desk.compose.has_class("-open")


async def test_a_draft_survives_leaving_the_thread_and_quitting(make_app: MakeApp, tmp_path: Path) -> None:
    """What was typed is there again in the next run, and the list shows that there is a draft."""
    async with desktop(make_app()) as desk:
        thread, account = await to_a_reply(desk), desk.account
        await desk.press("r")
        await desk.type("niedokończone zdanie")
        await desk.press("escape", "escape", "j")
        await to_a_reply(desk)
        assert "✎ szkic" in desk.text
        await desk.press("r")
        assert desk.area.text == "niedokończone zdanie"
        await desk.type(" i dalej")
        await desk.quit()
    drafts = Drafts(tmp_path / "home")
    assert drafts.threads(account) == {thread}
    drafts.close()
    async with desktop(make_app()) as desk:
        await to_a_reply(desk)
        await desk.press("r")
        assert desk.area.text == "niedokończone zdanie i dalej"


async def test_a_draft_is_on_the_disk_soon_after_the_last_key(make_app: MakeApp, tmp_path: Path) -> None:
    """Without leaving or quitting: a second instance of the store sees it."""
    async with desktop(make_app()) as desk:
        await to_a_reply(desk)
        await desk.press("r")
        await desk.type("zapisz mnie")
        path = tmp_path / "home" / "drafts.json"
        await desk.until(lambda: path.exists() and "zapisz mnie" in path.read_text(), "the file")


async def test_a_damaged_file_of_drafts_is_set_aside_with_a_message(
    make_app: MakeApp, tmp_path: Path
) -> None:
    """The program starts, says what it did, and the damaged file is kept as it was."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "drafts.json").write_text('{"drafts": {"torn')
    async with desktop(make_app()) as desk:
        assert "Uszkodzony plik" in desk.text
        (kept,) = home.glob("drafts.json.damaged-*")
        assert kept.read_text() == '{"drafts": {"torn'


async def test_a_refused_send_loses_nothing(make_app: MakeApp, simulator: Simulator) -> None:
    """A refused send says so, keeps the text, and the same text can be sent again."""
    async with desktop(make_app()) as desk:
        thread = await to_a_reply(desk)
        tokens = simulator.state.tokens
        access = tokens._access.pop(simulator.token)
        await desk.reply("Dzień dobry, sprawdzam.")
        await desk.press("ctrl+s")
        await desk.until(lambda: "Tekst jest zachowany jako szkic." in desk.toasts, "the toast")
        tokens._access[simulator.token] = access
        await desk.press("r")
        assert desk.area.text == "Dzień dobry, sprawdzam."
        await desk.press("ctrl+s")
        await desk.until(lambda: last_text(desk) == "Dzień dobry, sprawdzam.", "the sent message")
        texts = [message.text for message in simulator.state.thread(thread).messages]
        assert texts.count("Dzień dobry, sprawdzam.") == 1


async def test_quitting_during_a_send_lets_it_arrive_and_drops_its_draft(
    make_app: MakeApp, simulator: Simulator, tmp_path: Path
) -> None:
    """A message on the wire is not cut off: its outcome would be unknown."""
    async with desktop(make_app()) as desk:
        thread = await to_a_reply(desk)
        await desk.reply("Ostatnie słowo.")
        await desk.press("ctrl+s")
        await desk.until(lambda: desk.screen.sending or "Ostatnie" in last_text(desk), "the send")
        await desk.quit()
    assert simulator.state.thread(thread).messages[-1].text == "Ostatnie słowo."
    assert "Ostatnie" not in (tmp_path / "home" / "drafts.json").read_text()


async def test_a_message_that_the_buyer_writes_meanwhile_changes_the_class(
    make_app: MakeApp, simulator: Simulator
) -> None:
    """The context of an open reply is the conversation as it is now."""
    async with desktop(make_app()) as desk:
        thread = await to_a_seller_started_thread(desk)
        await desk.reply(PAID)
        assert desk.compose.verdict is not None
        assert desk.compose.verdict.level is Level.BLOCK
        simulator.state.receive(thread, "Dzień dobry, czy pieniądze już dotarły?")
        await desk.press("ctrl+r")
        await desk.until(lambda: desk.compose.verdict.level is Level.OK, "the class reply")  # type: ignore[union-attr]
        assert desk.area.text == PAID


async def test_a_reply_names_its_buyer_and_goes_to_nobody_else(
    make_app: MakeApp, simulator: Simulator
) -> None:
    """Moving to another conversation closes the reply; its draft stays where it belongs."""
    async with desktop(make_app()) as desk:
        thread = await to_a_reply(desk)
        buyer = desk.screen.desk.threads[thread].buyer
        await desk.reply("Proszę dzwonić 600 100 200.")
        assert f"→ {buyer}" in desk.text
        desk.threads.focus()
        await desk.press("j")
        await desk.until(lambda: not desk.compose.has_class("-open"), "the closed reply")
        assert desk.compose.addressed is None
        await desk.quiet()
        await desk.press("r")
        assert desk.area.text == ""
        assert desk.compose.addressed is not None
        assert desk.compose.addressed.thread != thread
        await desk.press("escape", "escape", "k")
        await desk.quiet()
        await desk.press("r")
        assert desk.area.text == "Proszę dzwonić 600 100 200."
        texts = [message.text for each in simulator.state.threads() for message in each.messages]
        assert not any("600 100 200" in text for text in texts)


async def test_ctrl_s_inside_a_paste_does_not_send(make_app: MakeApp, simulator: Simulator) -> None:
    """A terminal may hand on a pasted control character as a key: nobody has pressed it."""
    async with desktop(make_app()) as desk:
        thread = await to_a_reply(desk)
        before = len(simulator.state.thread(thread).messages)
        await desk.reply("wklejone")
        desk.compose._typed_at = float("inf")
        await desk.press("ctrl+s")
        assert "ctrl+s" in desk.toasts
        assert len(simulator.state.thread(thread).messages) == before
        desk.breathe()
        await desk.press("ctrl+s")
        await desk.until(lambda: last_text(desk) == "wklejone", "the sent message")


async def test_a_late_answer_takes_no_message_away(make_app: MakeApp) -> None:
    """A reading that began before a message was sent may come after it."""
    async with desktop(make_app()) as desk:
        thread = await to_a_reply(desk)
        late = desk.screen.desk.conversations[thread]
        await desk.reply("Dzień dobry, już odpowiadam.")
        await desk.press("ctrl+s")
        await desk.until(lambda: last_text(desk) == "Dzień dobry, już odpowiadam.", "the sent message")
        await desk.until(lambda: last_state(desk) is MessageState.DELIVERED, "delivery")
        desk.screen.post_message(ConversationRead(late))
        await desk.pilot.pause()
        assert last_text(desk) == "Dzień dobry, już odpowiadam."
        assert last_state(desk) is MessageState.DELIVERED
