"""The Python client and its paper say what the program says."""

from __future__ import annotations

import re
import subprocess
import sys

from tradesense_client.folding import KEYED_LISTS
from tradesense_client.pace import MOST_MESSAGES

from tests.data_folder import PROJECT

CLIENT = PROJECT / "backend" / "clients" / "python"
PAPER = (PROJECT / "docs" / "streaming.md").read_text("utf-8")


def test_the_models_are_written_from_the_api_as_it_is() -> None:
    done = subprocess.run([sys.executable, CLIENT / "make_models.py", "--check"], check=False)
    assert done.returncode == 0, "run 'make client'"


def test_the_paper_and_the_client_know_the_same_keyed_lists() -> None:
    rows = re.findall(r"^\| `(\w+):[^|]*\|[^|]*\| `(\w+)` by `(\w+)` \|$", PAPER, re.MULTILINE)
    assert {topic: (name, key) for topic, name, key in rows} == KEYED_LISTS


def test_the_client_is_typed_and_stays_below_what_the_server_takes() -> None:
    assert (CLIENT / "tradesense_client" / "py.typed").exists()
    assert f"{MOST_MESSAGES + 10} messages a minute" in PAPER
