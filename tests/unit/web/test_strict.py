"""Reading JSON and query strings strictly."""

from __future__ import annotations

import json
from json import JSONDecodeError
from typing import Annotated

import httpx
import orjson
import pytest
from fastapi import Depends, FastAPI, Query
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from starlette.types import Receive, Scope, Send

from tradesense.web.access import PUBLIC
from tradesense.web.errors import install_error_answers
from tradesense.web.strict import api_router, read_json

TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
NUMBERS = st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=10,
)


@given(JSON_VALUES)
def test_json_that_orjson_writes_is_read_back(value: object) -> None:
    assert read_json(orjson.dumps(value)) == value


@given(JSON_VALUES)
def test_json_that_python_writes_with_escapes_is_read_back(value: object) -> None:
    assert read_json(json.dumps(value).encode()) == value


def test_an_escaped_backslash_before_u0000_is_no_nul() -> None:
    assert read_json(rb'"\\u0000"') == r"\u0000"


@pytest.mark.parametrize(
    "body", [rb'"\u0000"', rb'"\\\u0000"', rb'{"\u0000":1}', b'"\x00"', b"", b"01", b"[1,]", b"{'a':1}"]
)
def test_what_is_no_proper_json_is_refused(body: bytes) -> None:
    with pytest.raises(JSONDecodeError):
        read_json(body)


class Filter(BaseModel):
    low: int = 0
    high: int = Query(default=9, alias="top")


async def paging(cursor: str | None = None) -> str | None:
    return cursor


@pytest.fixture
async def client() -> httpx.AsyncClient:
    router = api_router(access=PUBLIC, prefix="/things", tags=["things"])

    @router.get("")
    async def things(
        wanted: Annotated[Filter, Query()],
        cursor: Annotated[str | None, Depends(paging)],
        start: Annotated[str | None, Query(alias="from")] = None,
    ) -> dict[str, object]:
        return {"low": wanted.low, "high": wanted.high, "cursor": cursor, "start": start}

    @router.post("")
    async def create(wanted: Filter) -> Filter:
        return wanted

    app = FastAPI()
    install_error_answers(app)
    app.include_router(router, prefix="/v1")

    async def with_state(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "state": {}}, receive, send)

    return httpx.AsyncClient(transport=httpx.ASGITransport(with_state), base_url="http://test")


async def test_names_of_models_dependencies_and_aliases_are_known(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/things?low=1&top=2&cursor=a%20b+c&from=d")
    assert answer.json() == {"low": 1, "high": 2, "cursor": "a b c", "start": "d"}


@pytest.mark.parametrize(
    "query", ["high=1", "start=d", "Low=1", "low", "=1", "low[]=1", "%6cow=1&low=1", "low=1&low"]
)
async def test_an_unknown_or_repeated_name_is_refused(client: httpx.AsyncClient, query: str) -> None:
    assert (await client.get(f"/v1/things?{query}")).status_code == 422


async def test_empty_pairs_are_nothing(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/things?&low=1&&")).status_code == 200


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ("application/merge-patch+json", 200),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("text/json", 415),
        ("", 415),
    ],
)
async def test_a_body_must_be_declared_json(
    client: httpx.AsyncClient, content_type: str, status: int
) -> None:
    answer = await client.post("/v1/things", content=b'{"low":1}', headers={"Content-Type": content_type})
    assert answer.status_code == status


async def test_a_wrong_method_names_every_right_one(client: httpx.AsyncClient) -> None:
    answer = await client.delete("/v1/things")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, POST"
