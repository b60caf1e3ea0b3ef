"""Releases the desk anew under load: tables changed, the feed replaced, then workers started beside the old
ones, which end one by one; the edge reads its configuration anew each time.

`python -m tests.rolling [RATE] [SOCKETS]`; it ends with 1 where a request failed, a socket was not back
within half a minute, or a topic had a hole. It leaves no process and no file.
"""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys

from tests.fixtures.database import DatabaseServer
from tests.fixtures.topology import Topology, running_topology
from tests.rolling.scenario import Outcome, Size, under_load

STANDARD = (100, 500)
SETTLE_SECONDS = 5.0
MOST_FILES = 4096


def main(arguments: list[str]) -> int:
    given = [int(each) for each in arguments]
    rate, sockets = [*given, *STANDARD[len(given) :]]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does, leaving nothing behind
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(MOST_FILES, hard)), hard))
    _say(f"{rate} requests a second, {sockets} sockets; load of the machine {os.getloadavg()[0]:.1f}")
    server = DatabaseServer()
    try:
        server.start()
        wide = {"AUTH_RATE_LIMIT_PER_MINUTE": "1000000"}
        with running_topology(server, **wide) as topology:
            _say("nginx, two workers and a feed answer")
            outcome = asyncio.run(_release(topology, Size(rate, sockets)))
            faults = outcome.faults()
            load = f"load of the machine {os.getloadavg()[0]:.1f}"
            _say(*outcome.lines(), load, f"faults: {faults or 'none'}")
    finally:
        server.stop()
    return 1 if faults else 0


async def _release(topology: Topology, size: Size) -> Outcome:
    async with under_load(topology, size) as (release, outcome):
        _say("everybody follows; the release begins")
        await asyncio.sleep(SETTLE_SECONDS)
        await release.migrate()
        await release.replace_feed()
        await release.hear_on()
        former = len(topology.workers)
        await release.start_beside()
        for number in range(1, former + 1):
            await release.end_worker(f"worker {number}")
            await release.hear_on()
        await asyncio.sleep(SETTLE_SECONDS)
    return outcome


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
