"""What the screen calls the things that api and policy only name.

Catalogue texts are looked up here and nowhere else for: errors of the client, states of a message, classes
of a contact, states of an order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.accounts import NoAccountError
from api.allegro import errors
from api.config import ConfigError
from api.domain import AttachmentState, FulfilmentStatus, MessageState, OrderStatus, Role
from api.inbox import Ground
from api.secrets import (
    NoKeyringError,
    PassphraseNeededError,
    VaultLockedError,
    VaultTimedOutError,
    WrongPassphraseError,
)
from api.store import StoreError
from policy import Contact
from tui.i18n import N_, _

if TYPE_CHECKING:
    from api.domain import Message

CONTACTS = {
    Contact.REPLY: N_("Reply"),
    Contact.CONTINUATION: N_("Continuation"),
    Contact.STALE: N_("Old contact"),
    Contact.INITIATED: N_("You start this contact"),
    Contact.PRESALE: N_("Question before purchase"),
}

GROUNDS = {
    Ground.NEWEST_IS_BUYERS: N_("the buyer wrote last, so the rules on repeats leave your answer alone"),
    Ground.QUESTION_ABOUT_OFFER: N_("the buyer asked about an offer; there is no order yet"),
    Ground.BUYER_OPENED_PROBLEM: N_("the buyer opened this problem with a purchase"),
    Ground.ALREADY_ANSWERED: N_("the buyer wrote about this, you have answered, and you add to it"),
    Ground.ANOTHER_ORDER: N_("the buyer's last message is about another order"),
    Ground.LONG_AGO: N_("the buyer's last message is older than 14 days"),
    Ground.BUYER_NEVER_WROTE: N_("the buyer has not written; repeats of Allegro's notices are stopped"),
    Ground.ORDERED_LATER: N_("the buyer has not written since this order; repeats of notices are stopped"),
}

STATES = {
    MessageState.VERIFYING: ("…", N_("Allegro is checking it")),
    MessageState.DELIVERED: ("✓", N_("delivered")),
    MessageState.BLOCKED: ("■", N_("blocked by Allegro")),
    MessageState.INTERACTING: ("…", N_("held by Allegro's assistant")),
    MessageState.DISMISSED: ("■", N_("dismissed")),
}

ROLES = {
    Role.CONSULTANT: N_("Allegro consultant"),
    Role.ALLEGRO: N_("Allegro"),
    Role.SYSTEM: N_("Allegro (automatic)"),
    Role.CHATBOT: N_("Allegro (assistant)"),
}

SCANS = {
    AttachmentState.NEW: N_("being scanned"),
    AttachmentState.SAFE: N_("safe"),
    AttachmentState.UNSAFE: N_("unsafe"),
    AttachmentState.EXPIRED: N_("expired"),
}

ORDER_STATES = {
    OrderStatus.BOUGHT: N_("bought, form not filled in"),
    OrderStatus.FILLED_IN: N_("form filled in, payment open"),
    OrderStatus.READY_FOR_PROCESSING: N_("ready for processing"),
    OrderStatus.CANCELLED: N_("cancelled"),
}

FULFILMENT_STATES = {
    FulfilmentStatus.NEW: N_("new"),
    FulfilmentStatus.PROCESSING: N_("in progress"),
    FulfilmentStatus.READY_FOR_SHIPMENT: N_("ready for shipment"),
    FulfilmentStatus.READY_FOR_PICKUP: N_("ready for pickup"),
    FulfilmentStatus.SENT: N_("sent"),
    FulfilmentStatus.PICKED_UP: N_("picked up"),
    FulfilmentStatus.CANCELLED: N_("cancelled"),
    FulfilmentStatus.SUSPENDED: N_("suspended"),
    FulfilmentStatus.RETURNED: N_("returned"),
}

PAYMENTS = {
    "CASH_ON_DELIVERY": N_("cash on delivery"),
    "WIRE_TRANSFER": N_("bank transfer"),
    "ONLINE": N_("online"),
    "SPLIT_PAYMENT": N_("split payment"),
    "EXTENDED_TERM": N_("extended term"),
}

PURCHASE_PROBLEMS = {
    "PRODUCT_INCONSISTENT_WITH_THE_OFFER": N_("the product differs from the offer"),
    "PRODUCT_ARRIVED_DAMAGED": N_("the product arrived damaged"),
    "DEFECT_DETECTED_DURING_USE": N_("a defect showed during use"),
    "NO_PRODUCT_IN_THE_SHIPMENT": N_("the product was not in the parcel"),
    "MISSING_PRODUCT_ELEMENTS": N_("parts of the product are missing"),
    "OTHER": N_("another problem"),
    "NO_REFUND": N_("no refund"),
    "SELLER_DOES_NOT_WANT_TO_ACCEPT_RETURN": N_("the seller does not accept the return"),
    "PROBLEM_WITH_SENDING_PRODUCT_BACK": N_("the product cannot be sent back"),
    "NO_DOCUMENTATIONS": N_("documents are missing"),
}


def state(message: Message) -> str:
    """Glyph and words of what became of a message; Allegro's own word for a state that is new."""
    known = STATES.get(message.state)
    return f"{known[0]} {_(known[1])}" if known else f"? {message.state_word}"


