from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pyarrow as pa
import pytest

from tests.fixtures.market import START, bar, naive, quote, rows_of
from tradesense.base.errors import Conflict
from tradesense.infra.market_store import DuckDBStore
from tradesense.market import (
    ImportedFile,
    Recorder,
    StoredCount,
    Table,
    compact,
    create_tables,
    keep_compact,
)


def stored(store: DuckDBStore, table: Table, columns: str = "*") -> list[dict[str, object]]:
    return store.query(
        f"SELECT {columns} FROM market.{table.value} ORDER BY ALL", deadline_seconds=5
    ).to_pylist()


def with_lines(rows: pa.Table, lines: list[int]) -> pa.Table:
    return rows.append_column("line", pa.array(lines, pa.int64()))


ROWS = {
    Table.QUOTES: [quote("A", 0, bid=1.0), quote("A", 1, bid=2.0), quote("B", 0, bid=3.0)],
    Table.BARS: [bar("A", "1m", START, 1.0), bar("A", "1d", START, 2.0), bar("B", "1m", START, 3.0)],
    Table.SETTLEMENTS: [
        {"source": "nse", "symbol": "A", "trade_date": date(2024, 1, day), "settlement": 1.0}
        for day in (2, 3)
    ],
    Table.MULTIPLE_PRICES: [
        {"source": "pst", "root": "CL", "ts": naive(START + timedelta(days=day)), "price": 1.0}
        for day in (0, 1)
    ],
    Table.OPTION_SNAPSHOTS: [
        {
            "source": "cboe",
            "root": "SPX",
            "expiry": date(2024, 2, 16),
            "symbol": f"SPX-2024-02-16-{strike}-C",
            "strike": float(strike),
            "right": "C",
            "ts": naive(START),
            "seq": 0,
        }
        for strike in (4000, 4100)
    ],
}


@pytest.mark.parametrize("table", ROWS)
def test_a_second_write_of_the_same_rows_adds_nothing(market_store, table):
    recorder, rows = Recorder(market_store), rows_of(table, ROWS[table])
    count = len(ROWS[table])
    assert recorder.append(table, rows) == StoredCount(added=count, duplicate=0)
    before = stored(market_store, table)
    assert recorder.append(table, rows) == StoredCount(added=0, duplicate=count)
    assert stored(market_store, table) == before
    assert len(before) == count


def test_only_rows_with_a_new_key_are_added_and_the_first_stored_stays(market_store):
    recorder = Recorder(market_store)
    recorder.append(Table.QUOTES, rows_of(Table.QUOTES, [quote("A", 0, bid=1.0)]))
    more = rows_of(
        Table.QUOTES, [quote("A", 0, bid=9.0), quote("A", 0.5, bid=2.0), quote("A", 0, seq=1, bid=3.0)]
    )
    assert recorder.append(Table.QUOTES, more) == StoredCount(added=2, duplicate=1)
    assert [row["bid"] for row in stored(market_store, Table.QUOTES, "ts, seq, bid")] == [1.0, 3.0, 2.0]


def test_the_same_symbol_and_time_of_two_sources_are_two_rows(market_store):
    rows = rows_of(Table.QUOTES, [quote("A", 0), quote("A", 0, source="simulated")])
    assert Recorder(market_store).append(Table.QUOTES, rows).added == 2


def test_lines_are_counted_once_however_many_rows_they_gave(market_store):
    recorder = Recorder(market_store)
    recorder.append(Table.QUOTES, rows_of(Table.QUOTES, [quote("A", 0)]))
    with recorder.transaction() as write:
        write.stage(Table.QUOTES, with_lines(rows_of(Table.QUOTES, [quote("A", 0), quote("A", 1)]), [1, 2]))
        write.stage(Table.BARS, with_lines(rows_of(Table.BARS, [bar("A", "1m", START, 1.0)]), [2]))
        report = write.commit()
    assert (report.lines_stored, report.lines_duplicate) == (1, 1)
    assert report.tables == {Table.QUOTES: StoredCount(1, 1), Table.BARS: StoredCount(1, 0)}


def test_a_write_left_without_a_commit_stores_nothing(market_store):
    with Recorder(market_store).transaction() as write:
        write.stage(Table.QUOTES, rows_of(Table.QUOTES, [quote("A", 0)]))
    assert stored(market_store, Table.QUOTES) == []


def test_a_failure_in_the_middle_of_a_commit_stores_nothing(market_store, monkeypatch):
    recorder = Recorder(market_store)
    with recorder.transaction() as write:
        write.stage(Table.QUOTES, rows_of(Table.QUOTES, [quote("A", 0)]))
        write.stage(Table.BARS, rows_of(Table.BARS, [bar("A", "1m", START, 1.0)]))
        write.record_import(ImportedFile("x" * 5, "00", "test", None, None, 0, START))  # rows_read missing
        with pytest.raises(Exception, match="NOT NULL"):
            write.commit()
    for table in (Table.QUOTES, Table.BARS):
        assert stored(market_store, table) == []
    assert market_store.query("SELECT * FROM market.coverage", deadline_seconds=5).num_rows == 0
    assert recorder.append(Table.QUOTES, rows_of(Table.QUOTES, [quote("A", 0)])).added == 1


