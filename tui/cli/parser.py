"""The words of the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from tui.cli import accounts, check, login, rules, sim
from tui.i18n import N_, _

ARGPARSE_WORDS = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("not allowed with argument %s"),
)
"""What argparse says itself; it looks these up in our catalogue (see `standard_library_words`)."""


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_unused: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415  40 ms that only this flag pays for

        parser.exit(message=f"okienko {version('okienko')}\n")


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; `run` of the result is the verb's function, or None for the inbox."""
    parser = argparse.ArgumentParser(
        prog="okienko",
        description=_("A keyboard-driven terminal inbox for people who sell on Allegro."),
        epilog=_("Without a command: opens the inbox. Try it without an account: okienko --demo"),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help=_("show the version and exit"))
    parser.add_argument(
        "--log-requests",
        type=Path,
        metavar="FILE",
        help=_("append a line for each request to Allegro; no token and no message text is in it"),
    )
    parser.add_argument(
        "--demo", action="store_true", help=_("open the inbox on a pretend Allegro, in a temporary home")
    )
    parser.add_argument(
        "--threads", type=int, metavar="N", help=_("with --demo: how many conversations there are")
    )
    parser.add_argument("--seed", type=int, metavar="S", help=_("with --demo: another draw of the same kind"))
    parser.set_defaults(run=None)
    verbs = parser.add_subparsers(title=_("commands"), metavar="")
    check.add_parser(verbs)
    rules.add_parser(verbs)
    login.add_parser(verbs)
    accounts.add_parser(verbs)
    sim.add_parser(verbs)
    return parser
