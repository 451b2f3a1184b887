"""Discussions and claims: what they are about, what is said in them, and answers.

Since 2026-10-28 new discussions of company accounts are threads of the Message Center; claims, and the
discussions begun before, stay here.

Verdicts are left out on purpose. `POST /sale/issues/{id}/status` accepts or rejects a claim, and the
messages RETURN_REQUIRED_SELLER_LABEL, RETURN_REQUIRED_CUSTOM and RETURN_NOT_REQUIRED set what Allegro's file
calls the "return decision made by the seller", part of a claim's formal state. Both bind the seller by law
and cannot be taken back: they belong on Allegro's own page, in front of the whole case.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec

from api.allegro import issue_files, translate_issues
from api.allegro.call import Call, Media, Scope, Sending, segment
from api.allegro.errors import ChatClosed, EndRefused, ReadingFailed
from api.allegro.outgoing import fingerprint, prepare
from api.allegro.payloads import issues as payloads
from api.allegro.payloads.reading import NotUnderstood, decode
from api.domain import IssueChat, IssuePage, IssueStatus, IssueType, Page, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from api.allegro.client import Allegro
    from api.allegro.errors import SendOutcomeUnknown
    from api.allegro.issue_files import IssueFile
    from api.domain import Account, Issue, IssueAttachment, IssueMessage

MAX_LENGTH: Final = 20_000
"""Code points of a message (`maxLength` of MessageRequest), ten times those of the Message Center."""

PAGE_SIZE: Final = 100

MAX_NARROWING: Final = 32
"""Requests that may fail for a page with broken records; one such record among 100 makes 8 fail."""

MAX_PAGES: Final = 50
"""Pages of a conversation that are read at the most."""

CLOCK_TOLERANCE: Final = timedelta(minutes=2)
"""How far Allegro's clock may be from ours."""

_ISSUES = "/sale/issues"


class MessageKind(StrEnum):
    """What a message does. END_REQUEST asks the buyer of a discussion to end it."""

    REGULAR = "REGULAR"
    END_REQUEST = "END_REQUEST"


class IssuesResource:
    """`/sale/issues` in beta.v1, the only version there is. `me` decides which words are ours."""

    def __init__(self, allegro: Allegro) -> None:
        self._allegro = allegro

    async def issues(
        self,
        me: Account,
        offset: int = 0,
        limit: int = PAGE_SIZE,
        *,
        order: str | None = None,
        status: Sequence[IssueStatus] = (),
    ) -> IssuePage:
        """Discussions and claims, the latest opened first; `Page.next` is the next offset.

        `limit` is 1 to 100; `order` an order's id; `status` any of these. There is neither a filter by date
        nor another order. A page that Allegro cannot read (#12002) is asked for in ever smaller parts, until
        the broken records are found: they are left out and counted in `unreadable`. Records without an id
        are left out too.

        Raises ReadingFailed when too much of the page is broken.
        """
        if not (1 <= limit <= PAGE_SIZE and offset >= 0):
            raise ValueError(
                f"offset {offset}, limit {limit}: limit is 1 to {PAGE_SIZE}, offset not negative"
            )
        if IssueStatus.OTHER in status:
            raise ValueError("OTHER stands for what Allegro may add and cannot be asked for")
        filters = [("checkoutForm.id", order)] if order is not None else []
        filters += [("status", one.value) for one in status]
        found = _Found(_Narrowing(MAX_NARROWING))
        await self._collect(me, offset, limit, tuple(filters), found)
        reached = offset + found.records + len(found.unreadable)
        more = reached >= offset + limit
        return IssuePage(tuple(found.issues), str(reached) if more else None, tuple(found.unreadable))

    async def issue(self, me: Account, issue_id: str) -> Issue:
        """One discussion or claim, without its conversation.

        NotFound (POST_PURCHASE_ISSUE_NOT_FOUND) happens for old ones that the list shows (#12556): go on
        with the next.
        """
        call = Call("GET", f"{_ISSUES}/{segment(issue_id)}", Media.BETA, Scope.ISSUES)
        return await self._allegro.request(call, lambda body: _issue(body, me))

    async def chat(
        self, me: Account, issue: Issue, offset: int = 0, limit: int = PAGE_SIZE
    ) -> Page[IssueMessage]:
        """A page of a conversation as it comes: Allegro keeps no promise about its order (#12650, #12733).

        `Page.next` is the next offset, which Allegro may ignore (#13678): `conversation` is ready for both.
        """
        call = Call(
            "GET",
            f"{_ISSUES}/{segment(issue.id)}/chat",
            Media.BETA,
            Scope.ISSUES,
            params=(("limit", str(limit)), ("offset", str(offset))),
        )
        items = await self._allegro.request(call, lambda body: _chat(body, me, issue.buyer))
        return Page(items, str(offset + len(items)) if len(items) >= limit else None)

    async def conversation(self, me: Account, issue: Issue) -> IssueChat:
        """All that was said, the oldest first, each message once."""
        found: dict[object, IssueMessage] = {}
        offset = 0
        complete = True
        for _ in range(MAX_PAGES):
            page = await self.chat(me, issue, offset)
            new = {key: message for message in page.items if (key := _key(message)) not in found}
            found |= new
            if page.next is None:
                break
            if not new:
                complete = False
                break
            offset = int(page.next)
        else:
            complete = False
        ordered = sorted(found.values(), key=lambda it: it.created_at.timestamp() if it.created_at else 0.0)
        return IssueChat(tuple(ordered), complete)

    async def answer(
        self,
        me: Account,
        issue: Issue,
        text: str = "",
        *,
        attachments: Sequence[str] = (),
        kind: MessageKind = MessageKind.REGULAR,
    ) -> IssueMessage:
        """Write in a discussion or claim: a text of up to 20,000 code points, ids from `attach`, or both.

        Raises before anything is sent: ChatClosed when the issue says so, EndRefused for END_REQUEST in
        what is no discussion, TextEmpty and TextTooLong. ChatClosed too when it closed meanwhile (409), and
        SendOutcomeUnknown when the message may have arrived; that includes an answer that tells no id
        (#12381, #12967) and DATA_FETCHING_ERROR. `find_sent` settles it.
        """
        path = f"{_ISSUES}/{segment(issue.id)}/message"
        if not issue.chat_active:
            raise ChatClosed("POST", path, asked=False, status=None)
        if kind is MessageKind.END_REQUEST and issue.type is not IssueType.DISPUTE:
            raise EndRefused(issue.type.value.lower() if issue.type is not IssueType.OTHER else "")
        call = _message_call(path, issue.id, text, tuple(attachments), kind)
        del text  # a crash report with local variables must not quote it
        return await self._allegro.request(call, lambda body: _sent(body, me, issue.buyer))

    async def find_sent(self, me: Account, issue: Issue, lost: SendOutcomeUnknown) -> IssueMessage | None:
        """The message whose answer was lost, if the conversation shows it.

        None is no proof: Allegro shows some messages late. Look more than once before sending again. Of
        several equal ones it is the first since.
        """
        since = lost.sent_at - CLOCK_TOLERANCE
        chat = await self.conversation(me, issue)
        return next(
            (
                message
                for message in chat.messages
                if message.author.side is Side.OURS
                and message.created_at is not None
                and message.created_at >= since
                and len(message.attachments) == lost.attachments
                and fingerprint(message.text) == lost.digest
            ),
            None,
        )

    async def attach(self, file: IssueFile) -> str:
        """Upload a file and give its id, to be named in one `answer`. Raises as `issue_files.attach`."""
        return await issue_files.attach(self._allegro, file)

    async def fetch(
        self, attachment: IssueAttachment, write: Callable[[bytes, int | None], None], limit: int
    ) -> None:
        """Hand a file on in parts.

        Raises NotFound, Undecodable above `limit` bytes, ValueError for a file without an id.
        """
        await issue_files.fetch(self._allegro, attachment, write, limit)

    async def _collect(
        self, me: Account, offset: int, limit: int, filters: tuple[tuple[str, str], ...], found: _Found
    ) -> None:
        call = Call(
            "GET",
            _ISSUES,
            Media.BETA,
            Scope.ISSUES,
            params=(*filters, ("limit", str(limit)), ("offset", str(offset))),
            collection=True,
        )
        try:
            page = await self._allegro.request(call, _issues)
        except ReadingFailed:
            found.narrowing.spend()
            if found.narrowing.spent_all:
                raise
            if limit == 1:
                found.unreadable.append(offset)
                return
        else:
            found.records += len(page)
            found.issues += [
                it for payload in page if (it := translate_issues.issue(payload, me)) is not None
            ]
            found.ended = len(page) < limit
            return
        half = limit // 2
        await self._collect(me, offset, half, filters, found)
        if not found.ended:
            await self._collect(me, offset + half, limit - half, filters, found)


