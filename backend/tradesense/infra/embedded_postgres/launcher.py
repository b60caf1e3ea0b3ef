"""Becomes another program as a lesser user, one that ends when its parent does.

Run as a script of its own, before anything of ours is imported: what it does to itself can't be undone, and
doing it between fork and exec of a program with threads is not safe.

    python -I -S launcher.py PARENT SIGNAL UID GID READS_ALL PROGRAM ARGUMENT...

`SIGNAL` reaches the program when its parent ends (0: none). `UID` -1: stay who we are. `READS_ALL` 1: keep
the right to pass through and read folders closed to that user, and no other.
"""

from __future__ import annotations

import ctypes
import os
import sys

_SET_DEATH_SIGNAL, _KEEP_CAPABILITIES, _NO_NEW_PRIVILEGES, _AMBIENT, _AMBIENT_RAISE = 1, 8, 38, 47, 2
_CAPABILITY_VERSION_3 = 0x20080522
_DAC_READ_SEARCH = 2


def main(arguments: list[str]) -> None:
    parent, signal, uid, gid, reads_all = (int(each) for each in arguments[:5])
    command = arguments[5:]
    if uid >= 0:
        _become(uid, gid, keep_reading=bool(reads_all))
    if signal and sys.platform == "linux":
        # After the change of user, which would clear it.
        _control(_SET_DEATH_SIGNAL, signal)
        if os.getppid() != parent:
            sys.exit(1)
    os.umask(0o077)
    os.execv(command[0], command)  # noqa: S606 - the caller's own command, no shell


def _become(uid: int, gid: int, *, keep_reading: bool) -> None:
    if keep_reading:
        _control(_KEEP_CAPABILITIES, 1)
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    if keep_reading:
        header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
        only = 1 << _DAC_READ_SEARCH
        # Effective, permitted, inheritable; then the same for capabilities 32 and up.
        wanted = (ctypes.c_uint32 * 6)(only, only, only, 0, 0, 0)
        _checked(ctypes.CDLL(None, use_errno=True).capset(header, wanted))
        _control(_AMBIENT, _AMBIENT_RAISE, _DAC_READ_SEARCH)
    if sys.platform == "linux":
        _control(_NO_NEW_PRIVILEGES, 1)


def _control(option: int, *values: int) -> None:
    given = [ctypes.c_ulong(each) for each in (*values, 0, 0, 0, 0)[:4]]
    _checked(ctypes.CDLL(None, use_errno=True).prctl(option, *given))


def _checked(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


if __name__ == "__main__":
    main(sys.argv[1:])
