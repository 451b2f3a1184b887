"""What the pretend Allegro says no with in issues and ratings.

The codes of issues were seen live (POST_PURCHASE_ISSUE_NOT_FOUND, ATTACHMENT_ERROR, DATA_FETCHING_ERROR);
the others are ours, none is published.
"""

from __future__ import annotations

from api.simulator.refusal import Kind

_WRONG = ("The data is incorrect.", "Dane są nieprawidłowe.")
_UNREAD = "Error while reading internal data"

ISSUE_NOT_FOUND = Kind(
    404, "POST_PURCHASE_ISSUE_NOT_FOUND", "There is no such issue.", "Nie ma takiego zgłoszenia."
)
ISSUE_FILE_NOT_FOUND = Kind(
    404, "ATTACHMENT_ERROR", "The attachment is not available.", "Załącznik jest niedostępny."
)
READING_FAILED = Kind(404, "DATA_FETCHING_ERROR", f'"{_UNREAD}"', "Błąd podczas odczytu danych wewnętrznych")
CHAT_CLOSED = Kind(
    409,
    "CHAT_INACTIVE",
    "This conversation is closed. You cannot write in it any more.",
    "Ta rozmowa jest zamknięta. Nie można już w niej pisać.",
)
FILE_TOO_LARGE = Kind(413, "ATTACHMENT_TOO_LARGE", "The file is too large.", "Plik jest za duży.")
FILE_TYPE = Kind(415, "UNSUPPORTED_MIME_TYPE", *_WRONG)
FILE_MISFIT = Kind(422, "ATTACHMENT_ERROR", *_WRONG)

RATING_NOT_FOUND = Kind(404, "NOT_FOUND", "There is no such rating.", "Nie ma takiej oceny.")
ANSWERED = Kind(400, "ANSWER_EXISTS", "This rating is answered.", "Na tę ocenę udzielono już odpowiedzi.")
REMOVAL_ASKED = Kind(
    400, "REMOVAL_REQUESTED", "Its removal was asked for already.", "Prośba o usunięcie została już wysłana."
)
REMOVAL_LATE = Kind(
    400,
    "REMOVAL_NOT_POSSIBLE",
    "Its removal cannot be asked for.",
    "Nie można prosić o usunięcie tej oceny.",
)
RATING_TEXT = Kind(400, "VALIDATION_ERROR", *_WRONG)
