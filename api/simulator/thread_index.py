"""The threads, kept in order, so that no request sorts or reads through all of them."""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from api.simulator.model import Thread

    Place = tuple[datetime, int]
    Drawer = tuple[str, str, bool]


class ThreadIndex:
    """Threads by id, by the login of who writes with us, and by place in drawers of one kind each.

    A drawer holds the threads of one type, one status and one read flag, the one with the newest message
    last; a filtered list opens only the drawers that it asks for.
    """

    def __init__(self, threads: Iterable[Thread], own_login: str) -> None:
        self._own = own_login.casefold()
        self._threads: dict[str, Thread] = {}
        self._with: dict[str, Thread] = {}
        self._drawers: dict[Drawer, list[tuple[Place, str]]] = {}
        self._where: dict[str, tuple[Drawer, Place]] = {}
        for thread in threads:
            self._note(thread)
            self._drawers.setdefault(_drawer(thread), []).append((thread.place, thread.id))
            self._where[thread.id] = _drawer(thread), thread.place
        for entries in self._drawers.values():
            entries.sort()

    def get(self, thread_id: str) -> Thread | None:
        return self._threads.get(thread_id)

    def common_with(self, login: str) -> Thread | None:
        """The one ordinary thread with this user; logins are the same whatever their case."""
        return self._with.get(login.casefold())

    def put(self, thread: Thread) -> None:
        """Take in a new thread, or note that this one has moved or changed its kind."""
        known = self._where.get(thread.id)
        if known is not None:
            drawer, place = known
            entries = self._drawers[drawer]
            del entries[bisect_left(entries, (place, thread.id))]
        self._note(thread)
        insort(self._drawers.setdefault(_drawer(thread), []), (thread.place, thread.id))
        self._where[thread.id] = _drawer(thread), thread.place

    def newest_first(
        self,
        *,
        below: Place | None = None,
        kind: str | None = None,
        status: str | None = None,
        read: bool | None = None,
    ) -> Iterator[Thread]:
        """The threads of that type, status and read flag, from below a place on."""
        wanted = [
            _downwards(entries, below)
            for (its_kind, its_status, its_read), entries in self._drawers.items()
            if kind in {None, its_kind} and status in {None, its_status} and read in {None, its_read}
        ]
        return (self._threads[thread_id] for _, thread_id in heapq.merge(*wanted, reverse=True))

    def _note(self, thread: Thread) -> None:
        self._threads[thread.id] = thread
        if thread.type != "COMMON":
            return
        for person in thread.participants:
            login = (person.login or "").casefold()
            if login and login != self._own:
                self._with.setdefault(login, thread)


def _drawer(thread: Thread) -> Drawer:
    return thread.type, thread.status, thread.read


def _downwards(entries: list[tuple[Place, str]], below: Place | None) -> Iterator[tuple[Place, str]]:
    end = len(entries) if below is None else bisect_left(entries, (below, ""))
    return (entries[index] for index in range(end - 1, -1, -1))
