"""One conversation with Deribit over one socket: calls and their replies, pushes, proofs of life.

Speaks JSON-RPC 2.0. Replies are matched to calls by id, for pushes may come before or between them.
Knows nothing of instruments or prices.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import orjson

CALL_TIMEOUT_SECONDS: Final = 10.0
LONGEST_SILENCE_SECONDS: Final = 25.0
HEARTBEAT_SECONDS: Final = 10
MOST_MESSAGE_BYTES: Final = 8 * 1024 * 1024
_MOST_CALLS_WAITING = 64


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the venue is: an address such as `wss://www.deribit.com/ws/api/v2`."""

    url: str = "wss://www.deribit.com/ws/api/v2"


class CallRefused(Exception):
    """The venue answered a call with an error; `code` is its number (10028: too many requests)."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(f"{words} ({code})")
        self.code = code


class SilentVenue(Exception):
    """Nothing came for longer than the heartbeat allows, or a call was not answered in time."""


class Socket(Protocol):
    """The part of a WebSocket connection that is used here."""

    async def send(self, message: str) -> None: ...

    async def recv(self) -> str | bytes: ...


@dataclass(frozen=True, slots=True)
class Push:
    """What the venue sent of its own accord on a channel."""

    channel: str
    data: Any


class Session:
    """Makes calls and yields pushes. `pushes()` has to be iterated for calls to be answered."""

    def __init__(
        self, socket: Socket, on_bad_message: Callable[[str], None], on_message: Callable[[], None]
    ) -> None:
        self._socket = socket
        self._on_bad_message = on_bad_message
        self._on_message = on_message
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """Return the `result` of a call. Raises `CallRefused`, `SilentVenue`."""
        assert len(self._waiting) < _MOST_CALLS_WAITING
        number = next(self._ids)
        reply: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[number] = reply
        try:
            await self._send(method, params, number)
            async with asyncio.timeout(CALL_TIMEOUT_SECONDS):
                return await reply
        except TimeoutError:
            raise SilentVenue(f"no reply to {method}") from None
        finally:
            del self._waiting[number]

    async def pushes(self) -> AsyncIterator[Push]:
        """Yield pushes until the socket closes; answer what asks for a proof of life.

        Raises `SilentVenue` after 25 s without any message.
        """
        while True:
            try:
                async with asyncio.timeout(LONGEST_SILENCE_SECONDS):
                    text = await self._socket.recv()
            except TimeoutError:
                raise SilentVenue("no message for 25 s") from None
            push = await self._take(text)
            if push is not None:
                yield push

    async def _take(self, text: str | bytes) -> Push | None:
        try:
            message = orjson.loads(text)
        except orjson.JSONDecodeError:
            self._on_bad_message("not JSON")
            return None
        if not isinstance(message, dict):
            self._on_bad_message("not a JSON object")
        elif message.get("method") == "subscription":
            return self._pushed(message.get("params"))
        elif message.get("method") == "heartbeat":
            self._on_message()
            await self._prove_life(message.get("params"))
        elif "id" in message:
            self._on_message()
            self._answer(message)
        else:
            self._on_bad_message("not a message of the protocol")
        return None

    def _pushed(self, params: Any) -> Push | None:
        if not isinstance(params, dict) or not isinstance(params.get("channel"), str):
            self._on_bad_message("a push without a channel")
            return None
        return Push(params["channel"], params.get("data"))

    async def _prove_life(self, params: Any) -> None:
        if isinstance(params, dict) and params.get("type") == "test_request":
            await self._send("public/test", {}, next(self._ids))

    def _answer(self, message: Mapping[str, Any]) -> None:
        reply = self._waiting.get(message["id"]) if isinstance(message["id"], int) else None
        if reply is None or reply.done():
            return
        error = message.get("error")
        if isinstance(error, dict):
            reply.set_exception(CallRefused(_code_of(error), str(error.get("message"))[:100]))
        elif "result" in message:
            reply.set_result(message["result"])
        else:
            self._on_bad_message("a reply without a result")

    async def _send(self, method: str, params: Mapping[str, Any], number: int) -> None:
        message = {"jsonrpc": "2.0", "id": number, "method": method, "params": dict(params)}
        await self._socket.send(orjson.dumps(message).decode())


def _code_of(error: Mapping[str, Any]) -> int:
    code = error.get("code")
    return code if isinstance(code, int) else 0
