"""A long query draws no progress bar into the program's log, however the program was started."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tradesense.run.settings import PROJECT

_ENGINE = "from tradesense.infra.market_store_engine import engine_in_memory; engine = engine_in_memory({})"
_ENGINE_AS_IT_COMES = "import duckdb; engine = duckdb.connect()"
_LONG_QUERY = """
engine.execute("SET threads = 1")
engine.execute("SELECT count(*) FROM range(25000) a, range(25000) b WHERE a.range * b.range % 7 = 3")
"""
"""It takes more than the two seconds after which a bar is drawn."""


def _written_by(program: str) -> str:
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return ended.stdout + ended.stderr


def test_a_program_without_a_file_of_its_own_draws_no_bar() -> None:
    """The engine takes such a program for somebody at a prompt; as it comes, it would draw one."""
    assert "%" in _written_by(_ENGINE_AS_IT_COMES + _LONG_QUERY)
    assert _written_by(_ENGINE + _LONG_QUERY) == ""


def test_a_market_file_that_was_opened_draws_no_bar(tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from tradesense.infra.market_store_engine import Engine
engine = Engine(Path({str(tmp_path / "market.duckdb")!r}), "500MB", 1).open()
print(engine.execute("SELECT current_setting('enable_progress_bar')").fetchall())
"""
    assert _written_by(program) == "[(False,)]\n"


def test_every_engine_of_the_program_is_opened_in_the_one_place() -> None:
    sources = (PROJECT / "backend/tradesense").rglob("*.py")
    opened_in = [path.name for path in sources if "duckdb.connect(" in path.read_text()]
    assert opened_in == ["market_store_engine.py"]
