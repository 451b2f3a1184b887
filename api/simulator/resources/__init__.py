"""The resources of the pretend Allegro, one module a family; `ALL` is the table that `app` serves."""

from __future__ import annotations

from api.simulator.resources import (
    account,
    documents,
    events,
    issues,
    messaging,
    oauth,
    orders,
    reputation,
    returns,
    shipments,
)

ALL = (
    *account.RESOURCES,
    *messaging.RESOURCES,
    *orders.RESOURCES,
    *shipments.RESOURCES,
    *documents.RESOURCES,
    *returns.RESOURCES,
    *events.RESOURCES,
    *issues.RESOURCES,
    *reputation.RESOURCES,
    *oauth.RESOURCES,
)
