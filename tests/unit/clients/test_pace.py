"""What the client sends stays below what a server takes."""

from __future__ import annotations

from tradesense_client.pace import MOST_MESSAGES, Pace

SERVER_TAKES = 100


async def test_a_bucket_like_the_servers_is_never_empty() -> None:
    now, sent = [1000.0], []

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    pace = Pace(lambda: now[0], sleep)
    for number in range(500):
        await pace.wait()
        sent.append(now[0])
        if number == 300:
            now[0] += 45.0
    assert sent[MOST_MESSAGES - 1] == sent[0], "the first ones do not wait"
    left, at = float(SERVER_TAKES), sent[0]
    for moment in sent:
        left = min(left + (moment - at) * SERVER_TAKES / 60, SERVER_TAKES) - 1
        at = moment
        assert left >= 0
    assert sent[-1] - sent[0] < 500 * 60 / MOST_MESSAGES
