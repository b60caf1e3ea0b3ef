"""The same client without `async`, for notebooks and plain scripts; a thread of its own does the work."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from tradesense_client.client import TradeSense
from tradesense_client.events import Event
from tradesense_client.models import InstrumentItem

P = ParamSpec("P")
T = TypeVar("T")
_Asking = Callable[Concatenate[TradeSense, P], Coroutine[Any, Any, T]]


def _blocking(method: _Asking[P, T]) -> Callable[Concatenate[BlockingTradeSense, P], T]:
    def ask(self: BlockingTradeSense, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self._run(method(self._client, *args, **kwargs))

    ask.__doc__ = method.__doc__
    return ask


class BlockingTradeSense:
    """To be used as `with`; takes what `TradeSense` takes, and `email` and `password` to sign in."""

    def __init__(
        self,
        base_url: str,
        *,
        email: str | None = None,
        password: str | None = None,
        code: str | None = None,
        **options: Any,
    ) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="tradesense", daemon=True)
        self._thread.start()
        try:
            self._client = self._run(_open(base_url, email, password, code, options))
        except BaseException:
            self._stop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections and end the thread."""
        try:
            self._run(self._client.aclose())
        finally:
            self._stop()

    futures = _blocking(TradeSense.futures)
    product = _blocking(TradeSense.product)
    quotes = _blocking(TradeSense.quotes)
    curve = _blocking(TradeSense.curve)
    underlyings = _blocking(TradeSense.underlyings)
    chain = _blocking(TradeSense.chain)
    bars = _blocking(TradeSense.bars)
    bars_file = _blocking(TradeSense.bars_file)
    feeds = _blocking(TradeSense.feeds)
    push_quotes = _blocking(TradeSense.push_quotes)

    def instruments(
        self, q: str | None = None, *, kind: str | None = None, root: str | None = None
    ) -> Iterator[InstrumentItem]:
        """Yield what can be traded, page after page, as it is asked for."""
        pages = self._client.instruments(q, kind=kind, root=root)
        while (each := self._run(_next(pages))) is not None:
            yield each

    def follow(self, topic: str, *, max_hz: float | None = None) -> Iterator[Event]:
        """Yield what becomes of a topic, over a stream of its own; see `Stream.topic`."""
        stream = self._client.stream()
        self._run(stream.__aenter__())
        events = stream.topic(topic, max_hz=max_hz)
        try:
            while (event := self._run(_next(events))) is not None:
                yield event
        finally:
            self._run(_leave(stream, events))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _open(
    base_url: str, email: str | None, password: str | None, code: str | None, options: dict[str, Any]
) -> TradeSense:
    if email is not None and password is not None:
        return await TradeSense.login(base_url, email, password, code=code, **options)
    return TradeSense(base_url, **options)


async def _next(items: Any) -> Any:
    return await anext(items, None)


async def _leave(stream: Any, events: Any) -> None:
    await events.aclose()
    await stream.__aexit__(None, None, None)
