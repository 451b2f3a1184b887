"""Threads and messages in the shapes of public.v1: one interlocutor a thread, pages by offset.

Where the file knows no null (`relatesTo.order`, `author.login`), a field is left out or gets a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.simulator import wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.simulator.model import Message, Person, Thread

Json = dict[str, object]

AVATAR = "https://a.simulator.invalid/original/avatar"
ALLEGRO = "Allegro"
"""What stands for a login where Allegro itself writes; what the real one writes there is not known."""


def threads(found: Sequence[Thread], offset: int, limit: int, me: str) -> Json:
    return {"threads": [thread(it, me) for it in found], "offset": offset, "limit": limit}


def thread(it: Thread, me: str) -> Json:
    other = next((person.login for person in it.participants if person.login not in {None, me}), None)
    return {
        "id": it.id,
        "read": it.read,
        "lastMessageDateTime": wire.moment(it.place[0]),
        "interlocutor": None if other is None else {"login": other, "avatarUrl": AVATAR},
    }


def messages(found: Sequence[Message], offset: int, limit: int, me: str) -> Json:
    return {"messages": [message(it, me) for it in found], "offset": offset, "limit": limit}


def message(it: Message, me: str) -> Json:
    told = wire.message(it)
    relation: Json = {"offer": None if it.offer is None else {"id": it.offer}}
    if it.order is not None:
        relation["order"] = {"id": it.order}
    files = [
        {name: value for name, value in wire.attachment(one).items() if name != "id"}
        for one in it.attachments
    ]
    return {
        **told,
        "thread": {"id": it.thread},
        "author": _author(it.author, me),
        "relatesTo": relation,
        "attachments": files,
    }


def _author(it: Person, me: str) -> Json:
    voice = it.role in {"ALLEGRO", "CONSULTANT"} or it.login is None
    return {"login": it.login or ALLEGRO, "isInterlocutor": not voice and it.login != me}
