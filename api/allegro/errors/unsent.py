"""Changes to orders that are not sent at all: what is wrong with them is known before the wire."""

from __future__ import annotations


class ChangeRefused(ValueError):  # noqa: N818  the name says what happened
    """A change that was not sent; nothing reached the wire. Its words say what was found and what to do."""


class StatusRefused(ChangeRefused):
    """A state that cannot be set, or one to be set without the revision that was seen."""


class ShipmentRefused(ChangeRefused):
    """A parcel number or a carrier that Allegro cannot take."""


class DocumentRefused(ChangeRefused):
    """A document that Allegro cannot take."""


class TooManyDocuments(DocumentRefused):
    """The order has as many invoices, or links, as it may have."""

    def __init__(self, what: str, count: int, limit: int) -> None:
        super().__init__(f"the order has {count} {what} and may have {limit}: nothing can be added to it")
        self.count = count
        self.limit = limit


class StillScanning(DocumentRefused):
    """Allegro's antivirus still reads an earlier file of the order."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Allegro's antivirus still reads {name!r}: wait until that file is accepted or rejected"
        )
        self.name = name


class LinkRefused(DocumentRefused):
    """An address that Allegro cannot take, or has already."""
