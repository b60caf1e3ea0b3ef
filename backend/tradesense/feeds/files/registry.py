"""Knows every format, tells which one a file has, and says what is wrong with one that looks close."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tradesense.feeds.files.bounds import FileRefused
from tradesense.feeds.files.cboe import CboeQuotes
from tradesense.feeds.files.chain_csv import DERIBIT_CHAIN, OKX_CHAIN
from tradesense.feeds.files.databento import DatabentoFile, DatabentoOther
from tradesense.feeds.files.deribit import DeribitDocument, DeribitRecording, DeribitSummaryCsv
from tradesense.feeds.files.format import FileFormat, Options
from tradesense.feeds.files.generic import GenericTable
from tradesense.feeds.files.lean import LEAN_LAYOUTS
from tradesense.feeds.files.multiple_prices import DerivedSeries, MultiplePrices
from tradesense.feeds.files.named_bars import GLOBEX_MINUTES, NSE_HALF_HOURS
from tradesense.feeds.files.nse import LEGACY, UDIFF
from tradesense.feeds.files.nse_live import NseLiveOptions
from tradesense.feeds.files.opening import SourceFile, header_cells
from tradesense.feeds.files.yahoo import YahooChain

GENERIC = GenericTable()
FORMATS: tuple[FileFormat, ...] = (
    CboeQuotes(),
    DERIBIT_CHAIN,
    DeribitRecording(),
    DeribitDocument(),
    DeribitSummaryCsv(),
    OKX_CHAIN,
    *LEAN_LAYOUTS,
    LEGACY,
    UDIFF,
    MultiplePrices(),
    DerivedSeries(),
    YahooChain(),
    DatabentoFile(),
    DatabentoOther(),
    NseLiveOptions(),
    GLOBEX_MINUTES,
    NSE_HALF_HOURS,
    GENERIC,
)

_COMPANIONS = ("README", "LICENSE", "collection_meta.json")
_COMPANION_SUFFIXES = (".md", ".xml", ".toml")


def is_companion(path: Path) -> bool:
    """Tell whether a file found in a folder only goes with data files."""
    return path.name.startswith(_COMPANIONS) or path.suffix in _COMPANION_SUFFIXES


def detect_format(file: SourceFile, options: Options) -> FileFormat:
    """Return the format of a file, or the one the user named. Raises `FileRefused` where there is none."""
    _check_name(file)
    if options.format == "auto" and (options.columns or options.table):
        return GENERIC
    if options.format == GENERIC.name:
        return GENERIC
    wanted = [known for known in FORMATS if options.format in ("auto", known.name)]
    for known in wanted:
        if known.recognises(file):
            return known
    raise FileRefused(_what_is_wrong(file, wanted, options))


def _check_name(file: SourceFile) -> None:
    packed = file.path.suffix in (".gz", ".zst")
    if packed and not file.packed:
        raise FileRefused(f"the file is named {file.path.suffix} but is not packed so")
    if file.name.endswith(".parquet") and not file.is_parquet:
        raise FileRefused("the file is named .parquet but is no Parquet file")
    if file.is_parquet and file.name.endswith((".csv", ".txt", ".json")):
        raise FileRefused("the file is a Parquet file under another name")


def _what_is_wrong(file: SourceFile, wanted: Sequence[FileFormat], options: Options) -> str:
    """Say what a file of no known format comes closest to."""
    forced = "" if options.format == "auto" else f"it is not of the format {options.format}: "
    for line in (0, 3):
        for known in wanted:
            header = getattr(known, "header", None)
            if header and (close := _compare(file, header, line)):
                return f"{forced}its columns look like those of {known.title}, but {close}"
    recording = re.match(rb"[a-z]+://([^/ ]+)", file.head)
    if recording is not None:
        return (
            f"{forced}it is a recording of {recording[1].decode(errors='replace')}, which no importer reads"
        )
    if file.is_parquet:
        found = ", ".join((file.columns or ())[:8])
        return f"{forced}no importer knows a Parquet table of {found}, ...; import it with --table and --map"
    if b"\0" in file.head[:4096]:
        return f"{forced}it is binary data of no known kind"
    return f"{forced}its format is not known; a CSV or Parquet table can be imported with --table and --map"


def _compare(file: SourceFile, header: tuple[str, ...], line: int) -> str | None:
    cells = file.columns if line == 0 else header_cells(file.head, line)
    if cells is None:
        return None
    if cells != header and sorted(cells) == sorted(header):
        return "they stand in another order"
    if file.is_parquet or not header:
        return None
    for delimiter, name in (
        (";", "semicolons"),
        ("\t", "tabs"),
        ("|", "bars"),
        (" ", "spaces"),
        (":", "colons"),
    ):
        if tuple(cell.strip().strip('"') for cell in ",".join(cells).split(delimiter)) == header:
            return f"they are separated by {name} where commas belong"
    lacking = [name for name in header if name not in cells]
    if len(lacking) <= len(header) // 4 and len(cells) >= len(header) * 3 // 4 and len(header) > 3:
        extra = [name for name in cells if name not in header]
        more = f"{', '.join(repr(name) for name in extra[:5])} in their place or beside them" if extra else ""
        return "; ".join(
            part for part in (f"{', '.join(lacking[:5])} lacking" if lacking else "", more) if part
        )
    return None
