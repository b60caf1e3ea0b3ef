"""How far a file may go: what refuses it whole, and what it may cost."""

from __future__ import annotations

from dataclasses import dataclass

from tradesense.base.errors import Invalid


class FileRefused(Invalid):
    """The file as a whole is not what it says it is; nothing of it may be stored."""

    code = "file_refused"

    def __init__(self, detail: str, *, line: int | None = None) -> None:
        super().__init__(detail)
        self.line = line


class NotStored(FileRefused):
    """The file is sound and known, but follows from others that are stored; in a folder it is passed over."""

    code = "file_not_stored"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one file may cost."""

    line_bytes: int = 64 * 1024
    json_line_bytes: int = 32 * 1024 * 1024
    document_bytes: int = 64 * 1024 * 1024
    unpacked_ratio: int = 300
    unpacked_free_bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 64 * 1024 * 1024 * 1024
    rejected_share: float = 0.05
    rejections_listed: int = 20
