"""Which lines of a side windows and stamps reach, told in one pass over it, however long kernels are."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from core.geometry import Slide, corners, output_size, shown_at


def unvisited(input_size: int, slide: Slide, ceil_mode: bool = False, mode: str = "zeros") -> tuple[int, ...]:
    """The positions that no window meets, nor their image in the border: at the end, in holes, between wide strides.

    >>> unvisited(6, Slide(kernel_size=3, stride=2))
    (5,)
    >>> unvisited(4, Slide(kernel_size=1, stride=2, padding=1), mode="replicate")
    (2,)
    """
    before, after = slide.padding
    padded = before + input_size + after  # what ceil mode adds beyond shows nothing
    starts = corners(output_size(input_size, slide, ceil_mode), slide) + before
    length = max(int(starts[-1]) + slide.kernel_size * slide.dilation + 1, padded)
    entered = np.zeros(-(-length // slide.dilation) * slide.dilation, np.int32)
    entered[starts] += 1
    entered[starts + slide.kernel_size * slide.dilation] -= 1
    windows = entered.reshape(-1, slide.dilation).cumsum(axis=0).reshape(-1)[:padded]  # over each padded position
    shown = shown_at(np.flatnonzero(windows) - before, input_size, mode)
    missed = np.ones(input_size, dtype=bool)
    missed[shown[shown >= 0]] = False
    return tuple(np.flatnonzero(missed).tolist())


def meets_side(starts: NDArray[np.int64], slide: Slide, side: int) -> NDArray[np.bool_]:
    """Whether the cells start, start + dilation, ... of each window meet the positions 0 to side at all.

    >>> meets_side(np.array([-4, -1, 2]), Slide(kernel_size=2, dilation=3), 2).tolist()
    [False, False, False]
    """
    first = np.maximum(-(starts // slide.dilation), 0)  # the first cell at 0 or beyond
    return np.asarray((first < slide.kernel_size) & (starts + first * slide.dilation < side))


def last_stamps(slide: Slide, count: int, side: int) -> NDArray[np.int64]:
    """For each line of the output the last line of stamps that reaches it; -1 for none.

    Stamp s reaches line p with its cell t where s * stride + t * dilation = p + padding: of the stamps that leave a
    whole number of dilations, the last one.

    >>> last_stamps(Slide(kernel_size=2, stride=2), 3, 6).tolist()
    [0, 0, 1, 1, 2, 2]
    """
    common = math.gcd(slide.stride, slide.dilation)
    period = slide.dilation // common  # after so many stamps the rest is the same again
    place = np.arange(side, dtype=np.int64) + slide.padding[0]
    stamp = np.minimum(place // slide.stride, count - 1)
    wanted = place // common * pow(slide.stride // common, -1, period)
    stamp -= (stamp - wanted) % period
    reaches = (place % common == 0) & (stamp >= 0)
    reaches &= place - stamp * slide.stride <= (slide.kernel_size - 1) * slide.dilation
    return np.where(reaches, stamp, -1)
