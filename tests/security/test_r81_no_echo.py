"""R81: a 422 says what is wrong and never repeats the value that was sent."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from pydantic import BaseModel, SecretStr

from tests.fixtures.app import client_of, settings_for
from tests.fixtures.operations import Parameter, query_parameters
from tests.security.test_r80_problem_documents import assert_problem
from tradesense.run.api import create_app
from tradesense.web.access import PUBLIC
from tradesense.web.strict import api_router

CANARY = "zz-canary-4711"


class Credentials(BaseModel):
    email: str
    password: SecretStr


@pytest.mark.parametrize(
    "body",
    [{"password": 12345}, {"email": [], "password": [12345]}, [12345], "12345", 12345],
)
async def test_r81_a_body_with_a_wrong_secret_is_not_repeated(tmp_path: Path, body: object) -> None:
    router = api_router(access=PUBLIC)

    @router.post("/login")
    async def login(credentials: Credentials) -> None:
        raise AssertionError(credentials)

    app = create_app(settings_for(tmp_path))
    app.include_router(router)
    async with client_of(app) as client:
        answer = await client.post("/login", json=body)
    assert_problem(answer, 422)
    assert "12345" not in answer.text


@pytest.mark.parametrize("parameter", query_parameters(), ids=str)
def test_r81_a_bad_query_value_is_not_repeated(admin_api: httpx.Client, parameter: Parameter) -> None:
    query = {**parameter.operation.required_query(), parameter.name: CANARY + "\x00"}
    answer = admin_api.request(parameter.operation.method, parameter.operation.path, params=query)
    assert_problem(answer, 422)
    assert CANARY not in answer.text


@pytest.mark.parametrize(
    "body",
    [b'{"model": "zz-canary-4711", }', b"zz-canary-4711", b'{"zz-canary-4711": NaN}'],
)
def test_r81_text_that_is_no_json_is_not_repeated(admin_api: httpx.Client, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = admin_api.post("/api/v1/greeks", content=body, headers=headers)
    assert_problem(answer, 422)
    assert CANARY not in answer.text
