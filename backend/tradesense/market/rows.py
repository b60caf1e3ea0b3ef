"""Instruments as rows of the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import pyarrow as pa

from tradesense.instruments import Instrument
from tradesense.market.tables import SCHEMAS, Table


def instrument_rows(instruments: Iterable[Instrument], lines: Sequence[int | None] | None = None) -> pa.Table:
    """Return rows of `instruments`; with `lines` also the lines of a file that state them."""
    listed = list(instruments)
    schema = SCHEMAS[Table.INSTRUMENTS]
    columns = {
        field.name: pa.array([_stored(getattr(each, field.name)) for each in listed], field.type)
        for field in schema
    }
    rows = pa.table(columns, schema=schema)
    return rows if lines is None else rows.append_column("line", pa.array(lines, pa.int64()))


def _stored(value: object) -> object:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value
