"""The option maths is warmed up beside the start."""

from __future__ import annotations

import asyncio
import threading

import pytest

from tradesense import quant
from tradesense.run.warm_up import WarmUp


async def test_a_waiter_that_goes_away_does_not_disturb_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    monkeypatch.setattr(quant, "warm", lambda: release.wait(10))
    warm_up = WarmUp()
    waiter = asyncio.create_task(warm_up.wait())
    await asyncio.sleep(0)
    waiter.cancel()
    release.set()
    await asyncio.wait_for(warm_up.wait(), 10)
    assert waiter.cancelled() or waiter.done()
