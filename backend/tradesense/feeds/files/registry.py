"""Knows every format, tells which one a file has, and says what is wrong with one that looks close."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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

OWN_SOURCES = frozenset({"cboe", "databento", "deribit", "file", "lean", "nse", "okx", "pst", "yahoo"}) | {
    GLOBEX_MINUTES.source,
    NSE_HALF_HOURS.source,
}
"""What rows of these formats are labelled with, unless the user chose another source."""

_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars", ":": "colons", " ": "spaces"}
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
    for compare in (_other_order, _other_delimiter, _near_miss):
        for known in wanted:
            header = getattr(known, "header", None)
            if header and (close := compare(file, header)):
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


def _headers(file: SourceFile) -> Iterator[tuple[str, ...]]:
    # Most formats have the column names on top, Cboe's below three lines of other things.
    for cells in (file.columns, None if file.is_parquet else header_cells(file.head, 3)):
        if cells is not None:
            yield cells


def _other_order(file: SourceFile, header: tuple[str, ...]) -> str | None:
    same = any(cells != header and sorted(cells) == sorted(header) for cells in _headers(file))
    return "they stand in another order" if same else None


def _other_delimiter(file: SourceFile, header: tuple[str, ...]) -> str | None:
    for cells in _headers(file):
        line = ",".join(cells)
        for delimiter, name in _DELIMITERS.items():
            if tuple(cell.strip().strip('"') for cell in line.split(delimiter)) == header:
                return f"they are separated by {name} where commas belong"
    return None


def _near_miss(file: SourceFile, header: tuple[str, ...]) -> str | None:
    cells = file.columns
    if cells is None or len(header) < 4:
        return None
    lacking = [name for name in header if name not in cells]
    extra = [name for name in cells if name not in header]
    if not (lacking or extra) or max(len(lacking), len(extra)) > len(header) // 4:
        return None
    parts = [
        f"{', '.join(lacking[:5])} lacking" if lacking else "",
        f"{', '.join(extra[:5])} added" if extra else "",
    ]
    return " and ".join(part for part in parts if part)
