"""R93: the program does not start with settings that can't be right; it names them and hides their values."""

from __future__ import annotations

import itertools
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.data_folder import PROJECT
from tests.fixtures.app import PRODUCTION as GOOD
from tests.fixtures.app import command, environment_for, free_port
from tradesense.run.settings import (
    Environment,
    Settings,
    SettingsRefused,
    load_settings,
    variable_of,
)

KEYS = ("JWT_SIGNING_KEY", "CSRF_KEY", "TOKEN_HASH_KEY", "ENCRYPTION_KEY", "CURSOR_SIGNING_KEY")
PRODUCTION = {name.upper(): str(value) for name, value in GOOD.items()}
WEAK_SECRETS = ("", "changeme", "short-but-random-9c1e7b0d4f5a", "changeme" * 8, "a" * 64)
OTHER_CASES: list[tuple[dict[str, str], str]] = [
    ({"CURSOR_SIGNING_KEY": "short-secret-in-development"}, "CURSOR_SIGNING_KEY"),
    ({**PRODUCTION, "METRICS_TOKEN": PRODUCTION["CURSOR_SIGNING_KEY"]}, "METRICS_TOKEN"),
    ({"METRICS_TOKEN": "short-token"}, "METRICS_TOKEN"),
    ({**PRODUCTION, "JWT_FORMER_KEYS": "short-former-key"}, "JWT_FORMER_KEYS"),
    ({**PRODUCTION, "MAIL_URL": "file:/var/mail-of-nobody"}, "MAIL_URL"),
    ({**PRODUCTION, "MAIL_URL": "console:"}, "MAIL_URL"),
    ({**PRODUCTION, "MAIL_URL": ""}, "MAIL_URL"),
    ({**PRODUCTION, "PASSWORD_HASH_ROUNDS": "11"}, "PASSWORD_HASH_ROUNDS"),
    ({"CORS_ORIGINS": "*"}, "CORS_ORIGINS"),
    ({"CORS_ORIGINS": "http://localhost:3000,https://*.example.org"}, "CORS_ORIGINS"),
    ({**PRODUCTION, "CORS_ORIGINS": "http://app.example.org"}, "CORS_ORIGINS"),
    ({**PRODUCTION, "PUBLIC_URL": "http://desk.example.org"}, "PUBLIC_URL"),
    ({**PRODUCTION, "PUBLIC_URL": ""}, "PUBLIC_URL"),
    ({**PRODUCTION, "DEBUG": "true"}, "DEBUG"),
    ({**PRODUCTION, "LOG_LEVEL": "debug"}, "LOG_LEVEL"),
    ({"HOST": "0.0.0.0"}, "HOST"),
    ({"HOST": "192.0.2.10"}, "HOST"),
    ({"PORT": "eighty-thousand"}, "PORT"),
    ({"DATABASE_URL": "mysql://user:hunter2@db/people"}, "DATABASE_URL"),
    ({"MARKET_STORE_URL": "postgresql://user:hunter2@db/market"}, "MARKET_STORE_URL"),
]


@pytest.fixture
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], list[str]]:
    """Read the settings from these variables and nothing else; return the problems."""

    def problems_with(variables: dict[str, str]) -> list[str]:
        for field in Settings.model_fields:
            monkeypatch.delenv(variable_of(field), raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setitem(Settings.model_config, "env_file", None)
        with pytest.raises(SettingsRefused) as refused:
            load_settings()
        return refused.value.problems

    return problems_with


@pytest.mark.parametrize("weak", WEAK_SECRETS, ids=["missing", "changeme", "short", "a word", "one letter"])
@pytest.mark.parametrize("key", KEYS)
def test_r93_each_key_of_production_must_be_given_and_good(
    bare_environment: Callable[[dict[str, str]], list[str]], key: str, weak: str
) -> None:
    assert [each.partition(":")[0] for each in bare_environment({**PRODUCTION, key: weak})] == [key]


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(KEYS, 2)])
def test_r93_no_two_keys_are_the_same(
    bare_environment: Callable[[dict[str, str]], list[str]], one: str, other: str
) -> None:
    problems = bare_environment({**PRODUCTION, one: PRODUCTION[other]})
    assert problems == [f"{other}: must differ from {one}"]


def test_r93_what_is_good_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    assert load_settings().environment is Environment.PRODUCTION


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"ENVIRONMENT": "production"}, "JWT_SIGNING_KEY"),
        *(({**PRODUCTION, key: "short-but-random-9c1e7b0d4f5a"}, key) for key in KEYS),
        ({**PRODUCTION, "CSRF_KEY": PRODUCTION["JWT_SIGNING_KEY"]}, "CSRF_KEY"),
        *OTHER_CASES,
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
        assert len(value) < 6 or value in ("production", "smtp://127.0.0.1:1") or value not in said
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
