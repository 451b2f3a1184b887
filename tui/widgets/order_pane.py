"""The order that a conversation is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui import formats, words
from tui.actions import Place, bindings
from tui.i18n import _

if TYPE_CHECKING:
    from textual.binding import Binding

    from api.domain import Delivery, Invoice, Order, Payment, PostalAddress


class OrderPane(VerticalScroll, can_focus=True):
    """Shows one order; `n` asks for the next one of the same conversation."""

    BINDINGS: ClassVar[list[Binding]] = bindings(Place.ORDER)  # type: ignore[assignment]

    class Back(Message):
        """The reader goes back to the conversation."""

    class NextWanted(Message):
        """The reader wants the next order of this conversation."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._body = Static(markup=False)

    def compose(self):  # type: ignore[no-untyped-def]  # noqa: ANN201  Textual's own signature
        yield self._body

    def show(self, order: Order, place: int, of: int) -> None:
        """Show an order: the `place`-th (from 1) of `of` in this conversation."""
        self._body.update(_page(order, place, of))
        self.scroll_home(animate=False)

    def show_notice(self, notice: str) -> None:
        """Show a sentence where there is no order to show."""
        self._body.update(Content(notice))

    def action_back(self) -> None:
        self.post_message(self.Back())

    def action_next_order(self) -> None:
        self.post_message(self.NextWanted())


def _page(order: Order, place: int, of: int) -> Content:
    order_state = words.ORDER_STATES.get(order.status)
    progress = words.FULFILMENT_STATES.get(order.fulfilment)
    status = [
        _(order_state) if order_state else order.status_word,
        _(progress) if progress else order.fulfilment_word,
    ]
    buyer = order.buyer
    sections = [
        (_("Status"), status),
        (_("Items"), _items(order)),
        (_("Payment"), _payment(order.payment)),
        (_("Buyer"), [buyer.name, buyer.company, buyer.login, buyer.phone]),
        (_("Delivery"), _delivery(order.delivery)),
        (_("Invoice"), _invoice(order.invoice)),
        (_("Message at the checkout"), [order.message_to_seller]),
        (_("Your note"), [order.note]),
        (_("Order"), [order.id, order.marketplace]),
    ]
    if of > 1:
        count = _("order {place} of {count} in this conversation").format(place=place, count=of)
        sections.insert(0, (count, ["n: " + _("next order")]))
    return Content("\n\n").join(_section(title, lines) for title, lines in sections if any(lines))


def _section(title: str, lines: list[str]) -> Content:
    return Content("\n").join([Content.styled(title, "bold"), *(Content(line) for line in lines if line)])


def _items(order: Order) -> list[str]:
    lines = []
    for item in order.items:
        sku = f" [{item.external_id}]" if item.external_id else ""
        lines.append(f"{item.quantity} × {item.name}{sku}")
        lines.append(f"    {formats.money(item.price)}")
    if order.total:
        lines.append(_("in all {amount}").format(amount=formats.money(order.total)))
    return lines


def _payment(payment: Payment | None) -> list[str]:
    if payment is None:
        return ["○ " + _("not paid yet")]
    kind = words.PAYMENTS.get(payment.type)
    way = _(kind) if kind else payment.type
    if payment.finished_at:
        paid = " ".join(("✓", _("paid"), formats.moment(payment.finished_at)))
    elif payment.on_delivery:
        paid = "○ " + _("the buyer pays the carrier")
    else:
        paid = "○ " + _("not paid yet")
    return [f"{way} ({payment.provider})" if payment.provider else way, paid]


def _delivery(delivery: Delivery | None) -> list[str]:
    if delivery is None:
        return [_("not chosen yet")]
    lines = [delivery.method + (" · Smart!" if delivery.smart else "")]
    if delivery.pickup_point:
        lines.append(f"{delivery.pickup_point.id}  {delivery.pickup_point.name}")
        lines += _address(delivery.pickup_point.address)
        lines.append(_("for:"))
    lines += _address(delivery.address)
    if delivery.dispatch_to:
        lines.append(_("to be sent by {when}").format(when=formats.moment(delivery.dispatch_to)))
    if delivery.deliver_to:
        lines.append(_("to arrive by {when}").format(when=formats.moment(delivery.deliver_to)))
    return lines


def _invoice(invoice: Invoice | None) -> list[str]:
    if invoice is None or not invoice.required:
        return [_("the buyer did not ask for one")]
    tax = [_("tax id") + " " + invoice.tax_id] if invoice.tax_id else []
    return ["! " + _("the buyer wants an invoice"), *_address(invoice.address), *tax]


def _address(address: PostalAddress | None) -> list[str]:
    if address is None:
        return []
    town = f"{address.zip_code} {address.city}".strip()
    country = "" if address.country in {"", "PL"} else address.country
    return [address.name, address.company, address.street, town, country, address.phone]
