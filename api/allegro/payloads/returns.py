"""`/order/customer-returns` in beta.v1 (CustomerReturnResponse), without the bank account of a refund."""
# ruff: noqa: N815  the fields are called as on the wire

import msgspec

from api.allegro.payloads.orders import Price


class Buyer(msgspec.Struct):
    email: str | None = None
    login: str | None = None


class Reason(msgspec.Struct):
    type: str | None = None
    userComment: str | None = None


class Item(msgspec.Struct):
    offerId: str | int | None = None
    quantity: int | float | str | None = None
    name: str | None = None
    price: Price | None = None
    url: str | None = None
    reason: Reason | None = None


class Sender(msgspec.Struct):
    phoneNumber: str | None = None


class Parcel(msgspec.Struct):
    createdAt: str | None = None
    waybill: str | None = None
    transportingWaybill: str | None = None
    carrierId: str | None = None
    transportingCarrierId: str | None = None
    sender: Sender | None = None


class Rejection(msgspec.Struct):
    code: str | None = None
    reason: str | None = None
    createdAt: str | None = None


class CustomerReturn(msgspec.Struct):
    id: str
    isFulfillment: bool | None = None
    createdAt: str | None = None
    referenceNumber: str | None = None
    orderId: str | None = None
    buyer: Buyer | None = None
    items: list[Item] | None = None
    parcels: list[Parcel] | None = None
    rejection: Rejection | None = None
    marketplaceId: str | None = None
    status: str | None = None


class CustomerReturns(msgspec.Struct):
    customerReturns: list[CustomerReturn]
    count: int | float | None = None


return_decoder = msgspec.json.Decoder(CustomerReturn)
returns_decoder = msgspec.json.Decoder(CustomerReturns)
