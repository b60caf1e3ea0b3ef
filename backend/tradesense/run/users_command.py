"""The command `tradesense users`: the first administrator, and what else is done without signing in.

Works while the program runs, over its database, and while it does not, over a server started for the moment.
"""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tradesense.run.settings import Settings
    from tradesense.run.users_work import UsersWork

_MOST_PASSWORD_CHARACTERS = 4096
_IMPORT_DESCRIPTION = """\
Take over the people of a legacy DuckDB file: a table of users with e-mail address, name, time of creation and
bcrypt hash, by whatever usual names. Without --apply nothing is changed and every row is told. Passwords are
kept where the hash is known; others have to be reset by their owners. Doing it again adds nothing.
Exit code: 0 every row is an account, 1 some rows need a look or the file was refused, 2 wrong use."""


def add_parser(commands: Any) -> None:
    """Add the command to the program's sub-commands."""
    parser = commands.add_parser("users", help="administrators, accounts, people of another program")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add = _add(actions, "add-admin", "make an account that may manage all others", _add_admin)
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--name", help="what the person is called")
    add.add_argument(
        "--password-stdin", action="store_true", help="read the password as one line from standard input"
    )
    for name, text, call in (
        ("make-admin", "make an account an administrator", _make_admin),
        ("disable", "lock an account and end its sessions and keys", _disable),
        ("enable", "unlock an account", _enable),
    ):
        _add(actions, name, text, call).add_argument("email", metavar="EMAIL")
    listing = _add(actions, "list", "print all accounts", _list)
    listing.add_argument("--json", action="store_true", help="as one JSON document")
    take = _add(actions, "import-duckdb", "take over the users of a legacy DuckDB file", _import)
    take.description, take.formatter_class = _IMPORT_DESCRIPTION, argparse.RawDescriptionHelpFormatter
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--apply", action="store_true", help="do it; otherwise only tell")
    take.add_argument("--table", help="the table's name, where it isn't users")


def _add(
    actions: Any, name: str, text: str, call: Callable[[argparse.Namespace, UsersWork], Awaitable[int]]
) -> Any:
    parser = actions.add_parser(name, help=text)
    parser.set_defaults(command=run, action=call)
    return parser


class _WrongUse(Exception):
    pass


def run(given: argparse.Namespace) -> int:
    """Do one action and return the exit code: 0 well, 1 refused, 2 wrong use or settings."""
    from tradesense.base.errors import AppError
    from tradesense.run.settings import SettingsRefused, load_settings

    try:
        settings = load_settings()
        return asyncio.run(_with_work(settings, given))
    except SettingsRefused as refusal:
        _say("tradesense users: these settings can't be right.")
        for problem in refusal.problems:
            _say(f"  {problem}")
        return 2
    except _WrongUse as wrong:
        _say(f"tradesense users: {wrong}")
        return 2
    except AppError as error:
        _say(f"tradesense users: {error.detail}")
        return 1


async def _with_work(settings: Settings, given: argparse.Namespace) -> int:
    from tradesense.run.users_work import open_work

    # Asked first: nobody should type a password while a server waits.
    given.password = _ask_password(given) if given.action is _add_admin else None
    async with open_work(settings) as work:
        return int(await given.action(given, work))


def _ask_password(given: argparse.Namespace) -> str:
    if given.password_stdin:
        line = sys.stdin.readline(_MOST_PASSWORD_CHARACTERS)
        return line.removesuffix("\n").removesuffix("\r")
    if not sys.stdin.isatty():
        raise _WrongUse("there is no terminal to ask for the password; --password-stdin reads it")
    password = getpass.getpass(f"Password for {given.email}: ")
    if getpass.getpass("The same again: ") != password:
        raise _WrongUse("the two passwords differ")
    return password


async def _add_admin(given: argparse.Namespace, work: UsersWork) -> int:
    user = await work.add_admin(given.email, given.password, given.name)
    sys.stdout.write(f"{user.email} is an administrator.\n")
    return 0


async def _make_admin(given: argparse.Namespace, work: UsersWork) -> int:
    user = await work.make_admin(given.email)
    sys.stdout.write(f"{user.email} is an administrator.\n")
    return 0


async def _disable(given: argparse.Namespace, work: UsersWork) -> int:
    user = await work.disable(given.email)
    sys.stdout.write(f"{user.email} is disabled; its sessions and keys have ended.\n")
    return 0


async def _enable(given: argparse.Namespace, work: UsersWork) -> int:
    user = await work.enable(given.email)
    sys.stdout.write(f"{user.email} is enabled.\n")
    return 0


async def _list(given: argparse.Namespace, work: UsersWork) -> int:
    users = await work.list_users()
    if given.json:
        shown = [json.loads(each.model_dump_json()) for each in users]
        sys.stdout.write(json.dumps({"users": shown}, indent=2) + "\n")
        return 0
    for each in users:
        seen = f"{each.last_login_at:%Y-%m-%d %H:%M}" if each.last_login_at else "never"
        factor = "2FA" if each.mfa_enabled else "-"
        sys.stdout.write(f"{each.email:40} {each.role:7} {each.status:9} {factor:4} last sign-in {seen}\n")
    sys.stdout.write("1 account\n" if len(users) == 1 else f"{len(users)} accounts\n")
    return 0


async def _import(given: argparse.Namespace, work: UsersWork) -> int:
    from tradesense.infra.legacy_users import LegacyFileRefused, read_legacy_users
    from tradesense.users.importing import Outcome

    try:
        rows = await asyncio.to_thread(read_legacy_users, given.file, given.table)
    except LegacyFileRefused as refusal:
        _say(f"tradesense users: {given.file}: {refusal}")
        return 1
    planned = await work.import_users(rows, apply=given.apply)
    written = {row.row: row.email for row in rows}
    for each in planned:
        who = each.address.email if each.address else _harmless(written[each.row] or "no address")
        where = f" (the first is row {each.first_row})" if each.first_row is not None else ""
        locked = "" if each.active or not each.outcome.is_import else ", disabled"
        sys.stdout.write(f"row {each.row}: {who}: {each.outcome}{where}{locked}\n")
    for outcome in Outcome:
        count = sum(each.outcome is outcome for each in planned)
        if count:
            sys.stdout.write(f"{count:6,} {outcome}\n")
    imported = sum(each.outcome.is_import for each in planned)
    sys.stdout.write(
        f"{imported:,} of {len(planned):,} rows imported\n"
        if given.apply
        else f"{imported:,} of {len(planned):,} rows would be imported; --apply does it\n"
    )
    return 1 if any(each.outcome.is_conflict for each in planned) else 0


def _harmless(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text[:80])


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
