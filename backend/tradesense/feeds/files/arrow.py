"""Arrow's compute functions, seen without their stubs.

The published stubs know the overloads for scalars but not those for arrays, which is all that is
used here; this is the one place that says so.
"""

from __future__ import annotations

from typing import Any

import pyarrow.compute

compute: Any = pyarrow.compute
