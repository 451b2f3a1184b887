"""The command `okienko`: a verb runs without a screen, no verb opens the inbox."""

from __future__ import annotations

import os
import sys

from api.clock import BadClockError, now
from api.config import ConfigError, Folders, load_settings
from tui.cli.exits import Exit
from tui.cli.parser import build_parser
from tui.i18n import choose_language, language_of, standard_library_words


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code (see `tui.cli.exits`)."""
    choose_language(language_of(os.environ))
    try:
        settings = load_settings(Folders.from_environment())
        now()
    except (ConfigError, BadClockError) as error:
        print(f"okienko: {error}", file=sys.stderr)  # noqa: T201  this is the command line
        return Exit.USAGE
    choose_language(language_of(os.environ, settings.language))
    with standard_library_words():
        options = build_parser().parse_args(arguments)
    try:
        if options.run is not None:
            return int(options.run(options))
        from tui.launch import run  # noqa: PLC0415  a verb never pays for the screen

        return run(options, settings)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
