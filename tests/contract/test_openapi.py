"""The OpenAPI document: the served one is the written one, complete, with a schema to each answer."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fixtures.app import RunningApp, command, environment_for
from tests.fixtures.operations import Operation, api_document, operations
from tradesense.web.formats import MEDIA_TYPES, Format

TABLES = re.compile(r"/(bars|quotes|chain|surface|smile|heatmap|continuous|rolls)$")


def test_the_command_writes_what_the_program_serves(running_app: RunningApp, tmp_path: Path) -> None:
    file = tmp_path / "new" / "openapi.json"
    arguments = [*command(), "openapi", "--output", str(file)]
    subprocess.run(arguments, env=environment_for(tmp_path), check=True, timeout=60)
    served = httpx.get(running_app.url + "/openapi.json", timeout=60)
    assert json.loads(file.read_text(encoding="utf-8")) == served.json()


def test_every_reference_leads_somewhere_and_every_schema_is_used() -> None:
    text = json.dumps(api_document())
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert named == set(api_document()["components"]["schemas"])


def test_the_document_names_itself() -> None:
    info = api_document()["info"]
    assert info["title"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", info["version"])
    assert all(tag["description"] for tag in api_document()["tags"])


@pytest.mark.parametrize("operation", operations(), ids=str)
def test_a_success_has_a_schema(operation: Operation) -> None:
    for status, answer in operation.document["responses"].items():
        if status.startswith("2") and status != "204":
            assert _has_content(answer["content"]), status


def _takes_format(operation: Operation) -> bool:
    return "format" in {parameter.name for parameter in operation.query()}


def _has_content(content: dict[str, Any]) -> bool:
    schema = content.get("application/json", {}).get("schema")
    return bool(schema)


@pytest.mark.parametrize(
    "operation",
    [item for item in operations() if TABLES.search(item.template) and _takes_format(item)],
    ids=str,
)
def test_a_table_declares_every_format_it_is_served_in(operation: Operation) -> None:
    assert set(operation.document["responses"]["200"]["content"]) == set(MEDIA_TYPES.values())
    assert "406" in operation.document["responses"]
    assert len(Format) == len(MEDIA_TYPES)
