"""The command `tradesense`. Heavy modules are imported inside the commands, so that `--help` is quick."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tradesense import __version__
from tradesense.run import import_command, users_command
from tradesense.run.no_frames import keep_frames_out

if TYPE_CHECKING:
    from tradesense.run.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the process's exit code.

    0 well, 1 failed, 2 wrong use or settings, 75 another process owns the data.
    """
    given = _parser().parse_args(arguments)
    keep_frames_out()
    try:
        return int(given.command(given))
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tradesense", description="Futures and options analytics on your own machine."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="serve everything on one port")
    run.add_argument(
        "--replay",
        metavar="SOURCE[/ROOT,..]:DATE[:SPEED]",
        help="play a recorded day (UTC) beside the other feeds as if it happened now, as the source `replay`",
    )
    run.set_defaults(command=_run)
    migrate = commands.add_parser("migrate", help="bring the database of people up to date")
    migrate.set_defaults(command=_migrate)
    import_command.add_parser(commands)
    users_command.add_parser(commands)
    openapi = commands.add_parser("openapi", help="write the API's OpenAPI document")
    openapi.add_argument("--output", type=Path, metavar="FILE", help="write here instead of standard output")
    openapi.set_defaults(command=_openapi)
    asyncapi = commands.add_parser("asyncapi", help="write the stream's AsyncAPI document")
    asyncapi.add_argument("--output", type=Path, metavar="FILE", help="write here instead of standard output")
    asyncapi.set_defaults(command=_asyncapi)
    version = commands.add_parser("version", help="print the version")
    version.set_defaults(command=_version)
    return parser


def _run(given: argparse.Namespace) -> int:
    settings = _load_settings(**({} if given.replay is None else {"replay": given.replay}))
    if settings is None:
        return 2
    from tradesense.infra.store_lock import TRY_LATER, holder_of

    # A look before anything heavy is loaded or touched. Whoever comes between is told at the opening.
    holder = holder_of(settings.market_store_file)
    if holder is not None and settings.role == "all":
        who = f"process {holder}" if holder else "another process"
        _say(f"TradeSense does not start: the market store {settings.market_store_file} is in use by {who}.")
        return TRY_LATER
    from tradesense.run.embedded import serve

    return serve(settings)


def _migrate(_: argparse.Namespace) -> int:
    import asyncio

    from tradesense.base.errors import AppError

    settings = _load_settings()
    if settings is None:
        return 2
    from tradesense.run.people_store import migrate_now

    try:
        asyncio.run(migrate_now(settings))
    except AppError as error:
        _say(f"Not migrated: {error.detail}")
        return 1
    _say("The database is up to date.")
    return 0


def _load_settings(**given: object) -> Settings | None:
    from tradesense.run.settings import SettingsRefused, load_settings

    try:
        return load_settings(**given)
    except SettingsRefused as refusal:
        _say("TradeSense does not start: these settings can't be right.")
        for problem in refusal.problems:
            _say(f"  {problem}")
        return None


def _openapi(given: argparse.Namespace) -> int:
    import json

    from tradesense.run.api import create_app
    from tradesense.run.settings import Settings

    document = create_app(Settings.model_construct()).openapi()
    return _write(json.dumps(document, indent=2, ensure_ascii=False) + "\n", given.output)


def _asyncapi(given: argparse.Namespace) -> int:
    import json

    from tradesense.streaming.asyncapi import build_asyncapi

    document = build_asyncapi(__version__)
    return _write(json.dumps(document, indent=2, ensure_ascii=False) + "\n", given.output)


def _write(text: str, output: Path | None) -> int:
    if output is None:
        sys.stdout.write(text)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
    return 0


def _version(_: argparse.Namespace) -> int:
    sys.stdout.write(f"tradesense {__version__}\n")
    return 0


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
