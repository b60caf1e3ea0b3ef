"""The deploy scripts, with stand-ins for `docker`, `curl` and `ssh` that write down how they were called."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.data_folder import PROJECT
from tests.fixtures.waiting import wait_until


@dataclass
class Machine:
    """A machine with the project's scripts, where every program they call is a stand-in."""

    folder: Path

    def stand_in(self, name: str, script: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.folder}/calls"\n{script}\n')
        path.chmod(0o755)

    def run(self, script: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.folder / "desk/deploy" / script, *arguments],
            env={"PATH": f"{self.folder}/bin:{os.environ['PATH']}", "SMOKE_PAUSE": "0", **env},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    @property
    def calls(self) -> list[str]:
        file = self.folder / "calls"
        return file.read_text().splitlines() if file.exists() else []

    @property
    def in_service(self) -> str | None:
        file = self.folder / "desk/.release"
        return file.read_text().strip() if file.exists() else None


HEALTHY = """
case "$*" in
  *nothing-here* | *metrics*) printf 404 ;;
  */api/*) printf 401 ;;
  *) printf 200 ;;
esac"""
"""What a desk in good order answers, as `curl --write-out '%{http_code}'` prints it."""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    (tmp_path / "bin").mkdir()
    (tmp_path / "desk").mkdir()
    shutil.copytree(PROJECT / "deploy", tmp_path / "desk/deploy")
    for name in ("docker-compose.yml", "docker-compose.several.yml"):
        shutil.copy(PROJECT / name, tmp_path / "desk")
    (tmp_path / "desk/.env").write_text("SERVER_NAME=desk.example.org\n")
    made = Machine(tmp_path)
    made.stand_in("docker", f'echo "  with $IMAGE_TAG" >>"{tmp_path}/calls"')
    made.stand_in("curl", HEALTHY)
    return made


def steps_of(machine: Machine) -> list[str]:
    """Return what docker was asked to do, in words that matter."""
    words = {" pull ": "fetch", " run ": "migrate", " --no-deps ": "roll", " kill ": "reload"}
    named = []
    for call, tag in zip(machine.calls, machine.calls[1:], strict=False):
        if call.startswith("docker ") and tag.startswith("  with "):
            named += [f"{step} {tag.split()[-1]}" for word, step in words.items() if word in call]
    return named


def test_a_release_is_fetched_migrated_rolled_and_asked(machine: Machine) -> None:
    done = machine.run("release.sh", "new")
    assert done.returncode == 0, done.stderr
    assert machine.in_service == "new"
    assert steps_of(machine) == ["fetch new", "migrate new", "roll new", "reload new"]
    asked = [call.split()[-1] for call in machine.calls if call.startswith("curl")]
    assert asked[0] == "https://desk.example.org/health"
    assert "https://desk.example.org/metrics" in asked


def test_several_processes_are_rolled_where_they_are_in_service_and_nowhere_else(machine: Machine) -> None:
    assert machine.run("release.sh", "one").returncode == 0
    assert not any("several" in call or " feed" in call for call in machine.calls)
    with (machine.folder / "desk/.env").open("a") as file:
        file.write("COMPOSE_FILE=docker-compose.yml:docker-compose.several.yml\n")
    (machine.folder / "calls").unlink()
    assert machine.run("release.sh", "two").returncode == 0
    asked = [call for call in machine.calls if call.startswith("docker ")]
    assert asked
    assert all("--file docker-compose.yml --file docker-compose.several.yml" in call for call in asked)
    assert [call for call in asked if call.endswith("--no-deps feed")]


WORKERS = """
echo "  with $IMAGE_TAG" >>"{folder}/calls"
case "$*" in
  *" ps --quiet backend") cat "{folder}/workers" ;;
  *" --scale backend=4 "*) printf 'new1\\nnew2\\n' >>"{folder}/workers"; exit {code} ;;
esac"""
"""A docker with two workers, that makes two more where it is asked for four."""


