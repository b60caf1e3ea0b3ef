from __future__ import annotations

from datetime import datetime

import pyarrow as pa
import pytest

from tests.fixtures.market import START, naive, quote, rows_of
from tradesense.market import SCHEMAS, Table
from tradesense.market.batches import arrange, check_rows
from tradesense.market.tables import series_of


def test_a_series_number_never_changes():
    assert series_of("lean", "ES-2020-03") == 7_879_127_079_013_739_087
    assert series_of("lean", "ES-2020-03") != series_of("cboe", "ES-2020-03")
    assert series_of("a", "bc") != series_of("ab", "c")


def test_nan_and_infinity_become_null():
    rows = rows_of(Table.QUOTES, [quote("A", 0, bid=float("nan"), ask=float("inf"), last=1.5)])
    checked = check_rows(Table.QUOTES, rows).to_pylist()[0]
    assert (checked["bid"], checked["ask"], checked["last"]) == (None, None, 1.5)


def test_absent_nullable_columns_are_null():
    names = ["source", "symbol", "ts", "seq", "bid"]
    rows = rows_of(Table.QUOTES, [quote("A", 0, bid=1.0)]).select(names)
    checked = check_rows(Table.QUOTES, rows)
    assert checked.schema.names == [*SCHEMAS[Table.QUOTES].names, "line"]
    assert checked["ask"].to_pylist() == [None]


def test_an_unknown_column_is_refused():
    rows = rows_of(Table.QUOTES, [quote("A", 0)]).append_column("colour", pa.array(["red"]))
    with pytest.raises(ValueError, match="colour"):
        check_rows(Table.QUOTES, rows)


@pytest.mark.parametrize("name", ["source", "symbol", "ts", "seq"])
def test_a_key_column_may_neither_lack_nor_be_null(name):
    rows = rows_of(Table.QUOTES, [quote("A", 0)])
    with pytest.raises(ValueError, match=name):
        check_rows(Table.QUOTES, rows.drop_columns([name]))
    null = pa.nulls(1, SCHEMAS[Table.QUOTES].field(name).type)
    with pytest.raises(ValueError, match=name):
        check_rows(Table.QUOTES, rows.set_column(rows.schema.get_field_index(name), name, null))


def test_a_type_that_does_not_fit_is_refused():
    rows = rows_of(Table.QUOTES, [quote("A", 0)])
    texts = rows.set_column(rows.schema.get_field_index("bid"), "bid", pa.array(["dear"]))
    with pytest.raises(ValueError, match=r"quotes\.bid"):
        check_rows(Table.QUOTES, texts)


def test_aware_times_are_stored_as_the_same_instant_in_utc():
    rows = rows_of(Table.QUOTES, [quote("A", 0)])
    berlin = pa.array(
        [datetime.fromisoformat("2024-01-02T16:00:00+01:00")], pa.timestamp("us", "Europe/Berlin")
    )
    checked = check_rows(Table.QUOTES, rows.set_column(2, "ts", berlin))
    assert checked["ts"].to_pylist() == [naive(START)]


def test_the_last_of_several_rows_with_one_key_is_kept():
    rows = rows_of(Table.QUOTES, [quote("A", 0, bid=1.0), quote("B", 0, bid=5.0), quote("A", 0, bid=2.0)])
    arranged = arrange(Table.QUOTES, check_rows(Table.QUOTES, rows))
    assert {row["symbol"]: row["bid"] for row in arranged.to_pylist()} == {"A": 2.0, "B": 5.0}


def test_rows_of_a_symbol_lie_together_in_order_of_time_within_a_month():
    month = 40 * 86_400
    given = [quote(symbol, at) for at in (month, 5, 1, month + 9) for symbol in ("A", "B")]
    arranged = arrange(Table.QUOTES, check_rows(Table.QUOTES, rows_of(Table.QUOTES, given))).to_pylist()
    assert [row["ts"].month for row in arranged] == [1, 1, 1, 1, 2, 2, 2, 2]
    for half in (arranged[:4], arranged[4:]):
        assert half[0]["symbol"] == half[1]["symbol"] != half[2]["symbol"] == half[3]["symbol"]
        assert half[0]["ts"] < half[1]["ts"]
        assert half[2]["ts"] < half[3]["ts"]


@pytest.mark.parametrize("table", list(Table))
def test_no_rows_stay_no_rows(table):
    assert arrange(table, check_rows(table, SCHEMAS[table].empty_table())).num_rows == 0
