"""What each simulated product is like: its level, its curve, its volatility, its chain. Invented figures.

Contract terms (months, ticks, expiries, exercise) are not here: they come from the specifications.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChainProfile:
    """The options of one product.

    `strike_step` and `half_width` (a share of the price) span the ladder; `round_step` is the strike
    distance that draws open interest. `skew` and `wings` are the correlation and the curvature of the
    smile; `premium` is how far implied volatility lies above what the price path really does;
    `leverage` raises volatility as the price falls, `vol_of_vol` moves it by itself.
    """

    monthly: int
    strike_step: float
    half_width: float
    round_step: float
    skew: float
    wings: float
    premium: float
    leverage: float
    vol_of_vol: float
    open_interest: float
    call_share: float
    daily: int = 0
    weekly: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """One product.

    The log price of a future with time `t` to its end is `log(level)`, plus `carry * t`, plus
    `tilt * (1 - exp(-decay * t))`, plus a season of the delivery month, plus two random paths: a long
    one moving the whole curve (`long_vol`), and a short one moving its near end (`short_vol`, dying
    away with `decay`) or, where `short_is_carry`, the rate of carry itself.
    `daily_volume` and `open_interest` are the whole product's; `roll_days` before its end a contract's
    trading moves on over about `roll_width` days; `spacing_days` is how fast interest thins out along
    the curve. `spread_ticks` is the front contract's.
    """

    root: str
    level: float
    contracts: int
    long_vol: float
    short_vol: float
    decay: float
    daily_volume: float
    open_interest: float
    roll_days: float
    roll_width: float
    spacing_days: float
    carry: float = 0.0
    tilt: float = 0.0
    season: float = 0.0
    season_peak_month: float = 1.0
    short_is_carry: bool = False
    spread_ticks: float = 1.0
    months: str | None = None
    chain: ChainProfile | None = None
    perpetual: bool = False


PROFILES: tuple[Profile, ...] = (
    Profile(
        root="ES",
        level=6_800.0,
        contracts=5,
        long_vol=0.155,
        short_vol=0.006,
        decay=1.0,
        carry=0.027,
        short_is_carry=True,
        daily_volume=1_500_000,
        open_interest=2_100_000,
        roll_days=8.0,
        roll_width=1.3,
        spacing_days=28.0,
        chain=ChainProfile(
            monthly=4,
            weekly=2,
            strike_step=50.0,
            half_width=0.14,
            round_step=250.0,
            skew=-0.62,
            wings=0.95,
            premium=1.12,
            leverage=3.2,
            vol_of_vol=0.28,
            open_interest=420_000,
            call_share=0.42,
        ),
    ),
    Profile(
        root="CL",
        level=69.0,
        contracts=12,
        long_vol=0.17,
        short_vol=0.31,
        decay=1.1,
        tilt=-0.06,
        daily_volume=900_000,
        open_interest=1_600_000,
        roll_days=11.0,
        roll_width=2.0,
        spacing_days=55.0,
        chain=ChainProfile(
            monthly=5,
            strike_step=1.0,
            half_width=0.24,
            round_step=5.0,
            skew=-0.12,
            wings=0.85,
            premium=1.08,
            leverage=0.5,
            vol_of_vol=0.25,
            open_interest=310_000,
            call_share=0.48,
        ),
    ),
    Profile(
        root="NG",
        level=3.7,
        contracts=18,
        long_vol=0.20,
        short_vol=0.52,
        decay=1.8,
        tilt=0.04,
        season=0.16,
        season_peak_month=1.0,
        daily_volume=480_000,
        open_interest=1_450_000,
        roll_days=9.0,
        roll_width=2.0,
        spacing_days=80.0,
        chain=ChainProfile(
            monthly=4,
            strike_step=0.1,
            half_width=0.36,
            round_step=0.5,
            skew=0.28,
            wings=0.95,
            premium=1.10,
            leverage=-0.4,
            vol_of_vol=0.30,
            open_interest=520_000,
            call_share=0.54,
        ),
    ),
    Profile(
        root="GC",
        level=4_050.0,
        contracts=8,
        long_vol=0.165,
        short_vol=0.006,
        decay=1.0,
        carry=0.041,
        short_is_carry=True,
        daily_volume=230_000,
        open_interest=460_000,
        roll_days=31.0,
        roll_width=2.0,
        spacing_days=45.0,
        months="GJMQVZ",
        chain=ChainProfile(
            monthly=4,
            strike_step=25.0,
            half_width=0.12,
            round_step=100.0,
            skew=0.10,
            wings=0.85,
            premium=1.07,
            leverage=-0.3,
            vol_of_vol=0.22,
            open_interest=240_000,
            call_share=0.58,
        ),
    ),
    Profile(
        root="ZN",
        level=112.5,
        contracts=3,
        long_vol=0.056,
        short_vol=0.003,
        decay=1.0,
        carry=-0.006,
        short_is_carry=True,
        daily_volume=1_700_000,
        open_interest=4_600_000,
        roll_days=24.0,
        roll_width=2.0,
        spacing_days=22.0,
        chain=ChainProfile(
            monthly=3,
            strike_step=0.5,
            half_width=0.065,
            round_step=1.0,
            skew=-0.10,
            wings=0.70,
            premium=1.06,
            leverage=0.0,
            vol_of_vol=0.18,
            open_interest=900_000,
            call_share=0.47,
        ),
    ),
    Profile(
        root="SR3",
        level=96.3,
        contracts=12,
        long_vol=0.0085,
        short_vol=0.0035,
        decay=0.9,
        tilt=0.004,
        daily_volume=2_400_000,
        open_interest=8_500_000,
        roll_days=80.0,
        roll_width=10.0,
        spacing_days=330.0,
        months="HMUZ",
    ),
    Profile(
        root="BTC",
        level=84_000.0,
        contracts=7,
        long_vol=0.44,
        short_vol=0.03,
        decay=1.0,
        carry=0.055,
        short_is_carry=True,
        daily_volume=30_000_000,
        open_interest=900_000_000,
        roll_days=1.5,
        roll_width=0.5,
        spacing_days=160.0,
        spread_ticks=2.0,
        perpetual=True,
        chain=ChainProfile(
            monthly=3,
            weekly=2,
            daily=2,
            strike_step=2_000.0,
            half_width=0.34,
            round_step=10_000.0,
            skew=-0.06,
            wings=0.90,
            premium=1.10,
            leverage=0.15,
            vol_of_vol=0.22,
            open_interest=42_000,
            call_share=0.60,
        ),
    ),
)
