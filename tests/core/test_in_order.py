"""Maps and steps end in the same last digit: whole maps are added up as a step tells its products."""

from __future__ import annotations

import numpy as np
import pytest

import core
from app.pictures.samples import sample_pixels
from core import OPERATIONS, SceneError, Trace, parse, trace
from core.operations import in_order
from core.vocabulary import Array
from tests.core.layers import assembled, drawn

TRAINED = sorted(core.weight_sets())
DIGITS = [*(f"digit-{digit}" for digit in range(10)), "digit-2-d", "digit-9-c"]
# Sums that gather cells: each step makes one cell of the map. What stamps, or walks a gradient back, adds otherwise.
GATHERED = sorted(
    name
    for name, operation in OPERATIONS.items()
    if operation.kind == "gather" and name not in ("avg_pool2d_backward", "conv2d_backward_weight")
)
WIDE = [  # many channels, wide windows, groups, strides, holes, borders: cut into several pieces each
    "conv2d out=12 kernel_size=5 padding=2 seed=3",
    "conv2d out=12 kernel_size=(3,9) groups=4 stride=(2,1) dilation=(1,2) padding=4 padding_mode=reflect seed=5",
    "conv2d out=70 kernel_size=1 seed=1 | conv2d out=5 kernel_size=3 bias=0.3 seed=2",
    "gaussian_blur 11 padding=same padding_mode=replicate",
    "conv2d [0.1 0.2; 0.3 0.7] padding=1 padding_value=0.35 divisor=3",
    "flatten | linear out=7 seed=4",
    "sobel normalize=true padding=same padding_mode=circular",
    "scharr show=direction",
    "avg_pool2d 9 stride=2 padding=4 count_include_pad=false ceil_mode=true",
    "lp_pool2d 3 kernel_size=3 ceil_mode=true",
    "global_avg_pool2d",
    "conv2d out=2 kernel_size=(13,15) seed=2",
    "conv2d out=4 kernel_size=(13,15) groups=2 padding=1 padding_value=0.5 seed=2",
    "subsample 0.3 kernel_size=9 stride=1 bias=0.1",
    "adaptive_avg_pool2d (5,7)",
    "channel_avg_pool",
    "conv2d out=12 kernel_size=5 seed=3 | softmax dim=0",
    "conv2d out=2 kernel_size=5 seed=3 | softmax dim=1",
    "conv2d out=2 kernel_size=5 seed=3 | softmax dim=2",
]


def same(walked: Array, whole: Array) -> bool:
    return walked.dtype == whole.dtype and np.array_equal(walked, whole, equal_nan=True)


@pytest.mark.parametrize("name", TRAINED)
def test_every_layer_of_a_network_ends_in_the_digits_that_its_steps_tell(name: str) -> None:
    for digit in DIGITS:
        pixels = sample_pixels(digit)
        scene = parse(f"{digit} | @{name}")
        for layer in range(len(scene.layers)):
            walked = trace(scene, pixels, layer)
            assert same(assembled(walked), walked.feature_map()), (digit, scene.layers[layer])


@pytest.mark.parametrize("name", GATHERED)
@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_random_layers_of_any_numbers_are_the_same_walked_and_at_once(name: str, kind: type) -> None:
    random = np.random.default_rng(1998)
    for one in drawn(name, 25):
        try:
            walked = trace(one.operation, random.normal(size=one.input_shape).astype(kind))
        except SceneError:  # the weights of some layers, or their input, must be whole
            continue
        assert same(assembled(walked), walked.feature_map()), one.operation


@pytest.mark.parametrize("line", WIDE)
def test_maps_that_are_made_in_pieces_are_the_same_too(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_order, "COLUMNS", 2**12)
    monkeypatch.setattr(in_order, "AT_WORK", 2**9)
    x = np.random.default_rng(7).normal(size=(8, 15, 17))
    scene = parse(f"x | {line}")
    walked = trace(scene, x, -1)
    assert same(assembled(walked), walked.feature_map())


@pytest.mark.parametrize("layer", ["conv2d lenet-5-modern.c3", "partial_conv2d lenet-5.c3", "conv2d lenet-5-modern.c5"])
def test_the_last_of_the_running_sums_is_the_sum(layer: str) -> None:
    x = np.random.default_rng(11).normal(size=(16 if layer.endswith("c5") else 6, 5, 5))
    for step in trace(f"x | {layer}", x).steps(0, 3, "partial"):
        sums = [value for value in step["sums"] if value is not None]
        ends = [rows[-1][-1] for rows in step["partial"] if rows[-1][-1] is not None]
        assert ends == np.cumsum(sums).tolist()
        assert ends[-1] + step["bias"] == step["output"]


def test_running_sums_go_through_every_product() -> None:
    step = next(trace("x | flatten | linear mlp.2", np.random.default_rng(5).normal(size=(3, 10, 10)), 1).steps(
        0, 1, "partial"))  # fmt: skip
    products = np.array(step["products"]).ravel()
    assert np.array(step["partial"]).ravel().tolist() == np.cumsum(products).tolist()
    assert step["partial"][-1][0][0] + step["bias"] == step["output"]


def test_a_map_of_very_many_products_is_made_the_fast_way_and_differs_in_the_last_digits_alone() -> None:
    x = np.random.default_rng(1).normal(size=(1, 400, 400))
    walked: Trace = trace("x | gaussian_blur 7", x)
    assert walked.layer.multiply_adds() > in_order.MOST_PRODUCTS
    rows = walked.batch(0, 800).columns["output"]
    assert np.allclose(rows, walked.feature_map().reshape(-1)[:800], rtol=1e-13, atol=1e-15)
