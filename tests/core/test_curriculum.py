"""The facts of the curriculum's figures, asserted against the core on the gallery's own scenes."""

from __future__ import annotations

import numpy as np
import pytest

import core
from core import GALLERY, KERNELS, functional
from tests.core.curriculum import source, told, walk, weight_of

PHOTOGRAPH = np.random.default_rng(2).integers(0, 256, (1, 24, 20)).astype(np.uint8)
COLOURED = np.random.default_rng(3).integers(0, 256, (3, 24, 20)).astype(np.uint8)

MOST_WALKED = {"fashion-cnn": 4}  # the layers beyond have too many weights to draw, and are told by their counts
DIGIT = np.random.default_rng(4).integers(0, 256, (1, 28, 28)).astype(np.uint8)


@pytest.mark.parametrize("name", sorted(GALLERY))
def test_every_scene_of_the_gallery_walks_through_all_its_layers(name: str) -> None:
    scene = core.parse(f"@{name}")
    x = scene.source.array()
    if x is None:
        drawn = DIGIT if scene.source.name.startswith("digit") else PHOTOGRAPH
        x = COLOURED if scene.source.mode == "rgb" else drawn
    for layer in range(MOST_WALKED.get(name, len(scene.layers))):
        trace = core.trace(scene, x, layer)
        assert trace[0]["index"] == 0
        assert trace[-1]["index"] == len(trace) - 1


@pytest.mark.parametrize("name", sorted(GALLERY))
def test_every_scene_has_its_place_a_title_and_a_caption(name: str) -> None:
    figure = GALLERY[name]
    assert figure.section in core.SECTIONS
    assert figure.title
    assert figure.about.endswith(".")
    assert ". " in figure.about


# 1. Images are numbers


def test_vertical_neighbours_fall_a_row_apart_when_flattened() -> None:
    width = walk("flatten-loses-space").input_shape[2]
    places = {tuple(step["from"]): step["index"] for step in walk("flatten-loses-space")}
    assert {places[0, row + 1, col] - places[0, row, col] for row in range(4) for col in range(5)} == {width}


def test_moving_a_picture_moves_its_feature_map() -> None:
    moved = np.roll(PHOTOGRAPH, 1, axis=1)
    whole, shifted = (core.trace("cat | conv2d sobel-y", x).feature_map() for x in (PHOTOGRAPH, moved))
    assert np.array_equal(shifted[:, 1:], whole[:, :-1])


def test_the_planes_of_a_colour_picture_are_the_picture() -> None:
    trace = core.trace("@rgb-channels", COLOURED)
    assert np.array_equal(trace.feature_map(), COLOURED)


# 2. The convolution, step by step


def test_first_steps_sum_to_six_nine_eleven_ten() -> None:
    trace = walk("first-steps")
    assert [step["output"] for step in trace[:4]] == [6, 9, 11, 10]
    assert trace.feature_map()[0].tolist() == [[6, 9, 11], [10, 4, 4], [7, 7, 4]]


def test_running_sums_of_a_window_end_at_its_output() -> None:
    trace = walk("elementwise")
    columns = trace.batch(0, 1, "partial").columns
    assert columns["partial"][0].ravel().tolist() == np.cumsum(columns["products"][0]).tolist()
    assert columns["partial"][0, -1, -1, -1] == columns["output"][0]


def test_a_convolution_is_a_correlation_with_the_kernel_turned_around() -> None:
    turned = weight_of("flip-or-not")[::-1, ::-1]
    assert np.array_equal(walk("flip-or-not").feature_map(), functional.conv2d(source("flip-or-not"), turned))


def test_a_symmetric_kernel_does_not_know_the_difference() -> None:
    flat, flipped = (core.trace(f"cat | conv2d gaussian-3 flip={word}", PHOTOGRAPH) for word in ("false", "true"))
    assert np.array_equal(flat.feature_map(), flipped.feature_map())


def test_the_definition_is_numpy_convolve() -> None:
    f, g = source("definition-1d").ravel(), weight_of("definition-1d").ravel()
    trace = walk("definition-1d")
    assert trace.feature_map().ravel().tolist() == np.convolve(f, g).tolist()
    assert np.array(trace.start()["weight"]).ravel().tolist() == g[::-1].tolist()


