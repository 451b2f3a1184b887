"""What the pretend Allegro says when it says no.

Two shapes, as the real one: `{"errors":[{code, message, details, path, userMessage, metadata}]}` and, where
the token itself is the trouble, `{"error", "error_description"}`. `message` is English for developers,
`userMessage` is for people: Polish for `pl-PL`, English for every other language.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of refusal: its HTTP status, Allegro's code, and the words for people."""

    status: int
    code: str
    english: str
    polish: str


_INCORRECT = (
    "The request contains incorrect data. Contact the author of the application.",
    "Żądanie zawiera nieprawidłowe dane. Skontaktuj się z autorem aplikacji.",
)

BAD_REQUEST = Kind(400, "ERROR", *_INCORRECT)
ACCESS_DENIED = Kind(
    403,
    "AccessDenied",
    "The application has no permission to do this. Sign in again and allow it.",
    "Aplikacja nie ma uprawnień do tej operacji. Zaloguj się ponownie i wyraź zgodę.",
)
BAD_USER_AGENT = Kind(
    403,
    "USER_AGENT_NOT_ALLOWED",
    "The application does not introduce itself as Allegro demands. Contact its author.",
    "Aplikacja nie przedstawia się tak, jak wymaga tego Allegro. Skontaktuj się z jej autorem.",
)
THREAD_NOT_FOUND = Kind(404, "THREAD_NOT_FOUND", "There is no such thread.", "Nie ma takiego wątku.")
MESSAGE_NOT_FOUND = Kind(404, "MESSAGE_NOT_FOUND", "There is no such message.", "Nie ma takiej wiadomości.")
ATTACHMENT_NOT_FOUND = Kind(
    404, "ATTACHMENT_NOT_FOUND", "The attachment is not available.", "Załącznik jest niedostępny."
)
ORDER_NOT_FOUND = Kind(404, "NOT_FOUND", "There is no such order.", "Nie ma takiego zamówienia.")
METHOD_NOT_ALLOWED = Kind(405, "METHOD_NOT_ALLOWED", *_INCORRECT)
NOT_ACCEPTABLE = Kind(406, "NotAcceptableException", *_INCORRECT)
UNSUPPORTED_MEDIA_TYPE = Kind(415, "UnsupportedMediaTypeException", *_INCORRECT)
THREAD_CLOSED = Kind(
    422,
    "THREAD_CLOSED",
    "This conversation is closed. You cannot write in it any more.",
    "Ta rozmowa jest zamknięta. Nie można już w niej pisać.",
)
UNSUPPORTED_LANGUAGE = Kind(422, "UnsupportedLanguageInAcceptLanguageHeader", *_INCORRECT)
INVALID = Kind(422, "VALIDATION_ERROR", *_INCORRECT)
TEXT_TOO_LONG = Kind(
    422,
    "VALIDATION_ERROR",
    "The message is too long: it may have 2,000 characters.",
    "Wiadomość jest za długa: może mieć najwyżej 2000 znaków.",
)
TEXT_EMPTY = Kind(422, "VALIDATION_ERROR", "The message has no text.", "Wiadomość nie ma treści.")
ORDER_INVALID = Kind(
    422,
    "VALIDATION_ERROR",
    "Name an order of this buyer.",
    "Wskaż zamówienie tego kupującego.",
)
RECIPIENT_UNKNOWN = Kind(422, "VALIDATION_ERROR", "There is no such recipient.", "Nie ma takiego odbiorcy.")
ATTACHMENT_TOO_LARGE = Kind(413, "ATTACHMENT_TOO_LARGE", "The file is too large.", "Plik jest za duży.")
UNSUPPORTED_MIME_TYPE = Kind(
    415,
    "UNSUPPORTED_MIME_TYPE",
    "The format of the file is not supported.",
    "Format pliku nie jest wspierany.",
)
ATTACHMENTS_FAILED = Kind(
    422,
    "ASSIGNING_ATTACHMENTS_TO_MESSAGE_FAILED",
    "The attachments could not be added to the message.",
    "Nie udało się dodać załączników do wiadomości.",
)
NOT_COMPLIANT = Kind(
    422,
    "VALIDATION_ERROR",
    "The message does not comply with our rules.",
    "Wiadomość jest niezgodna z naszymi zasadami.",
)
TOO_MANY_REQUESTS = Kind(
    429,
    "TOO_MANY_REQUESTS",
    "The maximum number of queries per user has been exceeded. Try again in a few moments.",
    "Przekroczono dozwoloną liczbę zapytań użytkownika. Spróbuj ponownie za chwilę.",
)


class RefusalError(Exception):
    """A no with its reason; `message` is for developers, `path` names the field that is wrong."""

    def __init__(self, kind: Kind, message: str, path: str | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.path = path

    @property
    def status(self) -> int:
        return self.kind.status

    def body(self, language: str) -> dict[str, object]:
        """The envelope, in the language (`pl-PL`, `en-US`, ...) that the caller asked for."""
        error: dict[str, object] = {
            "code": self.kind.code,
            "message": self.message,
            "details": None,
            "path": self.path,
            "userMessage": self.kind.polish if language == "pl-PL" else self.kind.english,
            "metadata": {},
        }
        return {"errors": [error]}


class TokenRefusalError(Exception):
    """A no from OAuth: a bad token on the API (401), or a bad request to `/auth/oauth` (400, 401)."""

    def __init__(self, status: int, error: str, description: str = "") -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.description = description

    def body(self) -> dict[str, object]:
        description = {"error_description": self.description} if self.description else {}
        return {"error": self.error, **description}
