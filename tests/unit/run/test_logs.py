"""A log record is one line of JSON whatever is in it."""

from __future__ import annotations

import json
import logging
import sys

from tradesense.run.logs import JsonLines


def line_of(record: logging.LogRecord) -> dict[str, object]:
    text = JsonLines().format(record)
    assert "\n" not in text
    read: dict[str, object] = json.loads(text)
    return read


def test_a_record_is_one_line_with_its_extra_fields() -> None:
    record = logging.makeLogRecord(
        {"name": "a", "levelno": 30, "levelname": "WARNING", "msg": "x %s", "args": ("\r\ny",)}
    )
    record.path = "/futures"
    record.odd = {1, 2}
    line = line_of(record)
    assert line["level"] == "warning"
    assert line["message"] == "x \r\ny"
    assert line["path"] == "/futures"
    assert str(line["ts"]).endswith("Z")
    assert "request_id" not in line


def test_an_exception_is_a_field_of_the_line() -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        record = logging.makeLogRecord({"msg": "failed", "exc_info": sys.exc_info()})
    assert "ValueError: broken" in str(line_of(record)["exception"])
