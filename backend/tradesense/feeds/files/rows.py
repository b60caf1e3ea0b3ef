"""Lays parsed columns out as rows of the store's tables; the names and the fixed columns in one place."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tradesense.feeds.files.columns import Columns, Floats, Strings, floats, instants
from tradesense.feeds.files.listing import Listed
from tradesense.market import BarInterval

Times = npt.NDArray[np.datetime64]
Lines = npt.NDArray[np.int64]


def quote_rows(
    source: str,
    listed: Listed,
    times: Times,
    lines: Lines,
    values: dict[str, Floats],
    seq: npt.NDArray[np.int64] | None = None,
) -> pa.Table:
    """Return rows of the table `quotes`: one per line, NaN as null."""
    return pa.table(
        {
            "source": pa.repeat(source, len(lines)),
            "symbol": listed.symbol,
            "ts": instants(times),
            "seq": pa.array(np.zeros(len(lines), dtype=np.int64) if seq is None else seq),
            **{name: floats(column) for name, column in values.items()},
            "line": pa.array(lines),
        }
    )


def snapshot_rows(
    source: str,
    listed: Listed,
    times: Times,
    lines: Lines,
    values: dict[str, Floats],
    *,
    underlying_kind: str | None = None,
    seq: npt.NDArray[np.int64] | None = None,
) -> pa.Table:
    """Return rows of the table `option_snapshots`: one per line, NaN as null."""
    rows = quote_rows(source, listed, times, lines, values, seq)
    option = {
        "root": listed.column(lambda each: each.root, pa.string()),
        "expiry": listed.column(lambda each: each.expiry, pa.date32()),
        "strike": listed.column(lambda each: each.strike, pa.float64()),
        "right": listed.column(lambda each: each.right, pa.string()),
    }
    if underlying_kind is not None:
        option["underlying_kind"] = pa.repeat(underlying_kind, len(lines))
    for name, column in option.items():
        rows = rows.append_column(name, column)
    return rows


def bar_rows(
    source: str, listed: Listed, times: Times, lines: Lines, values: dict[str, Floats], interval: BarInterval
) -> pa.Table:
    """Return rows of the table `bars`: one per line, `times` the starts of the bars."""
    rows = quote_rows(source, listed, times, lines, values).drop_columns(["seq"])
    return rows.append_column("interval", pa.repeat(interval.value, len(lines)))


def settlement_rows(
    source: str, listed: Listed, days: Strings, lines: Lines, values: dict[str, Floats]
) -> pa.Table:
    """Return rows of the table `settlements`: one per line."""
    return pa.table(
        {
            "source": pa.repeat(source, len(lines)),
            "symbol": listed.symbol,
            "trade_date": days,
            **{name: floats(column) for name, column in values.items()},
            "line": pa.array(lines),
        }
    )


def bar_values(
    columns: Columns, names: tuple[str, str, str, str] = ("open", "high", "low", "close")
) -> dict[str, Floats]:
    """Return open, high, low and close, all required, and reject bars whose range does not hold them."""
    opened, high, low, close = (columns.number(name, required=True) for name in names)
    with np.errstate(invalid="ignore"):
        columns.reject(
            (high < low) | (high < opened) | (high < close), "high is below another price of the bar"
        )
        columns.reject((low > opened) | (low > close), "low is above another price of the bar")
    return {"open": opened, "high": high, "low": low, "close": close}