def several_workers(machine: Machine, *, code: int = 0) -> list[str]:
    """Roll a machine with two workers; return in words what became of them."""
    with (machine.folder / "desk/.env").open("a") as file:
        file.write("COMPOSE_FILE=docker-compose.yml:docker-compose.several.yml\n")
    (machine.folder / "workers").write_text("old1\nold2\n")
    machine.stand_in("docker", WORKERS.format(folder=machine.folder, code=code))
    assert machine.run("roll.sh", "new").returncode == code
    words = {
        "--scale backend=4 backend": "double",
        "--no-deps feed": "feed",
        "--signal HUP nginx": "reload",
        "--no-deps backend frontend nginx": "rest",
    }
    done = []
    for call in machine.calls:
        done += [word for end, word in words.items() if call.endswith(end)]
        if call.startswith(("docker stop", "docker rm")):
            done.append(f"{call.split()[1]} {call.split()[-1]}")
    return done


def test_new_workers_stand_beside_the_old_ones_until_nginx_knows_them(machine: Machine) -> None:
    assert several_workers(machine) == [
        "feed",
        "double",
        "reload",
        *("stop old1", "rm old1", "reload"),
        *("stop old2", "rm old2", "reload"),
        "rest",
        "reload",
    ]


def test_new_workers_that_are_not_healthy_go_and_the_old_ones_stay(machine: Machine) -> None:
    assert several_workers(machine, code=1) == ["feed", "double", "rm new1", "rm new2"]


def test_a_release_whose_smoke_test_fails_is_taken_back(machine: Machine) -> None:
    assert machine.run("release.sh", "old").returncode == 0
    (machine.folder / "calls").unlink()
    machine.stand_in(
        "curl",
        f'now=$(grep "^  with" "{machine.folder}/calls" | tail -1)\n'
        f'[ "$now" != "  with broken" ] || {{ printf 502; exit; }}\n{HEALTHY}',
    )
    done = machine.run("release.sh", "broken", SMOKE_SECONDS="0")
    assert done.returncode == 1
    assert machine.in_service == "old"
    assert "/health: 502 instead of 200" in done.stderr
    assert steps_of(machine) == [
        "fetch broken",
        "migrate broken",
        "roll broken",
        "reload broken",
        "roll old",
        "reload old",
    ]


def test_a_release_whose_containers_do_not_become_healthy_is_taken_back(machine: Machine) -> None:
    assert machine.run("release.sh", "old").returncode == 0
    machine.stand_in(
        "docker",
        f'echo "  with $IMAGE_TAG" >>"{machine.folder}/calls"\n'
        'case "$IMAGE_TAG $*" in broken*--no-deps*) exit 1 ;; esac',
    )
    assert machine.run("release.sh", "broken").returncode == 1
    assert machine.in_service == "old"
    assert steps_of(machine)[-2:] == ["roll old", "reload old"]


def test_a_migration_that_fails_changes_nothing_that_runs(machine: Machine) -> None:
    assert machine.run("release.sh", "old").returncode == 0
    (machine.folder / "calls").unlink()
    machine.stand_in(
        "docker",
        f'echo "  with $IMAGE_TAG" >>"{machine.folder}/calls"\ncase "$*" in *" run "*) exit 1 ;; esac',
    )
    assert machine.run("release.sh", "new").returncode != 0
    assert machine.in_service == "old"
    assert steps_of(machine) == ["fetch new", "migrate new"]


def test_a_first_release_that_fails_says_that_there_is_nothing_to_go_back_to(machine: Machine) -> None:
    machine.stand_in("curl", "printf 502")
    done = machine.run("release.sh", "first", SMOKE_SECONDS="0")
    assert done.returncode == 2
    assert machine.in_service is None
    assert "no release before it" in done.stderr


