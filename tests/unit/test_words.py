"""What the screen calls things: nothing known is without a word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from api.allegro import errors
from api.config import ConfigError
from api.domain import AttachmentState, FulfilmentStatus, MessageState, OrderStatus, Role
from api.inbox import Ground
from api.store import StoreError
from policy import Contact, Known, Level
from tests.unit.builders import NOW, SELLER, message
from tui import levels, words
from tui.i18n import _, choose_language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import Enum

TABLES = (
    (words.STATES, MessageState),
    (words.GROUNDS, Ground),
    (words.CONTACTS, Contact),
    (words.SCANS, AttachmentState),
    (words.ORDER_STATES, OrderStatus),
    (words.FULFILMENT_STATES, FulfilmentStatus),
    (levels.LEVELS, Level),
    (levels.KNOWN, Known),
)


@pytest.mark.parametrize(("table", "members"), TABLES, ids=[members.__name__ for _table, members in TABLES])
def test_every_member_has_a_word(table: Mapping[Enum, str | tuple[str, str]], members: type[Enum]) -> None:
    """Each member that Allegro or policy names has a word of its own in both languages."""
    assert set(table) == {member for member in members if member.name != "OTHER"}
    texts = [entry if isinstance(entry, str) else entry[1] for entry in table.values()]
    for language in ("pl", "en"):
        choose_language(language)
        said = [_(text) for text in texts]
        assert all(said)
        assert len(set(said)) == len(said)


@pytest.mark.parametrize("table", [words.STATES, levels.LEVELS])
def test_glyphs_are_one_column(table: Mapping[Enum, tuple[str, str]]) -> None:
    """A glyph takes one column, so that lists stay straight."""
    assert {len(glyph) for glyph, _word in table.values()} == {1}


def test_voices_of_allegro_have_names() -> None:
    """Everyone who is neither buyer nor seller is named."""
    assert set(words.ROLES) == set(Role) - {Role.BUYER, Role.SELLER, Role.USER, Role.OTHER}


def test_state_has_glyph_and_word() -> None:
    """A state is never told by a glyph alone."""
    assert words.state(message(SELLER, state=MessageState.BLOCKED)) == "■ zablokowana przez Allegro"


def test_state_that_is_new() -> None:
    """A state that this version does not know is shown in Allegro's own word."""
    held = replace(message(SELLER, state=MessageState.OTHER), state_word="ON_HOLD")
    assert words.state(held) == "? ON_HOLD"


def of_all(kind: type[errors.AllegroError]) -> list[type[errors.AllegroError]]:
    return [kind, *(deeper for child in kind.__subclasses__() for deeper in of_all(child))]


KINDS = of_all(errors.AllegroError)


def example(kind: type[errors.AllegroError], **details: str) -> errors.AllegroError:
    if issubclass(kind, errors.SendOutcomeUnknown):
        failure = errors.TimedOut("POST", "/messaging", **details)
        return errors.SendOutcomeUnknown(failure, sent_at=NOW, digest="d")
    if issubclass(kind, errors.ChangeUnknown):
        return errors.ChangeUnknown(errors.TimedOut("PUT", "/order", **details), "the order")
    if issubclass(kind, errors.InvoiceHalfway):
        return errors.InvoiceHalfway(errors.TimedOut("PUT", "/order", **details), "i1")
    if issubclass(kind, errors.RenewalFailed):
        return errors.RenewalFailed(errors.TimedOut("POST", "/auth/oauth/token", **details))
    return kind("GET", "/messaging/threads", **details)


def said(error: BaseException) -> dict[str, str]:
    """The sentence in both languages."""
    sentences = {}
    for language in ("pl", "en"):
        choose_language(language)
        sentences[language] = words.trouble(error)
    return sentences


def test_the_tree_is_whole() -> None:
    """The tests below look at every error of the client."""
    assert {kind.__name__ for kind in KINDS} >= {
        "AllegroError", "Outage", "TooMany", "NotFound", "Unprocessable", "SendOutcomeUnknown",
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_trouble_says_what_and_what_next(kind: type[errors.AllegroError]) -> None:
    """Every error has a Polish and an English sentence of its own, with the Trace-Id for Allegro's staff."""
    sentences = said(example(kind, trace_id="trace-1"))
    assert sentences["pl"] != sentences["en"]
    for sentence in sentences.values():
        assert sentence.endswith(" (Trace-Id trace-1)")
        assert len(sentence) > len(" (Trace-Id trace-1)") + 10
        assert "Error" not in sentence


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_trouble_without_a_trace(kind: type[errors.AllegroError]) -> None:
    """Where no answer came there is no Trace-Id to speak of."""
    for sentence in said(example(kind)).values():
        assert "Trace-Id" not in sentence
        assert sentence == sentence.strip()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_trouble_quotes_allegro(kind: type[errors.AllegroError]) -> None:
    """Allegro's own sentence for people is shown, and shown as Allegro's."""
    sentences = said(example(kind, user_message="Wątek jest zamknięty.", trace_id="trace-1"))
    ending = "Wątek jest zamknięty. (Trace-Id trace-1)"
    assert sentences["en"].endswith(f"Allegro says: {ending}")
    assert sentences["pl"].endswith(ending)


@pytest.mark.parametrize(
    "pair",
    [
        (errors.TimedOut, errors.Unreachable),
        (errors.Outage, errors.TooMany),
        (errors.NotSignedIn, errors.NotPermitted),
        (errors.NotFound, errors.Undecodable),
        (errors.SendOutcomeUnknown, errors.TimedOut),
        (errors.SignInEnded, errors.RenewalFailed),
        (errors.SignInEnded, errors.NotSignedIn),
        (errors.SignInRefused, errors.CodeOver, errors.WrongClient, errors.SignInFailed),
    ],
)
def test_different_advice_for_different_troubles(pair: tuple[type[errors.AllegroError], ...]) -> None:
    """Troubles that ask for different things are told apart, derived classes before their parents."""
    assert len({words.trouble(example(kind)) for kind in pair}) == len(pair)


@pytest.mark.parametrize(
    "error",
    [StoreError("drafts.json: no room"), ConfigError("config.toml: no room"), OSError("no room")],
)
def test_trouble_of_this_machine(error: Exception) -> None:
    """Files and settings speak for themselves: their words are kept."""
    assert all("no room" in sentence for sentence in said(error).values())


@pytest.mark.parametrize("error", [errors.TextEmpty(), errors.TextTooLong(2001, 2000)])
def test_trouble_with_a_text(error: errors.TextRefused) -> None:
    """A text that cannot be sent is no mystery: no class names on the screen."""
    for sentence in said(error).values():
        assert type(error).__name__ not in sentence


def test_trouble_that_nobody_foresaw() -> None:
    """An unknown error shows its kind and words, for a report."""
    sentences = said(RuntimeError("odd"))
    assert all(sentence.endswith("RuntimeError: odd") for sentence in sentences.values())
    assert sentences["pl"] != sentences["en"]
