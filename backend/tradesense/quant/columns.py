"""From whatever the caller holds to contiguous columns, cheaply: call overhead decides small chains."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tradesense.quant.values import ArrayLike, Floats

Shape = tuple[int, ...]


def common_shape(*arrays: npt.NDArray[np.generic]) -> Shape:
    shape: Shape = ()
    for array in arrays:
        if array.shape != shape and array.shape != ():
            shape = array.shape if shape == () else np.broadcast_shapes(shape, array.shape)
    return shape


def float_columns(*values: ArrayLike) -> list[Floats]:
    return [np.asarray(value, dtype=np.float64) for value in values]


def spread(array: npt.NDArray[np.generic], shape: Shape) -> npt.NDArray[np.generic]:
    """Return `array` as a contiguous 1-d column of `shape`'s size, without a copy where it already is one."""
    if array.shape == shape:
        flat = array.reshape(-1)
        return flat if flat.flags.c_contiguous else np.ascontiguousarray(flat)
    if array.ndim == 0:
        return np.full(int(np.prod(shape)), array)
    return np.ascontiguousarray(np.broadcast_to(array, shape)).reshape(-1)