def test_stride_two_stops_at_four_corners() -> None:
    assert [step["corner"] for step in walk("stride-2")] == [[0, 0], [0, 2], [2, 0], [2, 2]]


def test_a_stride_of_the_kernel_size_visits_every_cell_once() -> None:
    trace = walk("stride-count")
    assert trace.input_shape == (1, 8, 4)
    assert trace.output_shape == (1, 4, 2)
    assert sorted(value for step in trace for value in np.ravel(step["window"])) == sorted(
        source("stride-count").ravel()
    )


@pytest.mark.parametrize(("kernel", "padding"), [("[1 0 1; 1 0 1; 0 1 0]", 1), ("gaussian-5", 2)])
def test_padding_keeps_five_by_five(kernel: str, padding: int) -> None:
    assert core.trace(f"cat | conv2d {kernel} padding={padding}", np.ones((5, 5), int)).output_shape == (1, 5, 5)


@pytest.mark.parametrize(
    ("side", "settings", "rows"),
    [
        (4, "box-3 padding=1", "floor((4 - 3 + 2 * 1) / 1) + 1 = 4"),
        (28, "gaussian-5", "floor((28 - 5 + 2 * 0) / 1) + 1 = 24"),
        (10, "box-3 padding=same", "floor((10 - 3 + 2 * 1) / 1) + 1 = 10"),
        (10, "box-3 padding=valid", "floor((10 - 3 + 2 * 0) / 1) + 1 = 8"),
    ],
)
def test_the_size_formula_has_the_scenes_numbers(side: int, settings: str, rows: str) -> None:
    described = core.describe(core.parse(f"cat | conv2d {settings}"), (1, side, side))[0]
    assert described["formula"]["rows"] == rows


def test_a_bias_is_added_to_every_element() -> None:
    biased = walk("bias").feature_map()
    assert (biased - walk("first-steps").feature_map() == 1).all()


def test_two_layers_see_further_than_one() -> None:
    assert told("receptive-field", (1, 32, 32), 0)["receptive_field"] == [3, 3]
    assert told("receptive-field", (1, 32, 32), 1)["receptive_field"] == [7, 7]
    plain = core.describe(core.parse("cat | box-3 | box-3"), (1, 32, 32))[1]
    assert plain["receptive_field"] == [5, 5]


# 3. Weights, channels, many kernels


def test_four_shared_weights_do_the_work_of_thirty_six() -> None:
    trace, x = walk("dense-vs-conv"), source("dense-vs-conv")
    sparse = np.zeros((4, 9))
    for output, (row, column) in enumerate(np.ndindex(2, 2)):
        for i, j in np.ndindex(2, 2):
            sparse[output, (row + i) * 3 + column + j] = weight_of("dense-vs-conv")[i, j]
    assert (trace.layer.parameter_count(), sparse.size) == (4, 36)
    assert np.count_nonzero(sparse) == 16
    assert trace.feature_map().ravel().tolist() == (sparse @ x.ravel()).tolist()


def test_a_kernel_of_three_channels_is_one_kernel() -> None:
    trace = walk("multi-channel")
    assert trace.output_shape == (1, 2, 2)
    assert trace.layer.parameter_count() == 12
    assert all(sum(step["sums"]) == step["output"] for step in trace)


def test_two_kernels_with_biases_have_56_parameters_and_make_two_maps() -> None:
    trace = walk("two-kernels")
    assert (trace.input_shape, trace.output_shape) == ((3, 5, 5), (2, 3, 3))
    assert trace.layer.parameter_count() == 56


def test_as_many_maps_as_kernels() -> None:
    trace = walk("many-kernels")
    F, C, kH, kW = np.shape(trace.start()["weight"])
    assert trace.output_shape[0] == F == 4
    assert trace.layer.parameter_count() == kH * kW * C * F


def test_batches_give_the_same_numbers_in_either_order_of_axes() -> None:
    pictures = np.random.default_rng(4).integers(0, 9, (2, 3, 6, 5))
    weight = np.random.default_rng(5).integers(-3, 4, (4, 3, 3, 3))
    whole = functional.conv2d(pictures, weight)
    assert whole.shape == (2, 4, 4, 3)
    turned = functional.conv2d(functional.nchw(np.ascontiguousarray(functional.nhwc(pictures))), weight)
    assert np.array_equal(turned, whole)


