"""One call of the client: waits where it is told to, renews once, repeats only what may be repeated."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
from tradesense_client.credentials import Fixed, Renewing, Tokens
from tradesense_client.errors import ConnectionLost, NotSignedIn, NotThere, TooMany, Unavailable
from tradesense_client.http import MOST_ATTEMPTS, Caller

Answer = Callable[[httpx.Request], httpx.Response]
GOOD = httpx.Response(200, json={"items": []})


class Script:
    """Answers one after another, the last one for ever; keeps what was asked and how long was waited."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self._answers: Iterator[httpx.Response | Exception] = iter(answers)
        self._last = answers[-1]
        self.asked: list[httpx.Request] = []
        self.waits: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = next(self._answers, self._last)
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        await asyncio.sleep(0)


@contextmanager
def caller(script: Script, credentials: object = None) -> Iterator[Caller]:
    client = httpx.AsyncClient(base_url="http://desk", transport=httpx.MockTransport(script))
    yield Caller(client, credentials, patience=60, sleep=script.sleep)  # type: ignore[arg-type]


def problem(status: int, code: str, **headers: str) -> httpx.Response:
    body = {
        "type": "about:blank",
        "title": "",
        "status": status,
        "detail": "why",
        "code": code,
        "request_id": "r",
    }
    return httpx.Response(
        status, json=body, headers={name.replace("_", "-"): v for name, v in headers.items()}
    )


async def test_after_a_429_it_waits_as_long_as_it_is_told_whatever_the_call() -> None:
    script = Script(problem(429, "too_many_requests", retry_after="7"), GOOD)
    with caller(script) as call:
        assert await call.post("/quotes", {}, repeatable=False) == {"items": []}
    assert len(script.waits) == 1
    assert 7 <= script.waits[0] < 11


async def test_a_wait_beyond_its_patience_is_not_begun() -> None:
    script = Script(problem(429, "too_many_requests", retry_after="61"))
    with caller(script) as call, pytest.raises(TooMany) as refused:
        await call.get("/futures")
    assert refused.value.retry_after == 61
    assert script.waits == []


async def test_a_read_is_repeated_while_a_part_is_away_and_then_given_up() -> None:
    script = Script(problem(503, "database_unavailable", retry_after="1"))
    with caller(script) as call, pytest.raises(Unavailable) as refused:
        await call.get("/futures")
    assert (refused.value.code, refused.value.request_id) == ("database_unavailable", "r")
    assert len(script.asked) == MOST_ATTEMPTS


@pytest.mark.parametrize("failure", [problem(503, "unavailable"), httpx.ReadError("cut")])
async def test_what_may_have_been_done_is_not_done_again(failure: httpx.Response | Exception) -> None:
    script = Script(failure, GOOD)
    with caller(script) as call, pytest.raises((Unavailable, ConnectionLost)):
        await call.post("/trades", {}, repeatable=False)
    assert len(script.asked) == 1


async def test_a_lost_connection_is_tried_again_for_a_read() -> None:
    script = Script(httpx.ConnectError("refused"), GOOD)
    with caller(script) as call:
        assert await call.get("/futures") == {"items": []}


async def test_a_refusal_is_an_exception_with_the_servers_code_and_is_not_repeated() -> None:
    script = Script(problem(404, "unknown_root"))
    with caller(script) as call, pytest.raises(NotThere) as refused:
        await call.get("/futures/XX")
    assert (refused.value.status, refused.value.code, refused.value.detail) == (404, "unknown_root", "why")
    assert len(script.asked) == 1


async def test_an_answer_that_is_no_problem_document_is_a_problem_all_the_same() -> None:
    with caller(Script(httpx.Response(502, text="<html>"))) as call, pytest.raises(Unavailable) as refused:
        await call.post("/quotes", {}, repeatable=False)
    assert refused.value.code == "error"


async def test_many_that_are_refused_at_once_share_one_renewal() -> None:
    renewals = []

    async def refresh(token: str) -> Tokens:
        renewals.append(token)
        await asyncio.sleep(0)
        return Tokens("new", "second", 900)

    def answer(request: httpx.Request) -> httpx.Response:
        good = request.headers["Authorization"] == "Bearer new"
        return httpx.Response(200, json=1) if good else problem(401, "unauthorized")

    client = httpx.AsyncClient(base_url="http://desk", transport=httpx.MockTransport(answer))
    call = Caller(client, Renewing(Tokens("old", "first", 900), refresh), patience=60)
    assert await asyncio.gather(*(call.get("/futures") for _ in range(10))) == [1] * 10
    assert renewals == ["first"]


async def test_a_fixed_credential_that_is_refused_is_the_end() -> None:
    script = Script(problem(401, "unauthorized"))
    with caller(script, Fixed("key")) as call, pytest.raises(NotSignedIn):
        await call.get("/futures")
    assert len(script.asked) == 1


async def test_what_is_not_given_is_not_sent() -> None:
    script = Script(GOOD)
    with caller(script) as call:
        await call.get("/futures", {"as_of": None, "source": "simulated"})
    assert str(script.asked[0].url) == "http://desk/api/v1/futures?source=simulated"
