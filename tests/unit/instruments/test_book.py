from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tradesense.instruments import (
    BadSpecification,
    Exercise,
    Kind,
    NotListed,
    Right,
    Settlement,
    UnknownRoot,
    load_specs,
)
from tradesense.instruments.book import parse_specs

HERE = {"source": "lean", "source_symbol": "X"}

OATS = """
[defaults]
exchange = "CBOT"
mic = "XCBT"
time_zone = "America/Chicago"
currency = "USD"
business_days = "US_FUTURES"
hours = "grains"
[[product]]
root = "ZO"
name = "Oats"
sector = "agriculture"
[product.future]
multiplier = 50
tick = 0.25
settlement = "physical"
expiry = "before_the_fifteenth"
expiry_time = 12:00:00
"""

OPTIONS_ONLY = ["SPX", "SPXW", "XSP", "VIX", "SPY"]


@pytest.fixture
def book():
    return load_specs()


@pytest.mark.parametrize("root", OPTIONS_ONLY)
def test_index_or_fund_with_options_is_known(book, root):
    assert book.get(root).option_terms().multiplier == 100


# Contract sizes as the exchanges state them.
@pytest.mark.parametrize(
    ("root", "multiplier", "tick_value"),
    [
        ("ES", 50, 12.5), ("MES", 5, 1.25), ("NQ", 20, 5), ("MNQ", 2, 0.5), ("YM", 5, 5),
        ("RTY", 50, 5), ("CL", 1000, 10), ("MCL", 100, 1), ("NG", 10000, 10), ("RB", 42000, 4.2),
        ("HO", 42000, 4.2), ("BZ", 1000, 10), ("GC", 100, 10), ("MGC", 10, 1), ("SI", 5000, 25),
        ("HG", 25000, 12.5), ("PL", 50, 5), ("ZN", 1000, 15.625), ("ZB", 1000, 31.25),
        ("ZF", 1000, 7.8125), ("ZT", 2000, 7.8125), ("ZC", 50, 12.5), ("ZS", 50, 12.5),
        ("ZW", 50, 12.5), ("ZL", 600, 6), ("ZM", 100, 10), ("LE", 400, 10), ("HE", 400, 10),
        ("6E", 125000, 6.25), ("6J", 12500000, 6.25), ("6B", 62500, 6.25), ("6A", 100000, 5),
        ("6C", 100000, 5), ("BTC", 5, 25), ("SR3", 2500, 6.25), ("VX", 1000, 50),
        ("NIFTY", 1, 0.05), ("BANKNIFTY", 1, 0.05), ("FINNIFTY", 1, 0.05),
    ],
)  # fmt: skip
def test_tick_of_a_future_is_worth_what_the_exchange_says(book, root, multiplier, tick_value):
    terms = book.get(root).future_terms()
    assert terms.multiplier == multiplier
    assert terms.multiplier * terms.tick == pytest.approx(tick_value)


def test_same_root_differs_by_venue(book):
    assert book.get("BTC").exchange == "CME"
    assert book.get("BTC", "databento").exchange == "CME"
    assert book.get("BTC", "deribit").exchange == "Deribit"
    assert book.get("BTC", "okx").exchange == "OKX"


def test_unknown_root_is_said_to_be_so(book):
    assert book.find("NOPE") is None
    with pytest.raises(UnknownRoot, match="NOPE"):
        book.get("NOPE", "databento")


def test_any_stock_of_a_stock_source_has_the_terms_of_its_template(book):
    reliance = book.option("RELIANCE", date(2019, 8, 29), 1200, Right.CALL, source="nse", source_symbol="x")
    assert (reliance.currency, reliance.exercise, reliance.underlying) == (
        "INR",
        Exercise.EUROPEAN,
        "RELIANCE",
    )
    goog = book.option("GOOG", date(2016, 1, 15), 750, "P", **HERE)
    assert (goog.multiplier, goog.exercise, goog.underlying) == (100, Exercise.AMERICAN, "GOOG")
    assert book.find("GOOG", "databento") is None


def test_stock_of_a_label_of_ones_own_is_declared_by_template(book):
    book.declare_stock("ACME", "us_stock")
    assert book.equity("ACME", source="lean", source_symbol="ACME").kind is Kind.EQUITY
    with pytest.raises(BadSpecification):
        book.declare_stock("ACME", "no_such")


