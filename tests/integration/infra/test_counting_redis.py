"""Counting and handing on together, against a real server: what several processes may rely on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from tests.fixtures.app import A_TRADER
from tests.fixtures.redis import RedisServer
from tests.fixtures.waiting import until
from tradesense.base.clock import SystemClock
from tradesense.base.errors import Unavailable
from tradesense.base.principal import Standing, Via
from tradesense.infra.once_redis import RedisOnce
from tradesense.infra.redis_link import RedisLink
from tradesense.infra.windows_redis import RedisWindows
from tradesense.streaming.tickets import Tickets
from tradesense.web.windows import SlidingWindows, count_together

SOMEBODY = ("person", "somebody@example.org")
STANDING = Standing(A_TRADER, None, follows_session=True)


@pytest.fixture
async def links(redis_server: RedisServer) -> AsyncIterator[tuple[RedisLink, RedisLink]]:
    """The ways of two processes to one server."""
    both = RedisLink(redis_server.url), RedisLink(redis_server.url)
    yield both
    for link in both:
        await link.close()


async def test_two_processes_fill_one_window_and_not_an_event_more(
    links: tuple[RedisLink, RedisLink],
) -> None:
    windows = [RedisWindows(link, seconds=60) for link in links]

    async def count(process: int) -> bool:
        # On a busy machine an answer may come too late; it may have counted all the same.
        with suppress(Unavailable):
            return (await windows[process].count(SOMEBODY, 12)).fits
        return False

    fitted = 0
    for _ in range(5):
        fitted += sum(await asyncio.gather(*(count(number % 2) for number in range(6))))
    assert fitted <= 12

    async def is_full() -> bool:
        with suppress(Unavailable):
            counted = await windows[0].count(SOMEBODY, 12)
            return (counted.fits, counted.events) == (False, 12)
        return False

    await until(is_full)


async def test_an_event_leaves_when_its_time_is_over(links: tuple[RedisLink, RedisLink]) -> None:
    windows = RedisWindows(links[0], seconds=0.3)
    assert (await windows.count(SOMEBODY, 1)).fits

    async def fits_again() -> bool:
        return (await windows.count(SOMEBODY, 1)).fits

    took = await until(fits_again)
    assert took > 0.1


async def test_nobody_is_named_in_what_is_kept(redis_server: RedisServer, links) -> None:
    await RedisWindows(links[0], seconds=60).count(SOMEBODY, 5)
    ticket = await Tickets(shared=RedisOnce(links[0])).issue(STANDING)
    kept = redis_server.say("KEYS *")
    assert kept.count(b"tradesense:window:") == kept.count(b"tradesense:once:") == 1
    assert b"somebody" not in kept
    assert ticket.encode() not in kept


async def test_a_server_that_dies_leaves_each_process_its_own_count_and_is_asked_again_later(
    redis_server: RedisServer, links: tuple[RedisLink, RedisLink]
) -> None:
    own = [SlidingWindows(SystemClock(), seconds=60) for _ in links]
    shared = [RedisWindows(link, seconds=60) for link in links]

    async def hit(process: int) -> bool:
        return (await count_together(own[process], shared[process], SOMEBODY, 5)).fits

    assert [await hit(0), await hit(0), await hit(1)] == [True] * 3
    redis_server.kill()
    assert [await hit(0) for _ in range(4)] == [True] * 3 + [False], "2 of 5 were had before"
    assert [await hit(1) for _ in range(5)] == [True] * 4 + [False]
    redis_server.start()

    async def counts_again() -> bool:
        return (await count_together(own[0], shared[0], ("a", "b"), 10**6)).fits and (
            redis_server.say("DBSIZE") == b":1\r\n"
        )

    await until(counts_again)
    assert not await hit(0), "a server that forgot gives nobody a second budget"


async def test_a_ticket_of_one_process_is_good_once_in_any(links: tuple[RedisLink, RedisLink]) -> None:
    one, other = (Tickets(shared=RedisOnce(link)) for link in links)
    ticket = await one.issue(STANDING)
    used = await asyncio.gather(*((one, other)[number % 2].use(ticket) for number in range(10)))
    (standing,) = [each for each in used if each is not None]
    assert standing.caller.user_id == A_TRADER.user_id
    assert standing.caller.credential_id == A_TRADER.credential_id
    assert (standing.caller.via, standing.follows_session) == (Via.SESSION, True)
    assert not standing.caller.permissions, "what it may do is asked again"


async def test_a_shared_ticket_runs_out(redis_server: RedisServer, links) -> None:
    ticket = await Tickets(shared=RedisOnce(links[0])).issue(STANDING)
    (line,) = [line for line in redis_server.say("KEYS *").split(b"\r\n") if line.startswith(b"tradesense")]
    left = int(redis_server.say(f"PTTL {line.decode()}").removeprefix(b":"))
    assert 20_000 < left <= 30_000
    redis_server.say(f"PEXPIRE {line.decode()} 1")

    async def is_gone() -> bool:
        return redis_server.say("DBSIZE") == b":0\r\n"

    await until(is_gone)
    assert await Tickets(shared=RedisOnce(links[1])).use(ticket) is None


@pytest.mark.parametrize("written", ["", "session a b", "nobody 1 2 3", "\\xff"])
async def test_what_is_no_ticket_of_ours_opens_nothing(
    redis_server: RedisServer, links: tuple[RedisLink, RedisLink], written: str
) -> None:
    tickets = Tickets(shared=RedisOnce(links[0]))
    ticket = await tickets.issue(STANDING)
    (line,) = [line for line in redis_server.say("KEYS *").split(b"\r\n") if line.startswith(b"tradesense")]
    redis_server.say(f'SET {line.decode()} "{written}"')
    assert await tickets.use(ticket) is None


async def test_without_the_server_a_ticket_is_good_where_it_was_made(
    redis_server: RedisServer, links: tuple[RedisLink, RedisLink]
) -> None:
    one, other = (Tickets(shared=RedisOnce(link)) for link in links)
    before = await one.issue(STANDING)
    redis_server.kill()
    ticket = await one.issue(STANDING)
    assert await other.use(ticket) is None
    assert await one.use(ticket) == STANDING
    assert await one.use(ticket) is None
    assert await one.use(before) is None


async def test_a_value_is_taken_once(links: tuple[RedisLink, RedisLink], redis_server: RedisServer) -> None:
    once = RedisOnce(links[0])
    await once.leave("name", b"value", ttl_seconds=5)
    assert await once.take("name") == b"value"
    assert await once.take("name") is None
    redis_server.kill()
    with pytest.raises(Unavailable):
        await once.leave("name", b"value", ttl_seconds=5)
    with pytest.raises(Unavailable):
        await once.take("name")
