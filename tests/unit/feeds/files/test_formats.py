"""What each importer makes of a small file of its format, value by value."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zstandard

from tests.unit.feeds.files import samples
from tests.unit.feeds.files.samples import BY_FORMAT, SAMPLES, Sample
from tradesense.feeds.files import FileRefused, Limits, Options
from tradesense.feeds.files.format import Batch, Context
from tradesense.feeds.files.opening import SourceFile
from tradesense.feeds.files.registry import detect_format
from tradesense.instruments import load_specs
from tradesense.market import SCHEMAS, Table

IDS = [sample.file_name for sample in SAMPLES]


def parse(path: Path, options: Options | None = None) -> tuple[str, list[Batch]]:
    options = options or Options()
    file = SourceFile(path, Limits())
    found = detect_format(file, options)
    return found.name, list(found.parse(file, Context(load_specs(), options)))


def rows(batches: Sequence[Batch], table: Table) -> list[dict[str, Any]]:
    return [row for batch in batches if table in batch.tables for row in batch.tables[table].to_pylist()]


def at(text: str) -> datetime:
    """Return a time in the store's form, naive UTC."""
    return datetime.fromisoformat(text)


def parse_sample(
    name: str, folder: Path, table: Table, options: Options | None = None
) -> list[dict[str, Any]]:
    return rows(parse(BY_FORMAT[name].write(folder), options)[1], table)


@pytest.mark.parametrize("sample", SAMPLES, ids=IDS)
def test_a_file_is_recognised_and_read_row_by_row(sample: Sample, tmp_path: Path) -> None:
    found, batches = parse(sample.write(tmp_path))
    assert found == sample.format
    assert sum(batch.rows_read for batch in batches) == sample.rows
    assert [part for batch in batches for part in batch.rejected] == []
    counts = Counter({table.value: 0 for table in Table})
    for batch in batches:
        for table, made in batch.tables.items():
            counts[table.value] += made.num_rows
    assert {name: count for name, count in counts.items() if count} == sample.stored


@pytest.mark.parametrize("sample", SAMPLES, ids=IDS)
def test_rows_have_the_columns_of_their_table(sample: Sample, tmp_path: Path) -> None:
    _, batches = parse(sample.write(tmp_path))
    for batch in batches:
        for table, made in batch.tables.items():
            required = {field.name for field in SCHEMAS[table] if not field.nullable}
            assert required <= set(made.column_names) <= {*SCHEMAS[table].names, "line"}
            for name in made.column_names:
                values = made[name].to_pylist()
                assert name not in required or None not in values
                assert not any(isinstance(value, float) and value != value for value in values)


@pytest.mark.parametrize("sample", [each for each in SAMPLES if not each.file_name.endswith(".parquet")])
@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_packed_file_reads_the_same(sample: Sample, suffix: str, tmp_path: Path) -> None:
    pack = gzip.compress if suffix == ".gz" else zstandard.compress
    path = sample.write(tmp_path, sample.file_name + suffix, pack(sample.content))
    _, packed = parse(path)
    _, plain = parse(sample.write(tmp_path))
    for table in Table:
        assert rows(packed, table) == rows(plain, table)


def test_cboe_quotes_are_stamped_in_eastern_time_and_zero_volatility_is_none(tmp_path: Path) -> None:
    made = {row["symbol"]: row for row in parse_sample("cboe_quotes", tmp_path, Table.OPTION_SNAPSHOTS)}
    call = made["SPX-2023-01-20-4000-C"]
    assert call["ts"] == at("2023-01-17 21:31")
    assert (call["bid"], call["ask"], call["last"], call["volume"]) == (110.5, 112.5, 101.0, 7.0)
    assert (call["venue_iv"], call["venue_delta"], call["venue_gamma"]) == (0.2105, 0.81, 0.002)
    assert (call["underlying_price"], call["underlying_kind"]) == (4100.5, "spot")
    deep = made["SPXW-2023-01-20-4000-C"]
    assert (deep["venue_iv"], deep["venue_delta"], deep["last"]) == (None, None, None)
    assert made["SPXW-2023-01-20-4000-P"]["bid"] is None
    assert made["SPXW-2023-01-20-4000-P"]["ask"] == 0.05


def test_cboe_index_has_a_last_price_but_no_market_of_its_own(tmp_path: Path) -> None:
    (index,) = parse_sample("cboe_quotes", tmp_path, Table.QUOTES)
    assert (index["symbol"], index["last"], index["bid"], index["ask"]) == ("SPX", 4100.5, None, None)


