"""R93: the program does not start with settings that can't be right; it names them and hides their values."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from tests.data_folder import PROJECT
from tests.fixtures.app import command, environment_for, free_port

PRODUCTION = {
    "ENVIRONMENT": "production",
    "CURSOR_SIGNING_KEY": "9c1e7b0d4f5a4f53b7e2-good-key-of-length",
}


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"ENVIRONMENT": "production"}, "CURSOR_SIGNING_KEY"),
        ({**PRODUCTION, "CURSOR_SIGNING_KEY": ""}, "CURSOR_SIGNING_KEY"),
        ({**PRODUCTION, "CURSOR_SIGNING_KEY": "changeme"}, "CURSOR_SIGNING_KEY"),
        (
            {**PRODUCTION, "CURSOR_SIGNING_KEY": "short-but-random-9c1e7b0d4f5a"},
            "CURSOR_SIGNING_KEY",
        ),
        ({**PRODUCTION, "CURSOR_SIGNING_KEY": "changeme" * 8}, "CURSOR_SIGNING_KEY"),
        ({**PRODUCTION, "CURSOR_SIGNING_KEY": "a" * 64}, "CURSOR_SIGNING_KEY"),
        ({"CURSOR_SIGNING_KEY": "short-secret-in-development"}, "CURSOR_SIGNING_KEY"),
        (
            {**PRODUCTION, "METRICS_TOKEN": PRODUCTION["CURSOR_SIGNING_KEY"]},
            "METRICS_TOKEN",
        ),
        ({"METRICS_TOKEN": "short-token"}, "METRICS_TOKEN"),
        ({"CORS_ORIGINS": "*"}, "CORS_ORIGINS"),
        (
            {"CORS_ORIGINS": "http://localhost:3000,https://*.example.org"},
            "CORS_ORIGINS",
        ),
        ({**PRODUCTION, "CORS_ORIGINS": "http://app.example.org"}, "CORS_ORIGINS"),
        ({**PRODUCTION, "PUBLIC_URL": "http://desk.example.org"}, "PUBLIC_URL"),
        ({**PRODUCTION, "DEBUG": "true"}, "DEBUG"),
        ({**PRODUCTION, "LOG_LEVEL": "debug"}, "LOG_LEVEL"),
        ({"HOST": "0.0.0.0"}, "HOST"),
        ({"HOST": "192.0.2.10"}, "HOST"),
        ({"PORT": "eighty-thousand"}, "PORT"),
        (
            {"MARKET_STORE_URL": "postgresql://user:hunter2@db/market"},
            "MARKET_STORE_URL",
        ),
    ],
)
def test_r93_a_weak_setting_stops_the_start_by_name(
    tmp_path: Path, variables: dict[str, str], named: str
) -> None:
    started = time.monotonic()
    environment = environment_for(tmp_path / "data", PORT=str(free_port()))
    done = subprocess.run(
        [*command(), "run"],
        cwd=tmp_path,
        check=False,
        env={**environment, **variables},
        capture_output=True,
        timeout=30,
    )
    elapsed = time.monotonic() - started
    said = done.stderr.decode() + done.stdout.decode()
    assert done.returncode == 2
    assert f"  {named}: " in said
    for value in variables.values():
        assert len(value) < 6 or value == "production" or value not in said
    assert "Traceback" not in said
    assert not (tmp_path / "data").exists()
    assert elapsed < 3 or elapsed < 3 * _seconds_of_a_bare_import(), "refused within 3 s on a machine at rest"


def _seconds_of_a_bare_import() -> float:
    started = time.monotonic()
    subprocess.run(
        [*command()[:1], "-c", "import pydantic_settings"],
        cwd=PROJECT,
        check=True,
        timeout=60,
    )
    return time.monotonic() - started
