"""Expiry rules by name: each turns a delivery month into a date, counting on a calendar's trading days.

The month given is the one in the contract's name; a rule may well answer with a day of an earlier or later
month. Rules work on the calendar's lenient view, so that a month beyond the published holidays has a date.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tradesense.instruments.calendars import Calendar, load_calendar

Rule = Callable[[int, int, Calendar], date]

RULES: dict[str, Rule] = {}

_MONDAY, _TUESDAY, _WEDNESDAY, _THURSDAY, _FRIDAY = range(5)


def _rule(rule: Rule) -> Rule:
    def on_lenient_days(year: int, month: int, calendar: Calendar) -> date:
        return rule(year, month, calendar.lenient)

    on_lenient_days.__doc__ = rule.__doc__
    RULES[rule.__name__] = on_lenient_days
    return on_lenient_days


def shift_month(year: int, month: int, count: int) -> tuple[int, int]:
    """Return the month `count` months later."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def first_of(year: int, month: int, shift: int = 0) -> date:
    """Return the first day of a month, or of the one `shift` months later."""
    return date(*shift_month(year, month, shift), 1)


def last_of(year: int, month: int, shift: int = 0) -> date:
    """Return the last day of a month, or of the one `shift` months later."""
    return first_of(year, month, shift + 1) - timedelta(days=1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the nth Monday (0) .. Sunday (6) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def last_weekday(year: int, month: int, weekday: int) -> date:
    """Return the last Monday (0) .. Sunday (6) of a month."""
    last = last_of(year, month)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _from_end(year: int, month: int, nth: int, days: Calendar, shift: int = 0) -> date:
    return days.add(days.on_or_before(last_of(year, month, shift)), -(nth - 1))


@_rule
def third_friday(year: int, month: int, days: Calendar) -> date:
    """The third Friday, or the trading day before a closed one: stock indices."""
    return days.on_or_before(nth_weekday(year, month, _FRIDAY, 3))


@_rule
def last_friday(year: int, month: int, days: Calendar) -> date:
    """The last Friday, or the trading day before a closed one: coins."""
    return days.on_or_before(last_weekday(year, month, _FRIDAY))


@_rule
def last_friday_us_and_london(year: int, month: int, days: Calendar) -> date:
    """The last Friday that is a trading day both in the US and in London, or the last such day before it."""
    london = load_calendar("LONDON").lenient
    day = last_weekday(year, month, _FRIDAY)
    while not (days.is_trading_day(day) and london.is_trading_day(day)):
        day -= timedelta(days=1)
    return day


@_rule
def last_business_day(year: int, month: int, days: Calendar) -> date:
    """The last trading day of the month."""
    return _from_end(year, month, 1, days)


@_rule
def third_last_business_day(year: int, month: int, days: Calendar) -> date:
    """The third last trading day of the month: metals."""
    return _from_end(year, month, 3, days)


@_rule
def last_business_day_of_month_before(year: int, month: int, days: Calendar) -> date:
    """The last trading day before the delivery month: oil products; first notice of metals, grains, rates."""
    return _from_end(year, month, 1, days, shift=-1)


@_rule
def third_last_business_day_of_month_before(year: int, month: int, days: Calendar) -> date:
    """The third last trading day before the delivery month: natural gas."""
    return _from_end(year, month, 3, days, shift=-1)


@_rule
def fourth_last_business_day_of_month_before(year: int, month: int, days: Calendar) -> date:
    """The fourth last trading day before the delivery month, a day earlier where that is a Friday or the day
    before a holiday: options on metals and natural gas."""
    day = _from_end(year, month, 4, days, shift=-1)
    while day.weekday() == _FRIDAY or days.next(day) != day + timedelta(days=1):
        day = days.previous(day)
    return day


@_rule
def day_before_third_last_of_month_before(year: int, month: int, days: Calendar) -> date:
    """The trading day before natural gas futures end: its options."""
    return _from_end(year, month, 4, days, shift=-1)


@_rule
def wti(year: int, month: int, days: Calendar) -> date:
    """Three trading days before the 25th of the month before, counted from the last trading day up to it."""
    start = days.on_or_before(first_of(year, month, -1) + timedelta(days=24))
    return days.add(start, -3)


@_rule
def wti_micro(year: int, month: int, days: Calendar) -> date:
    """One trading day before WTI ends."""
    return days.previous(RULES["wti"](year, month, days))


@_rule
def wti_notice(year: int, month: int, days: Calendar) -> date:
    """Two trading days after WTI ends."""
    return days.add(RULES["wti"](year, month, days), 2)


@_rule
def wti_options(year: int, month: int, days: Calendar) -> date:
    """Seven trading days before the 26th of the month before the delivery month."""
    return days.add(first_of(year, month, -1) + timedelta(days=25), -7)


@_rule
def natural_gas_notice(year: int, month: int, days: Calendar) -> date:
    """The trading day after natural gas ends."""
    return days.next(_from_end(year, month, 3, days, shift=-1))


@_rule
def oil_products_notice(year: int, month: int, days: Calendar) -> date:
    """Two trading days after oil products end."""
    return days.add(_from_end(year, month, 1, days, shift=-1), 2)


@_rule
def oil_products_options(year: int, month: int, days: Calendar) -> date:
    """Three trading days before oil products end."""
    return _from_end(year, month, 4, days, shift=-1)


@_rule
def brent(year: int, month: int, days: Calendar) -> date:
    """The last trading day of the second month before; a day earlier on the eve of Christmas or New Year."""
    day = _from_end(year, month, 1, days, shift=-2)
    following = days.next(day)
    eves = {date(day.year, 12, 25), date(day.year + 1, 1, 1)}
    gap = {day + timedelta(days=step) for step in range(1, (following - day).days)}
    return days.previous(day) if gap & eves else day


@_rule
def seventh_before_last_business_day(year: int, month: int, days: Calendar) -> date:
    """Seven trading days before the last one of the month: long Treasury futures."""
    return _from_end(year, month, 8, days)


@_rule
def treasury_options(year: int, month: int, days: Calendar) -> date:
    """The last Friday at least two trading days before the last trading day of the month before."""
    return _friday_before_notice(year, month, days)


@_rule
def grains_options(year: int, month: int, days: Calendar) -> date:
    """The last Friday at least two trading days before first notice."""
    return _friday_before_notice(year, month, days)


@_rule
def before_the_fifteenth(year: int, month: int, days: Calendar) -> date:
    """The trading day before the 15th of the month: grains."""
    return days.previous(date(year, month, 15))


@_rule
def tenth_business_day(year: int, month: int, days: Calendar) -> date:
    """The tenth trading day of the month: lean hogs."""
    return days.add(date(year, month, 1) - timedelta(days=1), 10)


@_rule
def first_friday(year: int, month: int, days: Calendar) -> date:
    """The first Friday, or the trading day before a closed one: options on live cattle."""
    return days.on_or_before(nth_weekday(year, month, _FRIDAY, 1))


@_rule
def first_monday(year: int, month: int, days: Calendar) -> date:
    """The first Monday, or the trading day after a closed one: first notice of live cattle."""
    return days.on_or_after(nth_weekday(year, month, _MONDAY, 1))


@_rule
def second_before_third_wednesday(year: int, month: int, days: Calendar) -> date:
    """Two trading days before the third Wednesday: most currencies."""
    return days.add(nth_weekday(year, month, _WEDNESDAY, 3), -2)


@_rule
def before_third_wednesday(year: int, month: int, days: Calendar) -> date:
    """The trading day before the third Wednesday: the Canadian dollar."""
    return days.previous(nth_weekday(year, month, _WEDNESDAY, 3))


@_rule
def second_friday_before_third_wednesday(year: int, month: int, days: Calendar) -> date:
    """The second Friday before the third Wednesday, or the trading day before it: options on currencies."""
    wednesday = nth_weekday(year, month, _WEDNESDAY, 3)
    return days.on_or_before(wednesday - timedelta(days=12))


@_rule
def third_wednesday(year: int, month: int, days: Calendar) -> date:
    """The third Wednesday itself: where a three-month rate's quarter starts."""
    del days
    return nth_weekday(year, month, _WEDNESDAY, 3)


@_rule
def friday_before_third_wednesday(year: int, month: int, days: Calendar) -> date:
    """The Friday before the third Wednesday, or the trading day before it: options on three-month rates."""
    return days.on_or_before(nth_weekday(year, month, _WEDNESDAY, 3) - timedelta(days=5))


@_rule
def three_month_rate(year: int, month: int, days: Calendar) -> date:
    """The trading day before the third Wednesday of the third month after the named one."""
    return days.previous(nth_weekday(*shift_month(year, month, 3), _WEDNESDAY, 3))


@_rule
def volatility_index(year: int, month: int, days: Calendar) -> date:
    """Thirty days before the third Friday of the next month; a day earlier where one of the two is closed."""
    friday = nth_weekday(*shift_month(year, month, 1), _FRIDAY, 3)
    wednesday = friday - timedelta(days=30)
    both_open = days.is_trading_day(wednesday) and days.is_trading_day(friday)
    return wednesday if both_open else days.previous(wednesday)


@_rule
def nse_monthly(year: int, month: int, days: Calendar) -> date:
    """NSE's last Thursday, from September 2025 its last Tuesday; the trading day before a closed one."""
    weekday = _TUESDAY if (year, month) >= (2025, 9) else _THURSDAY
    return days.on_or_before(last_weekday(year, month, weekday))


@_rule
def nse_bank_monthly(year: int, month: int, days: Calendar) -> date:
    """As `nse_monthly`, but the last Wednesday from March to December 2024."""
    if (2024, 3) <= (year, month) <= (2024, 12):
        return days.on_or_before(last_weekday(year, month, _WEDNESDAY))
    return RULES["nse_monthly"](year, month, days)


@_rule
def nse_financial_monthly(year: int, month: int, days: Calendar) -> date:
    """As `nse_monthly`, but the last Tuesday from October 2021 to December 2024."""
    if (2021, 10) <= (year, month) <= (2024, 12):
        return days.on_or_before(last_weekday(year, month, _TUESDAY))
    return RULES["nse_monthly"](year, month, days)


def _friday_before_notice(year: int, month: int, days: Calendar) -> date:
    latest = _from_end(year, month, 3, days, shift=-1)
    friday = latest - timedelta(days=(latest.weekday() - _FRIDAY) % 7)
    return days.on_or_before(friday)
