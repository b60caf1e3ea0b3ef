"""How much room a disk must have before more is written on it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tradesense.infra.disk_room import DiskFull, DiskRoom

GIB = 1024**3


class Disk:
    """A disk whose room a test says."""

    def __init__(self, total: int, free: int) -> None:
        self.total, self.free = total, free

    def usage(self, _: Path) -> tuple[int, int, int]:
        if self.total < 0:
            raise FileNotFoundError("gone")
        return self.total, self.total - self.free, self.free


def room_on(disk: Disk, least_percent: float = 10) -> DiskRoom:
    return DiskRoom(Path("/somewhere"), least_percent=least_percent, usage=disk.usage)


@pytest.mark.parametrize(
    ("total", "free", "short"),
    [
        (100 * GIB, 10 * GIB, False),
        (100 * GIB, 10 * GIB - 1, True),
        (40 * 2**20, 3 * 2**20, True),
        # A large disk has room long before a tenth of it is free.
        (1000 * GIB, 20 * GIB, False),
        (1000 * GIB, 20 * GIB - 1, True),
    ],
)
def test_less_than_a_tenth_is_too_little_unless_it_is_much_all_the_same(
    total: int, free: int, short: bool
) -> None:
    room = room_on(Disk(total, free))
    assert room.is_short() is short
    assert room.free_bytes == free


def test_each_refusal_is_counted_and_each_change_told_once(caplog: pytest.LogCaptureFixture) -> None:
    disk = Disk(100, 5)
    room = room_on(disk)
    for _ in range(3):
        with pytest.raises(DiskFull) as caught:
            room.check()
    assert caught.value.code == "disk_full"
    disk.free = 50
    with caplog.at_level(logging.WARNING):
        room.check()
        room.check()
    assert room.refused == 3
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_with_nothing_to_be_kept_free_nothing_is_refused() -> None:
    room_on(Disk(100, 0), least_percent=0).check()


def test_a_disk_that_does_not_answer_has_no_room_and_is_left_to_the_writer() -> None:
    room = room_on(Disk(-1, 0))
    assert (room.free_bytes, room.is_short()) == (0, False)