def test_line_filters_are_one_column_and_one_row_of_ones() -> None:
    vertical, horizontal = weight_of("line-filters")[:, 0]
    assert vertical.shape == (7, 7)
    assert np.array_equal(np.flatnonzero(vertical.any(axis=0)), [3])
    assert np.array_equal(vertical.T, horizontal)


def test_a_unit_of_the_second_layer_sees_all_maps_of_the_first() -> None:
    scene = core.parse("@feature-maps")
    first, second = (core.trace(scene, COLOURED, layer) for layer in (0, 2))
    assert first.output_shape[0] == second.input_shape[0] == 3
    assert all(len(step["sums"]) == 3 for step in (second[0], second[-1]))
    assert np.array_equal(first.feature_map()[2], COLOURED[0].astype(float) - COLOURED[2])


# 4. Classical filters


def test_masks_of_a_lecture_walk_like_named_kernels() -> None:
    trace = core.trace("@lecture-masks", PHOTOGRAPH)
    assert trace.output_shape[0] == len(GALLERY["lecture-masks"].maps) == 6
    masks = weight_of("lecture-masks")[:, 0]
    assert masks[4].tolist() == [[2, 1.2, -1], [1, 0, -1], [1, -2, -1]]
    for mask, name in ((1, "sobel-x"), (5, "prewitt-x")):
        assert np.array_equal(masks[mask], KERNELS[name].weight)
    assert masks[3].tolist() == [[1, 0, 0], [0, -1, 0], [0, 0, 0]]


def test_low_and_high_frequencies_are_the_picture() -> None:
    first = core.parse("@frequency")
    operation = core.GALLERY["frequency"].compare
    low, high = core.trace(first, PHOTOGRAPH).feature_map(), core.trace(f"cat | {operation}", PHOTOGRAPH).feature_map()
    assert np.array_equal(low + high, PHOTOGRAPH)
    assert np.ptp(low) < np.ptp(PHOTOGRAPH.astype(float))


# 6. Pooling


@pytest.mark.parametrize("name", ["max-pool", "avg-pool"])
def test_pooling_has_no_weights_and_keeps_channels(name: str) -> None:
    trace = walk(name)
    assert (trace.input_shape, trace.output_shape) == ((1, 4, 4), (1, 2, 2))
    assert trace.layer.parameter_count() == 0
    assert core.trace("cat | max_pool2d 2", COLOURED).output_shape[0] == 3


def test_max_and_average_of_the_same_windows() -> None:
    assert walk("max-pool").feature_map().ravel().tolist() == [6, 5, 7, 9]
    assert walk("avg-pool").feature_map().ravel().tolist() == [3.5, 2, 2.5, 6]


@pytest.mark.parametrize(("more", "side"), [("", 2), (" padding=same", 3), (" ceil_mode=true", 3)])
def test_the_edge_is_dropped_or_kept(more: str, side: int) -> None:
    line = core.parse("@pool-drops-edge").line + more
    assert core.trace(line).output_shape == (1, side, side)
    assert bool(core.trace(line).layer.unvisited()["rows"]) == (side == 2)


def test_max_pooling_forgives_a_shift_inside_its_window() -> None:
    unmoved, by_one, by_two = walk("pool-invariance").feature_map()
    assert np.array_equal(unmoved, by_one)
    assert not np.array_equal(unmoved, by_two)


def test_global_pooling_leaves_one_mean_for_each_map() -> None:
    trace = walk("global-avg-pool")
    assert trace.output_shape == (3, 1, 1)
    assert trace.feature_map().ravel().tolist() == source("global-avg-pool").mean(axis=(1, 2)).tolist()


@pytest.mark.parametrize("turns", range(4))
def test_the_maximum_across_detectors_answers_to_a_line_at_any_angle(turns: int) -> None:
    scene = core.parse("@depthwise-pool")
    lines = [source("depthwise-pool"), np.pad(np.ones((1, 1, 7), int), ((0, 0), (3, 3), (0, 0)))]
    x = np.rot90(lines[turns % 2], turns // 2, axes=(1, 2))
    assert core.trace(scene, x, layer=1).feature_map().max() == 6


def test_channel_pooling_takes_the_largest_of_the_maps() -> None:
    maps = walk("depthwise-pool", 0).feature_map()
    assert np.array_equal(walk("depthwise-pool", 1).feature_map()[0], maps.max(axis=0))
