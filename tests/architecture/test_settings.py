"""Settings are declared once; `.env.example` lists the same ones with the same defaults."""

from __future__ import annotations

import re
from enum import Enum

import pytest

from tests.data_folder import PROJECT
from tradesense.run.settings import Settings, variable_of

LINE = re.compile(r"#(?P<name>[A-Z][A-Z0-9_]*)=(?P<value>.*)")
EXAMPLE = (PROJECT / ".env.example").read_text(encoding="utf-8").splitlines()
LISTED = {match["name"]: match["value"] for line in EXAMPLE if (match := LINE.fullmatch(line))}


def written_default(field: str) -> str:
    default = Settings.model_fields[field].default
    if default is None or default == ():
        return ""
    if isinstance(default, tuple):
        return ",".join(default)
    if isinstance(default, bool):
        return str(default).lower()
    return str(default.value if isinstance(default, Enum) else default).replace(f"{PROJECT}/", "")


def test_the_example_lists_exactly_the_settings() -> None:
    assert list(LISTED) == [variable_of(field) for field in Settings.model_fields]


@pytest.mark.parametrize("field", Settings.model_fields)
def test_the_example_shows_each_default_and_description(field: str) -> None:
    line = f"#{variable_of(field)}={written_default(field)}"
    assert line in EXAMPLE
    assert EXAMPLE[EXAMPLE.index(line) - 1] == f"# {Settings.model_fields[field].description}"


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "backend" / "tradesense").rglob("*.py")
        if re.search(
            r"os\.environ|os\.getenv|import environ\b|import getenv\b",
            path.read_text(encoding="utf-8"),
        )
    ]
    # Numba's own variable has to stand before the first import of anything, settings included.
    assert readers == ["backend/tradesense/_kernels.py"]


def test_secrets_are_never_shown() -> None:
    key = "9c1e7b0d4f5a4f53b7e2-good-key-of-length"
    settings = Settings(_env_file=None, cursor_signing_key=key)
    assert key not in repr(settings)
    assert key not in settings.model_dump_json()
