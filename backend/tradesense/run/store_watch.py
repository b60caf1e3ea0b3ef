"""What operators are told of the market store: figures for `/metrics`, alarms for readiness."""

from __future__ import annotations

from tradesense.infra.market_store import DuckDBStore
from tradesense.web.health import Readiness
from tradesense.web.metrics import Figure


def figures_of(store: DuckDBStore) -> list[Figure]:
    """Return the figures of a market store; a list of the caller's own, to be added to."""
    history = store.history
    return [
        Figure(
            "market_store_log_bytes", "Bytes of DuckDB's log not yet in its file.", lambda: store.log_size
        ),
        Figure(
            "market_store_free_bytes", "Free bytes of the market store's disk.", lambda: store.room.free_bytes
        ),
        Figure(
            "market_store_reopened",
            "Times it was opened again after a fault.",
            lambda: history.reopened,
            True,
        ),
        Figure(
            "market_store_failed_writes",
            "Writes that the disk failed; none was acknowledged.",
            lambda: history.failed_writes,
            True,
        ),
        Figure(
            "market_store_failed_checkpoints",
            "Times its log could not be folded into its file.",
            lambda: history.failed_checkpoints,
            True,
        ),
        Figure(
            "market_store_logs_set_aside",
            "Damaged logs that were renamed and kept.",
            lambda: history.logs_set_aside,
            True,
        ),
        Figure("market_store_refused", "Batches refused for want of room.", lambda: store.room.refused, True),
    ]


def watch_store(store: DuckDBStore, readiness: Readiness) -> None:
    """Have readiness name what is wrong with a market store though it answers."""

    def is_short_of_room() -> bool:
        return store.room.is_short()

    readiness.add_alarm("disk_nearly_full", is_short_of_room)
    readiness.add_alarm("market_store_log_set_aside", lambda: store.history.logs_set_aside > 0)
