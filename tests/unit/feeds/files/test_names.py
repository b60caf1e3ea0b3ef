"""The venues' own names of contracts, read and refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tradesense.feeds.files import names
from tradesense.feeds.files.names import ContractName
from tradesense.instruments import Right

NEAR = date(2024, 5, 9)


def test_occ_symbol_says_root_expiry_right_and_strike_in_thousandths() -> None:
    assert names.parse_osi("SPXW230914C04505500") == ContractName(
        "SPXW", "option", date(2023, 9, 14), strike=4505.5, right=Right.CALL
    )
    assert names.parse_osi("BRK.B 250117P00400000").root == "BRK.B"


@pytest.mark.parametrize(
    ("text", "kind", "expiry", "strike"),
    [
        ("BTC-28AUG26-105000-C", "option", date(2026, 8, 28), 105000.0),
        ("XRP_USDC-2OCT26-1d25-P", "option", date(2026, 10, 2), 1.25),
        ("ETH-25DEC26", "future", date(2026, 12, 25), None),
        ("BTC-PERPETUAL", "perpetual", None, None),
    ],
)
def test_deribit_names_of_every_kind(text: str, kind: str, expiry: date | None, strike: float | None) -> None:
    found = names.parse_deribit(text)
    assert (found.kind, found.expiry, found.strike) == (kind, expiry, strike)


def test_okx_name_says_another_quote_currency_in_its_root() -> None:
    assert names.parse_okx("BTC-USD-270326-90000-C").root == "BTC"
    assert names.parse_okx("BTC-USDC-270326-90000-C").root == "BTC_USDC"


@pytest.mark.parametrize(
    ("text", "near", "year"),
    [
        ("ESM4", NEAR, 2024),
        ("ESH4", date(2023, 12, 24), 2024),
        ("ESZ3", date(2024, 1, 2), 2023),
        ("ESH1", date(2020, 12, 28), 2021),
        ("CLZ9", date(2030, 1, 2), 2029),
        ("CLZ3", NEAR, 2033),
        ("SR3Z3", date(2024, 3, 18), 2023),
        ("6EH24", NEAR, 2024),
    ],
)
def test_a_one_digit_year_is_the_one_near_by(text: str, near: date, year: int) -> None:
    assert names.parse_cme(text, near).year == year


def test_a_globex_option_names_its_future_month_and_strike() -> None:
    assert names.parse_cme("ESM4 P5230", NEAR) == ContractName(
        "ES", "option", year=2024, month=6, strike=5230.0, right=Right.PUT
    )


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (names.parse_osi, "SPX230230C04505500"),
        (names.parse_osi, "SPX-2023-09-14"),
        (names.parse_deribit, "BTC-FS-25DEC26_PERP"),
        (names.parse_deribit, "BTC-31FEB26"),
        (names.parse_deribit, "BTC-28XXX26-1-C"),
        (names.parse_okx, "BTC-USD-270326"),
        (lambda text: names.parse_cme(text, NEAR), "ESH5-ESM5"),
        (lambda text: names.parse_cme(text, NEAR), "UD:1V: BO 2864311"),
        (names.parse_contract_month, "202013"),
        (names.parse_contract_month, "2020-03"),
        (names.parse_day_month_year, "29-08-2019"),
        (names.parse_iso_date, "20260828"),
        (names.parse_long_weekday_date, "Someday"),
    ],
)
def test_another_spelling_is_no_name(parse: Callable[[str], object], text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the kind of error is what callers rely on
        parse(text)
