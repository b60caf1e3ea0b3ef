"""The plain formulas, written as the books write them, to hold the fast kernels against."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

DAYS = 365.0


def black_scholes_merton(is_call, spot, strike, years, vol, rate, dividend_yield):
    """Return price, delta, gamma, vega, theta, rho, vanna, charm, vomma in the contract's units."""
    sign = np.where(is_call, 1.0, -1.0)
    root = np.sqrt(years)
    s = vol * root
    discount, carry = np.exp(-rate * years), np.exp(-dividend_yield * years)
    d1 = np.log(spot * carry / (strike * discount)) / s + s / 2
    d2 = d1 - s
    bell = np.exp(-(d1**2) / 2) / np.sqrt(2 * np.pi)
    price = sign * (spot * carry * ndtr(sign * d1) - strike * discount * ndtr(sign * d2))
    delta = sign * carry * ndtr(sign * d1)
    gamma = carry * bell / (spot * s)
    vega = spot * carry * bell * root
    theta = (
        -spot * carry * bell * vol / (2 * root)
        + dividend_yield * spot * delta
        - sign * rate * strike * discount * ndtr(sign * d2)
    )
    rho = sign * strike * years * discount * ndtr(sign * d2)
    vanna = -carry * bell * d2 / vol
    charm = dividend_yield * delta - carry * bell * (2 * (rate - dividend_yield) * years - d2 * s) / (
        2 * years * s
    )
    vomma = vega * d1 * d2 / vol
    return price, delta, gamma, vega / 100, theta / DAYS, rho / 100, vanna / 100, charm / DAYS, vomma / 1e4


def black76(is_call, forward, strike, years, vol, rate):
    """Black-76 is the case without carry; its rho holds the forward."""
    columns = list(black_scholes_merton(is_call, forward, strike, years, vol, rate, rate))
    columns[5] = -years * columns[0] / 100
    return tuple(columns)


def bachelier(is_call, forward, strike, years, vol, rate):
    sign = np.where(is_call, 1.0, -1.0)
    root = np.sqrt(years)
    s = vol * root
    discount = np.exp(-rate * years)
    d = (forward - strike) / s
    bell = np.exp(-(d**2) / 2) / np.sqrt(2 * np.pi)
    price = discount * (sign * (forward - strike) * ndtr(sign * d) + s * bell)
    return (
        price,
        sign * discount * ndtr(sign * d),
        discount * bell / s,
        discount * bell * root / 100,
        (-discount * bell * vol / (2 * root) + rate * price) / DAYS,
        -years * price / 100,
        -discount * bell * d / vol / 100,
        discount * (sign * rate * ndtr(sign * d) + bell * d / (2 * years)) / DAYS,
        discount * bell * root * d**2 / vol / 1e4,
    )