def test_rows_of_one_write_appear_together(market_store):
    recorder = Recorder(market_store)
    with recorder.transaction() as write:
        write.stage(Table.QUOTES, rows_of(Table.QUOTES, [quote("A", 0)]))
        assert stored(market_store, Table.QUOTES) == []
        write.commit()
    assert len(stored(market_store, Table.QUOTES)) == 1


def test_an_instrument_is_updated_in_place_and_what_is_not_said_stays(market_store):
    recorder = Recorder(market_store)
    future = {"source": "lean", "symbol": "ES-2024-03", "kind": "future", "root": "ES", "inverse": False}
    known = {**future, "source_symbol": "ESH4", "multiplier": 50.0, "tick": 0.25}
    recorder.append(Table.INSTRUMENTS, rows_of(Table.INSTRUMENTS, [known]))
    said = {**future, "source_symbol": "ES 202403", "currency": "USD", "tick": 0.5}
    assert recorder.append(Table.INSTRUMENTS, rows_of(Table.INSTRUMENTS, [said])) == StoredCount(0, 1)
    (row,) = stored(market_store, Table.INSTRUMENTS)
    assert (row["multiplier"], row["currency"], row["source_symbol"], row["tick"]) == (
        50.0,
        "USD",
        "ES 202403",
        0.5,
    )


def test_coverage_follows_what_is_stored(market_store):
    recorder = Recorder(market_store)
    for seconds in (5, 1, 9):
        recorder.append(Table.QUOTES, rows_of(Table.QUOTES, [quote("A", seconds), quote("B", 2)]))
    rows = market_store.query(
        "SELECT symbol, first_ts, last_ts, row_count FROM market.coverage ORDER BY symbol", deadline_seconds=5
    ).to_pylist()
    assert rows == [
        {
            "symbol": "A",
            "first_ts": naive(START + timedelta(seconds=1)),
            "last_ts": naive(START + timedelta(seconds=9)),
            "row_count": 3,
        },
        {
            "symbol": "B",
            **dict.fromkeys(("first_ts", "last_ts"), naive(START + timedelta(seconds=2))),
            "row_count": 1,
        },
    ]


def test_an_import_is_noted_with_what_became_of_its_rows(market_store):
    recorder = Recorder(market_store)
    for _ in range(2):
        with recorder.transaction() as write:
            write.stage(
                Table.QUOTES, with_lines(rows_of(Table.QUOTES, [quote("A", 0), quote("A", 1)]), [2, 3])
            )
            write.record_import(
                ImportedFile("a.csv", "ab" * 32, "generic", "lean", 3, 1, datetime(2024, 5, 1, tzinfo=UTC))
            )
            write.commit()
    notes = market_store.query(
        "SELECT * FROM market.imports ORDER BY rows_duplicate", deadline_seconds=5
    ).to_pylist()
    assert [
        (note["rows_read"], note["rows_stored"], note["rows_duplicate"], note["rows_rejected"])
        for note in notes
    ] == [
        (3, 2, 0, 1),
        (3, 0, 2, 1),
    ]


def test_making_the_tables_again_changes_nothing(market_store):
    Recorder(market_store).append(Table.QUOTES, rows_of(Table.QUOTES, [quote("A", 0)]))
    create_tables(market_store)
    assert len(stored(market_store, Table.QUOTES)) == 1


def test_a_store_of_a_later_version_is_refused(market_store):
    with market_store.transaction() as transaction:
        transaction.execute("UPDATE market.store_version SET version = 99")
    with pytest.raises(Conflict, match="99"):
        create_tables(market_store)


def test_compaction_changes_no_row_and_happens_once(market_store):
    recorder = Recorder(market_store)
    for second in range(10):
        rows = [quote(symbol, second * 86_400 + 0.5, bid=float(second)) for symbol in "CAB"]
        recorder.append(Table.QUOTES, rows_of(Table.QUOTES, rows))
        recorder.append(
            Table.BARS, rows_of(Table.BARS, [bar("A", "1d", START + timedelta(days=second), 1.0)])
        )
    before = {table: stored(market_store, table) for table in (Table.QUOTES, Table.BARS)}
    done = compact(market_store, least_batches=1)
    assert [(each.table, each.first, each.end, each.row_count) for each in done] == [
        (Table.QUOTES, date(2024, 1, 1), date(2024, 2, 1), 30),
        (Table.BARS, None, None, 10),
    ]
    assert {table: stored(market_store, table) for table in before} == before
    assert compact(market_store) == []
    inside = market_store.query("SELECT symbol FROM market.quotes", deadline_seconds=5)["symbol"].to_pylist()
    assert sum(left != right for left, right in pairwise(inside)) == 2
    assert recorder.append(Table.QUOTES, rows_of(Table.QUOTES, [quote("A", 0.5)])).duplicate == 1


async def test_small_writes_are_sorted_again_while_the_program_runs(market_store):
    recorder = Recorder(market_store)
    for second in range(10):
        rows = [quote(symbol, float(second)) for symbol in "CAB"]
        recorder.append(Table.QUOTES, rows_of(Table.QUOTES, rows))

    def batches() -> int:
        rows = market_store.query("SELECT sum(batch_count) AS n FROM market.appends", deadline_seconds=5)
        return int(rows["n"][0].as_py())

    assert batches() == 10
    task = asyncio.create_task(keep_compact(market_store, every_seconds=0.01))
    async with asyncio.timeout(30):
        while batches() > 1:  # noqa: ASYNC110 - the store tells nobody when it is done
            await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
