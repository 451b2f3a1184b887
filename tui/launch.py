"""Starting the inbox: on Allegro, or on a pretend Allegro for the demo."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from api.access import choose_access
from api.accounts import NoAccountError
from api.config import ConfigError, Folders, load_connection
from api.inbox.context import HOME_MARKETPLACE
from api.rules import choose_rules, seller_pack
from policy import PackError
from tui.app import OkienkoApp
from tui.cli.asking import passphrase, with_tries
from tui.cli.exits import Exit
from tui.i18n import _, language
from tui.words import trouble

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator

    from api.access import Access
    from api.config import Connection, Settings
    from api.session import Session
    from tui.app import Opener

CRASHED = 1
"""Python's own exit code for an error that nobody foresaw."""

ALLEGRO_LANGUAGES = {"pl": "pl-PL", "en": "en-US"}


def run(options: argparse.Namespace, settings: Settings) -> int:  # noqa: PLR0911  one return a refusal, in order
    """Open the inbox and return the exit code."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return _refuse(_("The inbox needs a terminal. For scripts there is: okienko check"))
    if options.demo:
        return _demo(options, settings)
    try:
        # A mistake in the seller's own rules is told before the first reply, not in the middle of it.
        seller_pack(HOME_MARKETPLACE)
    except PackError as error:
        return _refuse(str(error))
    if options.threads is not None or options.seed is not None:
        return _refuse(_("--threads and --seed go with --demo."))
    folders = Folders.from_environment()
    try:
        access = choose_access(settings, folders, passphrase=passphrase)
        with_tries(access.unlock)  # a passphrase is asked for here: on the screen nobody could type it unseen
    except NoAccountError:
        return _refuse(
            _(
                "No account yet. Try the demo: okienko --demo\n"
                "Sign in: okienko login\n"
                "With a token of your own: OKIENKO_TOKEN=… okienko (nothing is stored)."
            ),
            Exit.SIGN_IN,
        )
    except (ConfigError, OSError) as error:  # a VaultError and a StoreError are OSErrors
        return _refuse(trouble(error))
    return _open(lambda: _session(access.connection, folders, access))


def _demo(options: argparse.Namespace, settings: Settings) -> int:
    with tempfile.TemporaryDirectory(prefix="okienko-demo-") as home:
        folder = Path(home)
        folders = Folders(folder, folder, folder)
        choose_rules(folders)

        @asynccontextmanager
        async def session() -> AsyncIterator[Session]:
            from api.simulator.process import SimulatorProcess, SimulatorStartError  # noqa: PLC0415  the demo only

            try:
                simulator = await asyncio.to_thread(
                    SimulatorProcess.start, threads=options.threads, seed=options.seed
                )
            except SimulatorStartError as error:
                raise OSError(str(error)) from error
            with simulator:
                connection = load_connection(settings, simulator.environment())
                async with _session(connection, folders) as opened:
                    yield opened

        return _open(session)


@asynccontextmanager
async def _session(
    connection: Connection, folders: Folders, access: Access | None = None
) -> AsyncIterator[Session]:
    from api.session import open_session  # noqa: PLC0415  httpx is loaded after the first paint

    tokens = access.tokens() if access else None
    async with open_session(connection, folders, ALLEGRO_LANGUAGES[language()], tokens) as opened:
        yield opened


def _open(session: Opener) -> int:
    app = OkienkoApp(session)
    app.run()
    return app.return_code if app.return_code is not None else CRASHED


def _refuse(sentence: str, code: Exit = Exit.USAGE) -> int:
    print(f"okienko: {sentence}", file=sys.stderr)  # noqa: T201  no screen was opened
    return code
