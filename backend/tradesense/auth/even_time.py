"""Makes an answer take as long whether or not there was something to do, so that its time tells nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

EVEN_SECONDS: Final = 0.15
"""Several times what the work takes: a query or two and two rows written."""


@asynccontextmanager
async def evenly(seconds: float = EVEN_SECONDS) -> AsyncIterator[None]:
    """Leave the block no earlier than `seconds` after entering it, also by an error."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    try:
        yield
    finally:
        await asyncio.sleep(until - loop.time())
