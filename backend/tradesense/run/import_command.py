"""The command `tradesense import`: files of market data into the store, by whoever owns it."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from tradesense.feeds.files import FileReport, Options
    from tradesense.run.settings import Settings

_RETRY_SECONDS = 5.0
_DESCRIPTION = """\
Import files and folders of market data. The format is told from the content; gzip and Zstandard are
unpacked. A file is stored whole or not at all, and importing it again adds nothing. While the program
runs, the files are handed to it. Exit code: 0 all imported, 1 a file was refused, 2 wrong use."""


def add_parser(commands: Any) -> None:
    """Add the command to the program's sub-commands."""
    parser = commands.add_parser(
        "import",
        help="import files of market data",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="a file, or a folder with all in it"
    )
    parser.add_argument(
        "--format", default="auto", help="the format's name (see --list-formats); default: auto"
    )
    parser.add_argument("--list-formats", action="store_true", help="print the known formats and end")
    parser.add_argument("--json", action="store_true", help="report as one JSON document")
    parser.add_argument("--quiet", action="store_true", help="no progress, only reports")
    generic = parser.add_argument_group("what the file does not say itself")
    generic.add_argument("--source", help="label the rows with this source")
    generic.add_argument("--root", help="the product's root, where the file's name does not tell it")
    generic.add_argument("--symbol", help="the canonical symbol all rows belong to, such as 6E-2024-03")
    generic.add_argument("--like", metavar="ROOT", help="an unknown root has the terms of this known one")
    generic.add_argument("--table", help="generic: quotes, bars, settlements or option_snapshots")
    generic.add_argument("--interval", help="generic bars: 1s, 1m, 5m, 15m, 1h or 1d")
    generic.add_argument(
        "--map", dest="columns", metavar="COLUMN=FIELD,...", help="generic: what each column is"
    )
    generic.add_argument("--time-zone", help="the IANA zone of times that carry no offset; default: UTC")
    generic.add_argument("--timestamp-format", help="a strptime pattern for the times")
    parser.set_defaults(command=run)


def run(given: argparse.Namespace) -> int:
    """Import, and return the exit code: 0 all imported, 1 a file was refused, 2 wrong use or settings."""
    from tradesense.feeds.files import FORMATS
    from tradesense.run.settings import SettingsRefused, load_settings

    if given.list_formats:
        for known in FORMATS:
            sys.stdout.write(f"{known.name:30} {known.title}\n")
        return 0
    try:
        options = _options(given, {known.name for known in FORMATS})
        settings = load_settings()
    except _WrongUse as wrong:
        sys.stderr.write(f"tradesense import: {wrong}\n")
        return 2
    except SettingsRefused as refusal:
        sys.stderr.write("tradesense import: these settings can't be right.\n")
        sys.stderr.writelines(f"  {problem}\n" for problem in refusal.problems)
        return 2
    return _import(settings, given, options)


class _WrongUse(Exception):
    pass


def _options(given: argparse.Namespace, known: set[str]) -> Options:
    from zoneinfo import available_timezones

    from tradesense.feeds.files import Options

    if not given.paths:
        raise _WrongUse("name at least one file or folder")
    if given.format != "auto" and given.format not in known:
        raise _WrongUse(f"no format {given.format!r}; --list-formats prints them")
    if given.time_zone is not None and given.time_zone not in available_timezones():
        raise _WrongUse(f"{given.time_zone!r} is no IANA time zone")
    return Options(
        format=given.format,
        source=given.source,
        root=given.root,
        symbol=given.symbol,
        table=given.table,
        interval=given.interval,
        columns=_column_map(given.columns),
        time_zone=given.time_zone,
        timestamp_format=given.timestamp_format,
        like=given.like,
    )


def _column_map(text: str | None) -> dict[str, str]:
    columns = {}
    for part in (text or "").split(","):
        if not part.strip():
            continue
        column, separator, field = part.rpartition("=")
        if not separator or not column.strip() or not field.strip():
            raise _WrongUse(f"--map takes COLUMN=FIELD, not {part!r}")
        columns[column.strip()] = field.strip()
    return columns


def _import(settings: Settings, given: argparse.Namespace, options: Options) -> int:
    from tradesense.base.errors import AppError
    from tradesense.feeds.files import FileStatus

    show = _Progress(sys.stderr, silent=given.quiet)
    said = 0

    def report(done: FileReport) -> None:
        nonlocal said
        said += 1
        show.clear()
        if not given.json:
            sys.stdout.write("\n".join(done.lines()) + "\n")
            sys.stdout.flush()

    try:
        reports = _by_owner_or_here(settings, given.paths, options, show, report)
    except AppError as error:
        show.clear()
        sys.stderr.write(f"tradesense import: {error.detail}\n")
        return 1
    show.clear()
    refused = sum(each.status is FileStatus.REFUSED for each in reports)
    if given.json:
        sys.stdout.write(
            json.dumps({"files": [each.to_json() for each in reports], "refused": refused}) + "\n"
        )
    elif len(reports) > 1:
        stored, read = sum(each.rows_stored for each in reports), sum(each.rows_read for each in reports)
        sys.stdout.write(f"{len(reports)} files, {refused} refused: {read:,} rows read, {stored:,} stored\n")
    return 1 if refused else 0


def _by_owner_or_here(
    settings: Settings,
    paths: Sequence[Path],
    options: Options,
    show: _Progress,
    report: Callable[[FileReport], None],
) -> list[FileReport]:
    from tradesense.infra.market_store import StoreInUse
    from tradesense.run.control import NobodyThere, hand_over

    give_up = time.monotonic() + _RETRY_SECONDS
    while True:
        try:
            return hand_over(settings.data_dir, paths, options, on_progress=show.tell, on_report=report)
        except NobodyThere:
            pass
        try:
            return _here(settings, paths, options, show, report)
        except StoreInUse:
            # The owner may be starting (no door yet) or ending (no door any more): ask again.
            if time.monotonic() > give_up:
                raise
            time.sleep(0.2)


def _here(
    settings: Settings,
    paths: Sequence[Path],
    options: Options,
    show: _Progress,
    report: Callable[[FileReport], None],
) -> list[FileReport]:
    from contextlib import closing

    from tradesense.feeds.files import import_files
    from tradesense.instruments import load_specs
    from tradesense.market import Recorder, create_tables
    from tradesense.run.market_stores import open_market_store

    specs = load_specs(settings.contract_specs)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with closing(open_market_store(settings, keeps_room=False)) as store:
        create_tables(store)
        return import_files(
            paths, Recorder(store), specs, options=options, on_progress=show.tell, on_report=report
        )


class _Progress:
    """Says how far a long file is: one line rewritten on a terminal, a line every few seconds elsewhere."""

    def __init__(self, stream: TextIO, *, silent: bool) -> None:
        self._stream = stream
        self._silent = silent
        self._terminal = stream.isatty()
        self._every = 0.1 if self._terminal else 5.0
        self._last = time.monotonic()
        self._shown = False

    def tell(self, path: Path, done: int, size: int) -> None:
        now = time.monotonic()
        if self._silent or now - self._last < self._every:
            return
        self._last = now
        text = f"{path.name}: {done / max(size, 1):4.0%} of {size / 1e6:,.1f} MB"
        self._stream.write(f"\r\x1b[K{text}" if self._terminal else f"{text}\n")
        self._stream.flush()
        self._shown = True

    def clear(self) -> None:
        if self._terminal and self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
        self._shown = False