def test_cboe_row_whose_symbol_and_strike_differ_is_rejected(tmp_path: Path) -> None:
    content = samples.cboe().replace(b"1200,4000.00,SPX230120P", b"1200,4005.00,SPX230120P")
    content = content.replace(b",4000.00,SPXW230120P", b",4005.00,SPXW230120P")
    _, batches = parse(BY_FORMAT["cboe_quotes"].write(tmp_path, content=content))
    (rejected,) = [part for batch in batches for part in batch.rejected]
    assert (rejected.reason, rejected.lines.tolist()) == ("call symbol and strike differ", [5, 6])


def test_deribit_percent_becomes_a_fraction_and_the_forward_is_named(tmp_path: Path) -> None:
    first, second, third = parse_sample("deribit_chain", tmp_path, Table.OPTION_SNAPSHOTS)
    assert (first["symbol"], first["ts"]) == ("BTC-2025-03-28-90000-C", at("2025-03-03 10:00:01"))
    assert (first["venue_iv"], first["underlying_kind"], first["mark"]) == (0.555, "forward", 0.05)
    assert (second["bid"], second["ask"]) == (None, 0.021)
    assert (third["ask"], third["line"]) == (None, 4)


def test_okx_fraction_stays_and_its_own_gamma_is_left_out(tmp_path: Path) -> None:
    first, *_ = parse_sample("okx_chain", tmp_path, Table.OPTION_SNAPSHOTS)
    assert (first["venue_iv"], first["venue_gamma"], first["underlying_kind"]) == (0.555, None, "spot")
    assert (first["venue_vega"], first["venue_theta"]) == (0.0011, -0.0002)


def test_deribit_zero_quote_means_no_quote_and_greeks_are_kept(tmp_path: Path) -> None:
    _, batches = parse(BY_FORMAT["deribit_recording"].write(tmp_path, "ws.txt", samples.deribit_recording()))
    (ticker,) = rows(batches, Table.OPTION_SNAPSHOTS)
    assert (ticker["bid"], ticker["bid_size"], ticker["ask"], ticker["ask_size"]) == (0.0495, 3.5, None, None)
    assert (ticker["venue_iv"], ticker["venue_delta"], ticker["venue_theta"]) == (0.555, 0.45, -70.5)
    assert (ticker["ts"], ticker["line"]) == (at("2025-03-03 11:06:40.123000"), 4)
    (perpetual,) = rows(batches, Table.QUOTES)
    assert (perpetual["symbol"], perpetual["bid"]) == ("BTC-PERP", 91000.5)
    assert sum((Counter(batch.ignored) for batch in batches), Counter()).total() == 5


def test_deribit_instruments_bring_the_terms_the_venue_states(tmp_path: Path) -> None:
    path = SAMPLES[4].write(tmp_path)
    made = {row["symbol"]: row for row in rows(parse(path)[1], Table.INSTRUMENTS)}
    assert made["BTC-2025-03-28"]["tick"] == 0.5
    assert made["BTC-2025-03-28"]["expires_at"] == at("2025-03-28 08:00")
    assert made["SOL-2025-03-28-150-P"]["inverse"] is True
    linear = made["XRP_USDC-PERP"]
    assert (linear["inverse"], linear["currency"], linear["multiplier"]) == (False, "USDC", 1.0)


def test_lean_minute_quotes_stand_at_the_end_of_their_minute(tmp_path: Path) -> None:
    made = parse_sample("lean_future_minute_quote", tmp_path, Table.QUOTES)
    assert [row["ts"] for row in made] == [
        at("2020-01-06 14:31"),
        at("2020-01-06 14:31"),
        at("2020-01-06 14:32"),
    ]
    assert (made[1]["symbol"], made[1]["bid"], made[1]["bid_size"], made[1]["ask"]) == (
        "ES-2020-06",
        None,
        None,
        3210.0,
    )


def test_lean_option_on_a_future_delivers_that_future(tmp_path: Path) -> None:
    made = parse_sample("lean_option_minute_quote", tmp_path, Table.INSTRUMENTS)
    assert [(row["symbol"], row["underlying"]) for row in made] == [
        ("ES-2020-03-20-3200-C", "ES-2020-03"),
        ("ES-2020-03-20-3210.5-P", "ES-2020-03"),
    ]


