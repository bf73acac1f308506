"""Facts of the figures that walk over drawings: asserted on the drawings themselves."""

import numpy as np

import core
from app.pictures.samples import sample_pixels
from core import GALLERY, functional
from tests.core.curriculum import source, told, walk, weight_of


def test_a_digit_is_784_numbers_from_black_to_white() -> None:
    digit = sample_pixels("digit-7")
    assert digit.shape == (1, 28, 28)
    assert (digit.min(), digit.max()) == (0, 255)
    assert np.array_equal(core.trace("@digit-pixels", digit).feature_map(), digit)


def test_the_figure_of_a_digit_begins_inside_the_stroke_and_stops_at_white() -> None:
    digit, scene = sample_pixels("digit-7").ravel(), GALLERY["digit-pixels"]
    assert digit[scene.step] > 127
    (white, said), _ = scene.stops
    assert "255" in said
    assert digit[int(white)] == 255
    assert int(white) > scene.step


def test_a_drawing_moved_by_one_pixel_changes_twenty_inputs() -> None:
    drawing = source("mlp-shift")
    moved = np.roll(drawing, 1, axis=-1)
    assert (moved != drawing).sum() == 20
    assert (walk("mlp-shift").feature_map() != 0).sum() == 20


def test_the_map_of_a_moved_drawing_is_the_moved_map_inside_the_border() -> None:
    drawing = source("mlp-shift")
    here, there = (
        core.trace(core.parse("cat | conv2d sobel-x").layers[0], x).feature_map()
        for x in (drawing, np.roll(drawing, 1, axis=-1))
    )
    assert np.array_equal(there[..., 1:], here[..., :-1])


def test_the_convolved_feature_is_the_one_everybody_knows() -> None:
    assert walk("convolved-feature").feature_map().tolist() == [[[4, 3, 4], [2, 4, 3], [2, 3, 4]]]


def test_valid_makes_8_x_8_of_10_x_10_and_same_keeps_it() -> None:
    assert told("same-or-valid", (1, 10, 10))["output_shape"] == [10, 10, 10]
    valid = core.parse("@same-or-valid").line.replace(" padding=same", "")
    assert core.describe(core.parse(valid), (1, 10, 10))[0]["output_shape"] == [10, 8, 8]


def test_two_zeros_on_each_side_make_28_x_28_of_the_first_maps() -> None:
    assert told("pad-28-to-32", (1, 28, 28))["output_shape"] == [1, 32, 32]
    assert told("pad-28-to-32", (1, 28, 28), 1)["output_shape"] == [6, 28, 28]


def test_pictures_of_a_batch_never_meet() -> None:
    batch = source("batch").reshape(2, 2, 4, 4)
    first, second = weight_of("batch").reshape(2, 2, 2, 2, 2)
    assert np.array_equal(first, second)
    together = functional.conv2d(batch, first)
    assert together.shape == (2, 2, 3, 3)
    assert np.array_equal(walk("batch").feature_map().reshape(together.shape), together)


def test_kernels_that_keep_brightness_add_up_to_one_and_an_outline_to_nothing() -> None:
    layer = core.parse("@blur-sharpen").layers[0]
    sums = np.array(layer["weight"]).sum(axis=(1, 2, 3)) / layer["divisor"]
    assert sums.tolist() == [1, 1, 1, 1, 1, 0]


def test_the_strongest_answer_to_the_fin_lies_on_the_fin() -> None:
    fish = sample_pixels("fish")
    trace = core.trace("@fin", fish)
    found = trace.feature_map()
    assert found.argmax() == GALLERY["fin"].step
    _, row, col = np.unravel_index(found.argmax(), found.shape)
    window = fish[0, row : row + 5, col : col + 7]
    assert (window == 255).sum() > window.size / 3


def test_figures_open_on_a_layer_and_a_step_that_are_there() -> None:
    for figure in GALLERY.values():
        layer = core.parse(f"@{figure.id}").layers[figure.layer]
        assert layer is not None
