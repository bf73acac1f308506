"""Layers by their sizes: networks whose published counts are known, weights that come back from their seed."""

import numpy as np
import pytest

import core
from core import SceneError
from core.vocabulary import Array

SEED_1 = [[[[0.0167, 0.6371], [-0.5032, 0.6345]], [[-0.2661, -0.1084], [0.4634, -0.1284]]]]
SIZED = ("conv2d out=4 kernel_size=3", "linear out=4", "conv1d out=4 kernel_size=3")


def vgg_16() -> str:
    """Simonyan and Zisserman 2015, table 1, configuration D."""
    line = "cat rgb"
    for kernels, times in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        line += f" | conv2d out={kernels} kernel_size=3 padding=1 | relu" * times + " | max_pool2d 2"
    return line + " | flatten | linear out=4096 | relu | linear out=4096 | relu | linear out=1000"


FASHION = (
    "cat | conv2d out=64 kernel_size=7 padding=same | max_pool2d 2"
    " | conv2d out=128 kernel_size=3 padding=same | conv2d out=128 kernel_size=3 padding=same | max_pool2d 2"
    " | conv2d out=256 kernel_size=3 padding=same | conv2d out=256 kernel_size=3 padding=same | max_pool2d 2"
    " | flatten | linear out=128 | linear out=64 | linear out=10"
)


def test_vgg_16_has_its_published_parameters_and_fields() -> None:
    layers = core.describe(core.parse(vgg_16()), (3, 224, 224))
    assert sum(layer["parameters"] for layer in layers) == 138_357_544
    convolutions = [layer["receptive_field"] for layer in layers if layer["operation"] == "conv2d"]
    assert [field[0] for field in convolutions] == [3, 5, 10, 14, 24, 32, 40, 60, 76, 92, 132, 164, 196]


def test_a_network_for_28_x_28_pictures_counts_as_keras_prints_it() -> None:
    layers = core.describe(core.parse(FASHION), (1, 28, 28))
    counts = [layer["parameters"] for layer in layers if layer["parameters"]]
    assert counts == [3200, 73_856, 147_584, 295_168, 590_080, 295_040, 8256, 650]
    assert sum(counts) == 1_413_834
    assert len(FASHION) < 400


def test_the_lectures_network_has_the_shapes_of_the_slide() -> None:
    line = "cat | conv2d out=32 kernel_size=5 | max_pool2d 2"
    assert [layer["output_shape"] for layer in core.describe(core.parse(line), (1, 28, 28))] == [
        [32, 24, 24],
        [32, 12, 12],
    ]


def layer_of(operation: str, shape: tuple[int, int, int] = (2, 6, 6)) -> core.Trace:
    x = np.arange(np.prod(shape)).reshape(shape)
    return core.trace(core.parse(f"cat | {operation}").layers[0], x)


def weight_of(operation: str) -> Array:
    return np.array(layer_of(operation).start()["weight"])


def test_a_seed_gives_the_same_weights_again_and_another_seed_gives_others() -> None:
    first = weight_of("conv2d out=3 kernel_size=3 seed=1")
    assert np.array_equal(first, weight_of("conv2d out=3 kernel_size=3 seed=1"))
    assert not np.array_equal(first, weight_of("conv2d out=3 kernel_size=3 seed=2"))
    assert first.shape == (3, 2, 3, 3)
    assert abs(first).max() <= np.sqrt(6 / ((3 + 2) * 9))


def test_the_weights_of_a_seed_stay_what_they_are() -> None:
    """Addresses carry seeds: the numbers behind them must not change with a new version."""
    assert weight_of("conv2d out=1 kernel_size=2 seed=1").tolist() == SEED_1


def test_a_layer_by_sizes_has_a_bias_of_zeros_that_counts_unless_it_is_left_out() -> None:
    assert layer_of("conv2d out=4 kernel_size=3").start()["bias"] == [0, 0, 0, 0]
    assert layer_of("conv2d out=4 kernel_size=3").layer.parameter_count() == 4 * 2 * 9 + 4
    assert layer_of("conv2d out=4 kernel_size=3 bias=false").layer.parameter_count() == 4 * 2 * 9
    assert layer_of("conv2d out=4 kernel_size=3 bias=7").start()["bias"] == [7, 7, 7, 7]


def test_groups_share_the_channels_out() -> None:
    assert weight_of("conv2d out=4 kernel_size=3 groups=2").shape == (4, 1, 3, 3)


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        ("conv2d", "needs its weight, or its sizes"),
        ("conv2d out=3", "a layer by its sizes needs it"),
        ("conv2d sobel-x out=3", "leave the weight out"),
        ("conv2d sobel-x seed=3", "say out too"),
        ("conv2d sobel-x kernel_size=3", "say out too"),
        ("linear", "needs its weight, or its sizes"),
        ("conv2d out=0 kernel_size=3", "must be at least 1"),
        ("conv2d out=3 kernel_size=3 bias=true", "must be a number"),
        ("conv2d out=3 kernel_size=3 groups=2", "must divide the 2 input channels and the 3 kernels"),
    ],
)
def test_a_weight_and_sizes_exclude_each_other(operation: str, message: str) -> None:
    with pytest.raises(SceneError, match=message):
        layer_of(operation)


def test_a_layer_too_large_to_compute_is_described_and_says_so_when_walked() -> None:
    line = "cat | conv2d out=512 kernel_size=3"
    assert core.describe(core.parse(line), (512, 14, 14))[0]["parameters"] == 512 * 512 * 9 + 512
    with pytest.raises(SceneError, match="has 2359296 weights: it can be described"):
        core.trace(core.parse(line).layers[0], np.zeros((512, 3, 3))).start()


@pytest.mark.parametrize("operation", SIZED)
def test_layers_by_sizes_read_back_from_their_line(operation: str) -> None:
    scene = core.parse(f"cat | {operation} seed=5 bias=[1 2 3 4]")
    assert core.parse(scene.line) == scene
    assert core.scene_from_json(scene.as_json()) == scene
