"""Finds instruments and tells everything known of one."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tradesense.base.clock import Clock
from tradesense.instruments.book import SpecBook
from tradesense.instruments.calendars import Window
from tradesense.instruments.errors import OutsideCalendar, UnknownInstrument
from tradesense.instruments.life import days_to_expiry, is_expired, years_to_expiry
from tradesense.instruments.ports import FoundInstrument, InstrumentCatalogue, InstrumentQuery, Position
from tradesense.instruments.schemas import InstrumentDetail, InstrumentItem, Specification, TradingWindow
from tradesense.instruments.specs import ContractSpec
from tradesense.instruments.values import Instrument, Kind

_ROOTS_BY_NAME = 50


class InstrumentService:
    """Reads stored instruments and joins each with its product's specification."""

    def __init__(self, catalogue: InstrumentCatalogue, specs: SpecBook, clock: Clock) -> None:
        self._catalogue = catalogue
        self._specs = specs
        self._clock = clock

    async def list_instruments(
        self,
        text: str = "",
        *,
        kind: Kind | None = None,
        root: str | None = None,
        source: str | None = None,
        after: Position | None = None,
        limit: int = 100,
    ) -> tuple[list[FoundInstrument], bool]:
        """Return one page, and whether there are more.

        The text is looked for in symbols, venue symbols and roots, and in the names of products.
        """
        wanted = text.strip().upper()
        query = InstrumentQuery(wanted, self._roots_named(wanted), kind, root, source)
        found = await self._catalogue.search(query, after=after, limit=limit + 1)
        return found[:limit], len(found) > limit

    async def get_instrument(
        self, symbol: str, *, source: str | None = None, as_of: datetime | None = None
    ) -> InstrumentDetail:
        """Return one instrument with its specification. Raises `UnknownInstrument`."""
        listed = await self._catalogue.find(symbol, as_of=as_of)
        chosen = next((each for each in listed if source in (None, each.source)), None)
        if chosen is None:
            where = f" at source {source!r}" if source and listed else ""
            raise UnknownInstrument(f"There is no instrument {symbol}{where}.")
        return self._detail(chosen, [each.source for each in listed], as_of or self._clock.now())

    def _roots_named(self, wanted: str) -> tuple[str, ...]:
        if len(wanted) < 3:
            return ()
        roots = {spec.root for spec in self._specs.all() if wanted in spec.name.upper()}
        return tuple(sorted(roots))[:_ROOTS_BY_NAME]

    def _detail(self, instrument: Instrument, sources: list[str], at: datetime) -> InstrumentDetail:
        spec = self._specs.find(instrument.root, instrument.source)
        return InstrumentDetail(
            **InstrumentItem.of(instrument).model_dump(),
            as_of=at,
            expired=is_expired(instrument, at),
            days_to_expiry=days_to_expiry(instrument, at),
            trading_days_to_expiry=_trading_days(spec, instrument.expiry, at),
            years_to_expiry=years_to_expiry(instrument, at),
            market_open=_is_open(spec, at),
            sources=sources,
            specification=_specification(spec, instrument) if spec else None,
        )


def _trading_days(spec: ContractSpec | None, expiry: date | None, at: datetime) -> int | None:
    if spec is None or expiry is None:
        return None
    today = at.astimezone(ZoneInfo(spec.time_zone)).date()
    if not (spec.calendar.knows(today) and spec.calendar.knows(expiry)):
        return None
    return max(0, spec.calendar.count_between(today, expiry))


def _is_open(spec: ContractSpec | None, at: datetime) -> bool | None:
    if spec is None:
        return None
    try:
        return spec.trading_hours.is_open(at)
    except OutsideCalendar:
        return None


def _specification(spec: ContractSpec, instrument: Instrument) -> Specification:
    option, future = instrument.kind is Kind.OPTION, instrument.kind is Kind.FUTURE
    terms = spec.option if option else spec.future if future else None
    return Specification(
        name=spec.name,
        sector=spec.sector,
        exchange=spec.exchange,
        mic=spec.mic,
        currency=spec.currency,
        time_zone=spec.time_zone,
        price_note=spec.price_note,
        listed_months=spec.future.months if spec.future else None,
        expiry_rule=terms.expiry if terms else None,
        expiry_time=terms.expiry_time.isoformat("minutes") if terms else None,
        expiry_zone=(terms.expiry_zone or spec.time_zone) if terms else None,
        hours=[_window(window) for window in spec.trading_hours.windows],
        hours_zone=spec.trading_hours.time_zone,
        calendar=spec.business_days,
        calendar_known_until=spec.calendar.last,
    )


def _window(window: Window) -> TradingWindow:
    return TradingWindow(
        opens=window.opens.isoformat("minutes"),
        closes=window.closes.isoformat("minutes"),
        opens_day_before=window.opens_day_before,
    )