class _Narrowing:
    """How many requests may still fail before a page is given up."""

    def __init__(self, left: int) -> None:
        self._left = left

    def spend(self) -> None:
        self._left -= 1

    @property
    def spent_all(self) -> bool:
        return self._left <= 0


class _Found:
    """What a page is put together from; `records` counts those without an id too."""

    def __init__(self, narrowing: _Narrowing) -> None:
        self.narrowing = narrowing
        self.issues: list[Issue] = []
        self.unreadable: list[int] = []
        self.records = 0
        self.ended = False


def _message_call(
    path: str, issue_id: str, text: str, attachments: tuple[str, ...], kind: MessageKind
) -> Call:
    sending = Sending(
        prepare(text, attached=bool(attachments), limit=MAX_LENGTH), issue=issue_id, attachments=attachments
    )
    # The file requires a text, though it says that one of the two is enough.
    body = {"text": sending.text, "attachments": [{"id": it} for it in attachments], "type": kind.value}
    return Call(
        "POST",
        path,
        Media.BETA,
        Scope.ISSUES,
        body=msgspec.json.encode(body),
        sending=sending,
        meanings=((409, ChatClosed),),
    )


def _issues(body: bytes) -> list[payloads.Issue]:
    return decode(body, payloads.issues_decoder, payloads.Issues).issues


def _issue(body: bytes, me: Account) -> Issue:
    issue = translate_issues.issue(decode(body, payloads.issue_decoder, payloads.Issue), me)
    if issue is None:
        raise NotUnderstood("$.id", "an issue without an id")
    return issue


def _chat(body: bytes, me: Account, buyer: str) -> tuple[IssueMessage, ...]:
    chat = decode(body, payloads.chat_decoder, payloads.Conversation).chat
    return tuple(translate_issues.message(payload, me, buyer) for payload in chat)


def _sent(body: bytes, me: Account, buyer: str) -> IssueMessage:
    message = translate_issues.message(decode(body, payloads.message_decoder, payloads.Message), me, buyer)
    if not message.id:
        raise NotUnderstood("$.id", "a message without an id")
    return message


def _key(message: IssueMessage) -> object:
    """What makes a message itself: its id, else all that it is."""
    return message.id or message
