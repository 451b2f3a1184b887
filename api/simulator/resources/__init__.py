"""The resources of the pretend Allegro, one module a family; `ALL` is the table that `app` serves."""

from __future__ import annotations

from api.simulator.resources import (
    account,
    device_page,
    documents,
    events,
    issues,
    messaging,
    messaging_files,
    messaging_public,
    oauth,
    orders,
    reputation,
    returns,
    shipments,
)

ALL = (
    *account.RESOURCES,
    *messaging.RESOURCES,
    *messaging_public.RESOURCES,
    *messaging_files.RESOURCES,
    *orders.RESOURCES,
    *shipments.RESOURCES,
    *documents.RESOURCES,
    *returns.RESOURCES,
    *events.RESOURCES,
    *issues.RESOURCES,
    *reputation.RESOURCES,
    *oauth.RESOURCES,
    *device_page.RESOURCES,
)
