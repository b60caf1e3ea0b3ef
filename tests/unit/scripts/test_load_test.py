"""The load test keeps its rate, counts waiting that a closed loop would hide, and says what failed."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from types import ModuleType

import httpx
import pytest

from tests.data_folder import PROJECT


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("load_test", PROJECT / "scripts" / "load_test.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["load_test"] = module
    spec.loader.exec_module(module)
    return module


load_test = script()


def client(answer: object) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url="http://desk", transport=httpx.MockTransport(answer))  # type: ignore[arg-type]


async def test_whoever_would_have_come_while_the_desk_stood_still_is_counted_as_waiting() -> None:
    standing = asyncio.Event()
    asked = 0

    async def stands_still(_: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        if asked == 20:
            standing.set()
        await standing.wait()
        return httpx.Response(200)

    plan = load_test.Plan(rate=100, seconds=0.2, mix={"/a": 1})
    async with client(stands_still) as desk:
        result = await load_test.load(desk, plan)
    # All twenty were sent although none was answered before the last one came: the first waited longest.
    assert result.due == result.answered == 20
    waited = result.seconds["/a"]
    assert max(waited) >= 0.19
    assert min(waited) < max(waited)


async def test_what_fails_is_counted_by_kind_and_never_among_the_times() -> None:
    answers = iter([httpx.Response(200), httpx.Response(500), httpx.Response(429), None] * 5)

    async def mixed(_: httpx.Request) -> httpx.Response:
        answer = next(answers)
        if answer is None:
            raise httpx.ConnectError("gone")
        return answer

    async with client(mixed) as desk:
        result = await load_test.load(desk, load_test.Plan(rate=2000, seconds=0.01, mix={"/a": 1}))
    assert result.answered == 5
    assert result.errors == {"status 500": 5, "status 429": 5, "ConnectError": 5}


async def test_no_more_are_under_way_than_allowed_and_the_rest_are_errors() -> None:
    under_way = most = 0
    enough, full = asyncio.Event(), asyncio.Event()

    async def slow(_: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        if most == 7:
            full.set()
        await asyncio.wait_for(enough.wait(), 5)
        under_way -= 1
        return httpx.Response(200)

    plan = load_test.Plan(rate=1000, seconds=0.05, mix={"/a": 1}, most_at_once=7)
    async with client(slow) as desk:
        loading = asyncio.create_task(load_test.load(desk, plan))
        async with asyncio.timeout(5):
            await full.wait()
        enough.set()
        result = await loading
    assert most == 7
    assert result.answered + result.errors["not sent: too many under way"] == result.due == 50


async def test_a_seed_asks_the_same_in_the_same_order() -> None:
    orders = []
    for _ in range(2):
        seen: list[str] = []

        async def note(request: httpx.Request, seen: list[str] = seen) -> httpx.Response:
            seen.append(request.url.path)
            return httpx.Response(200)

        async with client(note) as desk:
            plan = load_test.Plan(rate=5000, seconds=0.02, mix={"/a": 3, "/b": 1}, seed=7)
            await load_test.load(desk, plan)
        orders.append(seen)
    assert sorted(orders[0]) == sorted(orders[1])
    assert {"/a", "/b"} == set(orders[0])


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 50.0), (0.95, 95.0), (0.99, 99.0), (1.0, 100.0), (0.0, 1.0)]
)
def test_a_quantile_is_the_least_value_that_so_many_do_not_exceed(share: float, expected: float) -> None:
    assert load_test.quantile([float(each) for each in range(100, 0, -1)], share) == expected


def test_a_report_names_every_path_and_every_error() -> None:
    result = load_test.Result(due=4, took=2.0)
    result.seconds["/a"] = [0.01, 0.02, 0.03]
    result.errors["status 500"] = 1
    numbers = load_test.report(load_test.Plan(2, 2, {"/a": 1}), result)
    text = load_test.table(numbers)
    assert "4 requests due at 2 a second, 3 answered (1.5 a second)" in text
    assert "error: status 500: 1" in text
    assert numbers["paths"]["/a"] == {"count": 3, "p50": 20.0, "p95": 30.0, "p99": 30.0, "max": 30.0}


def test_a_mix_is_read_as_paths_and_weights() -> None:
    assert load_test.mix_of("/a?x=1=3,/b=1") == {"/a?x=1": 3, "/b": 1}
