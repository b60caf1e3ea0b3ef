"""How long an instrument lives on, in days and in years; pure."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tradesense.instruments.values import Instrument

_SECONDS_OF_A_YEAR = 365 * 86_400


def is_expired(instrument: Instrument, at: datetime) -> bool:
    """Tell whether the instrument's last moment has passed at an aware instant; never for one without end."""
    return instrument.expires_at is not None and at >= instrument.expires_at


def days_to_expiry(instrument: Instrument, at: datetime) -> int | None:
    """Return calendar days from the exchange's own date at an aware instant to the expiry date.

    0 on the day and ever after; `None` for an instrument without end.
    """
    if instrument.expiry is None:
        return None
    today = at.astimezone(ZoneInfo(instrument.time_zone or "UTC")).date()
    return max(0, (instrument.expiry - today).days)


def years_to_expiry(instrument: Instrument, at: datetime) -> float | None:
    """Return the time left in years of 365 days, to the second; 0 after the end, `None` without one."""
    if instrument.expires_at is None:
        return None
    return max(0.0, (instrument.expires_at - at).total_seconds() / _SECONDS_OF_A_YEAR)
