"""`POST /strategies/evaluate` on a small store of chains whose forwards and volatilities are known."""

from __future__ import annotations

from collections.abc import AsyncIterator
from math import erf, exp, log, sqrt
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.fixtures.app import client_of, settings_for
from tests.integration.test_options_routes import FAR, NEAR, OPTIONS_ON_FUTURE, YESTERDAY, staged
from tests.unit.market.options.chains import AS_OF
from tradesense.base.clock import FixedClock
from tradesense.instruments import option_symbol
from tradesense.market.strategies.schemas import StrategyAnswer
from tradesense.run.api import create_app
from tradesense.run.settings import Settings

# The tests only read: they share one application, and the loop it runs in.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = settings_for(tmp_path_factory.mktemp("strategies"))
    with staged(settings):
        return settings


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(create_app(settings, clock=FixedClock(AS_OF))) as client:
        client.base_url = httpx.URL("http://localhost/api/v1")
        yield client


def es(strike: float, right: str, quantity: int, **more: object) -> dict[str, object]:
    return {"symbol": option_symbol("ES", OPTIONS_ON_FUTURE, strike, right), "quantity": quantity, **more}


def spx(strike: float, right: str, quantity: int, *, far: bool = False) -> dict[str, object]:
    return {"symbol": option_symbol("SPX", FAR if far else NEAR, strike, right), "quantity": quantity}


async def evaluate(client: httpx.AsyncClient, *legs: dict[str, object], **more: object) -> StrategyAnswer:
    response = await client.post("/strategies/evaluate", json={"legs": list(legs), **more})
    assert response.status_code == 200, response.text
    assert b"NaN" not in response.content
    return StrategyAnswer.model_validate_json(response.content)


async def refusal(client: httpx.AsyncClient, body: object) -> dict[str, Any]:
    response = await client.post("/strategies/evaluate", json=body)
    assert response.status_code == 422
    found: dict[str, Any] = response.json()
    return found


async def side_of(client: httpx.AsyncClient, root: str, strike: float, right: str, **query: str) -> Any:
    rows = (await client.get(f"/options/{root}/chain", params=query)).json()["rows"]
    row = next(row for row in rows if row["strike"] == strike)
    return row["call" if right == "C" else "put"]


async def test_the_legs_are_the_chains_own_numbers_and_money_has_the_multiplier(
    client: httpx.AsyncClient,
) -> None:
    answer = await evaluate(client, es(4_000, "C", 2), es(4_200, "C", -2))
    for leg in answer.legs:
        side = await side_of(client, "ES", leg.strike or 0.0, "C")
        assert (leg.iv, leg.mark, leg.status) == (side["iv"], side["mark"], side["status"])
        for name in ("delta", "gamma", "vega", "theta", "rho"):
            assert getattr(leg, name) == pytest.approx(side[name], rel=1e-9)
        assert leg.value == pytest.approx(leg.mark, rel=1e-9)
        assert (leg.model, leg.forward, leg.forward_source) == (
            "bjerksund_stensland_2002",
            4_050.0,
            "future",
        )
        assert (leg.multiplier, leg.entry_source, leg.iv_source) == (50.0, "mark", "quote")
    low, high = answer.legs
    cost = 2 * 50.0 * (low.mark - high.mark)  # type: ignore[operator]
    assert answer.cost == pytest.approx(cost)
    assert answer.max_loss is not None
    assert answer.max_loss.amount == pytest.approx(-cost)
    assert answer.max_profit is not None
    assert answer.max_profit.amount == pytest.approx(2 * 50.0 * 200.0 - cost)
    assert answer.break_evens == [pytest.approx(4_000 + cost / 100.0)]
    assert answer.now is not None
    assert answer.now.pnl == pytest.approx(0.0, abs=1e-6)
    money = answer.now.greeks.money
    assert money.delta == pytest.approx(100.0 * (low.delta - high.delta))  # type: ignore[operator]
    assert answer.now.greeks.contract.vega == pytest.approx(money.vega / 50.0)
    assert answer.reference is not None
    assert (answer.reference.symbol, answer.reference.kind) == ("ES-2026-06", "future")


