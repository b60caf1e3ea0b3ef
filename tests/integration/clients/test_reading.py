"""The Python client against the program itself: reads of both desks, sign-in, keys, refusals, its README."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pyarrow.ipc
import pytest
from tradesense_client import (
    BlockingTradeSense,
    NotPermitted,
    NotSignedIn,
    NotThere,
    Problem,
    SecondFactorNeeded,
    TradeSense,
)

from tests.fixtures.app import RunningApp
from tests.fixtures.people import People
from tests.fixtures.served import ServedApp


async def test_the_futures_desk_is_read(desk: TradeSense) -> None:
    products = await desk.futures()
    assert "simulated" in {product["source"] for product in products}
    root = next(product["root"] for product in products if product["contract_count"] > 2)
    detail = await desk.product(root)
    symbols = [contract["symbol"] for contract in detail["contracts"]]
    assert len(symbols) == detail["contract_count"]
    quotes = await desk.quotes(symbols[:3])
    assert [quote["symbol"] for quote in quotes["items"]] == symbols[:3]
    curve = await desk.curve(root, compare=[datetime.now(UTC) - timedelta(hours=1)])
    assert [point["symbol"] for point in curve["points"]]


async def test_long_lists_of_symbols_are_asked_for_all_the_same(desk: TradeSense) -> None:
    root = (await desk.futures())[0]["root"]
    symbol = (await desk.product(root))["contracts"][0]["symbol"]
    wanted = [f"{root}-20{year}-0{month}" for year in range(50, 59) for month in range(1, 9)]
    quotes = await desk.quotes([symbol, *wanted])
    assert quotes["items"][0]["symbol"] == symbol


async def test_the_options_desk_is_read(desk: TradeSense) -> None:
    underlying = (await desk.underlyings())[0]
    chain = await desk.chain(underlying["underlying"], strikes="atm:5")
    assert 5 <= len(chain["rows"]) <= 11
    named = await desk.chain(underlying["underlying"], chain["expiry"], strikes="all")
    assert len(named["rows"]) >= len(chain["rows"])


async def test_every_page_of_a_list_is_followed(desk: TradeSense) -> None:
    found = [each["symbol"] async for each in desk.instruments(kind="option")]
    assert len(found) > 200, "more than a page"
    assert len(set(found)) == len(found)


async def test_bars_come_as_json_and_as_arrow(desk: TradeSense) -> None:
    root = (await desk.futures())[0]["root"]
    symbol = (await desk.product(root))["contracts"][0]["symbol"]
    as_of = datetime.now(UTC)
    bars = await desk.bars(symbol, "1d", limit=5, as_of=as_of)
    assert 0 < len(bars["items"]) <= 5
    file = await desk.bars_file(symbol, "1d", format="arrow", limit=5, as_of=as_of)
    table = pyarrow.ipc.open_stream(io.BytesIO(file)).read_all()
    assert table.column("close").to_pylist() == [bar["close"] for bar in bars["items"]]


async def test_refusals_carry_the_servers_code(desk: TradeSense, running_app: RunningApp) -> None:
    with pytest.raises(NotThere) as refused:
        await desk.product("NOTHING")
    assert refused.value.code
    assert refused.value.request_id
    with pytest.raises(Problem) as refused:
        await desk.bars("ES-2026-03", "7m")
    assert refused.value.status == 422
    assert refused.value.fields
    async with TradeSense(running_app.url) as nobody:
        with pytest.raises(NotSignedIn):
            await nobody.futures()


def test_a_plain_script_reads_the_same(served_app: ServedApp) -> None:
    person = served_app.people.register()
    with BlockingTradeSense(served_app.url, email=person.email, password=person.password) as desk:
        assert desk.futures() == []
        assert list(desk.instruments()) == []
        with pytest.raises(NotThere):
            desk.product("NOTHING")


async def test_who_signs_in_stays_signed_in_past_the_life_of_a_token(served_app: ServedApp) -> None:
    person = served_app.people.register()
    async with await TradeSense.login(served_app.url, person.email, person.password) as desk:
        first = desk.credentials.bearer()
        await desk.futures()
        served_app.clock.advance(minutes=16)
        await desk.futures()
        assert desk.credentials.bearer() != first


async def test_a_second_factor_is_asked_for_and_taken(served_app: ServedApp) -> None:
    person = served_app.people.register()
    served_app.people.set_up_mfa(person)
    with pytest.raises(SecondFactorNeeded):
        await TradeSense.login(served_app.url, person.email, person.password)
    code = served_app.people.code(person)
    async with await TradeSense.login(served_app.url, person.email, person.password, code=code) as desk:
        await desk.futures()


async def test_a_wrong_password_is_a_refusal(served_app: ServedApp) -> None:
    person = served_app.people.register()
    with pytest.raises(NotSignedIn):
        await TradeSense.login(served_app.url, person.email, "not-the-password")


@pytest.fixture
def narrow_key(people: People) -> str:
    """A key that may not read market data."""
    return str(people.make_key(people.with_role("trader"), "portfolio:read")["key"])


async def test_a_key_without_the_scope_is_not_permitted(served_app: ServedApp, narrow_key: str) -> None:
    async with TradeSense(served_app.url, api_key=narrow_key) as desk:
        with pytest.raises(NotPermitted):
            await desk.futures()
