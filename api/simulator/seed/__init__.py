"""What is in the pretend Allegro when it starts: the hand-written shop, and as many more as are asked for.

The words are data: `shop.toml`, `told/*.toml`, `orders.toml` and `handling.toml` are written by hand,
`phrases.toml` is what the generator draws from. Times in them are ages ("2d 3h 10m") at the settings' `now`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.simulator.model import World
from api.simulator.model_issues import Voices
from api.simulator.seed.conversations import conversations, lone_orders
from api.simulator.seed.generator import generate
from api.simulator.seed.handling import detailed, told_of
from api.simulator.seed.issues import issues_of
from api.simulator.seed.reputation import quality_of, ratings_of
from api.simulator.seed.shop import load_shop

if TYPE_CHECKING:
    from api.simulator.settings import SimulatorSettings


def build_world(settings: SimulatorSettings) -> World:
    """The same world for the same settings, to the byte.

    Fewer threads than are written by hand: the newest of them. More: the rest is generated, and lies before
    all that is written by hand. `messages` is a lower bound; without `threads` it brings threads of twenty.
    """
    shop = load_shop(settings.user_login, settings.now)
    told = conversations(shop, hostile=settings.hostile)
    if settings.threads is not None:
        told = told[: settings.threads]
    written = sum(len(it.thread.messages) for it in told)
    more_messages = max(0, (settings.messages or 0) - written)
    more_threads = max(0, settings.threads - len(told)) if settings.threads else -(-more_messages // 20)
    generated = generate(shop, settings.seed, more_threads, more_messages)
    told += generated.conversations
    orders = [*(order for it in told for order in it.orders), *lone_orders(shop)]
    return World(
        account=shop.account,
        threads=tuple(it.thread for it in told),
        orders=detailed(shop, orders),
        told=told_of(shop, orders),
        voices=Voices(
            issues=issues_of(shop, orders, hostile=settings.hostile),
            ratings=ratings_of(shop, orders, hostile=settings.hostile),
            quality=quality_of(shop),
        ),
        find=generated.find,
    )
