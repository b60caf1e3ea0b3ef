"""R74: integers past 64 bits, control characters, broken text and endless names are refused."""

from __future__ import annotations

import httpx
import pytest

from tests.fixtures.operations import (
    Operation,
    Parameter,
    operations,
    query_parameters,
    schema_kind,
)
from tests.security.test_r80_problem_documents import assert_problem

INTEGERS = [item for item in query_parameters() if "integer" in schema_kind(item.schema)]
BAD_TEXTS = ["%00", "a%00b", "%ff", "%ed%a0%80", "%0d%0aX: 1", "%1b"]
WITH_PATH_VALUES = [item for item in operations() if "{" in item.template]


@pytest.mark.parametrize("parameter", INTEGERS, ids=str)
@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, 10**400])
def test_r74_an_integer_past_64_bits_is_refused(
    admin_api: httpx.Client, parameter: Parameter, value: int
) -> None:
    query = {**parameter.operation.required_query(), parameter.name: str(value)}
    answer = admin_api.request(parameter.operation.method, parameter.operation.path, params=query)
    assert_problem(answer, 422)


@pytest.mark.parametrize("parameter", query_parameters(), ids=str)
def test_r74_control_characters_and_broken_text_are_refused_in_a_query(
    admin_api: httpx.Client, parameter: Parameter
) -> None:
    for text in BAD_TEXTS:
        url = f"{parameter.operation.path}?{parameter.name}={text}"
        assert_problem(admin_api.request(parameter.operation.method, url), 422)


@pytest.mark.parametrize("operation", WITH_PATH_VALUES, ids=str)
def test_r74_control_characters_and_endless_names_are_refused_in_a_path(
    admin_api: httpx.Client, operation: Operation
) -> None:
    for text in [*BAD_TEXTS, "a" * 1000, "%F0%9F%92%A5", "' or 1=1--"]:
        url = operation.template.replace("{", "\0").split("\0")[0] + text
        rest = operation.template.partition("}")[2]
        answer = admin_api.request(
            operation.method,
            url + rest,
            params=operation.required_query(),
            json={} if operation.body_type else None,
        )
        # What no address can be is refused by the edge already, where there is one.
        edge = (400,) if admin_api.base_url.scheme == "https" else ()
        assert answer.status_code in (404, 422, *edge)
        assert_problem(answer, answer.status_code)


@pytest.mark.parametrize(
    "body",
    [
        b'{"model":"\\u0000"}',
        b'{"model":"\\ud800"}',
        b'{"model":"\xff"}',
        b'"\\\\\\u0000"',
    ],
)
def test_r74_nul_and_lone_surrogates_in_a_body_are_refused(admin_api: httpx.Client, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    assert_problem(admin_api.post("/api/v1/greeks", content=body, headers=headers), 422)


def test_r74_a_megabyte_of_name_is_refused_without_repeating_it(
    admin_api: httpx.Client,
) -> None:
    body = {"model": "black76", "columns": {"x" * 1_000_000: [1]}}
    answer = admin_api.post("/api/v1/greeks", json=body)
    assert answer.status_code in (413, 422)
    assert len(assert_problem(answer, answer.status_code)["detail"]) < 1000
    assert len(answer.content) < 10_000
