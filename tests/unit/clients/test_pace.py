"""What the client sends stays below what a server takes."""

from __future__ import annotations

from tradesense_client.pace import MOST_MESSAGES, SPAN_SECONDS, Pace


async def test_no_span_of_a_minute_has_more_than_its_messages() -> None:
    now, sent = [0.0], []

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    pace = Pace(lambda: now[0], sleep)
    for _ in range(3 * MOST_MESSAGES):
        await pace.wait()
        sent.append(now[0])
    assert sent[MOST_MESSAGES - 1] == 0.0, "the first ones do not wait"
    pairs = zip(sent, sent[MOST_MESSAGES:], strict=False)
    assert all(later - earlier >= SPAN_SECONDS for earlier, later in pairs)
