"""The sockets themselves: uvicorn's WebSocket protocol, with a short way out for bytes that clients share.

A message framed once is written to each transport as it is. The application is asked once, at the opening;
one that takes the line over has no task for it from then on, and hears of messages by call.
"""

from __future__ import annotations

import logging
import socket
import struct
from collections.abc import Callable
from typing import Any, Final, Protocol

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState
from websockets.frames import Frame
from websockets.http11 import Request

EXTENSION: Final = "tradesense.line"
"""The ASGI extension under which an application finds its `Line`."""

_HIGH_WATER: Final = 48 * 1024
_LOW_WATER: Final = 16 * 1024
_SEND_BUFFER: Final = 64 * 1024
_USER_TIMEOUT_MS: Final = 5_000
_MOST_FRAGMENTS: Final = 256
_CLOSING_SECONDS: Final = 2.0

# uvicorn writes addresses with their query at info, the library headers at debug: neither is for a log.
_quiet = logging.getLogger("tradesense.streaming.wire")
_quiet.setLevel(logging.WARNING)

Write = Callable[[bytes], object]


class Listener(Protocol):
    """Hears what comes over a line. Nothing here may block."""

    def heard(self, data: bytes) -> None:
        """Take a text message, as it came: it may not be UTF-8."""
        ...

    def heard_other(self, *, is_ping: bool) -> None:
        """Take note of a ping, or of a message that is no text."""
        ...

    def paused(self) -> None:
        """The other side does not take what was written."""
        ...

    def resumed(self) -> None:
        """The other side took what was written."""
        ...

    def closed(self) -> None:
        """The line is gone; may be said twice."""
        ...


class Line(Protocol):
    """A way to one client."""

    def take(self, listener: Listener) -> Write:
        """Take the line over, once it is accepted: from now on `listener` hears.

        Returns what writes bytes that `text_frame` made. It never waits, and is not to be called between
        `paused` and `resumed`.
        """
        ...

    def close(self, code: int, reason: str) -> None:
        """Say why and close; cut off where the other side does not take that."""
        ...

    def abort(self) -> None:
        """Cut off at once."""
        ...


def text_frame(payload: bytes) -> bytes:
    """Return a text message as a server sends it (RFC 6455, 5.2): unmasked, in one frame, uncompressed.

    >>> text_frame(b"hi").hex()
    '81026869'
    """
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65536:
        return struct.pack("!BBH", 0x81, 126, size) + payload
    return struct.pack("!BBQ", 0x81, 127, size) + payload


class StreamProtocol(WebSocketsSansIOProtocol):
    """A `Line`, once it is taken; before that what uvicorn has."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.logger = _quiet
        self.conn.logger = _quiet
        self.conn.debug = False
        self.close_timeout = _CLOSING_SECONDS
        self._listener: Listener | None = None

    # The way out

    def take(self, listener: Listener) -> Write:
        self._listener = listener
        self.transport.set_write_buffer_limits(high=_HIGH_WATER, low=_LOW_WATER)
        _bound_kernel_buffers(self.transport.get_extra_info("socket"))
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        return self.transport.write

    def close(self, code: int, reason: str) -> None:
        if self.close_sent or self.transport.is_closing():
            return
        try:
            self.conn.send_close(code, reason)
        except InvalidState:
            self.transport.abort()
            return
        self.stop_keepalive()
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    def abort(self) -> None:
        self.transport.abort()

    # The way in

    async def run_asgi(self) -> None:
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except BaseException:
            _quiet.exception("the stream could not be opened")
            self.send_500_response()
        if self._listener is None:
            self.transport.close()
        else:
            # A line lives for days; what its opening needed does not.
            for name in ("scope", "request", "response"):
                delattr(self, name)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        scope: Any = getattr(self, "scope", None)
        if scope is not None:
            # The task that asks the application has not begun yet.
            scope["extensions"][EXTENSION] = self

    def send_receive_event_to_app(self) -> None:
        if self._listener is None:
            super().send_receive_event_to_app()
            return
        data = self.frames[0] if len(self.frames) == 1 else b"".join(self.frames)
        self.frames = []
        if self.close_sent:
            return
        if self.curr_msg_data_type == "text":
            self._listener.heard(bytes(data))
        else:
            self._listener.heard_other(is_ping=False)

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) >= _MOST_FRAGMENTS:
            # Empty fragments would pile up without ever being too big.
            self.frames = []
            self.close(1009, "too many fragments")
            return
        super().handle_cont(event)

    def handle_ping(self) -> None:
        answer = b"".join(self.conn.data_to_send())
        if self._listener is not None:
            self._listener.heard_other(is_ping=True)
        if self.writable.is_set() and not self.close_sent:
            self.transport.write(answer)

    def handle_close(self, event: Frame) -> None:
        is_answer = self.close_sent
        super().handle_close(event)
        if self._listener is not None and not is_answer:
            self._listener.closed()
            # Closing waits for what was written to be taken; not for ever.
            self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    # What becomes of it

    def shutdown(self) -> None:
        super().shutdown()
        # Closing waits for what was written to be taken; a server that ends, not for ever.
        self.loop.call_later(self.close_timeout, self.transport.abort)
        if self._listener is not None:
            self._listener.closed()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._listener is not None:
            self._listener.paused()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._listener is not None:
            self._listener.resumed()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.closed()


def _bound_kernel_buffers(found: socket.socket | None) -> None:
    """Let the system keep little for who does not read, and give up on who does not answer."""
    if found is None or found.family not in (socket.AF_INET, socket.AF_INET6):
        return
    found.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _USER_TIMEOUT_MS)
