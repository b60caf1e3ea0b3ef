"""R76: ranges run forward, times are aware and of this age, pages are bounded, cursors are ours."""

from __future__ import annotations

import time

import httpx
import pytest

from tests.fixtures.operations import Operation, Parameter, operations, query_parameters
from tests.security.test_r80_problem_documents import assert_problem
from tradesense.base.errors import Invalid
from tradesense.web.paging import CursorSigner

TIMES = [item for item in query_parameters() if item.name in ("as_of", "from", "to")]
RANGED = [item for item in operations() if {"from", "to"} <= {parameter.name for parameter in item.query()}]
LIMITS = [item for item in query_parameters() if item.name == "limit"]
CURSORS = [item for item in query_parameters() if item.name == "cursor"]
BAD_TIMES = [
    "2026-03-20T14:30:00",
    "2026-03-20",
    "0001-01-01T00:00:00Z",
    "1899-12-31T23:59:59Z",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "1700000000",
    "now",
    "2026-02-30T00:00:00Z",
    "",
]


def refused_quickly(client: httpx.Client, operation: Operation, query: dict[str, str]) -> None:
    # A machine that is busy with other tests gets more chances to show how little work it is.
    assert any(_seconds_to_refuse(client, operation, query) < 0.05 for _ in range(20))


def _seconds_to_refuse(client: httpx.Client, operation: Operation, query: dict[str, str]) -> float:
    started = time.perf_counter()
    answer = client.request(operation.method, operation.path, params={**operation.required_query(), **query})
    elapsed = time.perf_counter() - started
    assert_problem(answer, 422)
    return elapsed


@pytest.mark.parametrize("parameter", TIMES, ids=str)
@pytest.mark.parametrize("value", BAD_TIMES)
def test_r76_a_time_without_zone_or_of_another_age_is_refused(
    admin_api: httpx.Client, parameter: Parameter, value: str
) -> None:
    refused_quickly(admin_api, parameter.operation, {parameter.name: value})


@pytest.mark.parametrize("operation", RANGED, ids=str)
def test_r76_a_reversed_range_is_refused(admin_api: httpx.Client, operation: Operation) -> None:
    reversed_range = {"from": "2020-01-02T00:00:00Z", "to": "2020-01-01T00:00:00Z"}
    refused_quickly(admin_api, operation, reversed_range)


@pytest.mark.parametrize("parameter", LIMITS, ids=str)
@pytest.mark.parametrize("value", ["0", "-1", "1000000000", "1.5", "ten", ""])
def test_r76_a_limit_out_of_bounds_is_refused(
    admin_api: httpx.Client, parameter: Parameter, value: str
) -> None:
    refused_quickly(admin_api, parameter.operation, {"limit": value})
    assert parameter.schema["maximum"] <= 100_000


@pytest.mark.parametrize("parameter", CURSORS, ids=str)
def test_r76_a_cursor_that_is_not_ours_is_refused(admin_api: httpx.Client, parameter: Parameter) -> None:
    strange = CursorSigner(b"another key that is long enough to sign").sign("instruments", ["ES"])
    for cursor in (strange, strange[:-1], "WyJFUyJd.AAAA", "a.b", ".", "x" * 2000):
        refused_quickly(admin_api, parameter.operation, {"cursor": cursor})


def test_r76_an_altered_cursor_or_one_of_another_list_is_refused() -> None:
    signer = CursorSigner(b"a key that is certainly long enough to sign")
    cursor = signer.sign("instruments?q=ES", ["ES-2020-03", 4])
    assert signer.read("instruments?q=ES", cursor) == ["ES-2020-03", 4]
    payload, _, mac = cursor.partition(".")
    for bad in (
        f"{payload}.{mac[::-1]}",
        f"{payload[::-1]}.{mac}",
        f"{payload}A.{mac}",
        payload,
        f".{mac}",
        "é.é",
    ):
        with pytest.raises(Invalid):
            signer.read("instruments?q=ES", bad)
    with pytest.raises(Invalid):
        signer.read("instruments?q=CL", cursor)
