"""Keeping drafts on the disk while they are typed, without making the typing wait."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from api.clock import now
from api.store import Draft

if TYPE_CHECKING:
    from api.store import Drafts

PAUSE = 0.4
"""Seconds after an unsaved key until the draft is written."""


class DraftKeeper:
    """The drafts of one account; what is typed is pending until it is flushed.

    Making one, `text` of a draft that was not looked at yet, `drop`, `flush` and `soon` raise StoreError;
    what could not be written stays pending.
    """

    def __init__(self, drafts: Drafts, account: str) -> None:
        self._drafts = drafts
        self._account = account
        self._texts: dict[str, str] = {}
        self._pending: dict[str, Draft] = {}
        self._writing = threading.Lock()
        self.threads = set(drafts.threads(account))
        """Ids of the threads that have a draft."""

    def text(self, thread: str) -> str:
        """The draft of a thread, or "": what was typed here, else what the disk holds now."""
        if thread not in self._pending:
            kept = self._drafts.get(self._account, thread)
            self._texts[thread] = kept.text if kept else ""
        return self._texts[thread]

    def is_new(self, thread: str, text: str) -> bool:
        """Whether this text is another than was noted or looked at last; asks no disk."""
        return self._texts.get(thread, "") != text

    def note(self, thread: str, order: str, text: str) -> None:
        """Remember what stands in the compose pane now."""
        self._texts[thread] = text
        self._pending[thread] = Draft(self._account, thread, order, text, now())
        if text.strip():
            self.threads.add(thread)
        else:
            self.threads.discard(thread)

    def drop(self, thread: str, sent: str) -> None:
        """Forget the draft of a thread, unless something else was typed since `sent` went."""
        if self.text(thread) == sent:
            self.note(thread, "", "")
            self.flush()

    async def soon(self) -> None:
        """Write what is pending after a short pause, off the event loop."""
        await asyncio.sleep(PAUSE)
        await asyncio.to_thread(self.flush)

    def flush(self) -> None:
        """Write what is pending now."""
        with self._writing:
            for thread in list(self._pending):
                draft = self._pending.get(thread)
                if draft is None:
                    continue
                if draft.text.strip():
                    self._drafts.put(draft)
                else:
                    self._drafts.remove(self._account, thread)
                if self._pending.get(thread) is draft:
                    del self._pending[thread]
