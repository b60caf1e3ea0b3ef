"""Where live state is carried: what `REDIS_URL` may be, and what is opened for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.app import settings_for
from tradesense.infra.live_memory import MemoryBus, MemoryCache
from tradesense.infra.live_redis import RedisBus, RedisCache
from tradesense.run.live_ports import open_live
from tradesense.run.settings import Settings, SettingsRefused, load_settings
from tradesense.web.health import Readiness


async def test_without_an_address_live_state_stays_in_memory(tmp_path: Path) -> None:
    async with open_live(settings_for(tmp_path)) as (cache, bus, _):
        assert isinstance(cache, MemoryCache)
        assert isinstance(bus, MemoryBus)


async def test_with_an_address_it_goes_to_redis_which_need_not_be_there(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, redis_url="redis://127.0.0.1:1/3")
    readiness = Readiness({})
    async with open_live(settings, readiness) as (cache, bus, _):
        assert isinstance(cache, RedisCache)
        assert isinstance(bus, RedisBus)
        assert await cache.get("board:ES") is None
        assert await readiness.ask() == {"cache": False}


@pytest.mark.parametrize(
    "url",
    [
        "redis://cache",
        "redis://cache:6379/0",
        "rediss://desk:letters@cache.example.org:6380/15",
        "unix:///run/redis/redis.sock",
        "redis://[::1]:6379",
    ],
)
def test_addresses_of_a_redis_are_taken(url: str) -> None:
    settings = Settings(_env_file=None, redis_url=url)
    assert settings.redis_url is not None
    assert settings.redis_url.get_secret_value() == url
    assert url not in repr(settings)


@pytest.mark.parametrize(
    "url",
    [
        "http://desk:letters@cache:6379",
        "redis://",
        "redis:///0",
        "redis://desk:letters@cache:many/0",
        "redis://desk:letters@cache:6379/main",
        "redis://desk:letters@cache:6379/0?socket_timeout=3600",
        "unix://desk:letters@",
        "desk:letters@cache",
    ],
)
def test_anything_else_stops_the_start_and_is_not_repeated(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("REDIS_URL", url)
    with pytest.raises(SettingsRefused) as refused:
        load_settings()
    assert [problem.partition(":")[0] for problem in refused.value.problems] == ["REDIS_URL"]
    assert "letters" not in str(refused.value)
