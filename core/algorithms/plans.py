"""Preparing a convolution from what a user wrote, and keeping the last plans at hand for repeated calls."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from core.algorithms.arrays import LARGEST_INTEGER, Array, batch, real, result_type
from core.algorithms.exact import exact_bound, largest, largest_of_type, refuse_overflow
from core.algorithms.im2col import column_bytes
from core.algorithms.planner import Plan, choose
from core.algorithms.shapes import Shapes, check_bias, convolution_shapes, full_weight
from core.arguments import boolean
from core.integers import plainly_written

KEPT_PLANS = 64  # per thread
KEPT_BYTES = 2**20  # of columns; a plan that holds more is made anew each time
KEY_BYTES = 2**14  # of weights that are compared to find a plan again


def plan(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: object = 1,
    padding: object = 0,
    dilation: object = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
    flip: bool = False,
) -> Plan:
    """Decide once how `conv2d` of such an x is computed; call the plan with each x.

    Of x only shape and type count, and for wide integers the largest value. `algorithm` and `why` tell the choice.
    A plan owns its buffers: use it from one thread at a time.

    >>> made = plan(np.zeros((1080, 1920), np.float32), [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], padding="same")
    >>> made.algorithm, made.why
    ('direct', 'a column times a row: 3 passes over the picture instead of 9 products a cell')
    """
    pictures, rank = batch(x)
    kernels, groups = full_weight(real(weight, "weight"), pictures.shape[1], groups)
    shapes = convolution_shapes(pictures.shape, kernels.shape, stride, padding, dilation, groups, padding_mode)
    kernels = kernels[:, :, ::-1, ::-1] if boolean("flip", flip) else kernels
    offset = None if bias is None else real(bias, "bias")
    if offset is not None:
        check_bias(offset, shapes.weight[0])
    dtype = result_type(pictures, kernels if offset is None or offset.dtype.kind != "f" else offset)
    limit, bound = (None, 0) if dtype.kind == "f" else exact_up_to(pictures, kernels, offset)
    typed = kernels.astype(dtype, copy=False)
    algorithm, why, lanes, run = choose(shapes, typed, dtype, bound)
    wanted = wanted_shape(shapes, rank)
    if offset is not None:
        offset = offset.astype(dtype).reshape((-1, 1, 1) if len(wanted) > 2 else ())
    return Plan(algorithm, why, shapes, np.shape(x), pictures.dtype, wanted, dtype, lanes, limit, offset, run)


def wanted_shape(shapes: Shapes, rank: int) -> tuple[int, ...]:
    n, f, rows, cols = shapes.output
    if rank == 4:
        return n, f, rows, cols
    return (rows, cols) if rank == 2 and f == 1 else (f, rows, cols)


def exact_up_to(x: Array, kernels: Array, bias: Array | None) -> tuple[int | None, int]:
    """The largest pixel that a plan is made for, None where the type allows no larger one; and its largest sum.

    Bytes are all provided for, if that is possible. Of wider integers those count that are there.
    """
    if x.itemsize == 1:
        bound = exact_bound(largest_of_type(x.dtype), kernels, bias)
        if bound <= LARGEST_INTEGER:
            return None, bound
    limit = largest(x)
    bound = exact_bound(limit, kernels, bias)
    refuse_overflow(bound)
    return limit, bound


class Plans(threading.local):
    """The last plans of each thread, by everything that they depend on."""

    def __init__(self) -> None:
        self.kept: OrderedDict[Any, Plan] = OrderedDict()

    def get(self, key: Any) -> Plan | None:
        made = self.kept.get(key)
        if made is not None:
            self.kept.move_to_end(key)
        return made

    def put(self, key: Any, made: Plan) -> None:
        if made.algorithm == "im2col" and column_bytes(made.shapes, made.lanes.itemsize) > KEPT_BYTES:
            return
        self.kept[key] = made
        if len(self.kept) > KEPT_PLANS:
            self.kept.popitem(last=False)


PLANS = Plans()


def plan_key(x: Array, weight: ArrayLike, bias: ArrayLike | None, settings: tuple[object, ...]) -> Any:
    """What tells one plan from another, or None where looking it up could cost more, or mislead."""
    if x.dtype.kind != "f" and x.itemsize != 1:
        return None  # the plan depends on the largest pixel
    if (
        type(weight) is not np.ndarray
        or weight.nbytes > KEY_BYTES
        or type(settings[-1]) is not bool
        or not plainly_written(settings[:-1])
    ):
        return None
    if bias is not None and type(bias) is not np.ndarray:
        return None
    offset = None if bias is None else (bias.dtype, bias.shape, bias.tobytes())
    return x.dtype, x.shape, weight.dtype, weight.shape, weight.tobytes(), offset, settings
