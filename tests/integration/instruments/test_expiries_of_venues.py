"""Expiries and terms by our specifications against those in files of the venues themselves."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import UTC, date, datetime

import databento_dbn as dbn
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
import zstandard

from tests.data_folder import market_data
from tradesense.instruments import Exercise, load_specs

SPECS = load_specs()
CODES = "FGHJKMNQUVXZ"

DEFINITIONS = [
    "definition-glbx-es-fut.dbn.zst",
    "definition-glbx-es-opt.dbn.zst",
    "historical_bars_catalog/futures_definition.dbn.zst",
    "options_catalog/futures_definition.dbn.zst",
    "options_catalog/options_definition.dbn.zst",
    "order_book_deltas_catalog/orderbooks_definition.dbn.zst",
]


def definitions(name: str) -> list[dbn.InstrumentDefMsg]:
    packed = market_data(f"databento/nautilus/{name}").read_bytes()
    decoder = dbn.DBNDecoder()
    decoder.write(zstandard.ZstdDecompressor().stream_reader(packed).read())
    return [record for record in decoder.decode() if hasattr(record, "raw_symbol")]


@pytest.mark.parametrize("name", DEFINITIONS)
def test_cme_definitions_end_when_our_rules_say(name):
    records = definitions(name)
    assert records
    for record in records:
        ends = datetime.fromtimestamp(record.expiration / 1e9, UTC)
        future_name = record.underlying or record.raw_symbol
        month, year = CODES.index(future_name[2]) + 1, ends.year
        assert SPECS.future(record.asset, year, month, source="x", source_symbol="x").expires_at == ends
        spec = SPECS.get(record.asset)
        assert spec.future_terms().multiplier == record.unit_of_measure_qty / 1e9
        if str(record.instrument_class) == "F":
            assert spec.future_terms().tick == record.min_price_increment / 1e9
            continue
        option = SPECS.option(
            record.asset, ends.date(), record.strike_price / 1e9, "C", source="x", source_symbol="x"
        )
        assert option.expires_at == ends
        assert option.underlying == f"ES-{year}-{month:02d}"
        assert (option.exercise is Exercise.AMERICAN) == (record.cfi[2] == "A")


def test_deribit_instruments_end_when_our_specifications_say():
    checked = 0
    with gzip.open(market_data("deribit/get_instruments_20210722.txt.gz"), "rt", encoding="utf-8") as lines:
        replies = [json.loads(line.split(": ", 1)[1]) for line in lines if "get_instruments" in line]
    for row in (row for reply in replies for row in reply["result"]):
        spec = SPECS.find(row["base_currency"], "deribit")
        if spec is None or row["quote_currency"] == "USDC":
            continue
        ends = datetime.fromtimestamp(row["expiration_timestamp"] / 1000, UTC)
        if row["kind"] == "option":
            assert spec.option_expires_at(ends.date()) == ends
            assert spec.option_terms().multiplier == row["contract_size"]
        elif row["settlement_period"] == "perpetual":
            assert spec.perpetual.multiplier == row["contract_size"]
            continue
        else:
            assert spec.future_expires_at(ends.date()) == ends
            assert spec.future_terms().multiplier == row["contract_size"]
        checked += 1
    assert checked > 800


def test_monthly_expiries_of_deribit_are_last_fridays():
    with gzip.open(market_data("deribit/get_instruments_20210722.txt.gz"), "rt", encoding="utf-8") as lines:
        replies = [json.loads(line.split(": ", 1)[1]) for line in lines if "get_instruments" in line]
    rows = [row for reply in replies[:2] for row in reply["result"] if row["settlement_period"] == "month"]
    days = {datetime.fromtimestamp(row["expiration_timestamp"] / 1000, UTC).date() for row in rows}
    spec = SPECS.get("BTC", "deribit")
    assert len(days) >= 4
    assert {spec.last_trade_of(day.year, day.month) for day in days} == days


def test_nse_futures_end_on_the_days_of_the_bhavcopy():
    with market_data("nse/nse_fo_bhavcopy_20190801_first1000.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["INSTRUMENT"].startswith("FUT")]
    assert len(rows) == 480
    for row in rows:
        day = datetime.strptime(row["EXPIRY_DT"], "%d-%b-%Y").replace(tzinfo=UTC).date()
        future = SPECS.future(row["SYMBOL"], day.year, day.month, source="nse", source_symbol="x")
        assert (future.expiry, future.symbol) == (day, f"{row['SYMBOL']}-{day:%Y-%m}")


def test_nse_contracts_of_2024_end_on_the_days_of_the_new_bhavcopy():
    with market_data("nse/udiff_sample_rows_20240930.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            day = date.fromisoformat(row["XpryDt"])
            assert SPECS.get(row["TckrSymb"], "nse").last_trade_of(day.year, day.month) == day


def test_nse_options_of_2026_end_on_the_tuesdays_of_the_chain():
    chain = pq.read_table(market_data("nse/nifty_chain_iv_greeks_20260819.parquet"), columns=["expiry"])
    days = {
        datetime.strptime(text, "%d-%b-%Y").replace(tzinfo=UTC).date()
        for text in chain["expiry"].unique().to_pylist()
    }
    nifty = SPECS.get("NIFTY", "nse")
    assert days
    assert {nifty.last_trade_of(2026, month) for month in (8,)} <= days
    assert {nifty.calendar.on_or_before(day) for day in days} == days


def test_nse_holiday_of_its_own_list_is_none_of_our_trading_days():
    listed = json.loads(market_data("nse/api_samples/holidays.json").read_text("utf-8"))["FO"]
    for row in listed:
        day = datetime.strptime(row["tradingDate"], "%d-%b-%Y").replace(tzinfo=UTC).date()
        assert not SPECS.get("NIFTY").calendar.is_trading_day(day)


def test_every_daily_crude_price_of_the_pit_lies_on_a_business_day():
    calendar = SPECS.get("CL").calendar
    rows = pa_csv.read_csv(market_data("pst/CRUDE_W_multiple_prices.csv.gz"))
    days = {time.date() for time in rows["DATETIME"].to_pylist() if time.year < 2006}
    assert len(days) > 3_700
    assert sorted(day for day in days if not calendar.is_trading_day(day)) == []


def test_cboe_expiries_of_the_morning_are_third_fridays():
    spx = SPECS.get("SPX")
    days = set()
    with gzip.open(market_data("cboe/spx_quotedata_20230914.csv.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.split(",")
            if len(cells) > 11 and cells[1].startswith("SPX2"):
                days.add(datetime.strptime(cells[0], "%a %b %d %Y").replace(tzinfo=UTC).date())
    assert len(days) > 15
    assert {spx.option_expiry_of(day.year, day.month) for day in days} == days
