"""The Python client and its paper say what the program says."""

from __future__ import annotations

import re
import subprocess
import sys

from tradesense_client.folding import KEYED_LISTS
from tradesense_client.pace import MOST_MESSAGES
from tradesense_client.stream import MOST_TOPICS

from tests.data_folder import PROJECT
from tradesense.streaming.protocol import (
    LEAST_HZ,
    MOST_HZ,
    MOST_MESSAGES_A_MINUTE,
    MOST_SUBSCRIPTIONS,
    CloseCode,
    Code,
)
from tradesense.streaming.topics import GRAMMAR

CLIENT = PROJECT / "backend" / "clients" / "python"
PAPER = (PROJECT / "docs" / "streaming.md").read_text("utf-8")


def test_the_models_are_written_from_the_api_as_it_is() -> None:
    done = subprocess.run([sys.executable, CLIENT / "make_models.py", "--check"], check=False)
    assert done.returncode == 0, "run 'make client'"


def test_the_paper_and_the_client_know_the_same_keyed_lists() -> None:
    rows = re.findall(r"^\| `(\w+):[^|]*\|[^|]*\| `(\w+)` by `(\w+)` \|$", PAPER, re.MULTILINE)
    assert {topic: (name, key) for topic, name, key in rows} == KEYED_LISTS


def test_the_paper_names_every_topic_code_and_close_code_of_the_server() -> None:
    first_cells = re.findall(r"^\| ([^|]+) \|", PAPER, re.MULTILINE)
    words = {word for cell in first_cells for word in re.findall(r"`([^`]+)`", cell)}
    assert {word for word in words if ":" in word} == set(GRAMMAR)
    assert words >= {str(code) for code in Code}
    numbers = {int(cell) for cell in first_cells if cell.isdigit()}
    assert numbers == {int(code) for code in CloseCode}
    for bound in (MOST_SUBSCRIPTIONS, MOST_MESSAGES_A_MINUTE, LEAST_HZ, MOST_HZ):
        assert re.search(rf"(?<![\d.]){bound:g}(?![\d.]*\d)", PAPER), bound


def test_the_client_is_typed_and_stays_below_what_the_server_takes() -> None:
    assert (CLIENT / "tradesense_client" / "py.typed").exists()
    assert MOST_MESSAGES < MOST_MESSAGES_A_MINUTE
    assert MOST_TOPICS == MOST_SUBSCRIPTIONS
