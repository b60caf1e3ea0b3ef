"""R73: NaN, Infinity and what overflows to it are refused, in bodies and queries."""

from __future__ import annotations

import httpx
import pytest

from tests.fixtures.operations import Parameter, query_parameters, schema_kind
from tests.security.test_r80_problem_documents import assert_problem

NOT_NUMBERS = ["NaN", "nan", "Infinity", "-Infinity", "inf", "1e999", "-1e999"]
NUMERIC = [item for item in query_parameters() if schema_kind(item.schema) & {"number", "integer"}]
GREEKS = (
    '{"model":"black76","columns":{"right":["C"],"forward":[%s],"strike":[100],'
    '"expiry_years":[0.25],"vol":[0.2],"rate":[0.03]}}'
)
IMPLIED = (
    '{"model":"black76","columns":{"right":["C"],"forward":[100],"strike":[100],'
    '"expiry_years":[0.25],"price":[%s],"rate":[0.03]}}'
)


@pytest.mark.parametrize("parameter", NUMERIC, ids=str)
@pytest.mark.parametrize("value", NOT_NUMBERS)
def test_r73_what_is_no_number_is_refused_in_a_query(
    admin_api: httpx.Client, parameter: Parameter, value: str
) -> None:
    query = {**parameter.operation.required_query(), parameter.name: value}
    answer = admin_api.request(parameter.operation.method, parameter.operation.path, params=query)
    assert_problem(answer, 422)


def test_r73_there_are_numeric_parameters_to_try() -> None:
    assert NUMERIC


@pytest.mark.parametrize(("path", "body"), [("/greeks", GREEKS), ("/greeks/implied-vol", IMPLIED)])
@pytest.mark.parametrize("value", [*NOT_NUMBERS, '"NaN"', '"1"'])
def test_r73_what_is_no_number_is_refused_in_a_body(
    admin_api: httpx.Client, path: str, body: str, value: str
) -> None:
    headers = {"Content-Type": "application/json"}
    answer = admin_api.post("/api/v1" + path, content=body % value, headers=headers)
    assert_problem(answer, 422)
