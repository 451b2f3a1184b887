"""The resources of the pretend Allegro, one module a family; `ALL` is the table that `app` serves."""

from __future__ import annotations

from api.simulator.resources import account, messaging, messaging_files, messaging_public, oauth, orders

ALL = (
    *account.RESOURCES,
    *messaging.RESOURCES,
    *messaging_public.RESOURCES,
    *messaging_files.RESOURCES,
    *orders.RESOURCES,
    *oauth.RESOURCES,
)
