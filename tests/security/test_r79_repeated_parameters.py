"""R79: a query parameter given twice, or unknown, is refused: no answer depends on which one wins."""

from __future__ import annotations

import httpx
import pytest

from tests.fixtures.operations import Operation, Parameter, operations, query_parameters
from tests.security.test_r80_problem_documents import assert_problem


@pytest.mark.parametrize("parameter", query_parameters(), ids=str)
def test_r79_a_repeated_parameter_is_refused(admin_api: httpx.Client, parameter: Parameter) -> None:
    twice = [(parameter.name, "1"), (parameter.name, "1")]
    answer = admin_api.request(parameter.operation.method, parameter.operation.path, params=twice)
    problem = assert_problem(answer, 422)
    assert problem["errors"] == [
        {
            "loc": ["query", parameter.name],
            "msg": "Given more than once",
            "type": "repeated_parameter",
        }
    ]


@pytest.mark.parametrize("operation", operations(), ids=str)
def test_r79_an_unknown_parameter_is_refused(admin_api: httpx.Client, operation: Operation) -> None:
    answer = admin_api.request(operation.method, operation.path, params={"nonsense": "1"})
    assert assert_problem(answer, 422)["errors"][0]["type"] == "unknown_parameter"
