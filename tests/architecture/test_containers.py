"""The container files say what they should; no container runs here, so the files themselves are read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.data_folder import PROJECT
from tradesense.run import cli
from tradesense.run.settings import Settings, load_settings, variable_of

DOCKERFILES = sorted(PROJECT.glob("*/Dockerfile"))
COMPOSE = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
SEVERAL: dict[str, dict[str, Any]] = yaml.safe_load(
    (PROJECT / "docker-compose.several.yml").read_text(encoding="utf-8")
)["services"]
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
EXAMPLE = (PROJECT / ".env.example").read_text(encoding="utf-8")
ONE_SHOT = {"migrate"}
PINNED = re.compile(r"[\w./-]+:[\w.-]*\d+\.\d+[\w.-]*@sha256:[0-9a-f]{64}")
VARIABLE = re.compile(r"(?<!\$)\$\{([A-Z_]+)(:[-?])?")
SECRETS = re.compile(r"(PASSWORD|_KEY|_TOKEN)$")
NOT_FOR_COMPOSE = {
    "CONTRACT_SPECS": "a file of the machine",
    "FRONTEND_DIR": "another container has the pages",
    "MARKET_STORE_URL": "in the data folder; docker-compose.several.yml names a lake",
    "MARKET_CATALOG_URL": "there is no lake; docker-compose.several.yml has one",
    "ROLE": "one process does all; docker-compose.several.yml has several",
    "DATABASE_OWNER_URL": "only `migrate` has it",
    "DEBUG": "not in production",
}


def instructions(dockerfile: Path) -> list[list[str]]:
    joined = re.sub(r"\\\n\s*", "", dockerfile.read_text(encoding="utf-8"))
    return [line.split() for line in joined.splitlines() if line and not line.startswith("#")]


def test_there_is_an_image_of_each_part() -> None:
    assert [file.parent.name for file in DOCKERFILES] == ["backend", "frontend", "nginx"]


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda file: file.parent.name)
def test_r95_an_image_is_made_of_pinned_bases_and_ends_without_rights(dockerfile: Path) -> None:
    lines = instructions(dockerfile)
    bases = [line[1] for line in lines if line[0] == "FROM"]
    assert all(PINNED.fullmatch(base) for base in bases)
    users = [line[1] for line in lines if line[0] == "USER"]
    # The nginx images come as user 101; whoever takes rights for a step gives them back.
    assert users[-1:] in ([], ["10001:10001"], ["101:101"])
    assert users or bases[-1].startswith("nginxinc/nginx-unprivileged:")
    assert any(line[0] == "HEALTHCHECK" for line in lines)


@pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda file: file.parent.name)
def test_what_an_image_copies_exists_and_reaches_the_builder(dockerfile: Path) -> None:
    allowed = [line[1:] for line in dockerignore() if line.startswith("!")]
    for line in instructions(dockerfile):
        if line[0] != "COPY" or line[1].startswith("--from="):
            continue
        for source in [word for word in line[1:-1] if not word.startswith("--")]:
            assert (PROJECT / source).exists(), source
            assert any(source.rstrip("/") == each or source.startswith(each + "/") for each in allowed), (
                source
            )


def dockerignore() -> list[str]:
    text = (PROJECT / ".dockerignore").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_nothing_but_what_is_named_reaches_the_builder() -> None:
    lines = dockerignore()
    assert lines[0] == "*"
    assert "**/.env*" in lines
    assert not any(fnmatch(".env", line[1:]) for line in lines if line.startswith("!"))


def test_r95_packages_of_the_program_are_installed_by_hash_and_never_built() -> None:
    text = (PROJECT / "backend/Dockerfile").read_text()
    assert "--require-hashes --only-binary :all: -r backend/requirements.lock" in text
    assert "npm ci" in (PROJECT / "frontend/Dockerfile").read_text()


def test_what_containers_start_are_commands_of_the_program() -> None:
    commands = {tuple(SERVICES[name]["command"]) for name in ("backend", "migrate")}
    assert commands == {("run",), ("migrate",)}
    for command in commands:
        with pytest.raises(SystemExit) as left:
            cli.main([*command, "--help"])
        assert left.value.code == 0
    for script in ("backend/start.sh", "nginx/start.sh", "frontend/nginx/start.sh"):
        assert (PROJECT / script).stat().st_mode & 0o111, script


@pytest.mark.parametrize(
    "name", ["docker-compose.yml", "docker-compose.override.yml", "docker-compose.several.yml"]
)
def test_compose_files_fit_the_compose_specification(name: str) -> None:
    command = ["-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", name]
    done = subprocess.run(
        [sys.executable, *command], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_r95_a_service_has_bounds_and_no_rights(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    for bound in ("pids_limit", "mem_limit", "cpus"):
        assert service[bound], bound
    assert service["logging"]["options"].keys() == {"max-size", "max-file"}
    assert "/var/run/docker.sock" not in str(service.get("volumes"))
    if "build" not in service:
        assert PINNED.fullmatch(service["image"])
        assert not service["user"].startswith("0")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_tells_how_it_is_and_waits_for_those_that_do(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    if name in ONE_SHOT:
        assert check == {"disable": True}
    else:
        assert check["test"][0] in ("CMD", "CMD-SHELL")
        assert {"interval", "timeout", "retries", "start_period"} <= check.keys()
    for other, condition in SERVICES[name].get("depends_on", {}).items():
        wanted = "service_completed_successfully" if other in ONE_SHOT else "service_healthy"
        assert condition == {"condition": wanted}


def test_r95_only_nginx_listens_to_the_world() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published.keys() == {"nginx", "grafana"}
    assert all(port.startswith("127.0.0.1:") for port in published["grafana"])


def test_a_network_whose_addresses_are_believed_holds_no_one_else() -> None:
    networks = yaml.safe_load(COMPOSE)["networks"]
    members = {
        network: {name for name, service in SERVICES.items() if network in service["networks"]}
        for network in networks
    }
    assert members["edge"] == {"nginx", "frontend", "backend"}
    assert members["data"] == {"backend", "migrate", "postgres", "redis"}
    assert all(networks[each].get("internal") for each in ("edge", "data", "scrape"))
    # Were they together in another one too, nginx might call from an address that is not believed.
    assert [each for each in members if {"nginx", "backend"} <= members[each]] == ["edge"]


def test_r95_every_variable_is_in_the_example_and_no_secret_has_a_default() -> None:
    listed = set(re.findall(r"^#?([A-Z][A-Z0-9_]*)=", EXAMPLE, re.MULTILINE))
    for name, how in VARIABLE.findall(COMPOSE):
        assert name in listed, name
        if SECRETS.search(name):
            assert how == ":?", name
    for name, value in re.findall(r"^([A-Z][A-Z0-9_]*)=(.*)$", EXAMPLE, re.MULTILINE):
        assert not (SECRETS.search(name) and value), name


def test_every_setting_reaches_the_program_or_says_why_not() -> None:
    given = SERVICES["backend"]["environment"]
    settings = {variable_of(field) for field in Settings.model_fields}
    assert settings - given.keys() == NOT_FOR_COMPOSE.keys()
    assert given.keys() <= settings


def test_the_program_never_holds_the_password_of_the_tables_owner() -> None:
    holders = {name for name, service in SERVICES.items() if "DATABASE_OWNER_PASSWORD" in str(service)}
    assert holders == {"migrate", "postgres"}


def test_one_process_owns_the_market_store() -> None:
    owners = [name for name, service in SERVICES.items() if "market:/data" in service.get("volumes", ())]
    assert owners == ["backend"]
    assert "deploy" not in SERVICES["backend"]


@pytest.mark.parametrize(("name", "role"), [("backend", "api"), ("feed", "feed")])
def test_several_processes_start_in_production_and_leave_the_database_room(
    monkeypatch: pytest.MonkeyPatch, name: str, role: str
) -> None:
    env = new_env()
    given = {**SERVICES["backend"]["environment"], **SEVERAL[name]["environment"]}
    monkeypatch.setattr("os.environ", {})
    for variable, value in given.items():
        if value is not None:
            monkeypatch.setenv(variable, filled(str(value), env))
    settings = load_settings(_env_file=None)
    assert settings.role == role
    assert settings.market_lake == Path("/data/lake")
    processes = int(filled(SEVERAL["backend"]["deploy"]["replicas"], {})) + 1
    # PostgreSQL lets in a hundred; the catalog, migrations and whoever looks into it need some.
    assert processes * (settings.database_pool_size + settings.database_pool_overflow) <= 70


def test_one_of_several_processes_runs_the_feeds_and_nginx_knows_which() -> None:
    assert SEVERAL["feed"]["extends"] == {"file": "docker-compose.yml", "service": "backend"}
    assert "deploy" not in SEVERAL["feed"]
    assert SEVERAL["nginx"]["environment"] == {"FEED": "feed:8000"}
    assert SEVERAL["nginx"]["depends_on"] == {"feed": {"condition": "service_healthy"}}


def new_env() -> dict[str, str]:
    command = [PROJECT / "deploy/new-env.sh", "desk.example.org", "smtp://desk:word@mail.example.org:587"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


def test_the_program_starts_in_production_with_a_file_of_fresh_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    env = new_env()
    missing = {name for name, how in VARIABLE.findall(COMPOSE) if how == ":?"} - env.keys()
    assert missing == set()
    assert len(set(env.values())) == len(env)
    monkeypatch.setattr("os.environ", {})
    for name, value in SERVICES["backend"]["environment"].items():
        if value is not None:
            monkeypatch.setenv(name, filled(str(value), env))
    settings = load_settings(_env_file=None)
    assert settings.page_address == "https://desk.example.org"
    assert settings.accepted_hosts >= {"desk.example.org"}


def filled(text: str, env: dict[str, str]) -> str:
    while (found := re.search(r"\$\{([A-Z_]+)(?::[-?]((?:[^{}]|\$\{[^{}]*\})*))?\}", text)) is not None:
        text = text.replace(found[0], env.get(found[1]) or found[2] or "", 1)
    return text


def test_a_file_of_secrets_is_refused_for_a_name_that_is_none() -> None:
    for arguments in (["a b", "smtp://x:y@z:1"], ["desk.example.org", "http://x"], []):
        done = subprocess.run([PROJECT / "deploy/new-env.sh", *arguments], capture_output=True, check=False)
        assert done.returncode == 64
        assert done.stdout == b""


def test_the_start_script_keeps_compiled_code_of_one_release_in_the_data_folder(tmp_path: Path) -> None:
    kernels, data, bin_folder = tmp_path / "kernels", tmp_path / "data", tmp_path / "bin"
    for folder in (kernels, data, bin_folder):
        folder.mkdir()
    program = bin_folder / "tradesense"
    program.write_text('#!/bin/sh\nprintf \'["%s", "%s"]\' "$1" "${NUMBA_CACHE_DIR:-}"\n')
    program.chmod(0o755)

    def start(*arguments: str) -> list[str]:
        env = {
            "PATH": f"{bin_folder}:/usr/bin:/bin",
            "KERNELS": str(kernels),
            "TRADESENSE_DATA_DIR": str(data),
        }
        done = subprocess.run(
            [PROJECT / "backend/start.sh", *arguments], env=env, capture_output=True, check=True
        )
        return list(json.loads(done.stdout))

    for release in ("one", "two"):
        (kernels / "release").write_text(release)
        (kernels / "code").write_text(release)
        assert start("run") == ["run", str(data / "kernels")]
        assert (data / "kernels/code").read_text() == release
        (data / "kernels/code").write_text("compiled for this machine")
        assert start("run") == ["run", str(data / "kernels")]
        assert (data / "kernels/code").read_text() == "compiled for this machine"
    assert start("migrate") == ["migrate", ""]
