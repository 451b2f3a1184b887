"""The orders by id, and in the two orders in which they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from api.simulator.model import Order

if TYPE_CHECKING:
    from datetime import datetime

    By = Literal["bought_at", "updated_at"]


class OrderTable(dict[str, Order]):
    """A dict that remembers how it was sorted until an order changes."""

    def __init__(self, orders: tuple[Order, ...]) -> None:
        super().__init__((order.id, order) for order in orders)
        self._sorted: dict[By, list[Order]] = {}

    def __setitem__(self, order_id: str, order: Order) -> None:
        self._sorted.clear()
        super().__setitem__(order_id, order)

    def oldest_first(self, by: By) -> list[Order]:
        """All orders by that time; not to be changed."""
        found = self._sorted.get(by)
        if found is None:

            def place(order: Order) -> tuple[datetime, str]:
                return getattr(order, by), order.id

            found = self._sorted[by] = sorted(self.values(), key=place)
        return found
