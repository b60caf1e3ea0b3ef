"""Gathers what is known of each contract at an instant: quote, trade, settlement, the price that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from tradesense.instruments import ContractSpec, OutsideCalendar, SpecBook
from tradesense.market.futures.rules import (
    Price,
    PriceKind,
    QuoteStatus,
    best_price,
    mid_price,
    quote_status,
)
from tradesense.market.history import Reader
from tradesense.market.history.futures import (
    ContractRow,
    QuoteRow,
    SettlementRow,
    TradeRow,
    fetch_latest_quotes,
    fetch_latest_trades,
    fetch_latest_two_sided,
    fetch_settlements,
)

FRESH_WITHIN = timedelta(minutes=30)
"""A quote older than this gives way to a newer trade or settlement where there is one."""

_SESSION_BEFORE = timedelta(days=5)
"""The last quote before a session is looked for so far back: over a weekend and two holidays."""


class Session(NamedTuple):
    """A trading session: its trade date, when it opens and closes, and the trade date before it."""

    day: date
    opens: datetime
    closes: datetime
    day_before: date


@dataclass(frozen=True, slots=True)
class ContractState:
    """One contract at one instant; every part may be missing.

    `two_sided` is the newest quote with both sides in order: the quote itself, or an earlier one; `closing`
    the last such before this session, where there is neither a settlement nor a close to measure from.
    `session` is the one that `at` lies in or follows.
    """

    contract: ContractRow
    at: datetime
    quote: QuoteRow | None
    two_sided: QuoteRow | None
    trade: TradeRow | None
    settlements: Sequence[SettlementRow]
    closing: QuoteRow | None = None
    session: Session | None = None

    @property
    def last(self) -> Price | None:
        """The newest trade, of the quote's own record or of the bars."""
        of_bars = Price(self.trade.price, PriceKind.LAST, self.trade.ts) if self.trade else None
        quoted = self.quote.last if self.quote else None
        if self.quote and quoted is not None and (of_bars is None or self.quote.ts >= of_bars.ts):
            return Price(quoted, PriceKind.LAST, self.quote.ts)
        return of_bars

    @property
    def price(self) -> Price | None:
        """The price that counts: middle, venue's mark, last trade or settlement; fresh before best.

        Of a quote that lacks a side or is crossed, the middle of the one before it counts.
        """
        mark = self.quote.mark if self.quote else None
        middle = mid_price(self.two_sided.bid, self.two_sided.ask) if self.two_sided else None
        candidates = [
            _price(middle, PriceKind.MID, self.two_sided),
            _price(mark, PriceKind.MARK, self.quote),
            self.last,
            self._settled(),
        ]
        return best_price(candidates, at=self.at, stale_after=FRESH_WITHIN)

    @property
    def status(self) -> QuoteStatus:
        if self.contract.expires_at is not None and self.at >= self.contract.expires_at:
            return QuoteStatus.EXPIRED
        return quote_status(self.quote.bid, self.quote.ask) if self.quote else QuoteStatus.NO_QUOTE

    @property
    def ts(self) -> datetime | None:
        """When the newest quote or trade came."""
        times = [each.ts for each in (self.quote, self.trade) if each is not None]
        return max(times, default=None)

    @property
    def open_interest(self) -> float | None:
        for part in (self.quote, self.trade, *self.settlements):
            if part is not None and part.open_interest is not None:
                return part.open_interest
        return None

    @property
    def volume(self) -> float | None:
        for part in (self.quote, self.trade):
            if part is not None and part.volume is not None:
                return part.volume
        return None

    @property
    def previous(self) -> tuple[float, PriceKind] | None:
        """What a change is measured from: the settlement of a day before the price's own, else the close,
        else the middle of the last quote before this session.

        A settlement older than of the day before gives way to the close: in the first hours of a session the
        newest one is not out yet.
        """
        price = self.price
        if price is None:
            return None
        day, day_before = self._trade_days(price)
        settled = [
            (row.settlement, row.trade_date)
            for row in self.settlements
            if row.settlement is not None and row.trade_date < day
        ]
        close = self.trade.previous_close if self.trade else None
        if settled and (close is None or day_before is None or settled[0][1] >= day_before):
            return settled[0][0], PriceKind.SETTLEMENT
        if close is not None:
            return close, PriceKind.LAST
        middle = mid_price(self.closing.bid, self.closing.ask) if self.closing else None
        return None if middle is None else (middle, PriceKind.MID)

    def _trade_days(self, price: Price) -> tuple[date, date | None]:
        """Return the trade date of a price, and the one before where the session is known."""
        # A daily bar ends, and a settlement is known, at the midnight after its own day.
        is_of_a_day = price.kind in (PriceKind.LAST, PriceKind.SETTLEMENT) and price.ts.time() == time()
        session = self.session
        if session is not None and not is_of_a_day and session.opens <= price.ts < session.closes:
            return session.day, session.day_before
        return (price.ts - timedelta(microseconds=1)).date(), None

    def _settled(self) -> Price | None:
        for each in self.settlements:
            if each.settlement is not None:
                return Price(each.settlement, PriceKind.SETTLEMENT, _midnight_after(each.trade_date))
        return None