async def test_a_covered_call_on_the_future_costs_the_premium_alone(client: httpx.AsyncClient) -> None:
    answer = await evaluate(client, es(4_200, "C", -1), {"symbol": "ES-2026-06", "quantity": 1})
    call, future = answer.legs
    assert (future.kind, future.entry_price, future.cost, future.multiplier) == ("future", 4_050.0, 0.0, 50.0)
    assert answer.cost == pytest.approx(-50.0 * call.mark)  # type: ignore[operator]
    assert answer.break_evens == [pytest.approx(4_050.0 - call.mark)]  # type: ignore[operator]
    assert answer.max_profit is not None
    assert not answer.max_profit.unlimited
    assert answer.max_loss is not None
    assert answer.max_loss.at == 0.0


async def test_the_chance_is_the_closed_form_on_forward_and_volatility_at_the_money(
    client: httpx.AsyncClient,
) -> None:
    answer = await evaluate(client, spx(4_000, "C", 1))
    law = answer.probability
    assert law is not None
    assert (law.forward, law.vol) == (pytest.approx(4_050.0, abs=0.01), pytest.approx(0.21, abs=1e-4))
    (edge,) = answer.break_evens or ()
    deviation = law.vol * sqrt(law.years)
    d2 = (log(law.forward / edge) - 0.5 * deviation**2) / deviation
    assert law.of_profit == pytest.approx(0.5 * (1 + erf(d2 / sqrt(2))), abs=1e-12)


async def test_on_an_index_the_spot_stands_for_the_market_and_delta_is_per_spot(
    client: httpx.AsyncClient,
) -> None:
    answer = await evaluate(client, spx(4_000, "C", 1))
    side = await side_of(client, "SPX", 4_000, "C", expiry=NEAR.isoformat())
    assert answer.reference is not None
    assert (answer.reference.kind, answer.reference.price) == ("spot", 4_020.0)
    assert answer.legs[0].delta == pytest.approx(side["delta"], rel=1e-9)
    assert answer.legs[0].gamma == pytest.approx(side["gamma"], rel=1e-9)


async def test_a_calendar_ends_at_the_near_expiry_and_says_it_was_searched(client: httpx.AsyncClient) -> None:
    answer = await evaluate(client, spx(4_000, "C", -1), spx(4_000, "C", 1, far=True))
    assert answer.horizon is not None
    assert (answer.horizon.expiry, answer.horizon.later_legs, answer.exact) == (NEAR, True, False)
    assert len(answer.break_evens or ()) == 2
    assert answer.cost is not None
    assert answer.cost > 0


async def test_a_premium_in_coin_is_counted_at_the_forward(client: httpx.AsyncClient) -> None:
    symbol = option_symbol("BTC", NEAR, 64_000, "C")
    answer = await evaluate(client, {"symbol": symbol, "quantity": 1, "price": 0.05})
    assert (answer.currency, answer.price_currency) == ("USD", "BTC")
    forward = answer.legs[0].forward or 0.0
    assert answer.cost == pytest.approx(0.05 * forward)
    assert answer.break_evens == [pytest.approx(64_000 + 0.05 * forward)]


async def test_shifts_move_what_is_told_for_now(client: httpx.AsyncClient) -> None:
    straddle = [es(4_000, "C", 1), es(4_000, "P", 1)]
    plain = await evaluate(client, *straddle)
    later = await evaluate(client, *straddle, days_forward=10)
    wilder = await evaluate(client, *straddle, iv_shift=0.05)
    higher = await evaluate(client, *straddle, price_shift=0.1)
    for each in (plain, later, wilder, higher):
        assert each.now is not None
    assert later.now.pnl < plain.now.pnl < wilder.now.pnl  # type: ignore[union-attr]
    assert higher.now.greeks.money.delta > 20.0  # type: ignore[union-attr]
    assert higher.reference.shifted == pytest.approx(4_050.0 * 1.1)  # type: ignore[union-attr]
    assert plain.break_evens == later.break_evens == wilder.break_evens


