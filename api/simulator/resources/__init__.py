"""The resources of the pretend Allegro, one module a family; `ALL` is the table that `app` serves."""

from __future__ import annotations

from api.simulator.resources import account, device_page, messaging, oauth, orders

ALL = (*account.RESOURCES, *messaging.RESOURCES, *orders.RESOURCES, *oauth.RESOURCES, *device_page.RESOURCES)
