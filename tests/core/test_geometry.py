"""Sizes, corners, padding and receptive fields, counted by brute force."""

import itertools

import numpy as np
import pytest

from core.coverage import unvisited
from core.errors import SceneError
from core.geometry import (
    PADDING_MODES,
    Slide,
    corners,
    effective_kernel_size,
    formula,
    output_size,
    receptive_field,
    receptive_range,
    resolve_padding,
    same_padding,
    source_index,
    transposed_formula,
    transposed_size,
)

SMALL = list(itertools.product(range(1, 10), range(1, 6), range(1, 4), range(4), range(1, 4)))


def counted(size: int, kernel: int, stride: int, padding: int, dilation: int) -> int:
    """How many windows fit, found by sliding one along."""
    last = size + padding - 1
    return sum(start + (kernel - 1) * dilation <= last for start in range(-padding, last + 1, stride))


def test_the_output_size_is_the_number_of_windows_that_fit() -> None:
    for size, kernel, stride, padding, dilation in SMALL:
        slide = Slide(kernel, stride, padding, dilation)
        if effective_kernel_size(kernel, dilation) <= size + 2 * padding:
            assert output_size(size, slide) == counted(size, kernel, stride, padding, dilation)


def test_a_window_larger_than_the_padded_input_is_refused_with_both_lengths() -> None:
    with pytest.raises(SceneError) as refused:
        output_size(5, Slide(7))
    assert str(refused.value) == "kernel_size is 7: a window spans 7 px but only 5 are there"
    with pytest.raises(SceneError, match="only 1 is there"):
        output_size(1, Slide(3))


def test_ceil_mode_adds_a_window_only_where_it_begins_inside_the_picture() -> None:
    for size, kernel, stride, padding, _ in SMALL:
        if kernel <= size + 2 * padding and padding <= kernel // 2:
            starts = range(-padding, size, stride)
            fitting = [start for start in starts if start + kernel <= size + padding]
            more = len(fitting) < len(starts) and fitting[-1] + kernel < size + padding
            assert output_size(size, Slide(kernel, stride, padding), ceil_mode=True) == len(fitting) + more


def test_corners_begin_in_the_padding_and_go_in_strides() -> None:
    assert corners(3, Slide(3, stride=2, padding=1)).tolist() == [-1, 1, 3]


