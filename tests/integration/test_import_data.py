"""The genuine files: each imports with the counts its description states, and no damaged copy does."""

from __future__ import annotations

import csv
import gzip
import io
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tests.data_folder import market_data
from tradesense.feeds.files import FileReport, FileStatus, import_files
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import load_specs
from tradesense.market import Recorder, Table

# Rows read, and rows whose data the store keeps (the others are said to be not kept).
WHOLE = {
    "cboe/spx_quotedata_20230914.csv.gz": (9_960, 9_960),
    "cboe/spy_quotedata_20230914.csv.gz": (3_646, 3_646),
    "deribit/deribit_option_chain_daily.csv.gz": (44_004, 44_004),
    "deribit/ws_recording_20210722.txt.gz": (139, 89),
    "deribit/get_instruments_20210722.txt.gz": (398 + 426 + 177 + 16, 398 + 426 + 177 + 16),
    "deribit/futures_book_summary_20260920.csv": (13, 13),
    "okx/okx_option_chain_daily.csv.gz": (38_668, 38_668),
    "us_etf/us_etf_option_chain_yahoo.csv.gz": (50_310, 50_310),
    "lean/es_minute_trade.parquet": (9_295, 9_295),
    "lean/es_minute_quote.parquet": (18_005, 18_005),
    "lean/gc_minute_trade.parquet": (3_037, 3_037),
    "lean/gc_minute_quote.parquet": (57_876, 57_876),
    "lean/es_daily_trade.csv": (203, 203),
    "lean/es_daily_quote.csv": (288, 288),
    "lean/es_daily_openinterest.csv": (47, 47),
    "lean/gc_daily_trade.csv": (54, 54),
    "lean/gc_daily_quote.csv": (107, 107),
    "lean/gc_daily_openinterest.csv": (98, 98),
    "lean/es_fop_202003_minute_quote.parquet": (117_033, 117_033),
    "lean/es_fop_202003_minute_trade.parquet": (634, 634),
    "lean/spxw_minute_quote.parquet": (14_109, 14_109),
    "lean/spx_minute_quote.parquet": (4_473, 4_473),
    "lean/spx_index_minute.csv": (411, 411),
    "lean/goog_20151224_minute_quote.parquet": (275_552, 275_552),
    "lean/goog_20151224_minute_trade.parquet": (958, 958),
    "lean/goog_equity_minute_trade.csv": (1_091, 1_091),
    "lean/grains_open_interest_20210101.csv": (46, 46),
    "pst/CRUDE_W_multiple_prices.csv.gz": (43_044, 43_044),
    "pst/SP500_multiple_prices.csv.gz": (32_533, 32_533),
    "pst/GOLD_multiple_prices.csv.gz": (48_484, 48_484),
    "pst/VIX_multiple_prices.csv.gz": (55_309, 55_309),
    "fut_bars/6EH4_GLBX_1min_202401.csv.gz": (29_996, 29_996),
    "nse/nse_fo_bhavcopy_20190801_first1000.csv": (1_000, 1_000),
    "nse/udiff_sample_rows_20240930.csv": (4, 4),
    "nse/nse_live_options_nifty50-16-Jun-2026.csv.gz": (24_216, 23_028),
    "nse/nifty_apr2026_future_30min.csv": (494, 494),
    "databento/nautilus/historical_bars_catalog/futures_definition.dbn.zst": (2, 2),
    "databento/nautilus/historical_bars_catalog/futures_mbp-1_2024-07-01T23-58_2024-07-02T00-02.dbn.zst": (
        2_288,
        2_288,
    ),
    "databento/nautilus/historical_bars_catalog/futures_ohlcv-1m_2024-07-01T23-40_2024-07-02T00-10.dbn.zst": (
        60,
        60,
    ),
    "databento/nautilus/historical_bars_catalog/futures_trades_2024-07-01T23-58_2024-07-02T00-02.dbn.zst": (
        120,
        120,
    ),
    "databento/nautilus/options_catalog/options_bbo-1m_2024-05-09T09-55_2024-05-09T10-05.dbn.zst": (20, 20),
    "databento/nautilus/options_catalog/futures_bbo-1m_2024-05-09T09-55_2024-05-09T10-05.dbn.zst": (20, 20),
    "databento/nautilus/definition-glbx-es-opt.dbn.zst": (2, 2),
}
# Three prints of the open interest a day: the day's last is the one that stays.
OPEN_INTEREST = {
    "lean/es_minute_openinterest.parquet": (45, 25),
    "lean/gc_minute_openinterest.parquet": (114, 38),
}
# One file of each layout, the smaller one; damage to a large file says nothing more.
DAMAGED = [
    "cboe/spy_quotedata_20230914.csv.gz",
    "deribit/deribit_option_chain_daily.csv.gz",
    "deribit/ws_recording_20210722.txt.gz",
    "deribit/futures_book_summary_20260920.csv",
    "okx/okx_option_chain_daily.csv.gz",
    "us_etf/us_etf_option_chain_yahoo.csv.gz",
    "lean/es_minute_trade.parquet",
    "lean/es_minute_quote.parquet",
    "lean/es_daily_trade.csv",
    "lean/es_daily_quote.csv",
    "lean/es_daily_openinterest.csv",
    "lean/es_fop_202003_minute_trade.parquet",
    "lean/spx_minute_quote.parquet",
    "lean/spx_index_minute.csv",
    "lean/goog_equity_minute_trade.csv",
    "lean/grains_open_interest_20210101.csv",
    "pst/SP500_multiple_prices.csv.gz",
    "fut_bars/6EH4_GLBX_1min_202401.csv.gz",
    "nse/nse_fo_bhavcopy_20190801_first1000.csv",
    "nse/udiff_sample_rows_20240930.csv",
    "nse/nse_live_options_nifty50-16-Jun-2026.csv.gz",
    "nse/nifty_apr2026_future_30min.csv",
    "databento/nautilus/historical_bars_catalog/futures_mbp-1_2024-07-01T23-58_2024-07-02T00-02.dbn.zst",
    "databento/nautilus/historical_bars_catalog/futures_ohlcv-1m_2024-07-01T23-40_2024-07-02T00-10.dbn.zst",
    "databento/nautilus/historical_bars_catalog/futures_trades_2024-07-01T23-58_2024-07-02T00-02.dbn.zst",
    "databento/nautilus/options_catalog/options_bbo-1m_2024-05-09T09-55_2024-05-09T10-05.dbn.zst",
]
_MOST_LINES = 6_000
UNORDERED = ("nse/udiff_sample_rows_20240930.csv",)


