"""What the market did and does: the way in (recorder), the way out (history), the two desks, live."""

from tradesense.market.compaction import compact, keep_compact
from tradesense.market.history import Reader
from tradesense.market.history.replays import Recorded, fetch_recorded_instruments, fetch_recorded_parts
from tradesense.market.live.quotes import OPTION_COLUMNS, QUOTE_COLUMNS, FeedStatus, Intake, QuoteBatch
from tradesense.market.ports import MarketStore
from tradesense.market.recorder import CommitReport, ImportedFile, Recorder, StoredCount, WriteTransaction
from tradesense.market.retention import Retention
from tradesense.market.rows import instrument_rows
from tradesense.market.storage import create_tables
from tradesense.market.tables import KEYS, SCHEMAS, BarInterval, Table

__all__ = [
    "KEYS",
    "OPTION_COLUMNS",
    "QUOTE_COLUMNS",
    "SCHEMAS",
    "BarInterval",
    "CommitReport",
    "FeedStatus",
    "ImportedFile",
    "Intake",
    "MarketStore",
    "QuoteBatch",
    "Reader",
    "Recorded",
    "Recorder",
    "Retention",
    "StoredCount",
    "Table",
    "WriteTransaction",
    "compact",
    "create_tables",
    "fetch_recorded_instruments",
    "fetch_recorded_parts",
    "instrument_rows",
    "keep_compact",
]
