"""Rules about the source itself: who imports whom, faces that name what exists, one clock, no frames."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.data_folder import PROJECT
from tests.fixtures.app import RunningApp, environment_for
from tradesense import __version__

PACKAGE = PROJECT / "backend" / "tradesense"
SOURCES = sorted(PACKAGE.rglob("*.py"))
# Set-up code of tests excepted, these are the only places that may ask the machine for the time.
CLOCKS = {"base/clock.py", "run/logs.py"}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_the_import_rules_hold() -> None:
    done = subprocess.run(
        [
            Path(sys.executable).with_name("lint-imports"),
            "--config",
            "importlinter.toml",
            "--no-cache",
        ],
        cwd=PROJECT / "backend",
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name == "__init__.py"], ids=name_of)
def test_a_face_names_what_exists_in_order(path: Path) -> None:
    module = importlib.import_module(".".join(path.parent.relative_to(PACKAGE.parent).parts))
    exported = getattr(module, "__all__", [])
    for name in exported:
        assert hasattr(module, name)
    assert list(exported) == sorted(
        set(exported), key=lambda name: (not name.isupper(), name[0].islower(), name)
    )


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_only_the_clock_tells_the_time(path: Path) -> None:
    if name_of(path) not in CLOCKS:
        assert not re.search(
            r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\(",
            path.read_text("utf-8"),
        )


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_the_version_is_the_packages() -> None:
    declared = re.search(
        r'^version = "(.+)"$',
        (PROJECT / "backend" / "pyproject.toml").read_text("utf-8"),
        re.MULTILINE,
    )
    assert declared is not None
    assert declared[1] == __version__


@pytest.mark.one_process
def test_the_running_program_has_no_data_frame_library(running_app: RunningApp) -> None:
    maps = Path(f"/proc/{running_app.process.pid}/maps")
    if not maps.exists():
        pytest.skip("this machine has no /proc to look into a process with")
    assert not re.search(r"site-packages/(pandas|polars)/", maps.read_text())


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom tradesense.run.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'fastapi', 'numpy', 'duckdb', 'pyarrow', 'pydantic', 'numba', 'scipy'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment_for(tmp_path),
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "COMMAND" in done.stdout
