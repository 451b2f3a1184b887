"""Invoices and links of orders. The type of a file must be exactly application/pdf: a charset is 415."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.simulator import wire_handling as wire
from api.simulator.call import Answer, Call, Resource
from api.simulator.refusal import INVALID, RefusalError
from api.simulator.refusals_orders import NO_PDF
from api.simulator.resources.orders import SCOPE, WRITE

if TYPE_CHECKING:
    from api.simulator.state import State

PDF = "application/pdf"


def _documents(call: Call, state: State) -> Answer:
    order = state.order(call.path["id"])
    papers = state.handling.papers
    return Answer(wire.documents(papers.invoices(order), papers.links(order)))


def _declare(call: Call, state: State) -> Answer:
    order = state.order(call.path["id"])
    body = call.json()
    file, number = body.get("file"), body.get("invoiceNumber")
    name = file.get("name") if isinstance(file, dict) else None
    if not isinstance(name, str) or not name.strip():
        raise RefusalError(INVALID, "file.name is missing", "file.name")
    if number is not None and not isinstance(number, str):
        raise RefusalError(INVALID, "invoiceNumber must be a text", "invoiceNumber")
    return Answer({"id": state.handling.papers.declare(order, name, number).id}, 201)


def _upload(call: Call, state: State) -> Answer:
    order = state.order(call.path["id"])
    found = call.headers.get("content-type", "")
    if found.strip().casefold() != PDF:
        raise RefusalError(NO_PDF, f"Content-Type must be {PDF}, found {found or 'none'}")
    state.handling.papers.upload(order, call.path["invoiceId"], call.body)
    return Answer(b"")


def _link(call: Call, state: State) -> Answer:
    order = state.order(call.path["orderId"])
    url = call.json().get("url")
    if not isinstance(url, str):
        raise RefusalError(INVALID, "url is missing", "url")
    state.handling.papers.add_link(order, url)
    return Answer(b"", 201)


RESOURCES = (
    Resource("GET", "/order/checkout-forms/{id}/invoices", _documents, SCOPE),
    Resource("POST", "/order/checkout-forms/{id}/invoices", _declare, WRITE, reads_json=True),
    Resource("PUT", "/order/checkout-forms/{id}/invoices/{invoiceId}/file", _upload, WRITE),
    Resource("POST", "/order/{orderId}/billing-documents/links", _link, WRITE, reads_json=True),
)
