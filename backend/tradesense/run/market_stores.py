"""Opens the market store that the settings name: a DuckDB file, or a DuckLake."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from tradesense.base.clock import Clock
from tradesense.infra.disk_room import DiskRoom
from tradesense.infra.market_store import DuckDBStore, StoreInUse
from tradesense.run.settings import Role, Settings

_UPKEEP_SECONDS: Final = 1800.0
_ASK_AGAIN_SECONDS: Final = 0.5
_LOOK_SECONDS: Final = 0.25

_log = logging.getLogger("tradesense.run")


def open_market_store(
    settings: Settings, clock: Clock | None = None, *, keeps_room: bool = True
) -> DuckDBStore:
    """Open it, to write where this process runs the feeds; blocks.

    Raises `StoreInUse`, `StoreUnreadable` or `StoreUnavailable`.

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
            settings.market_lake,
            catalog,
            writes=settings.runs_feeds,
            follows=settings.role is Role.FEED,
            memory_limit=memory_limit,
            threads=threads,
            room=room,
            clock=clock,
        )
    return DuckDBStore(
        file,
        memory_limit=memory_limit,
        threads=threads,
        log_mib=settings.market_store_log_mb,
        room=room,
        clock=clock,
    )


async def open_in_turn(settings: Settings, clock: Clock) -> DuckDBStore:
    """Open the market store. A process that only runs the feeds waits where another one does; see above."""
    has_said = False
    while True:
        try:
            return await asyncio.to_thread(open_market_store, settings, clock)
        except StoreInUse as held:
            if settings.role is not Role.FEED:
                raise
            if not has_said:
                _log.info("another process runs the feeds: waiting", extra={"holder": held.holder})
                has_said = True
        await asyncio.sleep(_ASK_AGAIN_SECONDS)


async def follow_lease(store: DuckDBStore) -> None:
    """Return when another process has become the writer of the market store."""
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        if store.is_taken_over:
            return


async def keep_lake_tidy(store: DuckDBStore) -> None:
    """Put a lake's small writes together, and remove files nobody needs any more, every half hour."""
    while True:
        await asyncio.sleep(_UPKEEP_SECONDS)
        await asyncio.to_thread(store.checkpoint)
