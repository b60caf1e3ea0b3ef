"""Reads a Parquet file in pieces, each row numbered from 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tradesense.feeds.files.bounds import FileRefused
from tradesense.feeds.files.columns import Columns
from tradesense.feeds.files.opening import SourceFile, first_line

_ROWS = 1 << 17
_ROWS_PER_BYTE = 64


def parquet_blocks(file: SourceFile, names: Sequence[str]) -> Iterator[Columns]:
    """Yield the columns `names` block by block. Raises `FileRefused` for damaged or boundless data."""
    if file.packed:
        raise FileRefused("a Parquet file is not packed a second time; unpack it first")
    try:
        with pq.ParquetFile(file.path) as parquet:
            _check_size(file, parquet.metadata)
            line, total = 1, max(parquet.metadata.num_rows, 1)
            for batch in parquet.iter_batches(_ROWS, columns=list(names), use_threads=False):
                lines = np.arange(line, line + batch.num_rows, dtype=np.int64)
                yield Columns(pa.Table.from_batches([batch]), lines)
                line += batch.num_rows
                file.advance(file.size * (line - 1) // total)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise FileRefused(f"the Parquet file is damaged or cut off ({first_line(error)})") from None


def _check_size(file: SourceFile, metadata: pq.FileMetaData) -> None:
    unpacked = sum(metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups))
    limits = file.limits
    if unpacked > limits.unpacked_free_bytes and unpacked > file.size * limits.unpacked_ratio:
        raise FileRefused(f"the Parquet file unpacks to more than {limits.unpacked_ratio} times its size")
    if metadata.num_rows > max(file.size * _ROWS_PER_BYTE, 1_000_000):
        raise FileRefused("the Parquet file claims more rows than its bytes can hold")
