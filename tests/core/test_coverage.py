"""Lines under windows and stamps, held against the definition: every window looked at by itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.coverage import last_stamps, meets_side, unvisited
from core.errors import SceneError
from core.geometry import Slide, output_size

small = st.integers(1, 7)
slides = st.builds(Slide, small, small, st.tuples(st.integers(0, 4), st.integers(0, 4)), small)


def cells_of(slide: Slide, window: int) -> set[int]:
    start = window * slide.stride - slide.padding[0]
    return {start + tap * slide.dilation for tap in range(slide.kernel_size)}


@given(slides, st.integers(1, 12), st.integers(1, 20))
def test_the_last_stamp_on_a_line_is_the_last_that_reaches_it(slide: Slide, count: int, side: int) -> None:
    reaching = [[stamp for stamp in range(count) if line in cells_of(slide, stamp)] for line in range(side)]
    assert last_stamps(slide, count, side).tolist() == [max(stamps, default=-1) for stamps in reaching]


@given(slides, st.integers(1, 12), st.integers(1, 20))
def test_windows_that_meet_a_side_have_a_cell_on_it(slide: Slide, count: int, side: int) -> None:
    starts = np.arange(count) * slide.stride - slide.padding[0]
    assert meets_side(starts, slide, side).tolist() == [
        bool(cells_of(slide, n) & set(range(side))) for n in range(count)
    ]


@given(slides, st.integers(1, 25), st.booleans())
def test_unvisited_lines_lie_in_no_window(slide: Slide, side: int, ceil_mode: bool) -> None:
    try:
        count = output_size(side, slide, ceil_mode)
    except SceneError:
        return
    seen = set().union(*(cells_of(slide, window) for window in range(count)))
    assert unvisited(side, slide, ceil_mode) == tuple(line for line in range(side) if line not in seen)


def test_long_kernels_over_long_sides_are_told_at_once() -> None:
    slide = Slide(kernel_size=60_000, stride=7, dilation=3)
    assert last_stamps(slide, 200_000, 1_580_000)[199_999 * 7 + 59_999 * 3] == 199_999
    assert unvisited(1_400_003, Slide(kernel_size=10_000, stride=1)) == ()
