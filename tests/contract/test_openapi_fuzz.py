"""Fuzzes the running program from its own OpenAPI document: no 5xx, no answer that is not documented.

Every operation is called, signed in and not; `fuzz_hooks.py` says as whom.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.data_folder import PROJECT
from tests.fixtures.app import RunningApp
from tests.fixtures.feeds import feeds_left_as_they_were
from tests.fixtures.people import People, Person

CONFIG = PROJECT / "tests" / "contract" / "schemathesis.toml"
HOOKS = PROJECT / "tests" / "contract" / "fuzz_hooks.py"
# The first start after a change of the maths compiles it.
LONGEST_WAIT_SECONDS = 300
LONGEST_SECONDS = 1500
OFTEN_ENOUGH_FOR_THE_EDGE = ("--rate-limit", "40/s")


def wait_for_data(url: str) -> None:
    """Wait until the simulated market is on record, so that answers have something in them."""
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    while httpx.get(url + "/health/ready", timeout=60).status_code != 200:
        assert time.monotonic() < deadline, "the simulated market wrote nothing in five minutes"
        time.sleep(0.2)


@pytest.mark.timeout(LONGEST_SECONDS + 200)
def test_fuzzing_finds_no_server_error_and_nothing_undocumented(
    running_app: RunningApp,
    people_of_running_app: People,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    wait_for_data(running_app.url)
    admin = people_of_running_app.with_role("admin")
    with feeds_left_as_they_were(people_of_running_app.script(admin)):
        done = fuzz(running_app, admin, tmp_path / "report.xml", request.config.getoption("--fuzz-examples"))
    said = [line[:300] for line in done.stdout.decode(errors="replace").splitlines()]
    assert done.returncode == 0, "\n".join(said[-150:])
    errors = [
        line for line in running_app.log.read_text().splitlines() if json.loads(line)["level"] == "error"
    ]
    assert errors == []


def fuzz(
    running_app: RunningApp, admin: Person, report: Path, examples: int
) -> subprocess.CompletedProcess[bytes]:
    """Call every operation, signed in as `admin`; return what was found."""
    return subprocess.run(
        [
            Path(sys.executable).with_name("schemathesis"),
            *("--config-file", CONFIG),
            *("run", f"{running_app.url}/openapi.json"),
            *("--checks", "all"),
            *("--max-examples", str(examples)),
            *("--report", "junit", "--report-junit-path", report),
            *("--seed", "20261122", "--no-color", "--max-failures", "20", "--request-timeout", "60"),
            *(OFTEN_ENOUGH_FOR_THE_EDGE if running_app.url.startswith("https:") else ()),
        ],
        cwd=report.parent,
        env={
            **os.environ,
            "SCHEMATHESIS_HOOKS": str(HOOKS),
            "FUZZ_URL": running_app.url,
            "FUZZ_EMAIL": admin.email,
            "FUZZ_PASSWORD": admin.password,
        },
        capture_output=True,
        check=False,
        timeout=LONGEST_SECONDS,
    )
