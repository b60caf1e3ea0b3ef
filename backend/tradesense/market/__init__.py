"""What the market did and does: the way in (recorder), the way out (history), the two desks."""

from tradesense.market.compaction import compact, keep_compact
from tradesense.market.history import Reader
from tradesense.market.ports import MarketStore
from tradesense.market.recorder import CommitReport, ImportedFile, Recorder, StoredCount, WriteTransaction
from tradesense.market.retention import Retention
from tradesense.market.storage import create_tables
from tradesense.market.tables import KEYS, SCHEMAS, BarInterval, Table

__all__ = [
    "KEYS",
    "SCHEMAS",
    "BarInterval",
    "CommitReport",
    "ImportedFile",
    "MarketStore",
    "Reader",
    "Recorder",
    "Retention",
    "StoredCount",
    "Table",
    "WriteTransaction",
    "compact",
    "create_tables",
    "keep_compact",
]
