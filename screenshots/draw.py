"""Draws every picture of this folder from the demo: `make screenshots`.

The clock stands still, so the same code draws the same pictures; a test compares them.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from api.simulator.server import running  # noqa: E402  the checkout comes first
from api.simulator.settings import SimulatorSettings  # noqa: E402
from tests.tui.desktop import Desktop, desktop, opener  # noqa: E402
from tui.app import OkienkoApp  # noqa: E402
from tui.i18n import choose_language  # noqa: E402

NOW = "2026-11-23T14:30:00+01:00"

ANSWER = (
    "Dzień dobry, Pani Beato,\nfaktura będzie dziś w szczegółach zamówienia, w zakładce Moje zakupy.\n"
    "Pozdrawiam, Magda"
)
STARTED = "Dzień dobry, wpłata zaksięgowana, paczka została nadana. Prosimy o 5 gwiazdek!"
SHOP = "Taki stojak mamy też w naszym sklepie www.sklep-debowy.pl, tel. 600 100 200."


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its name, language and size, and what is done before it is taken."""

    name: str
    language: str
    size: tuple[int, int]
    seller_starts: bool = False
    keys: tuple[str, ...] = ()
    text: str = ""
    then: tuple[str, ...] = ()


SIZES = ((80, 24), (120, 40))

PICTURES = tuple(
    Picture(f"{name}-{language}-{size[0]}x{size[1]}", language, size, **steps)  # type: ignore[arg-type]
    for language in ("en", "pl")
    for size in SIZES
    for name, steps in {
        "inbox": {},
        "reply": {"text": ANSWER},
        "stopped": {"seller_starts": True, "text": STARTED},
        "reason": {"text": SHOP, "then": ("ctrl+s",)},
        "order": {"keys": ("enter", "o")},
        "keys": {"keys": ("question_mark",)},
    }.items()
)


async def draw(picture: Picture, folder: Path) -> None:
    """Draw one picture as `NAME.svg`."""
    choose_language(picture.language)
    with tempfile.TemporaryDirectory() as home, running(SimulatorSettings()) as simulator:
        app = OkienkoApp(opener(simulator, Path(home)))
        async with desktop(app, picture.size) as desk:
            if picture.seller_starts:
                await desk.go_to(_seller_started(desk))
            await desk.press(*picture.keys)
            if picture.text:
                await desk.reply(picture.text)
            await desk.press(*picture.then)
            await desk.quiet()
            (folder / f"{picture.name}.svg").write_text(app.export_screenshot(title="okienko"))


async def draw_all(folder: Path) -> None:
    """Draw every picture into a folder."""
    for picture in PICTURES:
        await draw(picture, folder)


def _seller_started(desk: Desktop) -> str:
    """The buyer of a conversation in which only the seller has written."""
    conversations = desk.screen.desk.conversations.values()
    return next(
        conversation.thread.buyer
        for conversation in conversations
        if conversation.thread.open and not any(message.from_buyer for message in conversation.messages)
    )


if __name__ == "__main__":
    os.environ["OKIENKO_NOW"] = NOW
    asyncio.run(draw_all(Path(__file__).parent))
