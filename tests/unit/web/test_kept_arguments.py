"""A question is read once: the same address means the same arguments, and nothing else is remembered."""

from __future__ import annotations

from typing import Annotated

import httpx
import pytest
from fastapi import Depends, FastAPI, Query, Request
from pydantic import AfterValidator
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from tests.fixtures.app import A_TRADER
from tradesense.web.access import READS_MARKET
from tradesense.web.direct_routes import install_direct_routes
from tradesense.web.errors import install_error_answers
from tradesense.web.strict import api_router

readings: list[int] = []
"""What was read out of an address, each time that happened."""


def note(value: int) -> int:
    readings.append(value)
    return value


Strike = Annotated[int, Query(le=9_000), AfterValidator(note)]


async def doubled(request: Request, strike: Strike) -> tuple[int, str]:
    return 2 * strike, request.headers.get("x-word", "")


router = api_router(access=READS_MARKET, prefix="/api/v1")


@router.get("/chains/{root}")
async def chain(
    request: Request, root: str, found: Annotated[tuple[int, str], Depends(doubled)], days: int = 30
) -> Response:
    return JSONResponse([root, days, *found, request.headers.get("x-word", "")])


class Caller:
    """Calls the application as a trader, or as nobody."""

    def __init__(self) -> None:
        app = FastAPI(redirect_slashes=False)
        install_error_answers(app)
        app.include_router(router)
        install_direct_routes(app.router)
        self.is_known = True

        async def with_caller(scope: Scope, receive: Receive, send: Send) -> None:
            state = {"caller": A_TRADER if self.is_known else None}
            await app({**scope, "state": state}, receive, send)

        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(with_caller), base_url="http://localhost/api/v1"
        )


@pytest.fixture
def caller() -> Caller:
    readings.clear()
    return Caller()


async def test_an_address_is_read_once_and_its_dependencies_are_called_each_time(caller: Caller) -> None:
    for word in ("one", "two"):
        answer = await caller.client.get("/chains/ES?strike=21", headers={"X-Word": word})
        assert answer.json() == ["ES", 30, 42, word, word]
    assert readings == [21]


async def test_each_part_of_the_address_is_told_apart(caller: Caller) -> None:
    for path, said in (
        ("/chains/ES?strike=1", ["ES", 30, 2, "", ""]),
        ("/chains/NQ?strike=1", ["NQ", 30, 2, "", ""]),
        ("/chains/NQ?strike=2", ["NQ", 30, 4, "", ""]),
        ("/chains/NQ?strike=2&days=7", ["NQ", 7, 4, "", ""]),
    ):
        for _ in range(2):
            assert (await caller.client.get(path)).json() == said


async def test_who_may_not_ask_is_refused_an_address_that_was_read_for_another(caller: Caller) -> None:
    assert (await caller.client.get("/chains/ES?strike=3")).status_code == 200
    caller.is_known = False
    assert (await caller.client.get("/chains/ES?strike=3")).status_code == 401


async def test_a_wrong_question_is_refused_each_time_in_the_same_words(caller: Caller) -> None:
    first, second = [await caller.client.get("/chains/ES?strike=9001&days=x") for _ in range(2)]
    assert first.status_code == second.status_code == 422
    assert [each["loc"][-1] for each in first.json()["errors"]] == ["strike", "days"]
    assert first.json()["errors"] == second.json()["errors"]


async def test_the_addresses_kept_are_bounded(caller: Caller) -> None:
    for strike in (*range(300), 0):
        await caller.client.get(f"/chains/RTY?strike={strike}")
    assert readings == [*range(300), 0]
