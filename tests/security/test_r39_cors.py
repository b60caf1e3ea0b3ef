"""R39: pages of other origins read answers only where the settings name the origin, letter by letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.app import client_of, settings_for
from tradesense.run.api import create_app

FRIEND = "https://app.example.com"
PATHS = ["/api/v1/futures", "/api/v1/users/me", "/health", "/nothing"]


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        f"{FRIEND}.evil",
        f"{FRIEND}:444",
        "http://app.example.com",
        "https://xapp.example.com",
    ],
)
async def test_r39_other_origins_are_told_nothing(tmp_path: Path, origin: str) -> None:
    async with client_of(create_app(settings_for(tmp_path, cors_origins=FRIEND))) as client:
        for path in PATHS:
            assert (
                "access-control-allow-origin"
                not in (await client.get(path, headers={"Origin": origin})).headers
            )
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        assert "access-control-allow-origin" not in (await client.options(PATHS[0], headers=asked)).headers


async def test_r39_a_named_origin_is_echoed_and_the_answer_varies_by_it(tmp_path: Path) -> None:
    async with client_of(create_app(settings_for(tmp_path, cors_origins=FRIEND))) as client:
        for path in PATHS:
            headers = (await client.get(path, headers={"Origin": FRIEND})).headers
            assert headers["access-control-allow-origin"] == FRIEND
            assert headers["access-control-allow-credentials"] == "true"
            assert "Origin" in headers["vary"]
            assert "RateLimit" in headers["access-control-expose-headers"]
        asked = {
            "Origin": FRIEND,
            "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": "authorization, x-csrf-token, idempotency-key, if-match",
        }
        assert (await client.options(PATHS[0], headers=asked)).status_code == 200


async def test_r39_without_the_setting_nobody_is_named(tmp_path: Path) -> None:
    async with client_of(create_app(settings_for(tmp_path))) as client:
        for path in PATHS:
            answer = await client.get(path, headers={"Origin": "http://localhost"})
            assert not [name for name in answer.headers if name.startswith("access-control")]