async def test_the_grid_is_what_was_asked_for_with_strikes_on_it(client: httpx.AsyncClient) -> None:
    grid = {"prices": 9, "low": 3_500.0, "high": 4_500.0, "days": [0, 7, 7_000]}
    answer = await evaluate(client, es(4_010 - 10, "C", 1), grid=grid)
    assert answer.grid is not None
    assert answer.grid.prices[0] == 3_500.0
    assert answer.grid.prices[-1] == 4_500.0
    assert 4_000.0 in answer.grid.prices
    assert answer.horizon is not None
    assert answer.grid.days == [0.0, 7.0, pytest.approx(answer.horizon.days)]
    assert [len(row) for row in answer.grid.pnl] == [9, 9, 9]
    assert answer.grid.pnl[-1] == pytest.approx(answer.grid.at_horizon)
    at_strike = answer.grid.prices.index(4_000.0)
    assert answer.grid.at_horizon[at_strike] == pytest.approx(-(answer.cost or 0.0))


async def test_a_leg_that_cannot_be_valued_says_why_and_the_whole_is_null(client: httpx.AsyncClient) -> None:
    answer = await evaluate(
        client, es(4_000, "C", 1), es(4_001, "C", 1), es(3_200, "P", 1, price="bid"), spx_like_expired()
    )
    assert [leg.status for leg in answer.legs] == ["ok", "not_listed", "no_price", "not_listed"]
    assert (answer.complete, answer.cost, answer.grid, answer.now) == (False, None, None, None)
    given = await evaluate(client, es(3_200, "P", 1, price=0.05))
    assert given.complete
    assert given.legs[0].iv_source == "smile"
    assert given.legs[0].iv == pytest.approx(0.2, abs=0.01)


def spx_like_expired() -> dict[str, object]:
    return {"symbol": "ES-2020-03-20-3000-C", "quantity": 1}


async def test_the_past_is_answered_as_it_was(client: httpx.AsyncClient) -> None:
    then = await evaluate(client, spx(4_000, "C", 1), as_of=YESTERDAY.isoformat())
    assert then.as_of == YESTERDAY
    assert then.legs[0].iv == pytest.approx(0.20, abs=2e-3)


async def test_discounting_before_expiry_is_at_the_rate_of_the_chain(client: httpx.AsyncClient) -> None:
    box = [spx(3_600, "C", 1), spx(4_400, "C", -1), spx(4_400, "P", 1), spx(3_600, "P", -1)]
    answer = await evaluate(client, *({**leg, "price": 0.0} for leg in box))
    assert answer.now is not None
    leg = answer.legs[0]
    worth = 100.0 * 800.0 * exp(-(leg.rate or 0.0) * (leg.expiry_years or 0.0))
    assert answer.now.pnl == pytest.approx(worth, rel=1e-3)
    assert answer.now.greeks.money.delta == pytest.approx(0.0, abs=2.0)


@pytest.mark.parametrize(
    ("legs", "code"),
    [
        ([es(4_000, "C", 1), spx(4_000, "C", 1)], "mixed_underlyings"),
        ([es(4_000, "C", 1), {"symbol": "CL-2026-06", "quantity": 1}], "mixed_underlyings"),
        ([es(4_000, "C", 0)], "not_a_leg"),
        ([{"symbol": "ES-2026-06-99-4000-C", "quantity": 1}], "not_a_leg"),
    ],
)
async def test_legs_that_are_no_strategy_are_refused(
    client: httpx.AsyncClient, legs: list[dict[str, object]], code: str
) -> None:
    assert (await refusal(client, {"legs": legs}))["code"] == code


async def test_more_than_the_bounds_is_refused(client: httpx.AsyncClient) -> None:
    leg = es(4_000, "C", 1)
    await refusal(client, {"legs": [leg] * 21})
    await refusal(client, {"legs": []})
    await refusal(client, {"legs": [leg], "grid": {"prices": 402}})
    await refusal(client, {"legs": [leg], "grid": {"days": list(range(22))}})
    reversed_ = await refusal(client, {"legs": [leg], "grid": {"low": 2, "high": 1}})
    assert reversed_["code"] == "reversed_range"
    full = {"prices": 401, "days": list(range(21))}
    answer = await evaluate(client, *([leg] * 20), grid=full)
    assert answer.grid is not None
    assert len(answer.grid.pnl) == 21
