"""What the pretend Allegro says no with where orders are changed; the codes are ours, none is published."""

from __future__ import annotations

from api.simulator.refusal import Kind

_WRONG = ("The data is incorrect.", "Dane są nieprawidłowe.")

UNKNOWN_CARRIER = Kind(400, "UNKNOWN_CARRIER", "There is no such carrier.", "Nie ma takiego przewoźnika.")
WAYBILL_INVALID = Kind(
    400, "WAYBILL_INVALID", "The parcel number is incorrect.", "Numer przesyłki jest nieprawidłowy."
)
CARRIER_NAME_INVALID = Kind(400, "CARRIER_NAME_INVALID", *_WRONG)
TOO_MANY_WAYBILLS = Kind(400, "TOO_MANY_WAYBILLS", *_WRONG)
WAYBILL_OVERUSED = Kind(
    409,
    "WAYBILL_USAGE_EXCEEDED",
    "This parcel number is used in too many orders.",
    "Ten numer przesyłki dodano już do zbyt wielu zamówień.",
)
FOREIGN_LINE = Kind(422, "LINE_ITEM_NOT_IN_ORDER", *_WRONG)

REVISION_OUTDATED = Kind(
    409,
    "CHECKOUT_FORM_REVISION_OUTDATED",
    "The order has changed. Refresh it and try again.",
    "Zamówienie zmieniło się. Odśwież je i spróbuj ponownie.",
)
STATUS_NOT_ALLOWED = Kind(
    422, "STATUS_NOT_ALLOWED", "This status cannot be set.", "Nie można ustawić tego statusu."
)

INVOICE_EXISTS = Kind(
    409,
    "INVOICE_LIMIT_EXCEEDED",
    "The order already has its invoice.",
    "Zamówienie ma już fakturę.",
)
INVOICE_NOT_ALLOWED = Kind(
    422,
    "INVOICE_NOT_ALLOWED",
    "No invoice can be added to this order.",
    "Do tego zamówienia nie można dodać faktury.",
)
SCAN_IN_PROGRESS = Kind(
    422,
    "INVOICE_SCAN_IN_PROGRESS",
    "The previous file is still being scanned. Try again in a moment.",
    "Trwa skanowanie poprzedniego pliku. Spróbuj ponownie za chwilę.",
)
DECLARED_TOO_FAST = Kind(
    429,
    "TOO_MANY_REQUESTS",
    "You add invoices too fast. Wait a few seconds.",
    "Zbyt szybko dodajesz faktury. Odczekaj kilka sekund.",
)
INVOICE_NOT_FOUND = Kind(404, "INVOICE_NOT_FOUND", "There is no such invoice.", "Nie ma takiej faktury.")
FILE_EXISTS = Kind(
    409, "INVOICE_FILE_EXISTS", "The invoice already has its file.", "Faktura ma już przesłany plik."
)
FILE_TOO_LARGE = Kind(
    413, "FILE_TOO_LARGE", "The file may have at most 3 MB.", "Plik może mieć najwyżej 3 MB."
)
FILE_EMPTY = Kind(422, "FILE_EMPTY", "The file is empty.", "Plik jest pusty.")
NO_PDF = Kind(415, "UNSUPPORTED_MIME_TYPE", "Only PDF files are accepted.", "Przyjmujemy tylko pliki PDF.")

LINK_EXISTS = Kind(
    409, "LINK_ALREADY_EXISTS", "The order already has this link.", "Zamówienie ma już ten link."
)
LINK_INVALID = Kind(422, "LINK_INVALID", "The link is incorrect.", "Link jest nieprawidłowy.")
LINKS_FULL = Kind(
    422,
    "LINK_LIMIT_EXCEEDED",
    "The order may have at most 10 links.",
    "Zamówienie może mieć najwyżej 10 linków.",
)

RETURN_NOT_FOUND = Kind(
    404, "CUSTOMER_RETURN_NOT_FOUND", "There is no such return.", "Nie ma takiego zwrotu."
)
