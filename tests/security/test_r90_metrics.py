"""R90: /metrics is private, valid, and labelled by route template, so that strangers can't grow it."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.fixtures.app import client_of, settings_for
from tests.security.test_r80_problem_documents import assert_problem
from tradesense.run.api import create_app

TOKEN = "a-token-that-only-the-scraper-knows-4711"


def series(text: str) -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    return {
        (sample.name, tuple(sorted(sample.labels.items())))
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_r90_this_machine_reads_valid_text_with_route_templates(
    app_client: httpx.AsyncClient,
) -> None:
    await app_client.get("/api/v1/futures/ES/curve")
    answer = await app_client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    handlers = {dict(labels).get("handler") for _, labels in series(answer.text)}
    assert "/api/v1/futures/{root}/curve" in handlers


async def test_r90_thousands_of_random_addresses_add_no_series(
    app_client: httpx.AsyncClient, full_faults: bool
) -> None:
    addresses = 10_000 if full_faults else 2_000

    async def ask_for(number: int) -> None:
        for path in (
            f"/{number}",
            f"/api/v1/futures/R{number}/nothing",
            f"/api/v1/{number}",
            f"/{number}/x.html",
        ):
            await app_client.get(path)
        await app_client.get(f"/api/v1/futures/R{number}/curve")

    await ask_for(0)
    before = series((await app_client.get("/metrics")).text)
    for number in range(1, addresses // 5 + 1):
        await ask_for(number)
    assert series((await app_client.get("/metrics")).text) == before


@pytest.mark.parametrize("client_host", ["192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", ""])
async def test_r90_another_machine_finds_nothing(tmp_path: Path, client_host: str) -> None:
    async with client_of(create_app(settings_for(tmp_path)), client_host=client_host) as client:
        assert_problem(await client.get("/metrics"), 404)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
async def test_r90_a_caller_behind_a_proxy_on_this_machine_finds_nothing(
    app_client: httpx.AsyncClient, header: str
) -> None:
    assert_problem(await app_client.get("/metrics", headers={header: "127.0.0.1"}), 404)


async def test_r90_a_scraper_elsewhere_needs_the_token(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, metrics_token=TOKEN))
    async with client_of(app, client_host="192.0.2.7") as client:
        assert (await client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})).status_code == 200
        for wrong in (
            TOKEN,
            "Bearer ",
            f"Bearer {TOKEN}x",
            "Bearer é",
            f"Basic {TOKEN}",
        ):
            headers = {"Authorization": wrong.encode()}
            assert_problem(await client.get("/metrics", headers=headers), 404)
