from __future__ import annotations

import ast
import importlib.util
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]


@pytest.mark.filterwarnings("ignore:Series.values")
def test_kept_calendars_are_what_the_library_says_now():
    spec = importlib.util.spec_from_file_location("make_calendars", PROJECT / "tests/tools/make_calendars.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    assert maker.TARGET.read_text("utf-8") == maker.encode(maker.build()), (
        "the kept calendars differ from the library: run tests/tools/make_calendars.py, read the difference"
    )


def test_running_program_imports_no_calendar_library():
    for file in (PROJECT / "backend/tradesense").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.partition(".")[0] for name in names} & {"pandas", "exchange_calendars"}, file
