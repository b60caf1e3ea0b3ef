"""Builds the images from their Dockerfiles and runs their programs from them, without a container engine.

`python -m tests.images FOLDER` wants root, buildah and debootstrap; what it makes stays for the next time.
Base images are replaced by stand-ins (`stand_ins.sh`), and this says so; `--real-bases` takes the real ones,
where their registry can be reached. It ends with 1 where a step or a program does not do what it should.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.data_folder import PROJECT

IMAGES = {"program": "backend", "pages": "frontend", "edge": "nginx"}
_FROM = re.compile(r"^FROM (\S+)", re.MULTILINE)
_STARTED_WITHIN_SECONDS = 90.0


@dataclass(frozen=True)
class Trial:
    """Where things are made, and whether the base images are the real ones."""

    folder: Path
    real_bases: bool

    def buildah(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one buildah command whose images and containers are in the folder."""
        return subprocess.run(
            ["buildah", *self._store, *arguments],
            cwd=PROJECT,
            env=self._environment,
            check=check,
            text=True,
            stdout=subprocess.PIPE,
        )

    def has_image(self, name: str) -> bool:
        """Whether an image was built before."""
        found = self.buildah("images", "--quiet", "--filter", f"reference=localhost/{name}")
        return bool(found.stdout.strip())

    def in_background(self, *arguments: str, log: Path) -> subprocess.Popen[bytes]:
        """Start one that goes on."""
        with log.open("wb") as out:
            return subprocess.Popen(
                ["buildah", *self._store, *arguments],
                env=self._environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def _store(self) -> list[str]:
        return [
            "--root",
            f"{self.folder}/store",
            "--runroot",
            f"{self.folder}/run",
            "--storage-driver",
            "vfs",
        ]

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "BUILDAH_ISOLATION": "chroot", "TMPDIR": str(self.folder)}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="where images are made and kept")
    parser.add_argument("--keep", action="store_true", help="build no image that is there already")
    parser.add_argument("--real-bases", action="store_true", help="take base images from their registry")
    given = parser.parse_args(arguments)
    missing = [name for name in ("buildah", "debootstrap") if shutil.which(name) is None]
    if missing or os.geteuid() != 0:
        _say(
            f"This needs root and {', '.join(missing) or 'its programs'}: apt-get install buildah debootstrap"
        )
        return 1
    given.folder.mkdir(parents=True, exist_ok=True)
    trial = Trial(given.folder.resolve(), given.real_bases)
    if not trial.real_bases:
        _say("BASE IMAGES ARE STAND-INS: a Debian with its own Python and nginx, and this machine's Node.js")
        _make_stand_ins(trial)
    for name, part in IMAGES.items():
        if given.keep and trial.has_image(f"tradesense-{name}"):
            _say(f"image of the {name} kept")
            continue
        _timed(f"image of the {name} built", lambda name=name, part=part: _build(trial, name, part))
    failed = 0
    for what, check in CHECKS.items():
        try:
            _timed(what, lambda check=check: check(trial))
        except (AssertionError, subprocess.CalledProcessError) as error:
            failed += 1
            _say(f"FAILED: {what}: {error}")
    return 1 if failed else 0


def _make_stand_ins(trial: Trial) -> None:
    wrapper = trial.folder / "bin"
    wrapper.mkdir(exist_ok=True)
    binary = shutil.which("buildah")
    (wrapper / "buildah").write_text(f'#!/bin/sh\nexec {binary} {" ".join(trial._store)} "$@"\n')
    (wrapper / "buildah").chmod(0o755)
    path = f"{wrapper}:{os.environ['PATH']}"
    script = PROJECT / "tests/images/stand_ins.sh"
    environment = {**trial._environment, "PATH": path}
    subprocess.run(["bash", script, trial.folder], env=environment, check=True)


