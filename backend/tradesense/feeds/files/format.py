"""What an importer is made of: the words every file format shares.

A format recognises a file by its first bytes and turns it into batches of store rows. It reads
and judges; it does not know the store, and it writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.feeds.files.bounds import Limits
from tradesense.feeds.files.opening import SourceFile
from tradesense.instruments import SpecBook
from tradesense.market import Table


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may say about a file that the file does not say itself.

    `columns` maps a column of the file to a field of the table; `time_zone` is IANA and applies to
    times that carry no offset; `timestamp_format` is a strptime pattern. `like` is a known root
    whose terms an unknown `root` (or that of `symbol`) has.
    """

    format: str = "auto"
    source: str | None = None
    root: str | None = None
    symbol: str | None = None
    table: str | None = None
    interval: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    time_zone: str | None = None
    timestamp_format: str | None = None
    like: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a format may use while it reads one file."""

    specs: SpecBook
    options: Options = field(default_factory=Options)
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Rejected:
    """Lines that were left out for one reason; `lines` counts from 1 and is sorted."""

    reason: str
    lines: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """A piece of a file: rows by table (with their `line`), and what was not taken.

    `ignored` counts lines that are sound but hold nothing the store keeps, by reason.
    """

    tables: Mapping[Table, pa.Table]
    rows_read: int
    rejected: tuple[Rejected, ...] = ()
    ignored: Mapping[str, int] = field(default_factory=dict)


class FileFormat(Protocol):
    """One file format."""

    @property
    def name(self) -> str:
        """The word users and reports know the format by."""
        ...

    @property
    def title(self) -> str:
        """What the format is, for people."""
        ...

    def recognises(self, file: SourceFile) -> bool:
        """Tell by the file's first bytes, column names or name. Raises `FileRefused` for damaged data."""
        ...

    def parse(self, file: SourceFile, context: Context) -> Iterator[Batch]:
        """Read the file in pieces. Raises `FileRefused` where it cannot be what it says it is."""
        ...
