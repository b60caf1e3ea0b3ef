"""Writes columns as JSON, CSV, Parquet or Arrow, whichever the caller asked for.

Times leave as RFC 3339 UTC, floats with the digits that give them back exactly, and what is missing (null
or NaN) as null, or as an empty cell in CSV.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
from fastapi import Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

_JSON_OPTIONS = orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z | orjson.OPT_SERIALIZE_NUMPY
_ROWS_ENCODED_IN_PLACE = 500


if TYPE_CHECKING:
    Column = pa.ChunkedArray[Any]


class Format(StrEnum):
    """What a table can be written as."""

    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    ARROW = "arrow"


MEDIA_TYPES: dict[Format, str] = {
    Format.JSON: "application/json",
    Format.CSV: "text/csv",
    Format.PARQUET: "application/vnd.apache.parquet",
    Format.ARROW: "application/vnd.apache.arrow.stream",
}
_FORMATS = {media_type: format_ for format_, media_type in MEDIA_TYPES.items()}


async def wanted_format(
    request: Request,
    format: Annotated[
        Format | None, Query(description="What to answer with; without it, the `Accept` header decides.")
    ] = None,
) -> Format:
    """Return the format to answer with; raise 406 where `Accept` allows none of ours."""
    return format or accepted_format(request.headers.get("accept"))


WantedFormat = Annotated[Format, Depends(wanted_format)]
"""Take it in a route: `format_: WantedFormat`. Declares `?format=` and reads `Accept`."""


def accepted_format(accept: str | None) -> Format:
    """Return the format an `Accept` header prefers (RFC 9110 weights; of equals the first of `Format`)."""
    if not accept:
        return Format.JSON
    ranges = [_parse_range(part) for part in accept.split(",")]
    best, best_weight = None, 0.0
    for media_type, format_ in _FORMATS.items():
        weight = _weight(ranges, media_type)
        if weight > best_weight:
            best, best_weight = format_, weight
    if best is None:
        raise HTTPException(406)
    return best


def _parse_range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, min(1.0, max(0.0, float(parameter[2:])))
            except ValueError:
                return name, 0.0
    return name, 1.0


def _weight(ranges: list[tuple[str, float]], media_type: str) -> float:
    kind = media_type.split("/")[0] + "/*"
    for wanted in (media_type, kind, "*/*"):
        weights = [weight for name, weight in ranges if name == wanted]
        if weights:
            return max(weights)
    return 0.0


async def encode_table_aside(
    rows: pa.Table, format_: Format, *, head: Mapping[str, object] | None = None, rows_name: str = "items"
) -> bytes:
    """Write a table as bytes; more than 500 rows off the event loop. See `encode_table`."""
    if rows.num_rows <= _ROWS_ENCODED_IN_PLACE:
        return encode_table(rows, format_, head=head, rows_name=rows_name)
    return await run_in_threadpool(encode_table, rows, format_, head=head, rows_name=rows_name)


def encode_table(
    rows: pa.Table, format_: Format, *, head: Mapping[str, object] | None = None, rows_name: str = "items"
) -> bytes:
    """Write a table as bytes; pure.

    In JSON it is `{**head, rows_name: [...]}`; elsewhere `head` travels in the schema's metadata under
    `tradesense` (not in CSV).
    """
    match format_:
        case Format.JSON:
            return encode_json({**(head or {}), rows_name: rows_as_dicts(rows)})
        case Format.CSV:
            return _as_csv(rows)
        case Format.PARQUET:
            sink = io.BytesIO()
            pyarrow.parquet.write_table(_for_files(rows, head), sink, compression="zstd")
            return sink.getvalue()
        case Format.ARROW:
            sink = io.BytesIO()
            table = _for_files(rows, head)
            with pa.ipc.new_stream(sink, table.schema) as writer:
                writer.write_table(table)
            return sink.getvalue()


def encode_json(value: object) -> bytes:
    """Write JSON: naive times are UTC, NaN is null, arrays of NumPy are lists."""
    return orjson.dumps(value, option=_JSON_OPTIONS)


def rows_as_dicts(rows: pa.Table) -> list[dict[str, Any]]:
    """Return one dict per row; times stay naive UTC, which `encode_json` writes with a Z."""
    names = rows.column_names
    columns = [_plain(column).to_pylist() for column in rows.columns]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _plain(column: Column) -> Column:
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.timestamp("us"))
    if pa.types.is_dictionary(column.type):
        return column.cast(column.type.value_type)
    return column


def _without_nan(column: Column) -> Column:
    if not pa.types.is_floating(column.type):
        return column
    cleaned: Column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    return cleaned


def _for_files(rows: pa.Table, head: Mapping[str, object] | None) -> pa.Table:
    columns, fields = [], []
    for field, column in zip(rows.schema, rows.columns, strict=True):
        column = _without_nan(column)
        if pa.types.is_timestamp(column.type):
            column = column.cast(pa.timestamp("us")).cast(pa.timestamp("us", tz="UTC"))
        columns.append(column)
        fields.append(pa.field(field.name, column.type, metadata=field.metadata))
    metadata: dict[bytes | str, bytes | str] = {"tradesense": encode_json(dict(head or {}))}
    return pa.Table.from_arrays(columns, schema=pa.schema(fields, metadata=metadata))


def _as_csv(rows: pa.Table) -> bytes:
    columns: list[Any] = []
    for column in rows.columns:
        plain = _without_nan(_plain(column))
        if pa.types.is_timestamp(plain.type):
            columns.append(pc.strftime(plain, format="%Y-%m-%dT%H:%M:%SZ"))
        else:
            columns.append(plain)
    sink = io.BytesIO()
    options = pyarrow.csv.WriteOptions(quoting_style="needed")
    pyarrow.csv.write_csv(pa.Table.from_arrays(columns, names=rows.column_names), sink, options)
    return sink.getvalue()
