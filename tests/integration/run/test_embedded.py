"""The program as a process: it starts, refuses a second owner, ends cleanly, and survives being killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.data_folder import PROJECT
from tests.fixtures.app import command, environment_for, free_port, start_app, stop_app


def run_again(data_dir: Path, port: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command(), "run"],
        cwd=PROJECT,
        env=environment_for(data_dir, PORT=str(port)),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


# One with the market and one without: what ends by itself differs, how it is asked to does not.
@pytest.mark.parametrize(
    ("number", "feeds"), [(signal.SIGTERM, "simulated"), (signal.SIGINT, "none")], ids=["term", "int"]
)
def test_a_signal_ends_it_with_code_0_and_nothing_is_left(
    tmp_path: Path, number: signal.Signals, feeds: str
) -> None:
    running = start_app(tmp_path, FEEDS=feeds)
    running.process.send_signal(number)
    assert running.process.wait(timeout=20) == 0
    left = list((tmp_path / "data").iterdir())
    assert {path.name for path in left if path.suffix != ".key"} <= {"market.duckdb", "postgres", "outbox"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in left if path.suffix == ".key"} == {0o600}
    assert not (tmp_path / "data" / "postgres" / "cluster" / "postmaster.pid").exists()
    for line in running.log.read_text().splitlines():
        assert json.loads(line)["level"] in ("info", "warning")
    if feeds == "simulated":
        again = start_app(tmp_path)
        assert stop_app(again) == 0


def test_a_second_program_on_its_data_is_refused_and_killed_it_starts_again(tmp_path: Path) -> None:
    running = start_app(tmp_path, FEEDS="none")
    refused = run_again(running.data_dir, free_port())
    assert refused.returncode == 75
    assert f"in use by process {running.process.pid}" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert httpx.get(running.url + "/health/ready", timeout=60).status_code == 200

    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait(timeout=10)
    again = start_app(tmp_path, FEEDS="none")
    assert httpx.get(again.url + "/health/ready", timeout=60).status_code == 200
    assert stop_app(again) == 0


def test_a_port_that_is_taken_is_said_before_anything_is_opened(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = run_again(tmp_path / "data", port)
    assert refused.returncode == 1
    assert f"port {port}" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "data").exists()
