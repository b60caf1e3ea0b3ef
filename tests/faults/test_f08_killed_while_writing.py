"""F8: a feed killed in the middle of writing loses nothing acknowledged, and its store opens at once."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.fixtures.store_writer import Nursery, Order, acknowledged, nursery_of, stored_batches
from tradesense.infra.market_store import DuckDBStore

ROWS = 50
LONGEST_LIFE_SECONDS = 0.6


def _killed_at_random(nursery: Nursery, order: Order, chance: random.Random, *, opening: bool) -> set[int]:
    """Have a writer killed at some instant, of its opening or later; return what it acknowledged."""
    writer = nursery.start(order)
    lines = [] if opening else [nursery.line(), nursery.line()]
    killing = threading.Timer(chance.uniform(0, LONGEST_LIFE_SECONDS), os.kill, (writer, signal.SIGKILL))
    killing.start()
    lines += nursery.rest()
    killing.join()
    assert lines[-1] == f"ended {-signal.SIGKILL}"
    return acknowledged(lines)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forked")
def test_f08_every_acknowledged_batch_is_whole_however_its_writer_was_killed(
    tmp_path: Path, full_faults: bool, measured: Callable[[str], None]
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    chance, kills = random.Random(seed), 100 if full_faults else 8
    path = tmp_path / "market.duckdb"
    log = path.with_name(path.name + ".wal")
    acked: set[int] = set()
    slowest, largest, stored = 0.0, 0, 0
    with nursery_of() as nursery:
        for kill in range(1, kills + 1):
            # The one that was being written when its writer died may be stored, so its number is spent.
            order = Order(str(path), max(acked, default=-2) + 2, rows=ROWS, log_mib=0.1, compact_every=7)
            acked |= _killed_at_random(nursery, order, chance, opening=kill % 5 == 0)
            largest = max(largest, log.stat().st_size if log.exists() else 0)
            if kill % 3 == 1 and kill < kills:
                continue  # the next writer finds the file as this one left it
            started = time.perf_counter()
            store = DuckDBStore(path, threads=1)
            slowest = max(slowest, time.perf_counter() - started)
            with closing(store):
                batches = stored_batches(store)
            lost = acked - batches.keys()
            partial = {number: count for number, count in batches.items() if count != ROWS}
            assert (lost, partial) == (set(), {}), f"seed {seed}, kill {kill}"
            assert store.history.logs_set_aside == 0, f"seed {seed}, kill {kill}"
            stored = len(batches)
    assert len(acked) >= kills // 2
    assert slowest <= 2
    measured(
        f"{kills} kills (seed {seed}): {len(acked)} batches acknowledged, all whole; {stored} stored, none"
        f" partial; slowest opening {slowest * 1000:.0f} ms, largest log {largest / 1024:.0f} KiB"
    )
