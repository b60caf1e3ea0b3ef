"""The load test against the program itself, for a second."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.data_folder import PROJECT
from tests.fixtures.served import ServedApp


def test_it_reports_what_the_desk_answered(served_app: ServedApp) -> None:
    person = served_app.people.register()
    token = served_app.people.tokens(person).access
    done = subprocess.run(
        [
            sys.executable,
            PROJECT / "scripts/load_test.py",
            served_app.url,
            *("--rate", "20", "--seconds", "1", "--json"),
            *("--mix", "/api/v1/futures=3,/api/v1/options=1"),
        ],
        env={**os.environ, "TRADESENSE_TOKEN": token},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    numbers = json.loads(done.stdout)
    assert numbers["due"] == numbers["answered"] == 20
    assert numbers["paths"].keys() == {"all", "/api/v1/futures", "/api/v1/options"}
    assert numbers["errors"] == {}


def test_it_fails_where_requests_do(served_app: ServedApp) -> None:
    done = subprocess.run(
        [
            sys.executable,
            PROJECT / "scripts/load_test.py",
            served_app.url,
            *("--rate", "10", "--seconds", "0.5", "--mix", "/api/v1/futures=1"),
        ],
        env={name: value for name, value in os.environ.items() if name != "TRADESENSE_TOKEN"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "error: status 401: 5" in done.stdout
