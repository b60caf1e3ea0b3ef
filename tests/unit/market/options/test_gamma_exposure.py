"""Gamma exposure, against numbers worked out by hand."""

from __future__ import annotations

from math import exp, log, pi, sqrt

import numpy as np
import pytest

from tradesense.market.options.gamma_exposure import Book, Convention, GexSign, GexUnit, walls, zero_gamma

YEARS, VOL = 0.25, 0.2


def gamma(forward: float, strike: float) -> float:
    deviation = VOL * sqrt(YEARS)
    d1 = log(forward / strike) / deviation + 0.5 * deviation
    return exp(-0.5 * d1 * d1) / sqrt(2.0 * pi) / (forward * deviation)


def book(call_oi: float = 10_000.0, put_oi: float = 15_000.0, multiplier: float = 100.0) -> Book:
    strike = np.array([525.0, 515.0])
    return Book(
        is_call=np.array([True, False]),
        strike=strike,
        years=np.full(2, YEARS),
        vol=np.full(2, VOL),
        price=np.full(2, 520.0),
        gamma=np.array([0.0080, 0.0075]),
        open_interest=np.array([call_oi, put_oi]),
        multiplier=multiplier,
    )


@pytest.mark.parametrize(
    ("sign", "unit", "call", "put"),
    [
        # 0.0080 x 10,000 x 100 x 520^2 x 0.01 = 21.632 M and 0.0075 x 15,000 x 100 x 520^2 x 0.01 = 30.42 M.
        (GexSign.CALLS_MINUS_PUTS, GexUnit.PERCENT, 21_632_000.0, -30_420_000.0),
        (GexSign.PUTS_MINUS_CALLS, GexUnit.PERCENT, -21_632_000.0, 30_420_000.0),
        (GexSign.ALL_SHORT, GexUnit.PERCENT, -21_632_000.0, -30_420_000.0),
        (GexSign.GROSS, GexUnit.POINT, 4_160_000.0, 5_850_000.0),
        (GexSign.CALLS_MINUS_PUTS, GexUnit.DOLLAR_GAMMA, 2_163_200_000.0, -3_042_000_000.0),
    ],
)
def test_exposure_is_what_its_formula_says(sign: GexSign, unit: GexUnit, call: float, put: float) -> None:
    assert book().exposure(Convention(sign, unit)).tolist() == pytest.approx([call, put])


def test_unknown_gamma_adds_nothing_and_unknown_multiplier_leaves_all_unknown() -> None:
    some = book(call_oi=float("nan")).exposure(Convention())
    assert some[0] == 0.0
    assert some[1] < 0.0
    assert np.isnan(book(multiplier=float("nan")).exposure(Convention())).all()


def test_every_convention_says_its_formula_and_its_unit() -> None:
    texts = {Convention(sign, unit).formula for sign in GexSign for unit in GexUnit}
    assert len(texts) == len(GexSign) * len(GexUnit)
    assert Convention().unit_words("USD") == "USD of underlying to trade for each 1 % it moves"
    assert "currency" in Convention().unit_words(None)


def test_walls_are_the_strikes_with_most() -> None:
    strike = np.array([90.0, 100.0, 110.0])
    assert walls(strike, np.array([1.0, 5.0, 9.0]), np.array([-8.0, -2.0, 0.0])) == (110.0, 90.0)
    assert np.isnan(walls(strike, np.zeros(3), np.zeros(3))).all()


def test_sign_turns_where_calls_and_puts_outweigh_each_other() -> None:
    found = zero_gamma(book(put_oi=10_000.0), Convention(), 520.0)
    # With equal interest both gammas must be equal there: |ln(F / K) + v^2 T / 2| the same for both strikes.
    assert gamma(found, 525.0) == pytest.approx(gamma(found, 515.0), rel=1e-3)
    assert found == pytest.approx(sqrt(525.0 * 515.0) * exp(-0.5 * VOL**2 * YEARS), rel=1e-3)


def test_there_is_no_such_price_with_calls_alone_or_one_sign() -> None:
    assert np.isnan(zero_gamma(book(put_oi=0.0), Convention(), 520.0))
    assert np.isnan(zero_gamma(book(), Convention(GexSign.GROSS), 520.0))
    assert np.isnan(zero_gamma(book(call_oi=0.0, put_oi=0.0), Convention(), 520.0))
