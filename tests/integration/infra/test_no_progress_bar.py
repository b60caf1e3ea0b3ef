"""A long query draws no progress bar into the program's log, however the program was started."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tradesense.run.settings import PROJECT

_TOLD = "print(engine.execute(\"SELECT current_setting('enable_progress_bar')\").fetchall())"


def _written_by(program: str) -> str:
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return ended.stdout + ended.stderr


def test_a_program_without_a_file_of_its_own_has_no_bar() -> None:
    """The engine takes such a program for somebody at a prompt; as it comes, it would draw one."""
    assert _written_by(f"import duckdb; engine = duckdb.connect(); {_TOLD}") == "[(True,)]\n"
    ours = "from tradesense.infra.market_store_engine import engine_in_memory; engine = engine_in_memory({})"
    assert _written_by(f"{ours}; {_TOLD}") == "[(False,)]\n"


def test_a_market_file_that_was_opened_draws_no_bar(tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from tradesense.infra.market_store_engine import Engine
engine = Engine(Path({str(tmp_path / "market.duckdb")!r}), "500MB", 1).open()
{_TOLD}
"""
    assert _written_by(program) == "[(False,)]\n"


def test_every_engine_of_the_program_is_opened_in_the_one_place() -> None:
    sources = (PROJECT / "backend/tradesense").rglob("*.py")
    opened_in = [path.name for path in sources if "duckdb.connect(" in path.read_text()]
    assert opened_in == ["market_store_engine.py"]
