"""What a server of a former owner left behind: its pid file, perhaps the server itself."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tradesense.infra.embedded_postgres.failures import PostgresFailed

_STOPPING: Final = ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
_POLL_SECONDS: Final = 0.01


@dataclass(frozen=True, slots=True)
class Postmaster:
    """What a server says of itself in its pid file."""

    pid: int
    socket_folder: Path | None
    is_ready: bool


def read_postmaster(cluster: Path) -> Postmaster | None:
    """Return what the pid file of a cluster says, or nothing where there is none or only half of one."""
    try:
        lines = (cluster / "postmaster.pid").read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return None
    if not lines or not lines[0].strip().isdigit():
        return None
    folder = lines[4].strip() if len(lines) > 4 else ""
    return Postmaster(
        pid=int(lines[0]),
        socket_folder=Path(folder) if folder else None,
        is_ready=len(lines) > 7 and lines[7].strip() == "ready",
    )


def stop_left_over(cluster: Path) -> None:
    """End a server that still runs on a cluster though its owner is gone; for the one who holds the lock.

    Removes the pid file where it names no such server: its number may belong to another program by now, which
    would keep the new server from starting. Raises `PostgresFailed` where the old one can't be ended.
    """
    found = read_postmaster(cluster)
    if found is None:
        return
    for number, seconds in _STOPPING:
        if not _is_server_of(found.pid, cluster):
            break
        try:
            os.kill(found.pid, number)
        except ProcessLookupError:
            break
        except PermissionError:
            raise PostgresFailed(
                f"A database server of another user runs on {cluster} (process {found.pid})."
            ) from None
        _wait_for_end(found.pid, cluster, seconds)
    if _is_server_of(found.pid, cluster):
        raise PostgresFailed(f"The database server on {cluster} (process {found.pid}) does not end.")
    (cluster / "postmaster.pid").unlink(missing_ok=True)


def _wait_for_end(pid: int, cluster: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while _is_server_of(pid, cluster) and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)


def _is_server_of(pid: int, cluster: Path) -> bool:
    """Tell whether a process is alive and works in a cluster's folder, as a server does."""
    process = Path("/proc") / str(pid)
    if Path("/proc/self/cwd").exists():
        try:
            return (process / "cwd").readlink() == cluster.resolve()
        except OSError:
            # Gone; or a zombie, which has no folder any more; or another user's, which is none of ours.
            return False
    command = subprocess.run(  # noqa: S603 - a number of our own
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return str(cluster) in command
