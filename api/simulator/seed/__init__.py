"""What is in the pretend Allegro when it starts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from api.simulator.ids import number_of, thread_id_of, uuid_of
from api.simulator.model import (
    Account,
    Address,
    Buyer,
    Delivery,
    Invoice,
    Item,
    Message,
    Money,
    Offer,
    Order,
    Payment,
    Person,
    Thread,
    World,
)

if TYPE_CHECKING:
    from api.simulator.settings import SimulatorSettings


def build_world(settings: SimulatorSettings) -> World:
    now = settings.now
    me = Account("118204467", settings.user_login, "Magdalena", "Wrona", "biuro@example.com", "Dębowa", "1")
    address = Address("Beata", "Kania", "Zielona 8/14", "90-602", "Łódź", phone="+48500100101")
    buyer = Buyer("88100101", "beata_k_lodz", "x+1@allegromail.pl", "pl-PL", guest=False, address=address)
    order = Order(
        uuid_of("order", 1),
        buyer,
        "READY_FOR_PROCESSING",
        "SENT",
        "ALL",
        "allegro-pl",
        (
            Item(
                uuid_of("line", 1),
                Offer(number_of("o", digits=11), "Deska dębowa", "DD-01"),
                1,
                Money(Decimal("119.00")),
            ),
        ),
        now - timedelta(days=3),
        now - timedelta(days=2),
        "819b5836",
        Payment(uuid_of("pay", 1), "ONLINE", "PAYU", now - timedelta(days=3), Money(Decimal("119.00"))),
        Delivery(
            uuid_of("method"), "Kurier", Money(Decimal("0.00")), True, address, None, now - timedelta(days=2)
        ),
        Invoice(required=False),
    )
    thread_id = thread_id_of("thread", 1)
    seller = Person("USER", settings.user_login)
    messages = [
        Message(
            uuid_of("m", i),
            thread_id,
            i,
            Person("USER", buyer.login) if i % 2 else seller,
            "DELIVERED",
            "MESSAGE_CENTER",
            now - timedelta(minutes=200 - 3 * i),
            f'Dzień dobry, czy jest "faktura" & {i}?',
            order=order.id,
        )
        for i in range(1, 66)
    ]
    thread = Thread(thread_id, "COMMON", "OPEN", (Person("USER", buyer.login), seller), messages)
    return World(me, (thread,), (order,))
