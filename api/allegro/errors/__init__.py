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
    │   └── TooMany              429: wait `retry_after` seconds
    ├── RenewalFailed            no new token for now, and the old one does not do; still signed in
    ├── TokensOutOfReach         the keyring or file that holds the tokens cannot be used now
    ├── Undecodable              an answer that is not what this program understands
    └── SendOutcomeUnknown       a message went out and the answer was lost: find out before repeating

    TextRefused (ValueError)     a text that is not sent at all, known before the wire
    ├── TextTooLong
    └── TextEmpty

No error holds a token, a header, a query or the text of a message, neither in its words nor in what
it is chained to. `str()` says in English what was tried, what happened and what to do next; a screen
translates by type. Importing this module loads neither httpx nor msgspec.
"""

from api.allegro.errors.base import AllegroError, Details, Undecodable
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

__all__ = [
    "AllegroError",
    "BadRequest",
    "CodeOver",
    "Conflict",
    "Details",
    "NotFound",
    "NotPermitted",
    "NotSignedIn",
    "Outage",
    "Reason",
    "Refused",
    "RenewalFailed",
    "SendOutcomeUnknown",
    "SignInEnded",
    "SignInFailed",
    "SignInRefused",
    "TextEmpty",
    "TextRefused",
    "TextTooLong",
    "TimedOut",
    "TokensOutOfReach",
    "TooMany",
    "Unavailable",
    "Undecodable",
    "Unprocessable",
    "Unreachable",
    "WrongClient",
]
