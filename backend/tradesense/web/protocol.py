"""uvicorn's HTTP protocol: what it refuses by itself is a problem document, too, and headers have a bound."""

from __future__ import annotations

from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tradesense.web.errors import problem, title_of
from tradesense.web.limits import MOST_HEAD_BYTES, MOST_QUERY_BYTES
from tradesense.web.request_id import new_request_id

_LINGER_SECONDS: Final = 1.0


class ProblemProtocol(HttpToolsProtocol):
    """Answers what can't be parsed, or is endless before its body begins, with a problem document.

    Nothing is parsed any more once the bytes before a body pass `MOST_HEAD_BYTES`; the parser has no bound.
    """

    _head_bytes = 0
    _is_refused = False

    def data_received(self, data: bytes) -> None:
        if self._is_refused:
            return
        if self._head_bytes > MOST_HEAD_BYTES:
            self._refuse(414 if self._has_long_address() else 431)
            return
        self._head_bytes += len(data)
        super().data_received(data)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head_bytes = 0

    def on_body(self, body: bytes) -> None:
        self._head_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._head_bytes = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words are not ours
        self._refuse(414 if self._has_long_address() else 400)

    def _has_long_address(self) -> bool:
        return len(getattr(self, "url", b"")) > MOST_QUERY_BYTES

    def _refuse(self, status: int) -> None:
        request_id = new_request_id()
        response = problem(status, request_id=request_id, headers={"X-Request-ID": request_id})
        lines = [f"HTTP/1.1 {response.status_code} {title_of(response.status_code)}".encode()]
        lines += [name + b": " + value for name, value in response.raw_headers]
        lines += [b"connection: close", b"", bytes(response.body)]
        self._is_refused = True
        self.transport.write(b"\r\n".join(lines))
        # Closing on what was not read resets the connection, and the answer is lost with it.
        self.loop.call_later(_LINGER_SECONDS, self.transport.close)
