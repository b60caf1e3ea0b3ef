"""The calculators over HTTP: columns in, columns out."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import numpy as np
import orjson
import pytest
import pytest_asyncio

from tests.fixtures.app import client_of, settings_for
from tests.unit.market.options.chains import black76
from tradesense.market.options.schemas import GreeksAnswer, ImpliedVolAnswer
from tradesense.run.api import create_app

# The tests only read: they share one application, and the loop it runs in.
pytestmark = pytest.mark.asyncio(loop_scope="module")

GREEKS, IMPLIED_VOL = "/api/v1/greeks", "/api/v1/greeks/implied-vol"
EXAMPLE = {
    "model": "black76",
    "columns": {
        "right": ["C", "P"],
        "forward": [100, 100],
        "strike": [95, 105],
        "expiry_years": [0.25, 0.25],
        "vol": [0.2, 0.25],
        "rate": [0.03],
    },
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(create_app(settings_for(tmp_path_factory.mktemp("desk")))) as client:
        yield client


def columns(rows: int) -> dict[str, list[object]]:
    random = np.random.default_rng(7)
    return {
        "right": random.choice(["C", "P"], rows).tolist(),
        "forward": [100.0],
        "strike": random.uniform(50.0, 200.0, rows).tolist(),
        "expiry_years": random.uniform(0.05, 2.0, rows).tolist(),
        "vol": random.uniform(0.3, 1.0, rows).tolist(),
        "rate": [0.03],
    }


async def test_the_contracts_example_is_answered(client: httpx.AsyncClient) -> None:
    response = await client.post(GREEKS, json=EXAMPLE)
    assert response.status_code == 200, response.text
    answer = GreeksAnswer.model_validate_json(response.content)
    assert (answer.model, answer.columns.status) == ("black76", ["ok", "ok"])
    assert set(answer.units) == {"price", "delta", "gamma", "vega", "theta", "rho"}
    assert answer.columns.price == pytest.approx(
        [black76(True, 100, 95, 0.25, 0.2, 0.03), black76(False, 100, 105, 0.25, 0.25, 0.03)], rel=1e-12
    )


async def test_prices_give_their_volatilities_back(client: httpx.AsyncClient) -> None:
    given = columns(500)
    given["strike"] = np.linspace(70.0, 140.0, 500).tolist()
    greeks = await client.post(GREEKS, json={"model": "black76", "columns": given})
    price = greeks.json()["columns"]["price"]
    asked = {**{name: column for name, column in given.items() if name != "vol"}, "price": price}
    response = await client.post(IMPLIED_VOL, json={"model": "black76", "columns": asked})
    answer = ImpliedVolAnswer.model_validate_json(response.content)
    assert set(answer.columns.status) == {"ok"}
    np.testing.assert_allclose(np.array(answer.columns.iv, dtype=float), given["vol"], atol=1e-7)


async def test_floats_are_written_with_the_digits_that_give_them_back(client: httpx.AsyncClient) -> None:
    response = await client.post(GREEKS, json={"model": "black76", "columns": columns(200)})
    prices = orjson.loads(response.content)["columns"]["price"]
    again = [float(repr(price)) for price in prices]
    assert again == prices
    assert any(len(repr(price)) >= 17 for price in prices)


@pytest.mark.parametrize(
    "model", ["black_scholes_merton", "bjerksund_stensland_2002", "barone_adesi_whaley", "binomial"]
)
async def test_models_on_spot_take_spot_and_yield(client: httpx.AsyncClient, model: str) -> None:
    on_future = {"right": ["C"], "spot": [100], "strike": [100], "expiry_years": [0.5], "vol": [0.3]}
    on_future |= {"rate": [0.05], "dividend_yield": [0.05]}
    response = await client.post(GREEKS, json={"model": model, "columns": on_future})
    answer = GreeksAnswer.model_validate_json(response.content)
    european = black76(True, 100.0, 100.0, 0.5, 0.3, 0.05)
    assert answer.columns.price[0] == pytest.approx(european, rel=0.01)
    assert answer.columns.price[0] >= european - 1e-3


async def test_bachelier_takes_volatility_in_price_units(client: httpx.AsyncClient) -> None:
    given = {"right": "C", "forward": -5, "strike": -5, "expiry_years": 1, "vol": 10}
    response = await client.post(GREEKS, json={"model": "bachelier", "columns": given})
    assert response.json()["columns"]["price"][0] == pytest.approx(10 / np.sqrt(2 * np.pi), rel=1e-12)


async def test_one_value_serves_all_rows_as_a_list_or_bare(client: httpx.AsyncClient) -> None:
    listed = {**EXAMPLE, "columns": {**EXAMPLE["columns"], "forward": [100], "expiry_years": [0.25]}}  # type: ignore[dict-item]
    bare = {**EXAMPLE, "columns": {**EXAMPLE["columns"], "forward": 100, "expiry_years": 0.25, "rate": 0.03}}  # type: ignore[dict-item]
    answers = [(await client.post(GREEKS, json=body)).json() for body in (EXAMPLE, listed, bare)]
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("strike", None),
        ("strike", -1),
        ("expiry_years", -0.1),
        ("vol", None),
        ("vol", -0.2),
        ("right", "X"),
        ("right", None),
    ],
)
async def test_a_bad_cell_is_a_status_and_leaves_the_others_alone(
    client: httpx.AsyncClient, column: str, cell: object
) -> None:
    cells = list(EXAMPLE["columns"][column])  # type: ignore[index]
    cells[1] = cell
    body = {"model": "black76", "columns": {**EXAMPLE["columns"], column: cells}}  # type: ignore[dict-item]
    response = await client.post(GREEKS, json=body)
    assert response.status_code == 200, response.text
    out = response.json()["columns"]
    assert out["status"][0] == "ok"
    assert out["status"][1] in ("invalid", "expired")
    assert out["price"][1] is None
    assert out["delta"][1] is None
    assert out["price"][0] is not None


async def test_prices_outside_the_bounds_say_which_bound(client: httpx.AsyncClient) -> None:
    asked = {
        "right": ["C", "C", "C"],
        "forward": [100],
        "strike": [90, 90, 90],
        "expiry_years": [1],
        "price": [5, 101, 15],
    }
    response = await client.post(IMPLIED_VOL, json={"model": "black76", "columns": asked})
    out = response.json()["columns"]
    assert out["status"] == ["below_intrinsic", "above_maximum", "ok"]
    assert out["iv"][:2] == [None, None]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"strike": [95, 100, 105]}, "unequal_lengths"),
        ({"strike": []}, "invalid_columns"),
        ({"strike": [95, "105"]}, "not_a_number"),
        ({"strike": [95, True]}, "not_a_number"),
        ({"right": ["C", 1]}, "not_a_text"),
        ({"colour": [1, 2]}, "unknown_column"),
        ({"spot": [100, 100]}, "unknown_column"),
        ({"price": [1, 2]}, "unknown_column"),
    ],
)
async def test_columns_that_do_not_fit_are_refused(
    client: httpx.AsyncClient, change: dict[str, object], code: str
) -> None:
    body = {"model": "black76", "columns": {**EXAMPLE["columns"], **change}}  # type: ignore[dict-item]
    response = await client.post(GREEKS, json=body)
    assert (response.status_code, response.json()["code"]) == (422, code)
    assert response.headers["content-type"] == "application/problem+json"


async def test_a_missing_column_is_named(client: httpx.AsyncClient) -> None:
    without = {name: column for name, column in EXAMPLE["columns"].items() if name != "vol"}  # type: ignore[attr-defined]
    response = await client.post(GREEKS, json={"model": "black76", "columns": without})
    assert response.status_code == 422
    assert response.json()["errors"][0]["loc"] == ["body", "columns", "vol"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"{",
        b'{"model":"black76"}',
        b'{"model":"black76","columns":[]}',
        b'{"model":"magic","columns":{}}',
        b'{"model":["black76"],"columns":{}}',
        b'{"model":"black76","columns":{},"more":1}',
        b'{"model":"black76","columns":{"right":["C"],"forward":[NaN],"strike":[1],"expiry_years":[1],"vol":[1]}}',
        b'{"model":"black76","columns":{"right":["C"],"forward":[1e999],"strike":[1],"expiry_years":[1],"vol":[1]}}',
        b'{"model":"black76","columns":' + b"[" * 100_000,
    ],
)
async def test_a_body_of_another_form_is_422(client: httpx.AsyncClient, body: bytes) -> None:
    response = await client.post(GREEKS, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422, response.text
    assert response.headers["content-type"] == "application/problem+json"


async def test_another_content_type_is_415(client: httpx.AsyncClient) -> None:
    response = await client.post(GREEKS, content=b"{}", headers={"Content-Type": "text/plain"})
    assert response.status_code == 415


async def test_fifty_thousand_rows_are_answered_and_one_more_is_not(client: httpx.AsyncClient) -> None:
    response = await client.post(GREEKS, json={"model": "black76", "columns": columns(50_000)})
    assert response.status_code == 200, response.text
    out = response.json()["columns"]
    assert {len(column) for column in out.values()} == {50_000}
    assert set(out["status"]) == {"ok"}
    response = await client.post(GREEKS, json={"model": "black76", "columns": columns(50_001)})
    assert (response.status_code, response.json()["code"]) == (422, "too_many_rows")


async def test_the_lattice_takes_fewer_rows(client: httpx.AsyncClient) -> None:
    given = columns(2_001)
    given["spot"] = given.pop("forward")
    response = await client.post(GREEKS, json={"model": "binomial", "columns": given})
    assert (response.status_code, response.json()["code"]) == (422, "too_many_rows")


async def test_a_body_over_eight_mebibytes_is_413(client: httpx.AsyncClient) -> None:
    body = b'{"model":"black76","columns":{"right":["C"' + b" " * (8 * 1024 * 1024) + b"]}}"
    response = await client.post(GREEKS, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"
