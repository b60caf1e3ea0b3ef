"""Keeps data-frame libraries out of the running program.

Arrow imports pandas whenever it is installed, to recognise its types; that costs a second of start-up and
60 MB for something the program never uses.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Final

_REFUSED: Final = ("pandas", "polars")


class _Refusal(MetaPathFinder):
    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the signature is importlib's
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in _REFUSED:
            raise ModuleNotFoundError(f"{fullname} is kept out of this program", name=fullname)
        return None


def keep_frames_out() -> None:
    """Make `import pandas` and `import polars` fail from now on, as if they were not installed."""
    if not any(isinstance(finder, _Refusal) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Refusal())
