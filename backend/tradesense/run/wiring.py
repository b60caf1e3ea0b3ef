"""Builds the parts from the settings and hands them on; the only place that knows which adapter is which."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from tradesense.auth import housekeeping
from tradesense.base.clock import Clock, SystemClock
from tradesense.base.tasks import supervise
from tradesense.infra.database import Database
from tradesense.infra.market_store import DuckDBStore
from tradesense.instruments import SpecBook, load_specs
from tradesense.market import Reader, Recorder, create_tables, keep_compact
from tradesense.market.history.instruments import StoredInstruments
from tradesense.market.live.known_feeds import KnownFeeds, OwnFeeds, ToldFeeds
from tradesense.market.live.push import QuotePush
from tradesense.market.options import OptionsDesk
from tradesense.run.accounts import Accounts, open_accounts
from tradesense.run.answers import answer_figures, build_kept, telling_changes
from tradesense.run.desk_figures import desk_figures, feed_figures
from tradesense.run.forgetting import Forgetting
from tradesense.run.keys import kept_key
from tradesense.run.learned_specs import learning_specs, telling_specs
from tradesense.run.live import Live, build_live, live_figures
from tradesense.run.live_ports import fenced, open_live
from tradesense.run.market_stores import keep_lake_tidy, open_in_turn
from tradesense.run.people_store import open_database
from tradesense.run.post import Post, open_post
from tradesense.run.pushed import build_push
from tradesense.run.settings import Role, Settings
from tradesense.run.shared import open_shared
from tradesense.run.store_watch import figures_of, watch_store
from tradesense.run.stream import build_hub, stream_figures
from tradesense.streaming.hub import Hub
from tradesense.web.health import Readiness
from tradesense.web.kept_answers import KeptAnswers
from tradesense.web.metrics import Figure
from tradesense.web.paging import CursorSigner

CLOSE_SECONDS: Final = 20.0

_log = logging.getLogger("tradesense.run")


@dataclass(frozen=True, slots=True)
class Parts:
    """What runs in one process, ready for use."""

    settings: Settings
    clock: Clock
    store: DuckDBStore
    reader: Reader
    recorder: Recorder
    specs: SpecBook
    readiness: Readiness
    cursors: CursorSigner
    database: Database
    post: Post
    accounts: Accounts
    figures: list[Figure]
    live: Live
    quote_push: QuotePush
    known_feeds: KnownFeeds
    stream: Hub
    kept: KeptAnswers

    def request_state(self) -> dict[str, object]:
        """Return what routes find as `request.state.<name>`."""
        return {
            "clock": self.clock,
            "readiness": self.readiness,
            "figures": self.figures,
            "cursors": self.cursors,
            "database": self.database,
            "sealer": self.post.sealer,
            "outbox": self.post.outbox,
            "auth": self.accounts.auth,
            "callers": self.accounts.callers,
            "stream": self.stream,
            "api_keys": self.accounts.api_keys,
            "limiter": self.accounts.limiter,
            "csrf_key": self.accounts.csrf_key,
            "quote_push": self.quote_push,
            "known_feeds": self.known_feeds,
            "feed_control": None,
            "reader": self.reader,
            "specs": self.specs,
            "instrument_catalogue": StoredInstruments(self.reader),
            "present": self.live.present,
            "kept": self.kept,
            "options_desk": OptionsDesk(
                self.reader,
                self.specs,
                self.live.present,
                self.kept,
                assumed_rate=self.settings.assumed_rate,
            ),
        }


@asynccontextmanager
async def open_parts(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Parts]:
    """Open every part that the role needs and close it again, the last opened first.

    A process that only runs the feeds waits while another one does. Raises `StoreInUse` where another process
    owns the market store, `BadSpecification` where the declared specifications can't be read, and what
    `open_database` raises.
    """
    clock = clock or SystemClock()
    specs = load_specs(settings.contract_specs)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    store = await open_in_turn(settings, clock)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(_close, store)
        if settings.runs_feeds:
            await asyncio.to_thread(_make_tables, store)
        database = await stack.enter_async_context(open_database(settings))
        post = await stack.enter_async_context(open_post(settings, database, clock))
        reader = Reader(store, clock, deadline_seconds=settings.query_deadline_seconds)
        readiness = Readiness({"market_store": reader.check, "database": database.check})
        ports = await stack.enter_async_context(open_live(settings, readiness))
        shared = await stack.enter_async_context(open_shared(settings))
        forgetting = Forgetting(ports.bus, clock) if settings.redis_url is not None else None
        accounts = await stack.enter_async_context(
            open_accounts(settings, database, post, clock, windows=shared.windows, forgetting=forgetting)
        )
        if settings.role is Role.FEED:
            ports = fenced(ports, store)
        if settings.role is Role.FEED:
            await stack.enter_async_context(telling_specs(specs, ports.cache, clock))
        elif settings.role is Role.API:
            await stack.enter_async_context(learning_specs(specs, ports.cache))
        if settings.runs_feeds and shared.answers is not None:
            await stack.enter_async_context(telling_changes(store.past, shared.answers))
        recorder = Recorder(store, clock)
        kept = build_kept(settings, clock, store.past, specs, shared.answers)
        live = build_live(ports, settings, reader, recorder, specs, clock)
        known_feeds = _known_feeds(settings, live, readiness, clock)
        hub = build_hub(ports, settings, accounts, clock, shared.once)
        parts = Parts(
            settings=settings,
            clock=clock,
            store=store,
            reader=reader,
            recorder=recorder,
            specs=specs,
            readiness=readiness,
            cursors=CursorSigner(_signing_key(settings)),
            database=database,
            post=post,
            accounts=accounts,
            figures=[
                *figures_of(store),
                *(live_figures(live) if settings.runs_feeds else ()),
                *(stream_figures(hub) if settings.answers_people else ()),
                *(answer_figures(kept) if settings.answers_people else ()),
                *(feed_figures(live.feed_states) if settings.runs_feeds else ()),
                *desk_figures(database),
            ],
            live=live,
            known_feeds=known_feeds,
            stream=hub,
            kept=kept,
            quote_push=build_push(settings, recorder, reader, live, clock),
        )
        watch_store(store, parts.readiness)
        await stack.enter_async_context(
            supervise("old credentials", partial(housekeeping.keep_tidy, database, clock))
        )
        if settings.runs_feeds:
            await stack.enter_async_context(supervise("compaction", partial(keep_compact, store)))
            if settings.market_lake is not None:
                await stack.enter_async_context(supervise("lake upkeep", partial(keep_lake_tidy, store)))
        if settings.answers_people:
            await stack.enter_async_context(hub.running())
        yield parts


def _known_feeds(settings: Settings, live: Live, readiness: Readiness, clock: Clock) -> KnownFeeds:
    if settings.runs_feeds:
        return OwnFeeds(live.feed_states)
    told = ToldFeeds(live.cache, clock)
    readiness.add("feed", told.check)
    return told


async def _close(store: DuckDBStore) -> None:
    # What was acknowledged is on the disk already; one that hangs must not keep the program from ending.
    closing = asyncio.ensure_future(asyncio.to_thread(store.close))
    done, _ = await asyncio.wait([closing], timeout=CLOSE_SECONDS)
    if not done:
        _log.error("the market store hangs and is left as it is", extra={"seconds": CLOSE_SECONDS})
        return
    closing.result()


def _make_tables(store: DuckDBStore) -> None:
    # Tables in the log alone would be lost with it.
    create_tables(store)
    store.checkpoint()


def _signing_key(settings: Settings) -> bytes:
    if settings.cursor_signing_key is not None:
        return settings.cursor_signing_key.get_secret_value().encode()
    return kept_key(settings.data_dir, "cursor-signing.key")
