"""One registry of keys: unique, explained, and each one leading somewhere."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.keys import Keys
from textual.widget import Widget

from tui.actions import ACTIONS, Action, Place, at, bindings
from tui.app import OkienkoApp
from tui.i18n import _, choose_language
from tui.screens.inbox import InboxScreen
from tui.widgets.compose import Compose
from tui.widgets.conversation_view import ConversationView
from tui.widgets.order_pane import OrderPane
from tui.widgets.thread_list import ThreadList

OWNERS: dict[Place, tuple[type, ...]] = {
    Place.EVERYWHERE: (InboxScreen, OkienkoApp),
    Place.LIST: (ThreadList,),
    Place.CONVERSATION: (ConversationView,),
    Place.ORDER: (OrderPane,),
    Place.COMPOSE: (Compose,),
}
"""Whose methods the actions of a place are; an action may climb from the screen to the application."""


def keys(action: Action) -> list[str]:
    return action.keys.split(",")


def each(action: Action) -> str:
    return action.id


def test_ids_are_unique() -> None:
    """A keymap names an action by its id."""
    assert [name for name, count in Counter(action.id for action in ACTIONS).items() if count > 1] == []


@pytest.mark.parametrize("place", Place)
def test_a_key_means_one_thing(place: Place) -> None:
    """No two actions of one place share a key, and none but typing hides a key that works everywhere."""
    here = Counter(key for action in at(place) for key in keys(action))
    assert [key for key, count in here.items() if count > 1] == []
    everywhere = {key for action in at(Place.EVERYWHERE) for key in keys(action)}
    if place is not Place.EVERYWHERE:
        assert everywhere & here.keys() == set()


@pytest.mark.parametrize("action", ACTIONS, ids=each)
def test_every_action_leads_somewhere(action: Action) -> None:
    """The class that uses a place has a method for each of its actions; Textual would beep in silence."""
    owners = [owner for owner in OWNERS[action.place] if hasattr(owner, f"action_{action.name}")]
    assert owners, action.id


@pytest.mark.parametrize("place", Place)
def test_the_class_of_a_place_binds_its_actions(place: Place) -> None:
    """What the registry says is what the class binds: all of it, by the same ids."""
    owner = OWNERS[place][0]
    bound = {binding.id for binding in owner.BINDINGS}
    assert bound >= {action.id for action in at(place)}
    assert issubclass(owner, Widget)


@pytest.mark.parametrize("action", ACTIONS, ids=each)
def test_keys_exist(action: Action) -> None:
    """A key that is misspelt is never pressed."""
    known = {str(key.value) for key in Keys} | {"question_mark", "space", "enter"}
    for key in keys(action):
        assert len(key) == 1 or key in known, key


@pytest.mark.parametrize("action", ACTIONS, ids=each)
def test_no_key_that_terminals_do_not_tell(action: Action) -> None:
    """Ctrl+Enter is Enter in many terminals, and Ctrl+Z, Ctrl+C stop programs."""
    assert {"ctrl+enter", "shift+enter", "ctrl+m", "ctrl+z", "ctrl+c"}.isdisjoint(keys(action))


def test_writing_takes_no_letters() -> None:
    """In the compose pane a letter is a letter."""
    assert [key for action in at(Place.COMPOSE) for key in keys(action) if len(key) == 1] == []


@pytest.mark.parametrize("action", ACTIONS, ids=each)
def test_every_action_is_explained_in_both_languages(action: Action) -> None:
    """The help has a sentence for each key, the key bar a short word or none."""
    explained = {}
    for language in ("pl", "en"):
        choose_language(language)
        explained[language] = _(action.explanation)
        assert len(explained[language]) > 3
        assert len(_(action.label) if action.label else "") <= 24
    assert explained["pl"] != explained["en"]


@pytest.mark.parametrize("place", Place)
def test_bindings_carry_ids_and_explanations(place: Place) -> None:
    """Textual's bindings hold what footer, help and keymap ask for."""
    made = bindings(place)
    assert [binding.id for binding in made] == [action.id for action in at(place)]
    assert all(binding.tooltip for binding in made)
    assert [binding.key for binding in made] == [action.keys for action in at(place)]


@pytest.mark.parametrize(("place", "name"), [(Place.EVERYWHERE, "quit"), (Place.COMPOSE, "send")])
def test_keys_of_the_design(place: Place, name: str) -> None:
    """Ctrl+Q quits and Ctrl+S sends, wherever else the map may move."""
    found = {action.name: action.keys for action in at(place)}
    assert found[name] == {"quit": "ctrl+q", "send": "ctrl+s"}[name]