def test_lean_daily_quote_stands_at_the_end_of_the_exchange_day(tmp_path: Path) -> None:
    first, _ = parse_sample("lean_future_daily_quote", tmp_path, Table.QUOTES)
    assert (first["ts"], first["seq"]) == (at("2020-01-07 06:00"), -1)


def test_lean_file_that_names_no_product_needs_a_root(tmp_path: Path) -> None:
    path = BY_FORMAT["lean_future_minute_quote"].write(tmp_path, "copy.parquet")
    with pytest.raises(FileRefused, match="--root"):
        parse(path)
    _, batches = parse(path, Options(root="NQ"))
    assert rows(batches, Table.QUOTES)[0]["symbol"] == "NQ-2020-03"


def test_nse_session_ends_at_half_past_three_in_india(tmp_path: Path) -> None:
    future, stock = parse_sample("nse_bhavcopy", tmp_path, Table.QUOTES)
    assert (future["symbol"], future["ts"]) == ("NIFTY-2020-02", at("2020-02-03 10:00"))
    assert (future["last"], future["mark"]) == (12050.0, 12051.5)
    assert stock["symbol"] == "BAJAJ-AUTO-2020-02"


def test_nse_option_that_did_not_trade_has_no_bar_and_no_last_price(tmp_path: Path) -> None:
    _, batches = parse(BY_FORMAT["nse_bhavcopy"].write(tmp_path))
    _, untraded, put = rows(batches, Table.OPTION_SNAPSHOTS)
    assert (untraded["symbol"], untraded["last"], untraded["mark"]) == (
        "NIFTY-2020-02-06-12100-C",
        None,
        55.5,
    )
    assert put["mark"] is None
    assert untraded["symbol"] not in {row["symbol"] for row in rows(batches, Table.BARS)}


def test_udiff_names_the_underlying_price(tmp_path: Path) -> None:
    (option,) = parse_sample("nse_udiff", tmp_path, Table.OPTION_SNAPSHOTS)
    assert (option["underlying_price"], option["underlying_kind"], option["last"]) == (24010.5, "spot", None)


def test_nse_snapshot_before_the_opening_is_of_the_day_before_and_left_out(tmp_path: Path) -> None:
    (row,) = parse_sample("nse_live_options", tmp_path, Table.OPTION_SNAPSHOTS)
    assert (row["ts"], row["volume"], row["open_interest"]) == (at("2025-01-06 04:00"), 100.0, 1500.0)


def test_multiple_prices_name_canonical_contracts(tmp_path: Path) -> None:
    first, second = parse_sample("multiple_prices", tmp_path, Table.MULTIPLE_PRICES)
    assert (first["root"], first["price_contract"], first["forward"]) == ("CL", "CL-2001-12", None)
    assert (second["forward_contract"], second["forward"]) == ("CL-2002-12", 25.5)


@pytest.mark.parametrize(
    "header", ["DATETIME,price", "DATE_TIME,current_contract,next_contract,carry_contract"]
)
def test_series_derived_from_multiple_prices_are_refused_with_a_word(header: str, tmp_path: Path) -> None:
    path = tmp_path / "GOLD.csv"
    path.write_text(header + "\n2001-01-01 23:00:00,1,2,3\n")
    with pytest.raises(FileRefused, match="multiple prices"):
        parse(path)


def test_yahoo_quotes_are_of_the_collectors_time_not_of_the_folder(tmp_path: Path) -> None:
    call, put = parse_sample("yahoo_chain", tmp_path, Table.OPTION_SNAPSHOTS)
    assert (call["ts"], call["underlying_price"]) == (at("2025-01-07 15:10"), 591.25)
    assert "venue_iv" not in call
    assert (put["bid"], put["ask"], put["volume"]) == (None, None, None)


def test_yahoo_file_without_its_companion_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "chain.csv"
    path.write_bytes(samples.yahoo())
    with pytest.raises(FileRefused, match=r"collection_meta\.json"):
        parse(path)


def test_globex_minutes_labelled_at_the_end_begin_a_minute_earlier(tmp_path: Path) -> None:
    first, _ = parse_sample("globex_minute_bars", tmp_path, Table.BARS)
    assert (first["symbol"], first["ts"], first["interval"]) == ("6E-2024-03", at("2024-01-01 23:00"), "1m")


