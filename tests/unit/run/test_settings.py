"""Reading the settings: where they come from, what they default to, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tradesense.run.settings import PROJECT, Settings, SettingsRefused, is_loopback, load_settings

GOOD = "9c1e7b0d4f5a4f53b7e2-good-key-of-length"
PRODUCTION = {
    "environment": "production",
    "public_url": "https://desk.example.org",
    "jwt_signing_key": GOOD + "1",
    "csrf_key": GOOD + "2",
    "token_hash_key": GOOD + "3",
    "encryption_key": GOOD + "4",
    "cursor_signing_key": GOOD + "5",
    "mail_url": "smtp://desk:letters@mail.example.org:587",
}


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    for name in ("PORT", "HOST", "TRADESENSE_DATA_DIR", "ENVIRONMENT", "FEEDS", "CURSOR_SIGNING_KEY"):
        monkeypatch.delenv(name, raising=False)


def test_without_any_variable_it_serves_on_loopback_port_8000_from_the_projects_data_folder() -> None:
    settings = load_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.data_dir == PROJECT / ".data"
    assert settings.market_store_file == PROJECT / ".data" / "market.duckdb"
    assert settings.feeds == ("simulated",)
    assert settings.serves_docs


def test_variables_win_and_an_empty_one_is_as_good_as_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.setenv("FEEDS", "")
    monkeypatch.setenv("TRADESENSE_DATA_DIR", str(tmp_path / "a" / ".." / "b"))
    monkeypatch.setenv("CORS_ORIGINS", "http://localhost:3000, https://app.example.org")
    settings = load_settings()
    assert settings.port == 9000
    assert settings.feeds == ("simulated",)
    assert settings.data_dir == tmp_path / "b"
    assert settings.cors_origins == ("http://localhost:3000", "https://app.example.org")


def test_every_clash_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("DEBUG", "1")
    with pytest.raises(SettingsRefused) as refused:
        load_settings()
    names = [problem.partition(":")[0] for problem in refused.value.problems]
    keys = ["JWT_SIGNING_KEY", "CSRF_KEY", "TOKEN_HASH_KEY", "ENCRYPTION_KEY", "CURSOR_SIGNING_KEY"]
    assert names == ["HOST", *keys, "MAIL_URL", "DEBUG", "PUBLIC_URL"]


def test_production_with_a_good_key_starts_without_the_reference() -> None:
    assert not Settings(_env_file=None, **PRODUCTION).serves_docs
    assert Settings(_env_file=None, **PRODUCTION, docs_enabled=True).serves_docs


def test_a_network_address_needs_a_word_of_its_own() -> None:
    assert Settings(_env_file=None, host="0.0.0.0", open_to_network=True).host == "0.0.0.0"


LOCAL = ("127.0.0.1", "127.8.8.8", "::1", "localhost")
FOREIGN = ("0.0.0.0", "::", "192.0.2.1", "example.org", "localhost.example.org")


@pytest.mark.parametrize("host", [*LOCAL, *FOREIGN])
def test_only_loopback_is_loopback(host: str) -> None:
    assert is_loopback(host) is (host in LOCAL)


def test_the_store_can_lie_elsewhere(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, market_store_url=f"duckdb://{tmp_path}/m.duckdb")
    assert settings.market_store_file == tmp_path / "m.duckdb"


@pytest.mark.parametrize("role", ["api", "feed"])
def test_what_several_processes_share_has_to_be_given_by_name(
    monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    monkeypatch.setenv("ROLE", role)
    with pytest.raises(SettingsRefused) as refused:
        load_settings()
    names = {problem.partition(":")[0] for problem in refused.value.problems}
    keys = {"JWT_SIGNING_KEY", "CSRF_KEY", "TOKEN_HASH_KEY", "ENCRYPTION_KEY", "CURSOR_SIGNING_KEY"}
    assert names == {"MARKET_STORE_URL", "DATABASE_URL", "REDIS_URL", *keys}
    assert all(problem.endswith(f"and ROLE is {role}") for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("role", "runs_feeds", "answers_people"),
    [("all", True, True), ("api", False, True), ("feed", True, False)],
)
def test_a_role_is_a_part_of_all(role: str, runs_feeds: bool, answers_people: bool) -> None:
    settings = load_settings(
        **{name: value for name, value in PRODUCTION.items() if name.endswith("_key")},
        role=role,
        market_store_url="ducklake:///lake",
        market_catalog_url="postgresql://owner:letters@catalog/market",
        database_url="postgresql://app:letters@people/tradesense",
        redis_url="redis://cache",
    )
    assert (settings.runs_feeds, settings.answers_people) == (runs_feeds, answers_people)


def test_a_role_that_is_none_is_refused() -> None:
    with pytest.raises(SettingsRefused, match="ROLE"):
        load_settings(role="both")
