"""`okienko rules`: the rules, one rule's page, and how right they are on labelled messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli.check import MARKETPLACE
from tui.cli.exits import Exit
from tui.cli.output import complain, put, put_json, width
from tui.i18n import _, language

if TYPE_CHECKING:
    import argparse

    from policy import Rule
    from policy.evaluation import Evaluation

EVALUATE = "evaluate"


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the verb `rules`."""
    parser = subparsers.add_parser(
        "rules",
        help=_("show the rules, one rule's page, or how right they are"),
        description=_(
            "Without ID: every rule, one a line. With ID: the rule's page. With evaluate FILE: how right the "
            "rules are on labelled messages (JSON objects a line, in the form of check --jsonl with "
            '"expect": {"level", "rules"}).'
        ),
        allow_abbrev=False,
    )
    parser.add_argument("id", nargs="?", metavar="ID", help=_("a rule such as DUP-PAYMENT, or evaluate"))
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help=_("with evaluate: labelled messages")
    )
    parser.add_argument("--marketplace", default=MARKETPLACE, metavar="M", help=_("such as allegro-cz"))
    parser.add_argument("--json", action="store_true", help=_("print JSON, one object a line"))
    evaluate = parser.add_argument_group(_("with evaluate: exit code 1 below these"))
    for flag, words in (
        ("--min-block-recall", _("percent of the messages to be blocked that are")),
        (
            "--max-false-alarms",
            _("percent of the messages labelled ok or hint that are judged warn or block"),
        ),
        ("--min-exact", _("percent of the messages with exactly the expected level")),
    ):
        evaluate.add_argument(flag, type=float, metavar="P", help=words)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the verb and return its exit code."""
    from api.rules import seller_pack  # noqa: PLC0415  `okienko --help` must not wait for the rules
    from policy import PackError, UnknownMarketplaceError  # noqa: PLC0415  as above

    try:
        if args.id == EVALUATE:
            return _evaluate(args)
        pack = seller_pack(args.marketplace)
    except (PackError, UnknownMarketplaceError) as error:
        complain("rules", str(error))
        return Exit.USAGE
    if args.file is not None:
        complain("rules", _("a file goes with evaluate only"))
        return Exit.USAGE
    if args.id is None:
        for rule in pack.rules:
            if args.json:
                put_json(_rule_json(rule))
            else:
                put(_line(rule))
        return Exit.DONE
    try:
        rule = pack.rule(args.id.upper())
    except KeyError:
        from policy.table import Table  # noqa: PLC0415  only a mistake pays for it

        near = Table.near(args.id.upper(), [rule.id for rule in pack.rules])
        complain("rules", _("there is no rule {id!r}{near}").format(id=args.id, near=near))
        return Exit.USAGE
    if args.json:
        put_json(_rule_json(rule))
    else:
        from tui.cli.rule_page import rule_page  # noqa: PLC0415  for people only

        put(rule_page(rule, pack, width()))
    return Exit.DONE


def _line(rule: Rule) -> str:
    from tui.cli.rule_page import headline, strongest  # noqa: PLC0415  for people only

    return f"{strongest(rule):<13} {headline(rule)}"


def _rule_json(rule: Rule) -> dict[str, Any]:
    spoken = language()
    return {
        "id": rule.id,
        "family": rule.family,
        "title": rule.title.text(spoken),
        "message": rule.message.text(spoken),
        "why": rule.why.text(spoken),
        "instead": {"text": rule.instead.text(spoken), "action": rule.instead.action},
        "levels": {
            situation: {contact: level.word for contact, level in row.items()}
            for situation, row in rule.levels.items()
        },
        "source": {
            "url": rule.source.url,
            "date": rule.source.date.isoformat(),
            "known": rule.source.known.value,
        },
        "since": rule.since.isoformat(),
        "until": rule.until.isoformat() if rule.until else None,
        "on": rule.on,
        "own": rule.own,
    }


def _evaluate(args: argparse.Namespace) -> int:
    from policy.evaluation import evaluate, labelled  # noqa: PLC0415  `okienko --help` must not wait for it
    from policy.wire import BadInput  # noqa: PLC0415  as above

    if args.file is None:
        complain("rules", _("evaluate what? Give a file of labelled messages"))
        return Exit.USAGE
    try:
        lines = args.file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        complain("rules", _("cannot read {file!r}: {error}").format(file=str(args.file), error=error))
        return Exit.USAGE
    messages = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            messages.append(labelled(json.loads(line)))
        except (BadInput, ValueError, RecursionError) as error:
            complain("rules", _("line {number}: {complaint}").format(number=number, complaint=error))
            return Exit.USAGE
    result = evaluate(messages)
    if args.json:
        put_json(evaluation_json(result))
    else:
        from tui.cli.evaluation_text import evaluation_text  # noqa: PLC0415  for people only

        put(evaluation_text(result))
    return _measured(args, result)


def _measured(args: argparse.Namespace, result: Evaluation) -> int:
    """Exit code 1, and which figure it was, below a threshold."""
    failed = False
    for figure, least, most, words in (
        (result.block_recall, args.min_block_recall, None, _("recall of block")),
        (result.false_alarms, None, args.max_false_alarms, _("false alarms")),
        (result.exact, args.min_exact, None, _("exact level")),
    ):
        if figure.ratio is None:
            continue
        percent = 100 * figure.ratio
        if (least is not None and percent < least) or (most is not None and percent > most):
            wanted = least if least is not None else most
            complain("rules", f"{words}: {figure.percent}, {wanted:g} %")
            failed = True
    return 1 if failed else Exit.DONE


def evaluation_json(result: Evaluation) -> dict[str, Any]:
    """The figures of an evaluation as JSON-like data; shares are [part, whole]."""
    return {
        "messages": len(result.judged),
        **result.figures(),
        "confusion": {
            expected.word: {found.word: count for found, count in row.items()}
            for expected, row in result.confusion().items()
        },
        "languages": {code or "?": one.figures() for code, one in result.languages().items()},
        "rules": {
            rule: {
                "precision": [precision.part, precision.whole],
                "recall": [recall.part, recall.whole],
            }
            for rule, (precision, recall) in result.rules().items()
        },
        "misses": [
            {
                "id": one.labelled.id,
                "expected": one.labelled.level.word,
                "found": one.level.word,
                "rules": {rule: level.word for rule, level in one.rules.items()},
                "text": one.labelled.message.text,
            }
            for one in result.misses
        ],
    }