async def load_states(
    reader: Reader, specs: SpecBook, contracts: Sequence[ContractRow], at: datetime
) -> list[ContractState]:
    """Return the state at `at` of each contract, in their order; they may be of many products and sources."""
    found: dict[tuple[str, str], ContractState] = {}
    for source in dict.fromkeys(contract.source for contract in contracts):
        own = [contract for contract in contracts if contract.source == source]
        symbols = [contract.symbol for contract in own]
        quotes = await fetch_latest_quotes(reader, source=source, symbols=symbols, at=at)
        incomplete = [name for name, row in quotes.items() if mid_price(row.bid, row.ask) is None]
        two_sided = quotes
        if incomplete:
            earlier = await fetch_latest_two_sided(reader, source=source, symbols=incomplete, at=at)
            two_sided = {name: quotes[name] for name in quotes if name not in incomplete} | earlier
        settlements = await fetch_settlements(reader, source=source, symbols=symbols, at=at)
        sessions = {root: session_of(specs.find(root, source), at) for root in {each.root for each in own}}
        by_session = _by_session(sessions, own, at)
        trades = await _load_trades(reader, source, by_session, at)
        without = {name for name in symbols if not _has_close(settlements.get(name, ()), trades.get(name))}
        closing = await _load_closing(reader, source, by_session, without)
        for each in own:
            name = each.symbol
            found[source, name] = ContractState(
                each,
                at,
                quotes.get(name),
                two_sided.get(name),
                trades.get(name),
                settlements.get(name, ()),
                closing.get(name),
                sessions[each.root],
            )
    return [found[contract.source, contract.symbol] for contract in contracts]


def _by_session(
    sessions: Mapping[str, Session | None], contracts: Sequence[ContractRow], at: datetime
) -> dict[datetime, list[str]]:
    """Return the symbols by when the session of their product began; a day before where that is not known."""
    by_session: dict[datetime, list[str]] = {}
    for contract in contracts:
        session = sessions[contract.root]
        start = at - timedelta(days=1) if session is None else session.opens
        by_session.setdefault(start, []).append(contract.symbol)
    return by_session


async def _load_trades(
    reader: Reader, source: str, by_session: Mapping[datetime, Sequence[str]], at: datetime
) -> dict[str, TradeRow]:
    trades: dict[str, TradeRow] = {}
    for start, symbols in by_session.items():
        trades |= await fetch_latest_trades(
            reader, source=source, symbols=symbols, at=at, session_start=start
        )
    return trades


async def _load_closing(
    reader: Reader, source: str, by_session: Mapping[datetime, Sequence[str]], wanted: Set[str]
) -> dict[str, QuoteRow]:
    """Return the last quote with both sides before the session, of those wanted."""
    closing: dict[str, QuoteRow] = {}
    for start, symbols in by_session.items():
        own = [name for name in symbols if name in wanted]
        closing |= await fetch_latest_two_sided(
            reader, source=source, symbols=own, at=start, look_back=_SESSION_BEFORE
        )
    return closing


def _has_close(settlements: Sequence[SettlementRow], trade: TradeRow | None) -> bool:
    """Whether somebody published what a change could be measured from."""
    return any(each.settlement is not None for each in settlements) or (
        trade is not None and trade.previous_close is not None
    )


def _price(value: float | None, kind: PriceKind, of: QuoteRow | None) -> Price | None:
    return None if value is None or of is None else Price(value, kind, of.ts)


def session_of(spec: ContractSpec | None, at: datetime) -> Session | None:
    """Return the session that `at` lies in or follows; None where hours are not known."""
    if spec is None:
        return None
    hours = replace(spec.trading_hours, calendar=spec.trading_hours.calendar.lenient)
    day = hours.trade_date(at)
    span = hours.session(day)
    while span is None or span[0] > at:
        day = hours.calendar.previous(day)
        span = hours.session(day)
    return Session(day, *span, hours.calendar.previous(day))


def is_open(spec: ContractSpec | None, at: datetime) -> bool | None:
    """Tell whether the product trades at `at`; None where that is not known."""
    if spec is None:
        return None
    try:
        return spec.trading_hours.is_open(at)
    except OutsideCalendar:
        return None


def _midnight_after(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
