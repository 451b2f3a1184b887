"""What can go wrong between this program and Allegro.

    AllegroError                 something was tried and did not work
    ├── Unavailable              Allegro could not be asked, or gave no sensible answer: try again
    │   ├── Unreachable          no network, no such host, no TLS, connection refused or cut
    │   ├── TimedOut             nothing came in time
    │   └── Outage               5xx, a page of HTML where JSON is due, a list that is "not found"
    ├── Refused                  Allegro answered no (any 4xx)
    │   ├── BadRequest           400, 406, 415: this program asked in a way Allegro does not know
    │   ├── NotSignedIn          401: the token is missing, wrong or expired
    │   │   └── SignInEnded      its renewal is refused too: only signing in helps
    │   ├── SignInFailed         the device flow came to an end without a token
    │   │   ├── SignInRefused    somebody said no on Allegro's page
    │   │   ├── CodeOver         the code is used or too old
    │   │   └── WrongClient      the client id and secret are not those of an application
    │   ├── NotPermitted         403: the token lacks a scope, or the account may not do this
    │   ├── NotFound             404 in Allegro's own envelope
    │   ├── Conflict             409: somebody was quicker
    │   ├── Unprocessable        422: understood and not accepted; names Allegro's field
    │   ├── TooLarge             413: a file that is too large (TypeNotTaken, a BadRequest: of another type)
    │   ├── AttachmentsNotTaken  a message that was not sent because of its files
    │   └── TooMany              429: wait `retry_after` seconds
    ├── RenewalFailed            no new token for now, and the old one does not do; still signed in
    ├── TokensOutOfReach         the keyring or file that holds the tokens cannot be used now
    ├── Undecodable              an answer that is not what this program understands
    ├── ChangeUnknown            a change to an order went out and the answer was lost: look before repeating
    ├── InvoiceHalfway           an invoice was declared and its file did not follow
    └── SendOutcomeUnknown       a message went out and the answer was lost: find out before repeating

    TextRefused (ValueError)     a text that is not sent at all, known before the wire
    ├── TextTooLong
    └── TextEmpty

    ChangeRefused (ValueError)   a change to an order that is not sent at all, see `errors.unsent`
    ├── StatusRefused, ShipmentRefused
    └── DocumentRefused          TooManyDocuments, StillScanning, LinkRefused

    FileRefused (ValueError)     a file that is not sent at all, known before the wire
    ├── FileUnreadable, FileEmpty, FileTooLarge, FileTypeRefused, NoPdf
    AttachmentUnavailable        a file of a message that is not to be had
    ├── AttachmentUnsafe, AttachmentNotScanned, AttachmentExpired, AttachmentElsewhere
    FileNotSaved                 the disk did not take a file

Where a status says more about orders than elsewhere, `errors.orders` has a class for it below the one
above: RevisionOutdated (a Conflict), InvoiceTooLarge (413), InvoiceTooSoon (a TooMany), ...

`errors.issues` has those of discussions, claims and ratings: ReadingFailed (an Outage), ChatClosed (a
Conflict), FileTooLargeForIssue (413), RatingNotTaken (a BadRequest), and, before the wire, EndRefused and
IssueFileRefused (ChangeRefused).

No error holds a token, a header, a query or the text of a message, neither in its words nor in what
it is chained to. `str()` says in English what was tried, what happened and what to do next; a screen
translates by type. Importing this module loads neither httpx nor msgspec.
"""

from api.allegro.errors.attachments import (
    AttachmentElsewhere,
    AttachmentExpired,
    AttachmentNotScanned,
    AttachmentsNotTaken,
    AttachmentUnavailable,
    AttachmentUnsafe,
    FileEmpty,
    FileNotSaved,
    FileRefused,
    FileTooLarge,
    FileTypeRefused,
    FileUnreadable,
    NoPdf,
    TooLarge,
    TypeNotTaken,
)
from api.allegro.errors.base import AllegroError, Details, Undecodable
from api.allegro.errors.issues import (
    ChatClosed,
    EndRefused,
    FileTooLargeForIssue,
    IssueFileRefused,
    RatingNotTaken,
    ReadingFailed,
)
from api.allegro.errors.orders import (
    ChangeUnknown,
    FileNotTaken,
    InvoiceHalfway,
    InvoiceHasFile,
    InvoiceNotNow,
    InvoiceNotTaken,
    InvoiceTooLarge,
    InvoiceTooSoon,
    LinkAlreadyThere,
    LinkNotTaken,
    RevisionOutdated,
    ShipmentNotTaken,
    StatusNotTaken,
    TrackingNotTaken,
    WaybillOverused,
)
from api.allegro.errors.refused import (
    BadRequest,
    Conflict,
    NotFound,
    NotPermitted,
    NotSignedIn,
    Refused,
    TooMany,
    Unprocessable,
)
from api.allegro.errors.sending import SendOutcomeUnknown, TextEmpty, TextRefused, TextTooLong
from api.allegro.errors.signing_in import (
    CodeOver,
    RenewalFailed,
    SignInEnded,
    SignInFailed,
    SignInRefused,
    TokensOutOfReach,
    WrongClient,
)
from api.allegro.errors.unavailable import Outage, Reason, TimedOut, Unavailable, Unreachable
from api.allegro.errors.unsent import (
    ChangeRefused,
    DocumentRefused,
    LinkRefused,
    ShipmentRefused,
    StatusRefused,
    StillScanning,
    TooManyDocuments,
)

__all__ = [
    "AllegroError",
    "AttachmentElsewhere",
    "AttachmentExpired",
    "AttachmentNotScanned",
    "AttachmentUnavailable",
    "AttachmentUnsafe",
    "AttachmentsNotTaken",
    "BadRequest",
    "ChangeRefused",
    "ChangeUnknown",
    "ChatClosed",
    "CodeOver",
    "Conflict",
    "Details",
    "DocumentRefused",
    "EndRefused",
    "FileEmpty",
    "FileNotSaved",
    "FileNotTaken",
    "FileRefused",
    "FileTooLarge",
    "FileTooLargeForIssue",
    "FileTypeRefused",
    "FileUnreadable",
    "InvoiceHalfway",
    "InvoiceHasFile",
    "InvoiceNotNow",
    "InvoiceNotTaken",
    "InvoiceTooLarge",
    "InvoiceTooSoon",
    "IssueFileRefused",
    "LinkAlreadyThere",
    "LinkNotTaken",
    "LinkRefused",
    "NoPdf",
    "NotFound",
    "NotPermitted",
    "NotSignedIn",
    "Outage",
    "RatingNotTaken",
    "ReadingFailed",
    "Reason",
    "Refused",
    "RenewalFailed",
    "RevisionOutdated",
    "SendOutcomeUnknown",
    "ShipmentNotTaken",
    "ShipmentRefused",
    "SignInEnded",
    "SignInFailed",
    "SignInRefused",
    "StatusNotTaken",
    "StatusRefused",
    "StillScanning",
    "TextEmpty",
    "TextRefused",
    "TextTooLong",
    "TimedOut",
    "TokensOutOfReach",
    "TooLarge",
    "TooMany",
    "TooManyDocuments",
    "TrackingNotTaken",
    "TypeNotTaken",
    "Unavailable",
    "Undecodable",
    "Unprocessable",
    "Unreachable",
    "WaybillOverused",
    "WrongClient",
]
