"""What a table looks like as JSON, CSV, Parquet and Arrow, and which of them a caller gets."""

from __future__ import annotations

import io
import json
import math
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException

from tradesense.web.formats import Format, accepted_format, encode_json, encode_table

ROWS = pa.table(
    {
        "ts": pa.array([datetime(2026, 3, 20, 14, 30, 0, 123000, UTC), None], pa.timestamp("us")),
        "day": pa.array([date(2026, 3, 20), None]),
        "symbol": pa.array(["ES-2026-03", 'a "b", c']),
        "price": pa.array([0.1 + 0.2, math.nan]),
        "size": pa.array([7, None], pa.int64()),
    }
)


def test_json_has_the_head_then_the_rows_with_null_for_what_is_missing() -> None:
    answer = json.loads(encode_table(ROWS, Format.JSON, head={"root": "ES", "next_cursor": None}))
    assert list(answer) == ["root", "next_cursor", "items"]
    assert answer["items"] == [
        {
            "ts": "2026-03-20T14:30:00.123000Z",
            "day": "2026-03-20",
            "symbol": "ES-2026-03",
            "price": 0.1 + 0.2,
            "size": 7,
        },
        {"ts": None, "day": None, "symbol": 'a "b", c', "price": None, "size": None},
    ]


def test_csv_has_rfc_3339_times_and_empty_cells_for_what_is_missing() -> None:
    lines = encode_table(ROWS, Format.CSV).decode().splitlines()
    assert lines[0].replace('"', "") == "ts,day,symbol,price,size"
    assert lines[1] == '"2026-03-20T14:30:00.123000Z",2026-03-20,"ES-2026-03",0.30000000000000004,7'
    assert lines[2] == ',,"a ""b"", c",,'


@pytest.mark.parametrize("format_", [Format.PARQUET, Format.ARROW])
def test_files_keep_types_make_times_aware_and_carry_the_head(format_: Format) -> None:
    body = encode_table(ROWS, format_, head={"root": "ES"})
    if format_ is Format.PARQUET:
        table = pyarrow.parquet.read_table(io.BytesIO(body))
    else:
        table = pa.ipc.open_stream(body).read_all()
    assert table.column_names == ROWS.column_names
    assert table.schema.field("ts").type == pa.timestamp("us", tz="UTC")
    assert table["price"].to_pylist() == [0.1 + 0.2, None]
    assert json.loads(table.schema.metadata[b"tradesense"]) == {"root": "ES"}


@pytest.mark.parametrize("format_", list(Format))
def test_a_table_without_rows_is_still_a_table(format_: Format) -> None:
    assert encode_table(ROWS.slice(0, 0), format_)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=50))
def test_a_float_comes_back_as_it_was_from_every_format(values: list[float]) -> None:
    rows = pa.table({"x": pa.array(values, pa.float64())})
    from_json = [row["x"] for row in json.loads(encode_table(rows, Format.JSON))["items"]]
    from_csv = [float(line) for line in encode_table(rows, Format.CSV).decode().splitlines()[1:]]
    from_parquet = pyarrow.parquet.read_table(io.BytesIO(encode_table(rows, Format.PARQUET)))["x"].to_pylist()
    assert from_json == from_csv == from_parquet == values


def test_nan_and_infinity_are_null_in_json() -> None:
    assert encode_json([math.nan, math.inf, -math.inf]) == b"[null,null,null]"


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (None, Format.JSON),
        ("", Format.JSON),
        ("*/*", Format.JSON),
        ("application/json", Format.JSON),
        ("text/csv", Format.CSV),
        ("text/*", Format.CSV),
        ("TEXT/CSV; charset=utf-8", Format.CSV),
        ("application/vnd.apache.parquet", Format.PARQUET),
        ("application/vnd.apache.arrow.stream", Format.ARROW),
        ("text/html,application/xhtml+xml,*/*;q=0.8", Format.JSON),
        ("application/json;q=0.5, text/csv;q=0.9", Format.CSV),
        ("application/json;q=0, */*", Format.CSV),
        ("text/csv;q=nonsense, application/json;q=0.1", Format.JSON),
    ],
)
def test_the_accept_header_decides_by_weight(accept: str | None, wanted: Format) -> None:
    assert accepted_format(accept) is wanted


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "application/xml, text/html"])
def test_what_can_not_be_served_is_a_406(accept: str) -> None:
    with pytest.raises(HTTPException) as refused:
        accepted_format(accept)
    assert refused.value.status_code == 406
