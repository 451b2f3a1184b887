"""`okienko check`: do Allegro's rules on messages allow this one?

Exit 0 for ok and hint, 10 for warn, 20 for block. With `--jsonl` a verdict a line for objects on stdin (the
form is told in `policy.wire`); exit 2 when one of them could not be read. With `--fix` the text without what
a rule would stop, as a diff, or alone with `--json`; nothing is changed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli.exits import Exit
from tui.cli.output import complain, put, put_json, width
from tui.i18n import N_, _, language

if TYPE_CHECKING:
    from policy import Attachment, Context, Message, Pack
    from policy.wire import BadInput

# policy.message.Contact, which only the verb itself imports: `okienko --help` must not wait for the rules.
MARKETPLACE = "allegro-pl"
CONTACTS = ("reply", "continuation", "stale", "initiated", "presale")

# policy.wire.Expected in words that the catalogue knows; policy itself speaks English only.
EXPECTED = (
    N_("an object"),
    N_("a list"),
    N_("a text"),
    N_("true or false"),
    N_("a date such as 2026-03-02"),
    N_("a whole number of bytes"),
    N_("a whole number"),
    N_("one of"),
)


class _UsageError(Exception):
    """What was asked cannot be done; the message is for people."""


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the verb `check`."""
    parser = subparsers.add_parser(
        "check",
        help=_("tell whether Allegro's rules allow a message to a buyer"),
        description=_(
            "Tells whether Allegro's rules on messages allow this message, why, and what to do instead. "
            "It predicts rules, not Allegro's filter. Exit code: 0 ok or hint, 10 warn, 20 block."
        ),
        allow_abbrev=False,
    )
    parser.add_argument(
        "text", nargs="?", metavar="TEXT", help=_("the message; without it, or with -, it is read from stdin")
    )
    parser.add_argument(
        "--contact",
        choices=CONTACTS,
        metavar="C",
        help=_(
            "who started it: reply (the newest message is the buyer's), continuation (you have answered "
            "already), stale (the buyer wrote about another order, or long ago), initiated (the buyer wrote "
            "nothing; the default), presale (a question about an offer)"
        ),
    )
    parser.add_argument("--buyer-last", metavar="T", help=_("the buyer's last message"))
    parser.add_argument(
        "--attach",
        action="append",
        type=Path,
        metavar="F",
        help=_("a file that goes with the message; may be repeated"),
    )
    parser.add_argument("--as-of", type=_day, metavar="DATE", help=_("judge by the rules of this day"))
    parser.add_argument(
        "--lang",
        metavar="L",
        help=_("the language of the message: pl, cs, sk, hu or en; else its words tell"),
    )
    parser.add_argument("--marketplace", metavar="M", help=_("such as allegro-cz; allegro-pl without it"))
    parser.add_argument(
        "--other-carrier", action="store_true", default=None, help=_("Allegro does not report this parcel")
    )
    parser.add_argument(
        "--invoice",
        action="store_true",
        default=None,
        help=_("the buyer asked for an invoice with the order"),
    )
    parser.add_argument(
        "--repeats", type=int, metavar="N", help=_("so many others got nearly the same text within 24 hours")
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--fix", action="store_true", help=_("propose the text without what a rule would stop, as a diff")
    )
    form.add_argument("--json", action="store_true", help=_("print the verdict as one JSON object"))
    form.add_argument(
        "--jsonl", action="store_true", help=_("read JSON objects from stdin and print a verdict a line")
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    try:
        code = _check_lines(args) if args.jsonl else _check_one(args)
        sys.stdout.flush()
    except _UsageError as error:
        complain("check", str(error))
        return Exit.USAGE
    except BrokenPipeError:
        # Whoever read has had enough. The interpreter flushes once more at its end: let it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    return code


def _check_one(args: argparse.Namespace) -> Exit:
    from policy import Contact, Context, Level, Message, check  # noqa: PLC0415  see CONTACTS

    message = Message(
        _text(args.text), tuple(_attachment(path) for path in args.attach or ()), args.lang or ""
    )
    context = Context(
        contact=Contact(args.contact) if args.contact else Contact.INITIATED,
        buyer_last=args.buyer_last,
        carrier_integrated=not args.other_carrier,
        invoice_required=bool(args.invoice),
        marketplace=args.marketplace or MARKETPLACE,
        as_of=args.as_of,
        repeats=args.repeats or 0,
    )
    pack = _pack(context.marketplace)
    start = time.perf_counter_ns()
    verdict = check(message, context, pack)
    elapsed_us = (time.perf_counter_ns() - start) // 1000
    if args.fix:
        _put_fixed(message, context, pack)
    elif args.json:
        from policy.wire import verdict_json  # noqa: PLC0415  see CONTACTS

        put_json(verdict_json(verdict, language(), elapsed_us, id=None))
    else:
        from tui.cli.verdict_text import verdict_text  # noqa: PLC0415  see CONTACTS

        put(verdict_text(verdict, width()))
    return {Level.WARN: Exit.WARN, Level.BLOCK: Exit.BLOCK}.get(verdict.level, Exit.DONE)


def _check_lines(args: argparse.Namespace) -> Exit:
    given = (
        *(args.text, args.contact, args.buyer_last, args.attach, args.as_of),
        *(args.lang, args.marketplace, args.other_carrier, args.invoice, args.repeats),
    )
    if any(value is not None for value in given):
        raise _UsageError(_("--jsonl takes everything from the objects on stdin; leave the rest out"))
    if sys.stdin.isatty():
        raise _UsageError(_("--jsonl reads objects from stdin: pipe them in"))
    code = Exit.DONE
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        answer, complaint = _check_line(line)
        if complaint:
            complain("check", _("line {number}: {complaint}").format(number=number, complaint=complaint))
            code = Exit.USAGE
        put_json(answer)
        sys.stdout.flush()
    return code


def _check_line(line: bytes) -> tuple[dict[str, Any], str]:
    """The answer to one line, and what to complain about, if anything."""
    from policy import check  # noqa: PLC0415  see CONTACTS
    from policy.wire import BadInput, message_and_context, verdict_json  # noqa: PLC0415  see CONTACTS

    try:
        found = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return {"id": None, "error": f"not UTF-8: {error}"}, _("not UTF-8: {error}").format(error=error)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"not JSON: {error}"}, _("not JSON: {error}").format(error=error)
    known = found.get("id") if isinstance(found, dict) else None
    line_id = known if isinstance(known, str | int) else None
    try:
        message, context = message_and_context(found)
        pack = _pack(context.marketplace)
    except BadInput as error:
        return {"id": line_id, "error": str(error)}, _bad_input(error)
    start = time.perf_counter_ns()
    verdict = check(message, context, pack)
    elapsed_us = (time.perf_counter_ns() - start) // 1000
    return verdict_json(verdict, language(), elapsed_us, id=line_id), ""


