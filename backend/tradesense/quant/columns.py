"""From whatever the caller holds to contiguous columns, cheaply: call overhead decides small chains."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]
Shape = tuple[int, ...]


def common_shape(arrays: list[Column]) -> Shape:
    """Return the shape that all arrays broadcast to."""
    shape: Shape = ()
    for array in arrays:
        own = array.shape
        if own and own != shape:
            shape = np.broadcast_shapes(shape, own) if shape else own
    return shape


def spread(array: Column, shape: Shape) -> Column:
    """Return `array` as a contiguous 1-d column of `shape`'s size, without a copy where it already is one.

    A column that is read-only or not aligned is copied: to a kernel it is another type, to be compiled for.
    """
    if array.shape == shape:
        if not array.flags.carray:
            array = np.array(array, order="C")
        return array if array.ndim == 1 else array.reshape(-1)
    if array.ndim == 0:
        column = np.empty(math.prod(shape), dtype=array.dtype)
        column.fill(array[()])
        return column
    return np.ascontiguousarray(np.broadcast_to(array, shape)).reshape(-1)
