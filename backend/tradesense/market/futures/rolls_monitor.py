"""The roll monitor: how far trading has moved from the front contract to the next, what following costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from tradesense.instruments import ContractSpec, SpecBook
from tradesense.market.futures import rolls_schemas as schemas
from tradesense.market.futures.errors import NoData
from tradesense.market.futures.rolls import Floats, share_of
from tradesense.market.futures.rolls_panel import DailyPanel, hold_until, load_panel, trade_date_of
from tradesense.market.futures.rules import Leg, mid_price, spread_sides, years_between
from tradesense.market.futures.series import days_of
from tradesense.market.futures.states import ContractState, load_states
from tradesense.market.history import Reader, pick_source
from tradesense.market.history.continuous import FutureRow, fetch_future_coverage
from tradesense.market.history.futures import ContractRow, fetch_contracts

_DAY = timedelta(days=1)


class RollMonitorService:
    """Answers from what was known at an instant."""

    def __init__(self, reader: Reader, specs: SpecBook) -> None:
        self._reader = reader
        self._specs = specs

    async def get_roll(
        self, root: str, *, as_of: datetime | None, source: str | None, roll_days: int, days: int
    ) -> schemas.RollMonitor:
        """Return the state of the roll, with the last `days` days of both contracts.

        The front is the nearest contract that lives; the next the later one with most open interest, or
        volume, or else simply the next. Raises `NoData`.
        """
        at = self._reader.instant(as_of)
        spans = await fetch_future_coverage(self._reader, root)
        known = [each for each in spans if source in (None, each.source) and each.first_ts <= at]
        chosen = pick_source(known, as_of)
        if chosen is None:
            raise NoData(
                f"There are no futures of {root}" + (f" from {source}" if source else "") + " by then."
            )
        stored = await fetch_contracts(self._reader, at=at, roots=[(root, chosen)])
        states = await load_states(
            self._reader, self._specs, [each for each in stored if each.expiry is not None], at
        )
        spec = self._specs.find(root, chosen)
        pair = _pair(states)
        daily = await self._daily(pair, spec, chosen, at, roll_days, days)
        return _answer(root, chosen, at, spec, pair, daily, roll_days)

    async def _daily(
        self,
        pair: Sequence[ContractState],
        spec: ContractSpec | None,
        source: str,
        at: datetime,
        roll_days: int,
        days: int,
    ) -> DailyPanel | None:
        if len(pair) < 2:
            return None
        futures = [_future(state.contract) for state in pair]
        since = (at - days * _DAY).date()
        return await load_panel(self._reader, spec, source, futures, at=at, roll_days=roll_days, since=since)


def _pair(states: Sequence[ContractState]) -> Sequence[ContractState]:
    if len(states) < 2:
        return states
    front, later = states[0], list(states[1:])

    def weight(state: ContractState) -> tuple[float, float]:
        return state.open_interest or 0.0, state.volume or 0.0

    return front, max(later, key=weight)


def _answer(
    root: str,
    source: str,
    at: datetime,
    spec: ContractSpec | None,
    pair: Sequence[ContractState],
    daily: DailyPanel | None,
    roll_days: int,
) -> schemas.RollMonitor:
    front = pair[0] if pair else None
    following = pair[1] if len(pair) > 1 else None
    today = trade_date_of(days_of(spec, source), at)
    roll_date = _roll_date(front.contract, spec, roll_days) if front else None
    migration = migration_of(daily) if daily else []
    return schemas.RollMonitor(
        root=root,
        source=source,
        as_of=at,
        trade_date=today,
        front=_leg(front) if front else None,
        next=_leg(following) if following else None,
        roll_date=roll_date,
        roll_days=roll_days,
        days_to_roll=(roll_date - today).days if roll_date else None,
        trading_days_to_roll=_trading_days(spec, today, roll_date),
        volume_crossed_on=crossed_on(migration, lambda row: row.volume_share),
        open_interest_crossed_on=crossed_on(migration, lambda row: row.open_interest_share),
        cost=cost_of(front, following),
        migration=migration,
    )


def migration_of(daily: DailyPanel) -> list[schemas.MigrationRow]:
    """Return how volume and open interest of two contracts divided, day by day, where anything is known."""
    rows = []
    volume, interest = daily.panel.volume, daily.panel.open_interest
    for place, day in enumerate(daily.panel.days):
        volumes, interests = _two(volume, place), _two(interest, place)
        if any(value is not None for value in (*volumes, *interests)):
            rows.append(
                schemas.MigrationRow(
                    date=day,
                    front_volume=volumes[0],
                    next_volume=volumes[1],
                    volume_share=share_of(volumes[1], volumes[0]),
                    front_open_interest=interests[0],
                    next_open_interest=interests[1],
                    open_interest_share=share_of(interests[1], interests[0]),
                )
            )
    return rows


def crossed_on(
    migration: Sequence[schemas.MigrationRow], share: Callable[[schemas.MigrationRow], float | None]
) -> date | None:
    """Return since when, without a break up to now, the next contract has had more than half."""
    since = None
    for row in migration:
        part = share(row)
        if part is None:
            continue
        if part <= 0.5:
            since = None
        elif since is None:
            since = row.date
    return since


def cost_of(front: ContractState | None, following: ContractState | None) -> schemas.RollCost:
    """Return what rolling costs by the two quotes; null where a side is missing."""
    nothing = dict.fromkeys(schemas.RollCost.model_fields)
    if front is None or following is None:
        return schemas.RollCost.model_validate(nothing)
    near, far = _price(front), _price(following)
    bid, ask = spread_sides([(_side(following), 1), (_side(front), -1)])
    middle = mid_price(bid, ask)
    multiplier = front.contract.multiplier
    ratio = far / near if near and far and near > 0 and far > 0 else None
    years = _years_between(front, following)
    return schemas.RollCost(
        spread=None if near is None or far is None else round(far - near, 10),
        spread_pct=None if ratio is None else (ratio - 1) * 100,
        spread_annualised=None if ratio is None or not years else (ratio - 1) / years,
        long_roll=ask,
        short_roll=bid,
        slippage=None if ask is None or middle is None else round(ask - middle, 10),
        long_roll_money=None if ask is None or not multiplier or front.contract.inverse else ask * multiplier,
        currency=front.contract.currency,
    )


def _leg(state: ContractState) -> schemas.RollLeg:
    contract, quote = state.contract, state.quote
    left = None if contract.expires_at is None else (contract.expires_at - state.at) / _DAY
    return schemas.RollLeg.model_validate(
        {
            "symbol": contract.symbol,
            "expiry": contract.expiry,
            "first_notice": contract.first_notice,
            "last_trade": contract.last_trade,
            "days_to_expiry": left,
            "bid": quote.bid if quote else None,
            "ask": quote.ask if quote else None,
            "price": _price(state),
            "volume": state.volume,
            "open_interest": state.open_interest,
        }
    )


def _roll_date(contract: ContractRow, spec: ContractSpec | None, roll_days: int) -> date:
    until = hold_until(_future(contract), spec, roll_days)
    return spec.calendar.lenient.next(until) if spec is not None else until + _DAY


def _trading_days(spec: ContractSpec | None, today: date, roll_date: date | None) -> int | None:
    if spec is None or roll_date is None:
        return None
    return spec.calendar.lenient.count_between(today, roll_date)


def _future(contract: ContractRow) -> FutureRow:
    assert contract.expiry is not None
    return FutureRow(contract.symbol, contract.expiry, contract.first_notice, contract.last_trade)


def _price(state: ContractState) -> float | None:
    return round(state.price.value, 10) if state.price else None


def _side(state: ContractState) -> Leg:
    quote = state.quote
    return Leg(state.contract.symbol, quote.bid if quote else None, quote.ask if quote else None)


def _years_between(front: ContractState, following: ContractState) -> float | None:
    first, last = front.contract.expires_at, following.contract.expires_at
    return None if first is None or last is None else years_between(first, last)


def _two(values: Floats, row: int) -> tuple[float | None, float | None]:
    front, following = (float(value) if value == value else None for value in values[row, :2])
    return front, following
