"""What goes wrong with discussions, claims and ratings, where it means more than its status."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Unpack

from api.allegro.errors.attachments import TooLarge
from api.allegro.errors.refused import BadRequest, Conflict
from api.allegro.errors.unavailable import Outage
from api.allegro.errors.unsent import ChangeRefused

if TYPE_CHECKING:
    from api.allegro.errors.base import Details


class ReadingFailed(Outage):
    """DATA_FETCHING_ERROR: Allegro could not read its own data.

    It comes with 403, 404 or 500 and says nothing about the request (allegro/allegro-api#12538, #12269).
    One broken record makes a whole page of a list fail (#12002). A message may have arrived all the same.
    """

    word: ClassVar[str] = "DATA_FETCHING_ERROR"
    advice = "Allegro cannot read its own data; try again later, and report the Trace-Id if it stays."

    @property
    def may_have_happened(self) -> bool:  # type: ignore[override]
        return True


class ChatClosed(Conflict):
    """409, or known before the wire (`asked` False): nothing can be written in this discussion or claim."""

    advice = "Its conversation is closed: nothing more can be written in it. Load it again to see its state."

    def __init__(self, method: str, path: str, *, asked: bool = True, **details: Unpack[Details]) -> None:
        super().__init__(method, path, **details)
        self.asked = asked

    @property
    def happened(self) -> str:
        return super().happened if self.asked else "not sent"


class FileTooLargeForIssue(TooLarge):
    """413: Allegro names no limit for files of discussions and claims; the Message Center takes 5 MiB."""

    advice = "The file is too large for Allegro: lower the resolution of its pictures, then add it again."
    usual_status = 413


class RatingNotTaken(BadRequest):
    """400: this rating takes no such answer or request (any more)."""

    advice = "Load the rating again: it may be answered, or the time to ask for its removal may be over."


class EndRefused(ChangeRefused):
    """Asking to end what is no discussion."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"this is a {kind or 'matter of an unknown type'} and only a discussion can be asked to end: "
            "decide about a claim on Allegro's own page"
        )


_TYPES: Final = "PNG, JPEG, GIF, BMP, TIFF or PDF"


class IssueFileRefused(ChangeRefused):
    """A file that Allegro does not take in a discussion or claim; nothing reached the wire."""

    def __init__(self, name: str, found: str) -> None:
        super().__init__(f"{name!r} {found}: choose a {_TYPES} file under a name of 1 to 255 characters")
        self.name = name
