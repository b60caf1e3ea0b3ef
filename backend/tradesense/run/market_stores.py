"""Opens the market store that the settings name: a DuckDB file, or a DuckLake."""

from __future__ import annotations

import asyncio
from typing import Final

from tradesense.base.clock import Clock
from tradesense.infra.disk_room import DiskRoom
from tradesense.infra.market_store import DuckDBStore
from tradesense.run.settings import Settings

_UPKEEP_SECONDS: Final = 1800.0


def open_market_store(
    settings: Settings, clock: Clock | None = None, *, keeps_room: bool = True
) -> DuckDBStore:
    """Open it to read and write; blocks. Raises `StoreInUse`, `StoreUnreadable` or `StoreUnavailable`.

    With `keeps_room` it refuses rows where the settings say that the disk is nearly full.
    """
    memory_limit, threads = f"{settings.market_store_memory_mb}MiB", settings.market_store_threads
    file = settings.market_store_file
    least_percent = settings.market_store_least_free_percent if keeps_room else 0
    room = DiskRoom(file.parent, least_percent=least_percent)
    if settings.market_lake is not None:
        from tradesense.infra.market_lake import LakeStore

        assert settings.market_catalog_url is not None, "checked with the settings"
        catalog = settings.market_catalog_url.get_secret_value()
        return LakeStore(
            settings.market_lake, catalog, memory_limit=memory_limit, threads=threads, room=room, clock=clock
        )
    return DuckDBStore(
        file,
        memory_limit=memory_limit,
        threads=threads,
        log_mib=settings.market_store_log_mb,
        room=room,
        clock=clock,
    )


async def keep_lake_tidy(store: DuckDBStore) -> None:
    """Put a lake's small writes together, and remove files nobody needs any more, every half hour."""
    while True:
        await asyncio.sleep(_UPKEEP_SECONDS)
        await asyncio.to_thread(store.checkpoint)
