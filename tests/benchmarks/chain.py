"""B: a live chain of 500 strikes to somebody signed in, beside FastAPI's response model and bare bytes.

Three servers in processes of their own are asked in turns over one kept connection each; what counts is the
processor time of the server, whatever else the machine does.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.benchmarks.chain_server import PATH, STRIKES
from tests.benchmarks.rows import Row
from tests.benchmarks.timing import Contender, medians
from tests.data_folder import PROJECT

ROUNDS, CALLS = 9, {"ours": 100, "model": 5, "bare": 100}
LEAST_OF_MODEL, LEAST_OF_BARE = 15.0, 0.6


def run() -> list[Row]:
    """Measure and return two rows; takes about a minute."""
    with ExitStack() as opened:
        contenders = {kind: opened.enter_context(_server(kind)) for kind in CALLS}
        seconds = medians(contenders, ROUNDS)
    ours, model, bare = (1e6 * float(seconds[kind] or 0) for kind in CALLS)
    return [
        _row("FastAPI's response model", ours, model, LEAST_OF_MODEL),
        _row("a bare ASGI application", ours, bare, LEAST_OF_BARE),
    ]


def _row(peer_name: str, ours: float, peer: float, least: float) -> Row:
    return Row(
        section="B",
        name=f"live chain of {STRIKES} strikes, signed in",
        unit="µs CPU",
        ours=ours,
        peer_name=peer_name,
        peer=peer,
        ratio=peer / ours,
        must=f"≥ {least:g} × its requests/s",
        holds=peer / ours >= least,
    )


@contextmanager
def _server(kind: str) -> Iterator[Contender]:
    command = [sys.executable, "-m", "tests.benchmarks.chain_server", kind]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        port, token = process.stdout.readline().split()
        connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=60)
        try:
            yield _contender(connection, token, CALLS[kind])
        finally:
            connection.close()
            process.stdin.close()
            process.wait(timeout=30)


def _contender(connection: http.client.HTTPConnection, token: str, calls: int) -> Contender:
    def ask(path: str) -> bytes:
        connection.request("GET", path, headers={"Cookie": f"auth-token={token}"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (answer.status, body[:200])
        return body

    def spent() -> float:
        before = float(ask("/cpu"))
        for _ in range(calls):
            ask(PATH)
        return (float(ask("/cpu")) - before) / calls

    return spent