def load(store: DuckDBStore, path: Path) -> FileReport:
    (report,) = import_files([path], Recorder(store), load_specs())
    return report


def rows_in(store: DuckDBStore) -> int:
    return sum(
        store.query(f"SELECT count(*) AS n FROM market.{table.value}", deadline_seconds=10)["n"][0].as_py()
        for table in Table
    )


@pytest.mark.parametrize("name", [*WHOLE, *OPEN_INTEREST])
def test_a_genuine_file_imports_whole_and_once(name: str, market_store: DuckDBStore) -> None:
    path = market_data(name)
    read, kept = {**WHOLE, **OPEN_INTEREST}[name]
    first = load(market_store, path)
    assert first.status is FileStatus.IMPORTED, first.reason
    assert (first.rows_read, first.rows_stored, first.rows_rejected) == (read, kept, 0)
    stored = rows_in(market_store)
    second = load(market_store, path)
    assert second.rows_stored == 0
    assert rows_in(market_store) == stored


@pytest.mark.parametrize(
    "kind", ["bbo-1m", "bbo-1s", "mbp-1", "tbbo", "trades", "ohlcv-1s", "ohlcv-1m", "ohlcv-1h"]
)
def test_every_version_of_a_databento_file_says_the_same(kind: str, market_store: DuckDBStore) -> None:
    folder = market_data("databento/dbn_format_tests")
    versions = [*sorted(folder.glob(f"test_data.{kind}.*dbn*")), folder / f"test_data.{kind}.dbn"]
    reports = [load(market_store, path) for path in versions if ".frag" not in path.name]
    assert len(reports) >= 3
    assert {each.status for each in reports} == {FileStatus.IMPORTED}
    assert len({each.rows_read for each in reports}) == 1
    assert [each.rows_stored for each in reports[1:]] == [0] * (len(reports) - 1)


@pytest.mark.parametrize("kind", ["mbo", "mbp-10", "imbalance", "statistics", "status", "cbbo-1s", "cmbp-1"])
def test_a_databento_schema_not_imported_is_refused_by_name(kind: str, market_store: DuckDBStore) -> None:
    report = load(market_store, market_data(f"databento/dbn_format_tests/test_data.{kind}.v3.dbn.zst"))
    assert report.status is FileStatus.REFUSED
    assert f"schema {kind} is not imported" in (report.reason or "")


@pytest.mark.parametrize("name", DAMAGED)
def test_no_damaged_copy_of_a_genuine_file_stores_anything(
    name: str, market_store: DuckDBStore, tmp_path: Path
) -> None:
    path = market_data(name)
    copy = tmp_path / "copy" / path.name
    copy.parent.mkdir()
    if path.name.startswith("us_etf"):
        shutil.copy(path.parent / "collection_meta.json", copy.parent)
    for damage, content in damaged(name, path):
        copy.write_bytes(content)
        report = load(market_store, copy)
        assert report.status is FileStatus.REFUSED, (damage, report)
        assert report.reason
        assert rows_in(market_store) == 0, damage


