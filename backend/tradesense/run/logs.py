"""One JSON object a line on standard error; knows the request being answered, never a query string."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime

import orjson

from tradesense.web.request_id import current_request_id

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; fields given as `extra=` stand beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "ts": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        request_id = current_request_id()
        if request_id:
            line["request_id"] = request_id
        line.update({name: value for name, value in vars(record).items() if name not in _OWN})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS).decode()


def configure_logging(level: str) -> None:
    """Send every log record to standard error as a line of JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # We say ourselves when serving starts and ends.
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    # Numba narrates its compiler at debug, by the thousand lines.
    logging.getLogger("numba").setLevel(logging.WARNING)
    # Alembic lists its plug-ins.
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)
