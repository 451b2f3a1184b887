"""`okienko sim`: the pretend Allegro alone.

The first line on stdout is JSON, `{"api_url","auth_url","client_id","client_secret","token"}`, once the
socket accepts. What it serves and checks is told in `api.simulator`.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tui.cli.exits import Exit
from tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.simulator.faults import Script
    from api.simulator.server import Simulator

N = TypeVar("N", int, float)

HIGHEST_PORT = 65535


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the verb `sim`."""
    parser = subparsers.add_parser(
        "sim",
        help=_("a pretend Allegro on this machine, to try things out"),
        description=_("Starts a pretend Allegro on 127.0.0.1 with buyers, orders and conversations."),
        allow_abbrev=False,
    )
    parser.add_argument("--port", type=_port, default=0, metavar="P", help=_("port; any free one without it"))
    parser.add_argument("--threads", type=_count, metavar="N", help=_("how many conversations there are"))
    parser.add_argument(
        "--messages", type=_count, metavar="M", help=_("how many messages there are at least")
    )
    parser.add_argument(
        "--seed", type=_seed, default=1, metavar="S", help=_("another draw of the generated conversations")
    )
    parser.add_argument("--hostile", action="store_true", help=_("add a buyer who writes to break programs"))
    parser.add_argument(
        "--verify-seconds",
        type=_seconds,
        default=1.5,
        metavar="X",
        help=_("how long a sent message is being verified"),
    )
    parser.add_argument("--lively", type=_interval, metavar="X", help=_("let a buyer write every X seconds"))
    parser.add_argument(
        "--faults",
        type=_script,
        metavar="FILE",
        help=_("let things go wrong as this file says, see docs/simulator.md"),
    )
    parser.add_argument(
        "--confirm",
        choices=("polls", "page"),
        default="polls",
        help=_("what confirms a sign-in: waiting for it, or the form at /skojarz-aplikacje"),
    )
    parser.add_argument("--until-stdin-closes", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until ctrl+c (130) or SIGTERM (0); 2 when the port cannot be had."""
    from api.simulator import program  # noqa: PLC0415  only this verb pays for a server
    from api.simulator.faults.script import NO_FAULTS  # noqa: PLC0415  as below
    from api.simulator.server import PortTakenError  # noqa: PLC0415  as above
    from api.simulator.settings import SimulatorSettings  # noqa: PLC0415  as above

    settings = SimulatorSettings(
        seed=args.seed,
        threads=args.threads,
        messages=args.messages,
        verify_seconds=args.verify_seconds,
        hostile=args.hostile,
        lively=args.lively,
        faults=args.faults or NO_FAULTS,
        device_by_page=args.confirm == "page",
    )
    try:
        ended_by = program.run(settings, args.port, _announce, until_stdin_closes=args.until_stdin_closes)
    except PortTakenError as error:
        _say(_("Port {port} cannot be used: {reason}.").format(port=args.port, reason=error.strerror))
        _say(_("Name another one, or none: okienko sim --port 0 takes any free one."))
        return Exit.USAGE
    return Exit.INTERRUPTED if ended_by is signal.SIGINT else Exit.DONE


def _announce(simulator: Simulator) -> None:
    line = {
        "api_url": simulator.api_url,
        "auth_url": simulator.auth_url,
        "client_id": simulator.client_id,
        "client_secret": simulator.client_secret,
        "token": simulator.token,
    }
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
    _say(_("A pretend Allegro listens at {address}. Ctrl+c ends it.").format(address=simulator.api_url))


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201  people's words of a command


def _port(text: str) -> int:
    value = _number(int, text)
    if not 0 <= value <= HIGHEST_PORT:
        raise argparse.ArgumentTypeError(_("a port is a number from 0 to 65535"))
    return value


def _count(text: str) -> int:
    value = _number(int, text)
    if value < 1:
        raise argparse.ArgumentTypeError(_("must be at least 1"))
    return value


def _seconds(text: str) -> float:
    value = _number(float, text)
    if not value >= 0:
        raise argparse.ArgumentTypeError(_("must not be negative"))
    return value


def _interval(text: str) -> float:
    value = _number(float, text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(_("must be above 0"))
    return value


def _script(text: str) -> Script:
    from api.simulator.faults import BadScriptError, load_script  # noqa: PLC0415  only this option needs it

    try:
        return load_script(Path(text))
    except BadScriptError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _seed(text: str) -> int:
    return _number(int, text)


def _number(kind: Callable[[str], N], text: str) -> N:
    try:
        return kind(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("{text!r} is no number").format(text=text)) from None
