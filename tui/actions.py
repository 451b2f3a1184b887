"""Every action a key can do: one registry that bindings, key bar and help read.

Labels are English here and translated where they are shown, so that the language may be chosen after this
module is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from textual.binding import Binding

from tui.i18n import N_


class Place(Enum):
    """Where a key works: what has the focus."""

    EVERYWHERE = N_("Everywhere")
    LIST = N_("Conversations")
    CONVERSATION = N_("Conversation")
    ORDER = N_("Order")
    COMPOSE = N_("Reply")


@dataclass(frozen=True, slots=True)
class Action:
    """What a key does. `keys` as Textual names them, `shown` as the key bar shows them.

    `label` is a word for the key bar ("" keeps it out), `explanation` a sentence for the help.
    """

    place: Place
    name: str
    keys: str
    shown: str
    label: str
    explanation: str

    @property
    def id(self) -> str:
        return f"{self.place.name.lower()}.{self.name}"


_L, _C, _O, _R, _E = Place.LIST, Place.CONVERSATION, Place.ORDER, Place.COMPOSE, Place.EVERYWHERE

ACTIONS = (
    Action(_L, "cursor_down", "j,down", "j", "", N_("Next conversation")),
    Action(_L, "cursor_up", "k,up", "k", "", N_("Previous conversation")),
    Action(_L, "page_down", "pagedown", "pgdn", "", N_("A page down")),
    Action(_L, "page_up", "pageup", "pgup", "", N_("A page up")),
    Action(_L, "first", "home", "home", "", N_("First conversation")),
    Action(_L, "last", "end", "end", "", N_("Last conversation")),
    Action(_L, "open", "enter,l,right", "enter", N_("open"), N_("Open the conversation")),
    Action(_C, "scroll_down", "j,down", "j", "", N_("Scroll down")),
    Action(_C, "scroll_up", "k,up", "k", "", N_("Scroll up; at the top: load older messages")),
    Action(_C, "page_down", "pagedown,space", "pgdn", "", N_("A page down")),
    Action(_C, "page_up", "pageup", "pgup", "", N_("A page up; at the top: load older messages")),
    Action(_C, "scroll_home", "home", "home", "", N_("To the oldest message read so far")),
    Action(_C, "scroll_end", "end", "end", "", N_("To the newest message")),
    Action(_C, "back", "h,left,escape", "esc", N_("back"), N_("Back to the conversations")),
    Action(_O, "scroll_down", "j,down", "j", "", N_("Scroll down")),
    Action(_O, "scroll_up", "k,up", "k", "", N_("Scroll up")),
    Action(_O, "page_down", "pagedown,space", "pgdn", "", N_("A page down")),
    Action(_O, "page_up", "pageup", "pgup", "", N_("A page up")),
    Action(_O, "next_order", "n,l,right", "n", N_("next order"), N_("The next order of this conversation")),
    Action(_O, "back", "h,left,escape", "esc", N_("back"), N_("Back to the conversation")),
    Action(_R, "send", "ctrl+s", "ctrl+s", N_("send"), N_("Send the reply")),
    Action(_R, "close", "escape", "esc", N_("keep draft, close"), N_("Close the reply; the draft stays")),
    Action(
        _R, "findings", "tab,shift+tab", "tab", N_("findings"), N_("To the findings and back to the text")
    ),
    Action(_E, "reply", "r", "r", N_("reply"), N_("Reply to the buyer")),
    Action(_E, "order", "o", "o", N_("order"), N_("Go to the order, or back")),
    Action(_E, "unread_only", "u", "u", N_("unread"), N_("Show unread conversations only, or all")),
    Action(_E, "mark_read", "m", "m", N_("mark read"), N_("Mark the conversation as read on Allegro")),
    Action(_E, "refresh", "ctrl+r", "ctrl+r", "", N_("Ask Allegro for news now")),
    Action(_E, "help", "question_mark,f1", "?", "", N_("The keys of this place (F1 while you write)")),
    Action(_E, "quit", "ctrl+q", "ctrl+q", N_("quit"), N_("Quit; drafts are kept")),
)


def at(place: Place) -> tuple[Action, ...]:
    """The actions of one place, in the order in which they are shown."""
    return tuple(action for action in ACTIONS if action.place is place)


def bindings(place: Place) -> list[Binding]:
    """The Textual bindings of one place; every one has an id, for a keymap."""
    return [
        Binding(action.keys, action.name, action.label, id=action.id, show=False, tooltip=action.explanation)
        for action in at(place)
    ]
