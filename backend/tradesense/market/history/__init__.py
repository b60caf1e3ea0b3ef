"""Every query of the market: values bound, identifiers from enums, a deadline on each."""

from tradesense.market.history.reader import Reader, aware_time, stored_time
from tradesense.market.history.sources import (
    Coverage,
    fetch_option_coverage,
    fetch_root_coverage,
    fetch_symbol_coverage,
    pick_source,
)

__all__ = [
    "Coverage",
    "Reader",
    "aware_time",
    "fetch_option_coverage",
    "fetch_root_coverage",
    "fetch_symbol_coverage",
    "pick_source",
    "stored_time",
]