def _pack(marketplace: str) -> Pack:
    """The rules there and the seller's own."""
    from api.rules import seller_pack  # noqa: PLC0415  see CONTACTS
    from policy import PackError, UnknownMarketplaceError  # noqa: PLC0415  see CONTACTS

    try:
        return seller_pack(marketplace)
    except (PackError, UnknownMarketplaceError) as error:
        raise _UsageError(str(error)) from error


def _put_fixed(message: Message, context: Context, pack: Pack) -> None:
    """Show what could be cut from a message, as a diff that `patch` understands."""
    import difflib  # noqa: PLC0415  only here

    from api.domain.text import one_line  # noqa: PLC0415  see CONTACTS
    from policy.fixing import fix  # noqa: PLC0415  see CONTACTS

    fixed = fix(message, context, pack)
    if fixed is None:
        complain("check", _("nothing to cut: what is left would say nothing, or cutting does not help"))
        return
    before, after = (text.splitlines() for text in (message.text, fixed))
    for line in difflib.unified_diff(before, after, "typed", "proposed", lineterm=""):
        put(line[:1] + one_line(line[1:]))


def _bad_input(error: BadInput) -> str:
    expected = " ".join([_(error.expected), ", ".join(error.choices)]).rstrip()
    return _("{field}: expected {expected}, found {found}").format(
        field=error.field or _("input"), expected=expected, found=error.found
    )


def _text(given: str | None) -> str:
    if given is not None and given != "-":
        return given
    if sys.stdin.isatty():
        raise _UsageError(_("no message: give it as TEXT or pipe it in"))
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _UsageError(_("the message is not UTF-8: {error}").format(error=error)) from error
    # The line end that echo adds belongs to the shell, not to the message.
    return text.removesuffix("\n").removesuffix("\r")


def _attachment(path: Path) -> Attachment:
    import mimetypes  # noqa: PLC0415  reads the system's tables, for attachments only

    from policy import Attachment  # noqa: PLC0415  see CONTACTS

    try:
        size = path.stat().st_size
    except OSError as error:
        raise _UsageError(
            _("cannot read {file!r}: {error}").format(file=str(path), error=error.strerror)
        ) from error
    if not path.is_file():
        raise _UsageError(_("cannot attach {file!r}: it is not a file").format(file=str(path)))
    return Attachment(path.name, mimetypes.guess_type(path.name)[0] or "", size)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("{text!r} is no date; write it like 2026-03-02").format(text=text)
        ) from None