def damaged(name: str, path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield copies: cut, re-ordered, with another delimiter, without prices, of another kind."""
    if path.suffix == ".parquet":
        yield from _damaged_parquet(path)
    elif ".dbn" in path.name:
        yield from _damaged_dbn(path)
    elif path.name.startswith("ws_recording"):
        yield from _damaged_recording(path)
    else:
        yield from _damaged_text(name, path)


def _unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True).read()
    return data


def _packed(path: Path, data: bytes) -> bytes:
    if path.suffix == ".gz":
        return gzip.compress(data, 1)
    return zstandard.compress(data) if path.suffix == ".zst" else data


def _damaged_text(name: str, path: Path) -> Iterator[tuple[str, bytes]]:
    # The first thousands of rows are enough to damage; a whole chain only takes longer.
    lines = _unpacked(path).decode().rstrip("\n").split("\n")[:_MOST_LINES]
    data = ("\n".join(lines) + "\n").encode()
    above = 3 if name.startswith("cboe") else 0
    top, body = lines[:above], lines[above + 1 :]
    table = list(csv.reader(lines[above:]))

    def written(rows: list[list[str]], delimiter: str = ",") -> bytes:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n", delimiter=delimiter).writerows(rows)
        return _packed(path, "".join(f"{line}\n" for line in top).encode() + text.getvalue().encode())

    yield "cut", _packed(path, data[: int(len(data) * 0.6)])
    if path.suffix == ".gz":
        yield "packed data cut", path.read_bytes()[: path.stat().st_size * 6 // 10]
    yield "columns reversed", written([row[::-1] for row in table])
    if name not in UNORDERED:
        mixed = body[:]
        random.Random(5).shuffle(mixed)
        yield "rows mixed", _packed(path, ("\n".join([*lines[: above + 1], *mixed]) + "\n").encode())
        yield "rows reversed", _packed(path, ("\n".join([*lines[: above + 1], *body[::-1]]) + "\n").encode())
    for delimiter in ";\t":
        yield f"delimiter {delimiter!r}", written(table, delimiter)
    number = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")
    for nothing in ("NaN", ""):
        emptied = [[nothing if number.fullmatch(cell) else cell for cell in row] for row in table[1:]]
        yield f"numbers become {nothing!r}", written([table[0], *emptied])
    yield "another kind", _packed(path, b"<!doctype html>\n<html><body>Not Found</body></html>\n")
    yield "header only", _packed(path, ("\n".join(lines[: above + 1]) + "\n").encode())


def _damaged_parquet(path: Path) -> Iterator[tuple[str, bytes]]:
    table = pq.read_table(path)
    count = table.num_rows

    def written(changed: pa.Table) -> bytes:
        out = io.BytesIO()
        pq.write_table(changed, out, compression="snappy")
        return out.getvalue()

    yield "cut", path.read_bytes()[: path.stat().st_size * 6 // 10]
    yield "columns reversed", written(table.select(table.column_names[::-1]))
    yield "rows reversed", written(table.take(pa.array(np.arange(count)[::-1])))
    yield "rows mixed", written(table.take(pa.array(np.random.default_rng(5).permutation(count))))
    for nothing in (None, float("nan")):
        empty = pa.array([nothing] * count, pa.float64())
        columns = [empty if pa.types.is_floating(column.type) else column for column in table.columns]
        yield f"numbers become {nothing}", written(pa.table(columns, names=table.column_names))
    yield "another kind", b"a,b\n1,2\n"


def _damaged_dbn(path: Path) -> Iterator[tuple[str, bytes]]:
    data = _unpacked(path)
    start = 8 + int.from_bytes(data[4:8], "little")
    size = data[start] * 4
    records = [data[at : at + size] for at in range(start, len(data), size)]
    undefined = (2**63 - 1).to_bytes(8, "little")
    prices = range(16, 48, 8) if size == 56 else (16, 48, 56) if size == 80 else (16,)

    def without_prices(record: bytes) -> bytes:
        changed = bytearray(record)
        for at in prices:
            changed[at : at + 8] = undefined
        return bytes(changed)

    yield "cut", _packed(path, data[: start + size + size // 2])
    yield "packed data cut", path.read_bytes()[: path.stat().st_size * 6 // 10]
    yield "records reversed", _packed(path, data[:start] + b"".join(records[::-1]))
    yield "prices undefined", _packed(path, data[:start] + b"".join(map(without_prices, records)))
    yield "another kind", _packed(path, b"DBN\x02" + bytes(range(200)))


def _damaged_recording(path: Path) -> Iterator[tuple[str, bytes]]:
    data = _unpacked(path)
    lines = data.rstrip(b"\n").split(b"\n")
    yield "cut", _packed(path, data[: int(len(data) * 0.6)])
    yield "packed data cut", path.read_bytes()[: path.stat().st_size * 6 // 10]
    yield "lines reversed", _packed(path, b"\n".join(lines[::-1]) + b"\n")
    yield "numbers become NaN", _packed(path, re.sub(rb"(?<=:)-?\d+\.\d+(?=[,}])", b"NaN", data))
    yield "numbers become null", _packed(path, re.sub(rb"(?<=:)-?\d+\.\d+(?=[,}])", b"null", data))
    yield (
        "another kind",
        _packed(path, b"wss://futures.kraken.com/ws/v1 <-> 1626994927.1\n1626994927.2: {}\n"),
    )
