"""Cuts text into blocks of whole lines and numbered string columns; knows no format."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv

from tradesense.feeds.files.bounds import FileRefused
from tradesense.feeds.files.format import Rejected
from tradesense.feeds.files.opening import SourceFile, first_line

BLOCK_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class LineBlock:
    """Whole lines of a file; `first_line` counts from 1."""

    first_line: int
    data: bytes
    last: bool


@dataclass(frozen=True, slots=True)
class RowBlock:
    """String columns of a file (an empty cell is null) with their line numbers."""

    columns: pa.Table
    lines: npt.NDArray[np.int64]
    rejected: tuple[Rejected, ...]

    @property
    def rows_read(self) -> int:
        return len(self.lines) + sum(len(part.lines) for part in self.rejected)


def line_blocks(file: SourceFile, line_bytes: int) -> Iterator[LineBlock]:
    """Yield blocks that end with a line end. Raises `FileRefused` for a file cut inside a line."""
    held = bytearray()
    line = 1
    pending: LineBlock | None = None
    for piece in file.pieces():
        held += piece
        if len(held) < BLOCK_BYTES:
            continue
        end = held.rfind(b"\n") + 1
        if len(held) - end > line_bytes:
            raise FileRefused(f"a line is longer than {line_bytes:,} bytes", line=line + held.count(b"\n"))
        if pending is not None:
            yield pending
        pending = LineBlock(line, bytes(held[:end]), last=False)
        line += held.count(b"\n", 0, end)
        del held[:end]
    if held and not held.endswith(b"\n"):
        raise FileRefused("the file is cut off: its last line has no line end", line=line + held.count(b"\n"))
    if pending is not None:
        yield LineBlock(pending.first_line, pending.data, last=not held)
    if held:
        yield LineBlock(line, bytes(held), last=True)


def check_line_lengths(block: LineBlock, line_bytes: int) -> None:
    """Raise `FileRefused` for a block with a line that no format has."""
    ends = np.flatnonzero(np.frombuffer(block.data, dtype=np.uint8) == ord("\n"))
    lengths = np.diff(ends, prepend=-1)
    if lengths.size and int(lengths.max()) > line_bytes:
        raise FileRefused(
            f"a line is longer than {line_bytes:,} bytes", line=block.first_line + int(lengths.argmax())
        )


def row_blocks(
    file: SourceFile, names: Sequence[str], *, header_lines: int = 1, delimiter: str = ","
) -> Iterator[RowBlock]:
    """Yield a delimited text as string columns under `names`, the first `header_lines` left out.

    A line with another number of cells is rejected; as the file's last line it tells that the file
    was cut off, and refuses it.
    """
    for block in line_blocks(file, file.limits.line_bytes):
        check_line_lengths(block, file.limits.line_bytes)
        data, first = block.data, block.first_line
        if first == 1:
            data, first = _without_lines(data, header_lines), header_lines + 1
        if block.last:
            data = data.rstrip(b"\r\n") + b"\n" if data.strip() else b""
        if data:
            yield _parse_block(data, first, names, delimiter, last=block.last)


def _without_lines(data: bytes, count: int) -> bytes:
    start = 0
    for _ in range(count):
        start = data.find(b"\n", start) + 1
        if start == 0:
            return b""
    return data[start:]


def _parse_block(data: bytes, first: int, names: Sequence[str], delimiter: str, *, last: bool) -> RowBlock:
    bad: list[tuple[int, str]] = []
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = first + data.count(b"\n", 0, error.start)
        raise FileRefused("the text is not UTF-8", line=line) from None

    def skip(row: csv.InvalidRow) -> Literal["skip"]:
        found = f"{row.actual_columns} cells where {row.expected_columns} belong"
        bad.append(((row.number or 1) + first - 1, found))
        return "skip"

    try:
        columns = csv.read_csv(
            io.BytesIO(data),
            read_options=csv.ReadOptions(
                column_names=list(names), use_threads=False, block_size=max(len(data), 1)
            ),
            parse_options=csv.ParseOptions(
                delimiter=delimiter, ignore_empty_lines=False, invalid_row_handler=skip
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True
            ),
        )
    except pa.ArrowInvalid as error:
        raise FileRefused(f"the text cannot be read ({first_line(error)})", line=first) from None
    total = columns.num_rows + len(bad)
    lines = np.arange(first, first + total, dtype=np.int64)
    if bad:
        if last and bad[-1][0] == first + total - 1:
            raise FileRefused(f"the file is cut off: its last line has {bad[-1][1]}", line=bad[-1][0])
        lines = np.delete(lines, [number - first for number, _ in bad])
    reasons: dict[str, list[int]] = {}
    for number, reason in bad:
        reasons.setdefault(reason, []).append(number)
    rejected = tuple(Rejected(reason, np.array(rows, dtype=np.int64)) for reason, rows in reasons.items())
    return RowBlock(columns, lines, rejected)