def test_future_carries_its_whole_specification(book):
    future = book.future("GC", 2024, 2, source="lean", source_symbol="GCG24")
    assert (future.symbol, future.root, future.multiplier, future.tick) == ("GC-2024-02", "GC", 100, 0.1)
    assert (future.expiry, future.last_trade, future.first_notice) == (
        date(2024, 2, 27),
        date(2024, 2, 27),
        date(2024, 1, 31),
    )
    assert (future.currency, future.exchange, future.time_zone) == ("USD", "COMEX", "America/New_York")
    assert future.settlement is Settlement.PHYSICAL
    assert future.expires_at == datetime(2024, 2, 27, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("root", "expiry", "underlying"),
    [
        ("ES", "2020-03-20", "ES-2020-03"),
        ("ES", "2020-03-27", "ES-2020-06"),
        ("CL", "2026-03-17", "CL-2026-04"),
        ("GC", "2024-03-25", "GC-2024-04"),
        ("GC", "2024-02-26", "GC-2024-04"),
        ("ZN", "2024-02-23", "ZN-2024-03"),
        ("ZN", "2024-03-22", "ZN-2024-06"),
        ("ZC", "2024-03-22", "ZC-2024-05"),
        ("SR3", "2024-03-15", "SR3-2024-03"),
        ("SPXW", "2021-01-06", "SPX"),
    ],
)
def test_option_delivers_the_future_the_exchange_names(book, root, expiry, underlying):
    assert book.underlying_of(root, date.fromisoformat(expiry)) == underlying


def test_coin_future_is_named_by_day(book):
    future = book.future("BTC", 2026, 9, source="deribit", source_symbol="BTC-25SEP26", day=25)
    assert (future.symbol, future.inverse) == ("BTC-2026-09-25", True)
    assert future.expires_at == datetime(2026, 9, 25, 8, tzinfo=UTC)
    with pytest.raises(NotListed):
        book.future("BTC", 2026, 9, source="deribit", source_symbol="BTC-25SEP26")


def test_what_a_product_lacks_is_said_to_be_lacking(book):
    with pytest.raises(NotListed):
        book.future("SPX", 2024, 3, **HERE)
    with pytest.raises(NotListed):
        book.option("VX", date(2024, 3, 20), 20, "C", **HERE)
    with pytest.raises(NotListed):
        book.perpetual("ES", **HERE)


@pytest.mark.parametrize(
    ("symbol", "source", "kind"),
    [
        ("ES-2020-03", "lean", Kind.FUTURE),
        ("ES-2020-03-20-3200-C", "lean", Kind.OPTION),
        ("BTC-PERP", "deribit", Kind.PERPETUAL),
        ("BTC-2026-09-25", "deribit", Kind.FUTURE),
        ("SPX", "cboe", Kind.INDEX),
        ("SPY", "cboe", Kind.EQUITY),
    ],
)
def test_any_canonical_symbol_is_described(book, symbol, source, kind):
    described = book.describe(symbol, source=source)
    assert (described.symbol, described.kind, described.source) == (symbol, kind, source)


def test_month_a_product_never_lists_is_not_described(book):
    with pytest.raises(NotListed, match="HMUZ"):
        book.describe("ES-2020-04", source="lean")


def test_listed_months_start_with_the_one_still_trading(book):
    assert book.listed_months("ES", date(2024, 3, 15), 3) == [(2024, 3), (2024, 6), (2024, 9)]
    assert book.listed_months("ES", date(2024, 3, 16), 2) == [(2024, 6), (2024, 9)]
    assert book.listed_months("CL", date(2024, 2, 21), 2) == [(2024, 4), (2024, 5)]


def test_users_file_adds_and_replaces_products(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(
        OATS + OATS.partition("[[product]]")[2].join(["[[product]]", ""]).replace("ZO", "ZC"), "utf-8"
    )
    book = load_specs(file)
    assert book.get("ZO").last_trade_of(2024, 3) == date(2024, 3, 14)
    assert book.get("ZC").name == "Oats"
    assert load_specs().find("ZO") is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("America/Chicago", "Mars/Base", "IANA"),
        ("before_the_fifteenth", "on_a_whim", "expiry rule"),
        ('"grains"', '"always_on"', "trading hours"),
        ("multiplier = 50", "multiplier = -1", "multiplier"),
        ("tick = 0.25", "tick = nan", "tick"),
        ('sector = "agriculture"', 'sector = "x"\ncolour = 1', "colour"),
        ('root = "ZO"', 'root = "zo"', "root"),
        ("[[product]]", "[[product", "TOML"),
    ],
)
def test_bad_specification_names_file_and_fault(old, new, says):
    assert old in OATS
    with pytest.raises(BadSpecification, match=says) as caught:
        parse_specs(OATS.replace(old, new), "own.toml")
    assert "own.toml" in caught.value.detail


def test_missing_file_of_specifications_is_refused(tmp_path):
    with pytest.raises(BadSpecification, match=r"none\.toml"):
        load_specs(tmp_path / "none.toml")
