"""`okienko login`: sign in to an account by a code that is confirmed on Allegro's page."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from tui.cli.exits import Exit
from tui.cli.output import complain, width
from tui.i18n import N_, _, language

if TYPE_CHECKING:
    import argparse

    from api.allegro.oauth import DeviceCode
    from api.config import Folders, Settings
    from api.secrets import Vault, VaultError
    from api.signing_in import Application, Kept, SignedIn

ALLEGRO_LANGUAGES = {"pl": "pl-PL", "en": "en-US"}

WITHOUT = {
    "allegro:api:messaging": N_("conversations cannot be read or answered"),
    "allegro:api:disputes": N_("problems with a purchase cannot be read or answered"),
    "allegro:api:orders:read": N_("orders are not shown beside conversations"),
    "allegro:api:orders:write": N_("invoices, parcel numbers and order states cannot be set"),
    "allegro:api:ratings": N_("ratings cannot be answered"),
    "allegro:api:profile:read": N_("okienko cannot ask whose account it is"),
}
"""What does not work without a scope."""

VAULT_WORDS = {
    "keyring": N_("the system keyring"),
    "file": N_("an encrypted file"),
    "environment": N_("the environment"),
}


def add_parser(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the verb `login`."""
    parser = subparsers.add_parser(
        "login",
        help=_("sign in to an account"),
        description=_(
            "Signs in with an application of your own: shows a code, which you confirm on Allegro's page. "
            "What is not given is asked for. The client secret is never an argument: it is asked for, or "
            "read from OKIENKO_CLIENT_SECRET."
        ),
        allow_abbrev=False,
    )
    parser.add_argument("--name", default="", metavar="N", help=_("what to call the account here"))
    parser.add_argument("--sandbox", action="store_true", help=_("at Allegro's sandbox"))
    parser.add_argument(
        "--marketplace", default="", metavar="M", help=_("the account's marketplace, if not its own one")
    )
    parser.add_argument("--client-id", default="", metavar="ID", help=_("the application's client id"))
    parser.add_argument(
        "--app-name", default="", metavar="NAME", help=_("the application's name as registered at Allegro")
    )
    parser.add_argument(
        "--vault",
        choices=("keyring", "file"),
        help=_("where the tokens are kept: keyring, or encrypted file"),
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Sign in; 0, 2, 3, 4 or 5 as `tui.cli.exits` says, 130 for ctrl+c."""
    from api.allegro.errors import AllegroError  # noqa: PLC0415  `okienko --help` must not wait for it
    from api.clock import BadClockError  # noqa: PLC0415  as above
    from api.config import ConfigError, Folders, load_settings  # noqa: PLC0415  as above
    from tui.cli.asking import say  # noqa: PLC0415  as above

    try:
        folders = Folders.from_environment()
        return _login(args, load_settings(folders), folders)
    except KeyboardInterrupt:
        say()
        complain("login", _("Interrupted. Nothing was kept."))
        return Exit.INTERRUPTED
    except (AllegroError, ConfigError, BadClockError, OSError) as error:  # a VaultError is an OSError
        from tui.cli.failing import failed  # noqa: PLC0415  as above

        return failed("login", error)


def _login(args: argparse.Namespace, settings: Settings, folders: Folders) -> int:
    import asyncio  # noqa: PLC0415  as above

    from api.domain.text import one_line  # noqa: PLC0415  as above
    from api.signing_in import keep, sign_in  # noqa: PLC0415  as above
    from tui.cli.asking import say  # noqa: PLC0415  as above

    chosen = _application(args, settings)
    if chosen is None:
        return Exit.USAGE
    application, secret = chosen
    vault = _vault(args.vault, folders)
    if vault is None:
        return Exit.USAGE

    name = one_line(args.name)

    async def signing_in() -> tuple[SignedIn, Kept]:
        signed_in = await sign_in(application, secret, _show, ALLEGRO_LANGUAGES[language()])
        kept = await keep(
            signed_in,
            application,
            vault,
            folders,
            name=name,
            marketplace=args.marketplace.strip(),
        )
        return signed_in, kept

    if name:
        _check_name(name, folders)
    signed_in, kept = asyncio.run(signing_in())
    account = kept.account
    done = _("Signed in as {login} ({marketplace}). The account is called {name} here.")
    say(done.format(login=account.login, marketplace=account.marketplace, name=account.name))
    say(_("Its tokens are kept here: {vault}.").format(vault=_(VAULT_WORDS[account.vault])))
    _tell_missing(signed_in.missing, application)
    if kept.left_in is not None:
        left = _("Tokens of an earlier sign-in are still in {vault}: take the application off the account.")
        say(left.format(vault=_(VAULT_WORDS[kept.left_in])))
    if os.environ.get("OKIENKO_TOKEN"):
        say(_("OKIENKO_TOKEN is set and wins over this account: unset it."))
    return Exit.DONE


def _application(args: argparse.Namespace, settings: Settings) -> tuple[Application, str] | None:
    """The application and its secret; None when something is missing and nobody can be asked."""
    from api.signing_in import choose_application  # noqa: PLC0415  as above
    from tui.cli.asking import ask, ask_secret, say, somebody_there  # noqa: PLC0415  as above

    client_id = args.client_id.strip() or os.environ.get("OKIENKO_CLIENT_ID", "").strip()
    secret = os.environ.get("OKIENKO_CLIENT_SECRET", "").strip()
    app_name = args.app_name.strip()
    there = somebody_there()
    known = choose_application(settings, sandbox=args.sandbox, client_id=client_id, app_name=app_name)
    if not client_id and there:
        say(_("okienko signs in with an application of your own. Register one here, for a device:"))
        say(f"    {known.registration}")
        say(_("Give it these permissions and no others:"))
        for scope in WITHOUT:
            say(f"    {scope}")
        client_id = ask(_("Client ID"))
        app_name = app_name or ask(_("Name of the application, as registered"), settings.app_name)
    if not client_id:
        complain("login", _("The client id is missing: --client-id ID or OKIENKO_CLIENT_ID."))
        return None
    if not secret and there:
        secret = ask_secret(_("Client secret (not shown)")).strip()
    if not secret:
        complain("login", _("The client secret is missing: put it into OKIENKO_CLIENT_SECRET."))
        return None
    chosen = choose_application(settings, sandbox=args.sandbox, client_id=client_id, app_name=app_name)
    return chosen, secret


def _check_name(name: str, folders: Folders) -> None:
    """Say that a name is taken before a person has confirmed a code; whose it will be is not known yet."""
    from contextlib import closing  # noqa: PLC0415  as above

    from api.accounts import Accounts  # noqa: PLC0415  as above
    from tui.cli.asking import say  # noqa: PLC0415  as above

    with closing(Accounts(folders.data)) as accounts:
        taken = next((it for it in accounts.all() if it.name.casefold() == name.casefold()), None)
    if taken is not None:
        again = _("The account {login} has this name: sign in to it again, or stop and choose another name.")
        say(again.format(login=taken.login))


def _vault(wanted: str | None, folders: Folders) -> Vault | None:
    """A vault that works; None when there is none and nobody chose another. Raises VaultError."""
    from contextlib import closing  # noqa: PLC0415  as above

    from api.accounts import Accounts  # noqa: PLC0415  as above
    from api.secrets import VaultError, VaultKind, open_vault  # noqa: PLC0415  as above
    from api.secrets.file import vault_file  # noqa: PLC0415  as above
    from tui.cli.asking import passphrase_for, with_tries  # noqa: PLC0415  as above

    kind = VaultKind(wanted) if wanted else None
    if kind is None:
        with closing(Accounts(folders.data)) as accounts:
            kinds = {account.vault for account in accounts.all()}
        kind = kinds.pop() if len(kinds) == 1 else None
    if kind is None:
        keyring = open_vault(VaultKind.KEYRING, folders, lambda: None)
        try:
            keyring.check()
        except VaultError as error:
            kind = _offer(error)
            if kind is None:
                return None
        else:
            return keyring
    vault = open_vault(kind, folders, lambda: passphrase_for(vault_file(folders)))
    with_tries(vault.check)
    return vault


def _offer(error: VaultError) -> Any:
    """What to do without a keyring, each with what it means: nothing is chosen in silence."""
    import textwrap  # noqa: PLC0415  as above

    from api.secrets import VaultKind  # noqa: PLC0415  as above
    from tui.cli.asking import ask, say, somebody_there  # noqa: PLC0415  as above
    from tui.words import trouble  # noqa: PLC0415  as above

    complain("login", trouble(error))
    say(_("Without a keyring the tokens can be kept in one of these ways:"))
    file = _(
        "an encrypted file: a passphrase opens it, asked for at every start. Whoever has the file and not "
        "the passphrase has nothing. For scripts: OKIENKO_PASSPHRASE. (--vault file)"
    )
    environment = _(
        "a token in the environment: OKIENKO_TOKEN, for this run only. Nothing is stored and nothing is "
        "renewed: it ends after 12 hours, and every program that you start can read it."
    )
    for number, words in (("1", file), ("2", environment)):
        say(textwrap.fill(words, width(), initial_indent=f"  {number}  ", subsequent_indent="     "))
    if not somebody_there():
        return None
    match ask(_("1, 2, or enter to stop")):
        case "1":
            return VaultKind.FILE
        case "2":
            say(_("Then no sign-in is needed here: OKIENKO_TOKEN=… okienko"))
    return None


def _show(code: DeviceCode) -> None:
    """The code, the address and the QR code; called when Allegro has given them."""
    from tui.cli.asking import say  # noqa: PLC0415  as above
    from tui.cli.qr import drawn_here  # noqa: PLC0415  as above

    for line in drawn_here(code.page_with_code):
        say(line)
    say(_("Open this address in a browser, signed in to the account:"))
    say(f"    {code.page}")
    say(_("Type this code there, and confirm it:"))
    say(f"    {code.in_threes}")
    minutes = max(1, round(code.ends_in / 60))
    say(_("Waiting for Allegro, up to {minutes} min. ctrl+c stops.").format(minutes=minutes))


def _tell_missing(missing: tuple[str, ...], application: Application) -> None:
    from tui.cli.asking import say  # noqa: PLC0415  as above

    for scope in missing:
        say(_("The application lacks {scope}: {what}.").format(scope=scope, what=_(WITHOUT[scope])))
    if missing:
        say(_("Add it at {page}, then sign in again.").format(page=application.registration))