def _build(trial: Trial, name: str, part: str) -> None:
    file = PROJECT / part / "Dockerfile"
    contexts = []
    if not trial.real_bases:
        for base in sorted(set(_FROM.findall(file.read_text()))):
            kind = next(kind for kind in ("python", "node", "nginx") if kind in base.partition(":")[0])
            contexts += ["--build-context", f"{base}=container-image://localhost/stand-in-{kind}"]
    log = trial.folder / f"build-{name}.log"
    what = ["--file", str(file), "--tag", f"localhost/tradesense-{name}", "."]
    done = subprocess.run(
        ["buildah", *trial._store, "bud", "--isolation", "chroot", "--layers=false", *contexts, *what],
        cwd=PROJECT,
        env=trial._environment,
        check=False,
        stdout=log.open("wb"),
        stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, f"see {log}: {log.read_text()[-1500:]}"


def _check_program(trial: Trial) -> None:
    """The program tells its commands, and its kernels are compiled already."""
    container = trial.buildah("from", "localhost/tradesense-program").stdout.strip()
    try:
        settings = _configuration(trial, "program")
        assert settings["User"] == "10001:10001"
        assert settings["Entrypoint"] == ["/app/backend/start.sh"]
        told = trial.buildah("run", container, "--", "/app/backend/start.sh", "--help").stdout
        assert "import" in told
        who = trial.buildah("run", container, "--", "id", "-u").stdout.strip()
        assert who == "10001"
    finally:
        trial.buildah("rm", container)


def _check_serving(trial: Trial) -> None:
    """The program starts as its own user and answers; what it needs is in the image."""
    container = trial.buildah("from", "localhost/tradesense-program").stdout.strip()
    log = trial.folder / "serving.log"
    variables = {"PORT": "8471", "ENVIRONMENT": "development", "HOST": "127.0.0.1"}
    given = [part for name, value in variables.items() for part in ("--env", f"{name}={value}")]
    process = trial.in_background("run", *given, container, "--", "/app/backend/start.sh", "run", log=log)
    try:
        _until(lambda: _answers("http://127.0.0.1:8471/health"), log)
    finally:
        _end(process)
        trial.buildah("rm", container)


def _check_pages(trial: Trial) -> None:
    """Every page is in the image and its nginx serves it, with the policy made for it."""
    container = trial.buildah("from", "localhost/tradesense-pages").stdout.strip()
    log = trial.folder / "pages.log"
    process = trial.in_background("run", container, "--", "/site/start.sh", log=log)
    try:
        _until(lambda: _answers("http://127.0.0.1:8080/futures"), log)
        answer = subprocess.run(
            ["curl", "-fsSi", "http://127.0.0.1:8080/futures"], check=True, capture_output=True, text=True
        ).stdout
        assert "content-security-policy" in answer.lower()
    finally:
        _end(process)
        trial.buildah("rm", container)


def _check_edge(trial: Trial) -> None:
    """The edge makes its first certificate as its own user, and its nginx takes the configuration."""
    container = trial.buildah("from", "localhost/tradesense-edge").stdout.strip()
    try:
        # A container engine gives standard output to the container's user; this way of running one does not.
        variables = {
            "BACKEND": "127.0.0.1:8000",
            "FRONTEND": "127.0.0.1:8080",
            "ACCESS_LOG": "/tmp/access.log",
        }
        given = [part for name, value in variables.items() for part in ("--env", f"{name}={value}")]
        trial.buildah("run", *given, container, "--", "/edge/start.sh", "--check")
        assert _configuration(trial, "edge")["User"] == "101:101"
    finally:
        trial.buildah("rm", container)


CHECKS: dict[str, Callable[[Trial], None]] = {
    "the program tells its commands as its own user": _check_program,
    "the program starts and answers": _check_serving,
    "the pages are served": _check_pages,
    "the edge takes its configuration": _check_edge,
}


def _configuration(trial: Trial, name: str) -> dict[str, object]:
    told = json.loads(trial.buildah("inspect", "--type", "image", f"localhost/tradesense-{name}").stdout)
    found: dict[str, object] = told["OCIv1"]["config"]
    return found


def _answers(url: str) -> bool:
    return (
        subprocess.run(["curl", "-fsSo", "/dev/null", url], check=False, capture_output=True).returncode == 0
    )


def _until(holds: Callable[[], bool], log: Path) -> None:
    give_up = time.monotonic() + _STARTED_WITHIN_SECONDS
    while not holds():
        assert time.monotonic() < give_up, f"not in time: {log.read_text()[-1500:]}"
        time.sleep(0.5)


def _end(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, 15)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()


def _timed(what: str, work: Callable[[], None]) -> None:
    began = time.monotonic()
    work()
    _say(f"{what}: {time.monotonic() - began:.0f} s")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
