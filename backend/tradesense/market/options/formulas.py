"""The formulas of the analytics in words, each with what was published about it; shown beside the numbers."""

from __future__ import annotations

from typing import TypedDict


class Formula(TypedDict):
    """One number's definition."""

    formula: str
    meaning: str
    source: str


_REISWICH = (
    'Reiswich, D. and Wystup, U., "FX volatility smile construction", Wilmott 60 (2012), 58-69, sections 2-3'
)
_RANK = "Market practice; Barchart prints the same definition beside its own, over a year of days"
_VOLUME = "Exchanges publish both ratios in this form, among them Cboe in its daily market statistics"

FORMULAS: dict[str, Formula] = {
    "atm_iv": {
        "formula": "IV at strike = forward, linear in ln(strike) between the nearest strikes on either side",
        "meaning": "The yearly movement that options at the money are priced for.",
        "source": 'Gatheral, J., "The Volatility Surface", Wiley 2006',
    },
    "forward_vol": {
        "formula": "sqrt((v2^2 T2 - v1^2 T1) / (T2 - T1)), v the ATM IV of this expiry and of the one before",
        "meaning": "The movement priced for the time between two expiries alone.",
        "source": 'Gatheral, J., "The Volatility Surface", Wiley 2006: variance v^2 T adds up over time',
    },
    "risk_reversal_25d": {
        "formula": "IV(25-delta call) - IV(25-delta put), linear in delta between quotes",
        "meaning": "Above 0 the calls are dearer than the puts, below 0 the puts.",
        "source": _REISWICH,
    },
    "butterfly_25d": {
        "formula": "(IV(25-delta call) + IV(25-delta put)) / 2 - ATM IV",
        "meaning": "How much dearer both wings are than the middle.",
        "source": _REISWICH,
    },
    "expected_move": {
        "formula": "forward x ATM IV x sqrt(T), T in years by ACT/365F",
        "meaning": "One standard deviation by expiry: about two times in three the price stays within it.",
        "source": 'Hull, J., "Options, Futures, and Other Derivatives", on the Black-Scholes-Merton model',
    },
    "straddle": {
        "formula": "mark of call + mark of put at the listed strike nearest to the forward",
        "meaning": "The price of both options at the money; about 0.8 of one standard deviation.",
        "source": 'Brenner, M. and Subrahmanyam, M., "A simple formula to compute the implied standard '
        'deviation", '
        "Financial Analysts Journal 44 (1988), 80-83: straddle = sqrt(2 / pi) x F v sqrt(T), discounted",
    },
    "max_pain": {
        "formula": "the strike S with the least sum of OI x max(S - K, 0) over calls and OI x max(K - S, 0) "
        "over puts, x multiplier",
        "meaning": "Where all holders together would receive least at expiry. No forecast: outside liquid "
        "options near expiry it has told little.",
        "source": 'Ni, S., Pearson, N. and Poteshman, A., "Stock price clustering on option expiration '
        'dates", '
        "Journal of Financial Economics 78 (2005), 49-87, on prices near strikes at expiry",
    },
    "put_call_oi": {
        "formula": "open interest of puts / open interest of calls",
        "meaning": "Open puts for each open call.",
        "source": _VOLUME,
    },
    "put_call_volume": {
        "formula": "contracts of puts traded today / contracts of calls traded today",
        "meaning": "Puts traded today for each call.",
        "source": _VOLUME,
    },
    "zero_gamma": {
        "formula": "the price nearest to now at which gamma exposure changes sign; IV of each option held, "
        "gamma of Black-76",
        "meaning": "Where hedging would turn from calming to driving the price, if the assumed sign holds.",
        "source": 'SqueezeMetrics, "Gamma exposure (GEX)", white paper, 2016',
    },
    "iv_30d": {
        "formula": "ATM IV at 30 days, linear in total variance between the expiries on either side",
        "meaning": "Volatility at one fixed distance, so that days can be compared.",
        "source": 'Cboe, "VIX methodology", on weighing two expiries to 30 days',
    },
    "iv_rank": {
        "formula": "(now - lowest) / (highest - lowest) of the 30-day ATM IV of the stored days and now",
        "meaning": "0 is the lowest of the days looked at, 1 the highest.",
        "source": _RANK,
    },
    "iv_percentile": {
        "formula": "share of the stored days whose 30-day ATM IV was below that of now",
        "meaning": "0.8: on eight days of ten it was lower than now.",
        "source": _RANK,
    },
}