def test_databento_undefined_price_is_none_and_last_is_the_last_trade(tmp_path: Path) -> None:
    made = parse_sample("databento_dbn", tmp_path, Table.QUOTES)
    assert [row["ask"] for row in made] == [5200.5, 5200.5, None]
    assert made[2]["ask_size"] is None
    assert (made[0]["symbol"], made[0]["last"], made[0]["ts"]) == (
        "ES-2024-06",
        5200.25,
        at("2024-05-09 10:00"),
    )


def test_databento_trades_of_one_microsecond_keep_their_order(tmp_path: Path) -> None:
    made = rows(parse(SAMPLES[-1].write(tmp_path))[1], Table.QUOTES)
    assert [row["last"] for row in made] == [5200.25, 5200.5, 5200.25]
    assert made[0]["ts"] == made[1]["ts"]
    assert made[1]["seq"] == made[0]["seq"] + 1
    assert made[2]["seq"] == made[0]["seq"]


def test_databento_schema_that_is_not_imported_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "x.dbn"
    path.write_bytes(samples.dbn("mbo", np.zeros(0, dtype="u1"), "ESM4", 1, date(2024, 5, 9)))
    with pytest.raises(FileRefused, match="schema mbo is not imported"):
        parse(path)


def test_databento_fragment_and_dbz_say_what_they_are(tmp_path: Path) -> None:
    for name, content, reason in (("a.dbn.frag", b"\x13\x01", "fragment"), ("a.dbz", b"P*M\x18", "DBZ")):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(FileRefused, match=reason):
            parse(path)


def generic(folder: Path, content: str, **options: Any) -> list[dict[str, Any]]:
    path = folder / "table.csv"
    path.write_text(content)
    return rows(parse(path, Options(**options))[1], Table(options["table"]))


def test_generic_local_times_without_offset_are_of_the_named_zone(tmp_path: Path) -> None:
    (row,) = generic(
        tmp_path,
        "when,Close,x\n2024-07-09 09:30:00,5.5,7\n",
        table="quotes",
        symbol="ES-2024-09",
        columns={"when": "ts", "Close": "last"},
        time_zone="America/New_York",
        source="mine",
    )
    assert (row["ts"], row["last"], row["source"]) == (at("2024-07-09 13:30"), 5.5, "mine")


@pytest.mark.parametrize("stamp", ["1720531800", "1720531800000", "1720531800000000", "1720531800000000000"])
def test_generic_counts_since_1970_are_told_by_size(stamp: str, tmp_path: Path) -> None:
    (row,) = generic(tmp_path, f"ts,last\n{stamp},5.5\n", table="quotes", symbol="SPX")
    assert row["ts"] == at("2024-07-09 13:30")


def test_generic_option_rows_are_named_by_their_parts(tmp_path: Path) -> None:
    (row,) = generic(
        tmp_path,
        "ts,expiry,strike,right,bid,venue_iv\n2024-07-09 13:30:00,2024-07-19,75.50,put,1.5,0.3\n",
        table="option_snapshots",
        root="SPX",
    )
    assert (row["symbol"], row["bid"], row["venue_iv"]) == ("SPX-2024-07-19-75.5-P", 1.5, 0.3)


def test_generic_bars_need_a_known_interval(tmp_path: Path) -> None:
    content = "ts,open,high,low,close\n2024-07-09 13:30:00,1,2,1,2\n"
    with pytest.raises(FileRefused, match="--interval"):
        generic(tmp_path, content, table="bars", symbol="SPX", interval="7m")
    (row,) = generic(tmp_path, content, table="bars", symbol="SPX", interval="5m")
    assert (row["interval"], row["close"]) == ("5m", 2.0)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"table": "quotes", "symbol": "SPX", "columns": {"nope": "bid"}}, "lacks"),
        ({"table": "quotes", "symbol": "SPX", "columns": {"a": "nope"}}, "no field"),
        ({"table": "quotes", "symbol": "SPX", "columns": {"a": "bid", "b": "bid"}}, "twice"),
        ({"table": "quotes", "columns": {"a": "bid"}}, "instrument"),
        ({"table": "prices", "symbol": "SPX"}, "--table"),
    ],
)
def test_generic_mapping_that_cannot_be_is_refused(
    options: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("ts,a,b\n2024-07-09 13:30:00,1,2\n")
    with pytest.raises(FileRefused, match=reason):
        parse(path, Options(**options))
