"""uvicorn's HTTP protocol, with its own refusals as problem documents too."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tradesense.web.errors import problem, title_of
from tradesense.web.limits import MOST_QUERY_BYTES
from tradesense.web.request_id import new_request_id


class ProblemProtocol(HttpToolsProtocol):
    """Answers what can't be parsed, or an address longer than the parser takes, with a problem document."""

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's words are not ours
        too_long = len(getattr(self, "url", b"")) > MOST_QUERY_BYTES
        request_id = new_request_id()
        response = problem(
            414 if too_long else 400, request_id=request_id, headers={"X-Request-ID": request_id}
        )
        lines = [f"HTTP/1.1 {response.status_code} {title_of(response.status_code)}".encode()]
        lines += [name + b": " + value for name, value in response.raw_headers]
        lines += [b"connection: close", b"", bytes(response.body)]
        self.transport.write(b"\r\n".join(lines))
        self.transport.close()
