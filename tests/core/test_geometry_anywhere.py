"""Geometry far beyond the small sizes that are counted by hand: laws that hold whatever the numbers are."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from core.coverage import unvisited
from core.errors import SceneError
from core.geometry import (
    PADDING_MODES,
    Slide,
    corners,
    output_size,
    receptive_field,
    receptive_range,
    resolve_padding,
    same_padding,
    source_index,
    transposed_size,
)

SIDES = st.integers(1, 10**6)
SLIDES = st.builds(
    Slide,
    st.integers(1, 300),
    st.integers(1, 300),
    st.tuples(st.integers(0, 300), st.integers(0, 300)),
    st.integers(1, 40),
)
ANYTHING = st.recursive(
    st.one_of(st.integers(), st.floats(), st.text(max_size=8), st.none(), st.booleans()),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner),
    max_leaves=8,
)


@given(SIDES, SLIDES)
def test_the_last_window_fits_and_one_more_would_not(size: int, slide: Slide) -> None:
    before, after = slide.padding
    assume(slide.span <= size + before + after)
    count = output_size(size, slide)
    last = (count - 1) * slide.stride - before
    assert last + slide.span <= size + after < last + slide.stride + slide.span


@given(SIDES, SLIDES)
def test_rounding_up_adds_one_window_at_most_and_never_one_in_the_padding(size: int, slide: Slide) -> None:
    assume(slide.span <= size + sum(slide.padding))
    assume(max(slide.padding) <= slide.kernel_size // 2)  # as pooling takes it
    down, up = output_size(size, slide), output_size(size, slide, ceil_mode=True)
    assert down - 1 <= up <= down + 1
    assert (up - 1) * slide.stride - slide.padding[0] < size or up == 1


@given(SIDES, SLIDES)
def test_a_transposed_layer_leads_back_to_where_it_came_from(size: int, slide: Slide) -> None:
    try:
        larger = transposed_size(size, slide)
    except SceneError:
        return
    assert output_size(larger, slide) == size


@given(st.integers(1, 3000), SLIDES)
def test_a_pixel_is_unvisited_when_no_window_holds_it(size: int, slide: Slide) -> None:
    assume(slide.span <= size + sum(slide.padding))
    starts = corners(output_size(size, slide), slide)
    reach = starts[:, None] + np.arange(slide.kernel_size) * slide.dilation
    assert unvisited(size, slide) == tuple(sorted(set(range(size)) - set(reach.ravel().tolist())))


@given(SIDES, st.integers(1, 300), st.integers(1, 300), st.integers(1, 40), st.booleans())
def test_same_padding_gives_the_size_divided_by_the_stride(
    size: int, kernel: int, stride: int, dilation: int, lower: bool
) -> None:
    padding = same_padding(size, kernel, stride, dilation, lower)
    assert output_size(size, Slide(kernel, stride, padding, dilation)) == -(-size // stride)
    assert abs(padding[0] - padding[1]) <= 1


@given(st.lists(SLIDES, min_size=1, max_size=12), st.integers(0, 10**6))
def test_neighbours_in_the_last_layer_see_equally_much_one_stride_apart(slides: list[Slide], at: int) -> None:
    (start, stop), (following, _) = receptive_range(slides, at), receptive_range(slides, at + 1)
    assert stop - start == receptive_field(slides)
    assert following - start == int(np.prod([slide.stride for slide in slides], dtype=object))


@given(st.integers(1, 2000), st.integers(0, 3000), st.integers(0, 3000), st.sampled_from(PADDING_MODES))
def test_a_border_shows_what_is_there_or_is_refused(size: int, before: int, after: int, mode: str) -> None:
    try:
        shown = source_index(size, before, after, mode)
    except SceneError:
        return
    assert len(shown) == before + size + after
    assert shown[before : before + size].tolist() == list(range(size))
    assert shown.min() >= (-1 if mode == "zeros" else 0)
    assert shown.max() < size


@given(ANYTHING, ANYTHING, ANYTHING)
def test_any_spelling_of_padding_is_two_pairs_or_refused(padding: object, kernel: object, stride: object) -> None:
    try:
        pairs = resolve_padding(padding, kernel, stride, input_size=(9, 9))  # type: ignore[arg-type]
    except SceneError:
        return
    assert [[type(number) for number in side] for side in pairs] == [[int, int], [int, int]]
    assert min(min(side) for side in pairs) >= 0
