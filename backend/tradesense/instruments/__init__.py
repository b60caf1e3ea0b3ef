"""What can be traded: identities, contract specifications, expiries and calendars."""

from tradesense.instruments.book import SpecBook, load_specs
from tradesense.instruments.calendars import Calendar, TradingHours
from tradesense.instruments.errors import (
    BadSpecification,
    BadSymbol,
    NotListed,
    OutsideCalendar,
    UnknownInstrument,
    UnknownRoot,
)
from tradesense.instruments.life import days_to_expiry, is_expired, years_to_expiry
from tradesense.instruments.ports import FoundInstrument, InstrumentCatalogue, InstrumentQuery, Position
from tradesense.instruments.specs import ContractSpec
from tradesense.instruments.symbols import (
    ParsedSymbol,
    format_strike,
    future_symbol,
    option_symbol,
    parse_symbol,
    perpetual_symbol,
    symbol_sort_key,
)
from tradesense.instruments.values import Exercise, Instrument, Kind, Right, Settlement

__all__ = [
    "BadSpecification",
    "BadSymbol",
    "Calendar",
    "ContractSpec",
    "Exercise",
    "FoundInstrument",
    "Instrument",
    "InstrumentCatalogue",
    "InstrumentQuery",
    "Kind",
    "NotListed",
    "OutsideCalendar",
    "ParsedSymbol",
    "Position",
    "Right",
    "Settlement",
    "SpecBook",
    "TradingHours",
    "UnknownInstrument",
    "UnknownRoot",
    "days_to_expiry",
    "format_strike",
    "future_symbol",
    "is_expired",
    "load_specs",
    "option_symbol",
    "parse_symbol",
    "perpetual_symbol",
    "symbol_sort_key",
    "years_to_expiry",
]
