"""R71: what a caller sends is bound or refused; no word of it ever becomes SQL."""

from __future__ import annotations

import ast
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path

import httpx
import pytest

from tests.data_folder import PROJECT
from tests.fixtures.app import client_of, settings_for
from tests.fixtures.market import START, bar, quote, rows_of
from tradesense.base.clock import FixedClock
from tradesense.instruments import load_specs
from tradesense.market import Reader, Recorder, Table, instrument_rows
from tradesense.market.history import fetch_option_coverage, fetch_symbol_coverage
from tradesense.market.history.futures import fetch_latest_quotes, fetch_products, find_symbols
from tradesense.run.api import create_app
from tradesense.run.wiring import Parts, open_parts

HOSTILE = [
    "(select 1)",
    "price;drop table market.quotes",
    "' or 1=1--",
    "'; DROP TABLE market.quotes; --",
    'x" UNION SELECT * FROM market.imports --',
    "read_text('/etc/passwd')",
    "$series",
    "1m'; COPY market.quotes TO '/tmp/x",
]
QUERIES = [
    ("/futures", ["source", "as_of"]),
    ("/futures/quotes", ["symbols", "source"]),
    ("/futures/ES/curve", ["compare", "source"]),
    ("/futures/ES/spreads", ["kind", "pairs", "source"]),
    ("/instruments/ES-2024-03/bars", ["interval", "from", "limit", "source", "format"]),
    ("/instruments/ES-2024-03/quotes", ["to", "limit", "source"]),
    ("/instruments", ["q", "kind", "root", "source", "cursor"]),
]
PATHS = [
    "/futures/{}",
    "/futures/{}/curve",
    "/instruments/{}",
    "/instruments/{}/bars",
    "/instruments/{}/quotes",
]


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[Parts]:
    async with open_parts(settings_for(tmp_path), FixedClock(START)) as parts:
        future = load_specs().future("ES", 2024, 3, source="lean", source_symbol="ESH4")
        parts.recorder.append(Table.INSTRUMENTS, instrument_rows([future]))
        parts.recorder.append(
            Table.QUOTES, rows_of(Table.QUOTES, [quote("ES-2024-03", -1, bid=1.0, ask=2.0)])
        )
        parts.recorder.append(Table.BARS, rows_of(Table.BARS, [bar("ES-2024-03", "1m", START, 1.0)]))
        yield parts


@pytest.fixture
async def client(tmp_path: Path, parts: Parts) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(create_app(settings_for(tmp_path), parts=parts)) as client:
        yield client


def catalog(parts: Parts) -> list[dict[str, object]]:
    return parts.store.query(
        "SELECT table_name, column_name, estimated_size FROM duckdb_columns()"
        " JOIN duckdb_tables() USING (database_name, table_name) WHERE database_name = 'market' ORDER BY ALL",
        deadline_seconds=5,
    ).to_pylist()


async def test_r71_hostile_words_in_a_query_are_refused_or_find_nothing(client, parts):
    before = catalog(parts)
    for (path, names), hostile in product(QUERIES, HOSTILE):
        for name in names:
            query = {"symbols": "ES-2024-03"} if path.endswith("/futures/quotes") else {}
            answer = await client.get(f"/api/v1{path}", params={**query, name: hostile})
            if (path, name) in {("/instruments", "q"), ("/futures/quotes", "symbols")}:
                assert answer.status_code in (200, 422)
                found = answer.json().get("items", [])
                assert all(item["source"] is None for item in found)
            else:
                assert answer.status_code == 422, (path, name, hostile, answer.text)
            assert "root:" not in answer.text
    assert catalog(parts) == before


async def test_r71_hostile_words_in_a_path_are_refused(client, parts):
    before = catalog(parts)
    for path, hostile in product(PATHS, HOSTILE):
        answer = await client.get("/api/v1" + path.format(hostile.replace("/", "%2F")))
        assert answer.status_code in (404, 422), (path, hostile, answer.text)
    assert catalog(parts) == before


async def test_r71_an_unknown_parameter_such_as_sort_is_refused(client):
    for hostile in HOSTILE:
        answer = await client.get("/api/v1/futures", params={"sort": hostile})
        assert answer.status_code == 422


async def test_r71_hostile_words_in_a_body_are_refused(client):
    for hostile in HOSTILE:
        for body in ({"symbols": [hostile]}, {"symbols": ["ES-2024-03"], "source": hostile}):
            assert (await client.post("/api/v1/futures/quotes", json=body)).status_code == 422


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_r71_the_history_itself_binds_every_value(market_store, hostile):
    Recorder(market_store).append(Table.QUOTES, rows_of(Table.QUOTES, [quote("ES-2024-03", 0)]))
    reader = Reader(market_store, FixedClock(START))
    assert await fetch_option_coverage(reader, hostile) == []
    assert await fetch_symbol_coverage(reader, hostile, [Table.QUOTES]) == []
    assert await fetch_products(reader, at=START, source=hostile) == []
    assert await find_symbols(reader, [hostile]) == []
    assert await fetch_latest_quotes(reader, source=hostile, symbols=[hostile], at=START) == {}
    assert market_store.query("SELECT * FROM market.quotes", deadline_seconds=5).num_rows == 1


def test_r71_sql_is_written_in_the_market_s_history_and_storage_only():
    backend = PROJECT / "backend" / "tradesense"
    allowed = {backend / "infra" / "market_store.py", backend / "market" / "compaction.py"}
    allowed |= {backend / "market" / name for name in ("recorder.py", "storage.py", "retention.py")}
    allowed |= set((backend / "market" / "history").glob("*.py"))
    # None is reached by a request: a command reads a file with one, a start migrates with the next, and the
    # last keeps the lease of who writes.
    allowed |= {backend / "infra" / "legacy_users.py", backend / "run" / "migrations.py"}
    allowed |= {backend / "infra" / "market_lease.py"}
    guilty = []
    for path in sorted(set(backend.rglob("*.py")) - allowed):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = node.value.split()
                if words[:1] in (["SELECT"], ["INSERT"], ["DELETE"], ["UPDATE"], ["COPY"], ["ATTACH"]) and (
                    {"FROM", "INTO", "SET", "TO"} & set(words)
                ):
                    guilty.append(f"{path.relative_to(backend)}:{node.lineno}")
    assert guilty == []
