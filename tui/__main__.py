"""The command `okienko`: a verb runs without a screen, no verb opens the inbox."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from api.clock import BadClockError, now
from api.config import ConfigError, Folders, Settings, load_settings
from tui.cli.exits import Exit
from tui.cli.parser import build_parser
from tui.i18n import choose_language, language_of, standard_library_words

if TYPE_CHECKING:
    from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code (see `tui.cli.exits`).

    A mistake in the configuration stops the inbox, not the help and not the verbs, which do without it.
    """
    problem: Exception | None = None
    settings = Settings()
    try:
        settings = load_settings(Folders.from_environment())
        now()
    except (ConfigError, BadClockError) as error:
        problem = error
    choose_language(language_of(os.environ, settings.language))
    with standard_library_words():
        options = build_parser().parse_args(arguments)
    verb = options.run
    if problem is not None and not (verb is not None and isinstance(problem, ConfigError)):
        print(f"okienko: {problem}", file=sys.stderr)  # noqa: T201  this is the command line
        return Exit.USAGE
    if options.log_requests and not _logged(options.log_requests):
        return Exit.USAGE
    try:
        if verb is not None:
            return int(verb(options))
        from tui.launch import run  # noqa: PLC0415  a verb never pays for the screen

        return run(options, settings)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def _logged(path: Path) -> bool:
    """Begin the log of requests; say why not."""
    from api.request_log import RequestLogError, log_requests  # noqa: PLC0415  seldom asked for

    try:
        log_requests(path)
    except RequestLogError as error:
        print(f"okienko: {error}", file=sys.stderr)  # noqa: T201  this is the command line
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
