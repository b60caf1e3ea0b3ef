"""Knows every format, tells which one a file has, and says what is wrong with one that looks close."""

from __future__ import annotations

from pathlib import Path

from tradesense.feeds.files.cboe import CboeQuotes
from tradesense.feeds.files.chain_csv import DERIBIT_CHAIN, OKX_CHAIN
from tradesense.feeds.files.databento import DatabentoFile, DatabentoOther
from tradesense.feeds.files.deribit import DeribitDocument, DeribitRecording, DeribitSummaryCsv
from tradesense.feeds.files.format import FileFormat, FileRefused, Options
from tradesense.feeds.files.lean import LEAN_LAYOUTS
from tradesense.feeds.files.multiple_prices import DerivedSeries, MultiplePrices
from tradesense.feeds.files.nse import LEGACY, UDIFF
from tradesense.feeds.files.opening import SourceFile
from tradesense.feeds.files.yahoo import YahooChain

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
)

_COMPANIONS = ("README", "LICENSE", "collection_meta.json")
_COMPANION_SUFFIXES = (".md", ".xml", ".toml")


def is_companion(path: Path) -> bool:
    """Tell whether a file found in a folder only goes with data files."""
    return path.name.startswith(_COMPANIONS) or path.suffix in _COMPANION_SUFFIXES


def detect_format(file: SourceFile, options: Options) -> FileFormat:
    """Return the format of a file, or the one the user named. Raises `FileRefused` where there is none."""
    for known in FORMATS:
        if options.format in ("auto", known.name) and known.recognises(file):
            return known
    raise FileRefused("no known format")
