"""304 for a caller whose copy is the same."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from tradesense.web.etag import cached_response, etag_of, matches

TAG = etag_of(b"body")


def request_with(if_none_match: str | None) -> Request:
    headers = [] if if_none_match is None else [(b"if-none-match", if_none_match.encode())]
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers})


@pytest.mark.parametrize("header", [TAG, f"W/{TAG}", f'"other", {TAG}', "*", f"{TAG},"])
def test_a_known_state_is_a_304_without_a_body(header: str) -> None:
    answer = cached_response(
        request_with(header), b"body", "application/json", headers={"X-Next-Cursor": "c"}
    )
    assert answer.status_code == 304
    assert answer.body == b""
    assert answer.headers["etag"] == TAG
    assert answer.headers["x-next-cursor"] == "c"


@pytest.mark.parametrize("header", [None, '"other"', TAG.strip('"'), ""])
def test_another_state_is_sent_whole(header: str | None) -> None:
    answer = cached_response(request_with(header), b"body", "text/csv")
    assert answer.status_code == 200
    assert answer.body == b"body"
    assert answer.headers["vary"] == "Accept"


def test_different_bytes_have_different_tags_and_equal_ones_the_same() -> None:
    assert etag_of(b"a") != etag_of(b"b")
    assert etag_of(b"a") == etag_of(b"a")
    assert matches(f"W/{TAG}", f"W/{TAG}")
