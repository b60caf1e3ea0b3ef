"""Columns made ready for the store: checked, numbered by series, sorted, the last of a key kept."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tradesense.market.storage import LAYOUTS
from tradesense.market.tables import SCHEMAS, Table, series_of

LINE = "line"


def check_rows(table: Table, rows: pa.Table) -> pa.Table:
    """Return `rows` with exactly the columns of `SCHEMAS[table]` (absent nullable ones as null) and `line`.

    NaN and infinity become null: a missing value has one form in the store. Raises `ValueError`
    for an unknown or a lacking column, a null where none may be, or a type that does not fit.
    """
    schema = SCHEMAS[table]
    unknown = set(rows.column_names) - set(schema.names) - {LINE}
    if unknown:
        raise ValueError(f"{table.value} has no column {', '.join(sorted(unknown))}")
    columns = [_column(table, rows, field) for field in schema]
    lines = rows[LINE].cast(pa.int64()) if LINE in rows.column_names else pa.nulls(rows.num_rows, pa.int64())
    return pa.table([*columns, lines], schema=schema.append(pa.field(LINE, pa.int64())))


def _column(table: Table, rows: pa.Table, field: pa.Field[Any]) -> pa.ChunkedArray[Any] | pa.Array[Any]:
    if field.name not in rows.column_names:
        if not field.nullable:
            raise ValueError(f"{table.value} needs the column {field.name}")
        empty: pa.Array[Any] = pa.repeat(pa.scalar(None, field.type), rows.num_rows)
        return empty
    column: pa.ChunkedArray[Any] = rows[field.name]
    try:
        column = column.cast(field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise ValueError(f"{table.value}.{field.name}: {error}") from error
    if pa.types.is_floating(field.type):
        column = cast("pa.ChunkedArray[Any]", pc.if_else(pc.is_finite(column), column, None))
    if column.null_count and not field.nullable:
        raise ValueError(f"{table.value}.{field.name} is null in {column.null_count} rows")
    return column


def arrange(table: Table, rows: pa.Table) -> pa.Table:
    """Return checked rows with `series`, in storage order, only the last of several with one key."""
    if rows.num_rows == 0:
        return rows
    layout = LAYOUTS[table]
    if layout.has_series:
        rows = rows.append_column("series", pa.array(_series(rows), pa.int64()))
    codes = [_codes(rows[name]) for name in layout.order]
    months = [_months(rows["ts"])] if layout.by_month else []
    order = np.lexsort([*reversed(codes), *months])
    same = np.ones(rows.num_rows - 1, dtype=bool)
    for code in codes:
        ordered = code[order]
        same &= ordered[1:] == ordered[:-1]
    last_of_key = np.append(~same, True)
    return rows.take(pa.array(order[last_of_key]))


def _series(rows: pa.Table) -> npt.NDArray[np.int64]:
    source_codes, source_names = _encoded(rows["source"])
    symbol_codes, symbol_names = _encoded(rows["symbol"])
    pairs = source_codes * len(symbol_names) + symbol_codes
    present = np.zeros(len(source_names) * len(symbol_names), dtype=bool)
    present[pairs] = True
    numbers = np.zeros(present.size, dtype=np.int64)
    for pair in np.flatnonzero(present).tolist():
        source, symbol = divmod(pair, len(symbol_names))
        numbers[pair] = series_of(source_names[source], symbol_names[symbol])
    series: npt.NDArray[np.int64] = numbers[pairs]
    return series


def _encoded(column: pa.ChunkedArray[Any]) -> tuple[npt.NDArray[np.int64], list[str]]:
    encoded = pa.concat_arrays(column.chunks).dictionary_encode()
    return encoded.indices.to_numpy().astype(np.int64), cast("list[str]", encoded.dictionary.to_pylist())


def _codes(column: pa.ChunkedArray[Any]) -> npt.NDArray[np.int64]:
    """Return whole numbers that sort as the column's values do."""
    if pa.types.is_string(column.type):
        codes, names = _encoded(column)
        ranks: npt.NDArray[np.int64] = np.argsort(np.argsort(np.array(names)))
        return ranks[codes]
    if pa.types.is_date(column.type):
        return column.cast(pa.int32()).to_numpy().astype(np.int64)
    return column.cast(pa.int64()).to_numpy()


def _months(times: pa.ChunkedArray[Any]) -> npt.NDArray[np.int64]:
    return times.to_numpy().astype("datetime64[M]").astype(np.int64)
