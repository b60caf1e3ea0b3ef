"""Year fractions between instants given as integers; a caller's calendar and clock stay outside."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from tradesense.quant.values import ArrayLike, Floats

SECONDS_PER_DAY: Final = 86_400
_UNITS_PER_DAY: Final = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
_DAYS_PER_YEAR: Final = {"ACT/365F": 365.0, "ACT/360": 360.0}
CONVENTIONS: Final = ("ACT/365F", "ACT/360", "ACT/ACT")


def expiry_years(
    now: ArrayLike, expiry: ArrayLike, *, unit: str = "us", convention: str = "ACT/365F"
) -> Floats:
    """Return the time from `now` to `expiry` in years; negative once it has passed.

    Parameters
    ----------
    now, expiry : int64 instants since 1970-01-01 UTC in `unit`, any shapes that broadcast. `datetime64`
        arrays are read in their own unit and `unit` is ignored for them.
    unit : "s", "ms", "us" (default) or "ns".
    convention : "ACT/365F" (default: every year has 365 days), "ACT/360", or "ACT/ACT" (ISDA: each calendar
        year's part over that year's own length).

    Returns
    -------
    float64 years of the broadcast shape. The difference is taken in integers, so nothing finer than the
    unit is lost. NaN where a `datetime64` is NaT.

    Raises
    ------
    ValueError : for an unknown unit or convention.

    References
    ----------
    ISDA, 2006 ISDA Definitions, section 4.16 (b), (d), (e).

    Examples
    --------
    >>> float(expiry_years(0, 365 * 86_400 * 1_000_000))
    1.0
    """
    if convention not in CONVENTIONS:
        raise ValueError(f"unknown day count {convention!r}; known: {', '.join(CONVENTIONS)}")
    start, start_unit = _instants(now, unit)
    end, end_unit = _instants(expiry, unit)
    if convention == "ACT/ACT":
        return _calendar_years(end, end_unit) - _calendar_years(start, start_unit)
    if start_unit == end_unit:
        return _per_year(end - start, _UNITS_PER_DAY[end_unit] * _DAYS_PER_YEAR[convention], start, end)
    days = end / _UNITS_PER_DAY[end_unit] - start / _UNITS_PER_DAY[start_unit]
    return _per_year(days, _DAYS_PER_YEAR[convention], start, end)


def _per_year(
    difference: npt.NDArray[np.generic],
    per_year: float,
    start: npt.NDArray[np.int64],
    end: npt.NDArray[np.int64],
) -> Floats:
    missing = (start == _NAT) | (end == _NAT)
    return np.asarray(np.where(missing, np.nan, np.asarray(difference, dtype=np.float64) / per_year))


_NAT: Final = np.iinfo(np.int64).min


def _instants(value: ArrayLike, unit: str) -> tuple[npt.NDArray[np.int64], str]:
    array = np.asarray(value)
    if array.dtype.kind == "M":
        own = np.datetime_data(array.dtype)[0]
        if own not in _UNITS_PER_DAY:
            array, own = array.astype("datetime64[us]"), "us"
        return array.view(np.int64), own
    if unit not in _UNITS_PER_DAY:
        raise ValueError(f"unknown unit {unit!r}; known: {', '.join(_UNITS_PER_DAY)}")
    return array.astype(np.int64), unit


def _calendar_years(instant: npt.NDArray[np.int64], unit: str) -> Floats:
    year = instant.astype(f"datetime64[{unit}]").astype("datetime64[Y]")
    begin = year.astype(f"datetime64[{unit}]").astype(np.int64)
    length = (year + 1).astype(f"datetime64[{unit}]").astype(np.int64) - begin
    years = 1970.0 + year.astype(np.int64) + (instant - begin) / length
    return np.asarray(np.where(instant == _NAT, np.nan, years))