def trouble(error: BaseException) -> str:
    """One sentence for the seller: what happened and what to do, with Allegro's Trace-Id where it has one."""
    sentence = _sentence(error)
    if isinstance(error, errors.AllegroError):
        if error.user_message:
            sentence = " ".join((sentence, _("Allegro says:"), error.user_message))
        if error.trace_id:
            sentence = f"{sentence} (Trace-Id {error.trace_id})"
    return sentence


TROUBLES: tuple[tuple[type[errors.AllegroError], str], ...] = (
    (
        errors.SendOutcomeUnknown,
        N_("It is not known whether the message was sent. Look into the conversation before you send again."),
    ),
    (
        errors.ChangeUnknown,
        N_("It is not known whether the change was made. Load the order again before you repeat it."),
    ),
    (
        errors.InvoiceHalfway,
        N_("The invoice was announced, but its file did not arrive. Put the file into the order again."),
    ),
    (errors.RevisionOutdated, N_("The order has changed meanwhile. Load it again, then repeat.")),
    (errors.TypeNotTaken, N_("Allegro takes no files of this type: png, gif, bmp, tiff, jpeg or pdf.")),
    (errors.TooLarge, N_("The file is larger than Allegro takes. Make it smaller.")),
    (
        errors.AttachmentsNotTaken,
        N_("The message was not sent, because of its files. Attach them again, then send it."),
    ),
    (errors.SignInRefused, N_("The sign-in was refused on Allegro's page. Nothing was kept.")),
    (errors.CodeOver, N_("The code is not valid any more. Sign in again for another one: okienko login")),
    (
        errors.WrongClient,
        N_("Allegro does not know this client id with this client secret. Check both, then sign in again."),
    ),
    (errors.SignInEnded, N_("This account is not signed in any more. Sign in again: okienko login")),
    (errors.SignInFailed, N_("Allegro did not take the sign-in. Start again: okienko login")),
    (
        errors.RenewalFailed,
        N_("The token could not be renewed for now. You are still signed in: try again in a moment."),
    ),
    (errors.TimedOut, N_("Allegro did not answer in time. Try again.")),
    (errors.Unreachable, N_("Allegro cannot be reached. Check the network and try again.")),
    (errors.TooMany, N_("Allegro asks for a pause: too many requests. Try again in a minute.")),
    (errors.Outage, N_("Allegro has trouble on its side. Try again later.")),
    (errors.NotSignedIn, N_("Allegro rejected the token. Give a valid OKIENKO_TOKEN.")),
    (errors.NotPermitted, N_("Allegro refuses: the token lacks a permission.")),
    (errors.NotFound, N_("Allegro does not know it any more.")),
    (errors.Undecodable, N_("Allegro's answer could not be understood. Nothing was changed.")),
    (errors.AllegroError, N_("Allegro refused.")),
)


VAULTS: tuple[tuple[type[Exception], str], ...] = (
    (
        NoAccountError,
        N_("No account is signed in here. Sign in: okienko login. For one run: OKIENKO_TOKEN=…"),
    ),
    (
        NoKeyringError,
        N_(
            "No system keyring can be used here. On a server without one, okienko login --vault file keeps "
            "the tokens in a file that a passphrase encrypts."
        ),
    ),
    (VaultLockedError, N_("The system keyring is locked. Unlock it, then try again.")),
    (
        VaultTimedOutError,
        N_(
            "The system keyring does not answer. Perhaps it asks for its password in a window: unlock it "
            "there, then try again."
        ),
    ),
    (
        PassphraseNeededError,
        N_(
            "The tokens are in an encrypted file, and its passphrase is missing: put it into "
            "OKIENKO_PASSPHRASE, or start okienko in a terminal."
        ),
    ),
    (
        WrongPassphraseError,
        N_(
            "This passphrase does not open the file with the tokens. Try again; if it is lost, remove the "
            "file and sign in again."
        ),
    ),
)


def _sentence(error: BaseException) -> str:  # noqa: PLR0911  one return a kind
    if isinstance(error, StoreError):
        return _("Drafts cannot be kept on the disk: {reason}").format(reason=error)
    if isinstance(error, errors.TokensOutOfReach):
        return _("The tokens of this account are out of reach: {reason}").format(reason=error)
    if isinstance(error, errors.NotPermitted) and error.scope:
        what = _("Allegro refuses: the token lacks {scope}. Add it to the application, then sign in again.")
        return what.format(scope=error.scope)
    for kind, sentence in (*VAULTS, *TROUBLES):
        if isinstance(error, kind):
            return _(sentence)
    if isinstance(error, errors.TextTooLong):
        return _("Allegro takes at most 2,000 characters; shorten the text.")
    if isinstance(error, errors.TextEmpty):
        return _("There is nothing to send yet.")
    if isinstance(error, OSError | ConfigError):
        return str(error)
    return _("Something went wrong: {reason}").format(reason=f"{type(error).__name__}: {error}")