def test_two_releases_at_once_are_refused(machine: Machine) -> None:
    lock = machine.folder / "desk/.release.lock"
    with subprocess.Popen(["flock", lock, "cat"], stdin=subprocess.PIPE) as holder:
        wait_until(lambda: subprocess.run(["flock", "--nonblock", lock, "true"], check=False).returncode != 0)
        done = machine.run("release.sh", "new")
        assert done.returncode == 1
        assert "under way" in done.stderr
        assert machine.calls == []
        assert holder.stdin is not None
        holder.stdin.close()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("*metrics*) printf 200", "/metrics: 200 instead of 404"),
        ("*futures*) printf 200", "/api/v1/futures: 200 instead of 401"),
        ("*ready*) exit 7", "/health/ready: nothing instead of 200"),
    ],
)
def test_the_smoke_test_sees_what_is_wrong(machine: Machine, wrong: str, said: str) -> None:
    machine.stand_in("curl", HEALTHY.replace("in\n", f"in\n  {wrong} ;;\n", 1))
    done = machine.run("smoke.sh", SMOKE_SECONDS="0")
    assert done.returncode == 1
    assert said in done.stderr


def test_a_machine_elsewhere_is_given_the_files_and_told_the_tag(machine: Machine) -> None:
    machine.stand_in("ssh", f'cat >>"{machine.folder}/sent"')
    env = {
        "DEPLOY_TO": "desk@example.org:/srv/tradesense",
        "DEPLOY_KEY": "k",
        "DEPLOY_KNOWN_HOSTS": "h",
    }
    done = machine.run("remote.sh", "0123abc", **env)
    assert done.returncode == 0, done.stderr
    first, second = (call for call in machine.calls if call.startswith("ssh "))
    assert "StrictHostKeyChecking=yes" in first
    assert first.endswith("desk@example.org tar --extract --directory '/srv/tradesense'")
    assert second.endswith("desk@example.org cd '/srv/tradesense' && deploy/release.sh '0123abc'")
    listed = subprocess.run(
        ["tar", "--list", "--file", machine.folder / "sent"], capture_output=True, text=True, check=True
    )
    assert {"docker-compose.yml", "deploy/release.sh"} <= set(listed.stdout.split())
    assert ".env" not in listed.stdout


@pytest.mark.parametrize("tag", ["a;b", "a b", "$(id)", "'"])
def test_a_tag_that_is_more_than_a_name_goes_nowhere(machine: Machine, tag: str) -> None:
    env = {"DEPLOY_TO": "desk@example.org:/srv", "DEPLOY_KEY": "k", "DEPLOY_KNOWN_HOSTS": "h"}
    assert machine.run("remote.sh", tag, **env).returncode == 64
    assert machine.calls == []


@pytest.mark.parametrize("part", ["backend", "frontend", "nginx"])
def test_an_image_is_built_with_its_contents_and_its_making_on_record(machine: Machine, part: str) -> None:
    assert machine.run("build-image.sh", part, "registry/it:1").returncode == 0
    call = machine.calls[0]
    assert f"--file {part}/Dockerfile" in call
    assert "--sbom=true --provenance=mode=max --push" in call


REGISTRY = """
case "$*" in
  *inspect*:passed-one*) echo sha256:aa ;;
  *inspect*:v1*) echo {given} ;;
  *inspect*) exit 1 ;;
esac"""
"""A registry with one image that passed; what it is called later has the digest `given`."""


def test_an_image_is_promoted_by_its_digest_and_never_built(machine: Machine) -> None:
    machine.stand_in("docker", REGISTRY.format(given="sha256:aa"))
    done = machine.run("promote-image.sh", "registry.example.org/desk/backend", "passed-one", "v1")
    assert done.returncode == 0, done.stderr
    name = "registry.example.org/desk/backend"
    assert f"docker buildx imagetools create --tag {name}:v1 {name}@sha256:aa" in machine.calls
    assert not any(" build " in call for call in machine.calls)


def test_an_image_that_has_not_passed_is_not_promoted(machine: Machine) -> None:
    machine.stand_in("docker", REGISTRY.format(given="sha256:aa"))
    done = machine.run("promote-image.sh", "registry.example.org/desk/backend", "passed-two", "v1")
    assert done.returncode == 1
    assert "has not been through" in done.stderr
    assert not any(" create " in call for call in machine.calls)


def test_a_promotion_that_names_another_image_fails(machine: Machine) -> None:
    machine.stand_in("docker", REGISTRY.format(given="sha256:bb"))
    done = machine.run("promote-image.sh", "registry.example.org/desk/backend", "passed-one", "v1")
    assert done.returncode == 1
    assert "became sha256:bb" in done.stderr