def test_same_gives_one_output_per_stride() -> None:
    for size, kernel, stride, _, dilation in SMALL:
        for lower in (False, True):
            padding = same_padding(size, kernel, stride, dilation, lower)
            assert output_size(size, Slide(kernel, stride, padding, dilation)) == -(-size // stride)
            odd = padding[::-1] if lower else padding
            assert odd[1] - odd[0] in (0, 1)


@pytest.mark.parametrize(
    ("mode", "numpy_mode"),
    [
        ("reflect", "reflect"),
        ("symmetric", "symmetric"),
        ("replicate", "edge"),
        ("circular", "wrap"),
        ("zeros", "constant"),
    ],
)
def test_borders_show_what_numpy_pads(mode: str, numpy_mode: str) -> None:
    for size in range(1, 6):
        for before, after in itertools.product(range(size), repeat=2):
            shown = source_index(size, before, after, mode)
            padded = np.pad(np.arange(size) + 1, (before, after), mode=numpy_mode)  # type: ignore[call-overload]
            assert (np.where(shown < 0, 0, shown + 1) == padded).all()


def test_reflect_needs_more_pixels_than_it_repeats() -> None:
    with pytest.raises(SceneError, match="reflect needs it smaller than the side of 3 px"):
        source_index(3, 3, 0, "reflect")
    with pytest.raises(SceneError, match="circular goes around a side of 3 px once at most"):
        source_index(3, 0, 4, "circular")
    with pytest.raises(SceneError, match="symmetric mirrors a side of 3 px once at most"):
        source_index(3, 0, 4, "symmetric")


def test_an_unknown_border_is_named_with_its_nearest_neighbour() -> None:
    with pytest.raises(SceneError, match="did you mean reflect"):
        source_index(3, 1, 1, "reflct")
    assert set(PADDING_MODES) == {"zeros", "reflect", "symmetric", "replicate", "circular"}


def test_unvisited_positions_lie_under_no_window() -> None:
    for size, kernel, stride, padding, dilation in SMALL:
        slide = Slide(kernel, stride, padding, dilation)
        if slide.span <= size + 2 * padding:
            starts = corners(output_size(size, slide), slide)
            seen = {int(start) + k * dilation for start in starts for k in range(kernel)}
            assert unvisited(size, slide) == tuple(sorted(set(range(size)) - seen))


@pytest.mark.parametrize(
    ("padding", "sides"),
    [
        (2, ((2, 2), (2, 2))),
        ((1, 2), ((1, 1), (2, 2))),
        (((0, 1), (2, 3)), ((0, 1), (2, 3))),
        ([[0, 1], np.array([2, 3])], ((0, 1), (2, 3))),
        ("valid", ((0, 0), (0, 0))),
        ("same", ((1, 1), (0, 1))),
        ("full", ((2, 2), (1, 1))),
    ],
)
def test_every_spelling_of_padding_becomes_four_sides(padding: object, sides: object) -> None:
    assert resolve_padding(padding, (3, 2), 1, 1, (5, 5)) == sides


@pytest.mark.parametrize("padding", [-1, 1.5, True, "sam", (1, 2, 3), ((1, 2, 3), 1), None, float("nan"), 2**40,
                                     (), ((1, 2),), ((1,), (1,)), ((1, 2), 3), (3, (1, 2)), ((1, 2), (3,)), [[1], [2]],
                                     ((1, 2), (1, 2, 3)), ((1, (2,)), (1, 2)), ((1, 2), (3, 4), (5, 6))])  # fmt: skip
def test_padding_that_is_no_border_is_refused(padding: object) -> None:
    with pytest.raises(SceneError, match=r"^padding is"):
        resolve_padding(padding, 3, 1, 1, (5, 5))


@pytest.mark.parametrize("value", [0, -1, 1.0, True, np.bool_(True), "2", None, float("nan"), 10**12, [1, 2]])
@pytest.mark.parametrize("field", ["kernel_size", "stride", "dilation"])
def test_a_slide_takes_whole_numbers_from_one_on(field: str, value: object) -> None:
    with pytest.raises(SceneError, match=rf"^{field} is"):
        Slide(**{"kernel_size": 3, field: value})  # type: ignore[arg-type]


def test_numpy_integers_are_whole_numbers() -> None:
    assert Slide(np.int64(3), np.uint8(2)) == Slide(3, 2)  # type: ignore[arg-type]


def seen_by_chain(slides: list[Slide], at: int) -> set[int]:
    positions = {at}
    for slide in reversed(slides):
        positions = {
            p * slide.stride - slide.padding[0] + k * slide.dilation
            for p in positions
            for k in range(slide.kernel_size)
        }
    return positions


def test_the_receptive_field_is_as_wide_as_what_one_cell_sees() -> None:
    slides = [Slide(3, stride=2, padding=1), Slide(2), Slide(3, dilation=2), Slide(2, stride=2)]
    for depth in range(1, len(slides) + 1):
        seen = seen_by_chain(slides[:depth], at=1)
        assert receptive_range(slides[:depth], at=1) == (min(seen), max(seen) + 1)
        assert receptive_field(slides[:depth]) == max(seen) + 1 - min(seen)


def test_formulas_come_out_at_the_size_they_state() -> None:
    for size, kernel, stride, padding, dilation in SMALL[::7]:
        slide = Slide(kernel, stride, (padding, padding + size % 2), dilation)
        if slide.span <= size + sum(slide.padding):
            text, result = formula(size, slide).split(" = ")
            assert eval(text.replace("floor", "int").replace("/", "//")) == int(result) == output_size(size, slide)
        if transposed_size_or_none(size, slide):
            text, result = transposed_formula(size, slide).split(" = ")
            assert eval(text) == int(result) == transposed_size(size, slide)


def transposed_size_or_none(size: int, slide: Slide) -> int | None:
    try:
        return transposed_size(size, slide)
    except SceneError:
        return None


def test_output_padding_stays_below_the_stride() -> None:
    with pytest.raises(SceneError, match="output_padding is 2: must be smaller than stride or dilation, 2"):
        transposed_size(3, Slide(3, stride=2), 2)
