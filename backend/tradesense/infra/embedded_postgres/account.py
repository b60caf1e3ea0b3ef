"""As whom the server runs: as we do, or, where we are root, as a user who may do less."""

from __future__ import annotations

import os
import pwd
import signal
import stat
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tradesense.infra.embedded_postgres.failures import PostgresFailed

_LAUNCHER = Path(__file__).with_name("launcher.py")
_LESSER_USERS = ("nobody",)
_DAC_READ_SEARCH = 2


@dataclass(frozen=True, slots=True)
class Account:
    """A user that programs are run as. `uid` -1 is ourselves; `reads_all` passes through closed folders."""

    uid: int = -1
    gid: int = -1
    reads_all: bool = False

    def own(self, path: Path) -> None:
        """Make a file or folder this user's."""
        if self.uid >= 0:
            os.chown(path, self.uid, self.gid)

    def start(
        self,
        command: Sequence[str | Path],
        *,
        output: IO[bytes] | int,
        ends_with_us: bool = False,
        stdin: int = subprocess.DEVNULL,
    ) -> subprocess.Popen[bytes]:
        """Start a program as this user in a session of its own, with a bare environment.

        With `ends_with_us` a Linux kernel asks it to stop (SIGINT) as soon as the *thread* that calls this
        ends, however that happens: call it in the main thread.
        """
        death = int(signal.SIGINT) if ends_with_us else 0
        duties = (os.getpid(), death, self.uid, self.gid, int(self.reads_all))
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-I", "-S", str(_LAUNCHER), *map(str, duties), *map(str, command)],
            env=_environment(),
            stdin=stdin,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def account_for(folder: Path, binaries: Path) -> Account:
    """Return as whom a server runs that keeps its data in `folder`, which need not exist yet.

    Root hands on to whom the folder belongs already, or to `nobody`. Raises `PostgresFailed` where that user
    could not get at the data or the binaries.
    """
    if os.geteuid() != 0:
        return Account()
    uid, gid = _lesser_user(folder)
    closed = [path for start in (folder.parent, binaries) for path in _closed(start, uid)]
    if not closed:
        return Account(uid, gid)
    if not _can_grant_reading():
        raise PostgresFailed(
            f"As root the database server runs as user {uid}, who can't pass through {closed[0]}. "
            f"Start TradeSense as an ordinary user, open that folder (chmod o+x {closed[0]}), "
            "or name a server in DATABASE_URL."
        )
    return Account(uid, gid, reads_all=True)


def _lesser_user(folder: Path) -> tuple[int, int]:
    if folder.exists() and (found := folder.stat()).st_uid != 0:
        return found.st_uid, found.st_gid
    for name in _LESSER_USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return user.pw_uid, user.pw_gid
    raise PostgresFailed(
        "As root the database server needs a user `nobody` to run as, and there is none. "
        "Start TradeSense as an ordinary user, or name a server in DATABASE_URL."
    )


def _closed(path: Path, uid: int) -> list[Path]:
    resolved = path.resolve()
    return [each for each in (resolved, *resolved.parents) if each.exists() and not _lets_through(each, uid)]


def _lets_through(folder: Path, uid: int) -> bool:
    found = folder.stat()
    return bool(found.st_mode & (stat.S_IXUSR if found.st_uid == uid else stat.S_IXOTH))


def _can_grant_reading() -> bool:
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return False
    masks = dict(line.split(":\t", 1) for line in status.splitlines() if line.startswith("Cap"))
    return all(int(masks.get(name, "0"), 16) >> _DAC_READ_SEARCH & 1 for name in ("CapPrm", "CapBnd"))


def _environment() -> Mapping[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
