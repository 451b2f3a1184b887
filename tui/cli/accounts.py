"""`okienko accounts` and `okienko logout`: the accounts that are signed in here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from tui.cli.exits import Exit
from tui.cli.output import complain, put, put_json
from tui.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from api.accounts import SignedInAccount
    from api.config import Folders

USE = "use"


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the verbs `accounts` and `logout`."""
    accounts = subparsers.add_parser(
        "accounts",
        help=_("the accounts that are signed in, and which one is used"),
        description=_("Without arguments: every account, the current one first. With use NAME: choose it."),
        allow_abbrev=False,
    )
    accounts.add_argument(
        "action", nargs="?", choices=(USE,), metavar="use", help=_("choose the current one")
    )
    accounts.add_argument("name", nargs="?", metavar="NAME", help=_("its name here, or its login"))
    accounts.add_argument("--json", action="store_true", help=_("print JSON, one object a line"))
    accounts.set_defaults(run=run_accounts)
    logout = subparsers.add_parser(
        "logout",
        help=_("sign out of an account"),
        description=_("Forgets the tokens of an account (the current one without NAME) on this machine."),
        allow_abbrev=False,
    )
    logout.add_argument("name", nargs="?", default="", metavar="NAME", help=_("its name here, or its login"))
    logout.set_defaults(run=run_logout)


def run_accounts(args: argparse.Namespace) -> int:
    """List or choose; 2 for a name that no account has."""
    if args.action == USE and not args.name:
        complain("accounts", _("use which one? okienko accounts use NAME"))
        return Exit.USAGE
    return _told("accounts", lambda folders: _accounts(args, folders))


def run_logout(args: argparse.Namespace) -> int:
    """Forget an account's tokens; 2 for an unknown name or a vault that does not open, 5 without accounts."""
    return _told("logout", lambda folders: _logout(args.name, folders))


def _accounts(args: argparse.Namespace, folders: Folders) -> int:
    from contextlib import closing  # noqa: PLC0415  `okienko --help` must not wait for it

    from api.accounts import Accounts  # noqa: PLC0415  as above

    with closing(Accounts(folders.data)) as accounts:
        if args.action == USE:
            chosen = accounts.choose(args.name)
            found: tuple[SignedInAccount, ...] = (chosen,)
        else:
            found = accounts.all()
        for notice in accounts.take_notices():
            complain("accounts", notice)
    for number, account in enumerate(found):
        if args.json:
            put_json(account_json(account, current=number == 0))
        else:
            words = (account.name, account.login, account.marketplace, account.environment, account.vault)
            put(("* " if number == 0 else "  ") + "  ".join(words))
    if not found and not args.json:
        complain("accounts", _("No account is signed in here. Sign in: okienko login"))
    if os.environ.get("OKIENKO_TOKEN"):
        complain("accounts", _("OKIENKO_TOKEN is set and wins over all of them."))
    return Exit.DONE


def account_json(account: SignedInAccount, *, current: bool) -> dict[str, Any]:
    """An account as JSON-like data; there is no secret in it."""
    return {
        "id": account.id,
        "name": account.name,
        "login": account.login,
        "marketplace": account.marketplace,
        "environment": account.environment.value,
        "client_id": account.client_id,
        "app_name": account.app_name,
        "vault": account.vault.value,
        "current": current,
    }


def _logout(name: str, folders: Folders) -> int:
    import asyncio  # noqa: PLC0415  as above
    from contextlib import closing  # noqa: PLC0415  as above

    from api.accounts import Accounts  # noqa: PLC0415  as above
    from api.secrets import open_vault  # noqa: PLC0415  as above
    from api.signing_in import CONNECTED_APPS, forget  # noqa: PLC0415  as above
    from tui.cli.asking import passphrase, say, with_tries  # noqa: PLC0415  as above

    with closing(Accounts(folders.data)) as accounts:
        account = accounts.find(name) if name else accounts.current()
    vault = open_vault(account.vault, folders, passphrase)
    with_tries(lambda: vault.read(account.id))
    asyncio.run(forget(account, vault, folders))
    say(_("The tokens of {login} are forgotten here.").format(login=account.login))
    say(_("The application still may use the account. Take it off there:"))
    say(f"    {account.auth_url}{CONNECTED_APPS}")
    return Exit.DONE


def _told(verb: str, do: Callable[[Folders], int]) -> int:
    """Do it with the folders of this home, and tell what went wrong."""
    from api.allegro.errors import AllegroError  # noqa: PLC0415  as above
    from api.config import ConfigError, Folders  # noqa: PLC0415  as above

    try:
        return do(Folders.from_environment())
    except (AllegroError, ConfigError, OSError) as error:  # a VaultError and a StoreError are OSErrors
        from tui.cli.failing import failed  # noqa: PLC0415  as above

        return failed(verb, error)
