"""Importers of market data files: one module per format, one way in."""

from tradesense.feeds.files.bounds import FileRefused, Limits
from tradesense.feeds.files.format import Options
from tradesense.feeds.files.importer import ImportStopped, import_files
from tradesense.feeds.files.registry import FORMATS, OWN_SOURCES
from tradesense.feeds.files.report import FileReport, FileStatus

__all__ = [
    "FORMATS",
    "OWN_SOURCES",
    "FileRefused",
    "FileReport",
    "FileStatus",
    "ImportStopped",
    "Limits",
    "Options",
    "import_files",
]
