from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradesense.instruments import (
    BadSymbol,
    Kind,
    Right,
    format_strike,
    future_symbol,
    option_symbol,
    parse_symbol,
    perpetual_symbol,
    symbol_sort_key,
)

ROOTS = st.from_regex(r"\A[A-Z0-9][A-Z0-9&._]{0,9}(-[A-OQ-Z][A-Z]{0,5})?\Z")
DAYS = st.dates(date(1970, 1, 1), date(2099, 12, 31))
STRIKES = st.one_of(
    st.integers(-500, 1_000_000).map(float),
    st.floats(-1e5, 1e7, allow_nan=False).map(lambda value: round(value, 6)).filter(lambda value: value != 0),
    st.integers(1, 10_000).map(lambda value: value / 8),
)


@given(ROOTS, DAYS, STRIKES, st.sampled_from(Right))
def test_option_symbol_reads_back_as_it_was_written(root, expiry, strike, right):
    parsed = parse_symbol(option_symbol(root, expiry, strike, right))
    assert (parsed.root, parsed.kind, parsed.expiry, parsed.right) == (root, Kind.OPTION, expiry, right)
    assert parsed.strike == strike


@given(ROOTS, DAYS, st.booleans())
def test_future_symbol_reads_back_as_it_was_written(root, day, by_day):
    parsed = parse_symbol(future_symbol(root, day.year, day.month, day.day if by_day else None))
    assert (parsed.root, parsed.kind, parsed.year, parsed.month) == (root, Kind.FUTURE, day.year, day.month)
    assert parsed.expiry == (day if by_day else None)


@given(ROOTS)
def test_perpetual_and_plain_symbols_read_back_as_they_were_written(root):
    assert (parse_symbol(perpetual_symbol(root)).root, parse_symbol(f"{root}-PERP").kind) == (
        root,
        Kind.PERPETUAL,
    )
    assert (parse_symbol(root).root, parse_symbol(root).kind) == (root, None)


@given(st.text(max_size=40))
def test_any_text_is_a_symbol_that_reads_back_or_is_refused(text):
    try:
        parsed = parse_symbol(text)
    except BadSymbol:
        return
    assert parsed.text == text


@pytest.mark.parametrize(
    ("strike", "text"),
    [(75, "75"), (75.0, "75"), (4.125, "4.125"), (0.5, "0.5"), (100000, "100000"), (1e16, "1" + "0" * 16),
     (1e-7, "0.0000001"), (-5, "-5"), (0.1 + 0.2, "0.30000000000000004"), (-0.0, "0")],
)  # fmt: skip
def test_strike_is_written_without_trailing_zeros_or_exponent(strike, text):
    assert format_strike(strike) == text
    assert float(text) == strike


def test_symbols_of_the_contract_are_spelled_as_it_says():
    assert future_symbol("CL", 2026, 3) == "CL-2026-03"
    assert future_symbol("BTC", 2026, 9, 21) == "BTC-2026-09-21"
    assert option_symbol("CL", date(2026, 3, 17), 75.0, "C") == "CL-2026-03-17-75-C"
    assert perpetual_symbol("BTC") == "BTC-PERP"


@pytest.mark.parametrize(
    "text",
    [
        "", "es-2020-03", "ES-2020-13", "ES-2020-00", "BTC-2026-02-30", "CL-2026-03-17-75.0-C",
        "CL-2026-03-17-075-C", "CL-2026-03-17-75-X", "CL-2026-03-17--0-C", "CL-2026-03-17-1e3-C",
        "CL 2026", "-PERP", "BTC-PERP-PERP", "CL-2026-3", "CL-2026-03-17-75-C\n", "A" * 65,
        "ES-2020-03-", "CL-2026-03-17-nan-C",
    ],
)  # fmt: skip
def test_other_spellings_are_refused(text):
    with pytest.raises(BadSymbol):
        parse_symbol(text)


@pytest.mark.parametrize("strike", [float("nan"), float("inf")])
def test_option_needs_a_finite_strike(strike):
    with pytest.raises(BadSymbol):
        option_symbol("CL", date(2026, 3, 17), strike, "C")


def test_stock_with_hyphen_and_ampersand_has_options():
    parsed = parse_symbol(option_symbol("BAJAJ-AUTO", date(2019, 8, 29), 2500, "P"))
    assert (parsed.root, parsed.strike) == ("BAJAJ-AUTO", 2500.0)
    assert parse_symbol("M&M-2019-08").root == "M&M"


def test_symbols_sort_by_root_expiry_and_strike_as_a_number():
    wanted = [
        "CL-2026-03-17-75-C",
        "CL-2026-03-17-75-P",
        "CL-2026-03-17-100-C",
        "CL-2026-04-16-75-C",
        "ES-2026-03",
    ]
    assert sorted(set(wanted), key=symbol_sort_key) == wanted
    months = ["ES-2019-12", "ES-2020-03", "ES-2020-06"]
    assert sorted(months) == months
