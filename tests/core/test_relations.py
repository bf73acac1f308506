"""What a sliding layer is beside a fully connected one and beside a product of matrices, counted by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core
from core.relations import relations_of
from core.vocabulary import Array, Layer


def bound(line: str, shape: tuple[int, int, int]) -> Layer:
    return core.parse(f"cat | {line}").bind(shape)[-1]


def joined(layer: Layer, x: Array) -> int:
    """Pairs of cells where changing the input changes the output of a layer whose weights are all one."""
    still = layer.apply(x)
    pairs = 0
    for place in np.ndindex(x.shape):
        moved = x.copy()
        moved[place] += 1
        pairs += int((layer.apply(moved) != still).sum())
    return pairs


def test_the_lecture_has_thirty_six_weights_beside_four() -> None:
    told = relations_of(bound("conv2d [1 2; 3 4]", (1, 3, 3)))
    assert told is not None
    assert (told["dense"], told["weights"], told["rows"], told["columns"], told["copies"]) == (36, 4, 4, 4, 16 / 9)


def test_a_fully_connected_layer_shares_nothing() -> None:
    told = relations_of(bound("linear out=3 seed=1", (8, 1, 1)))
    assert told is not None
    assert told["dense"] == told["weights"] == told["links"] == 24


@pytest.mark.parametrize("line", ["relu", "flatten", "sobel", "adaptive_avg_pool2d 2", "conv_transpose2d [1 1; 1 1]"])
def test_layers_whose_windows_do_not_slide_tell_nothing(line: str) -> None:
    assert relations_of(bound(line, (1, 6, 6))) is None


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 3), st.integers(2, 3), st.integers(1, 2), st.integers(0, 2), st.integers(1, 2), st.booleans())
def test_links_are_the_pairs_that_depend_on_each_other(
    channels: int, kernel_size: int, stride: int, padding: int, dilation: int, pooled: bool
) -> None:
    shape = (channels, 6, 7)
    padding = min(padding, kernel_size // 2)
    ones = np.ones((2, channels, kernel_size, kernel_size), int).tolist()
    settings_of = f"stride={stride} padding={padding} dilation={dilation}"
    line = f"avg_pool2d {kernel_size} stride={stride} padding={padding}" if pooled else f"conv2d {ones} {settings_of}"
    layer = bound(line, shape)
    told = relations_of(layer)
    assert told is not None
    x = np.arange(np.prod(shape), dtype=float).reshape(shape)
    assert told["links"] == joined(layer, x)
    assert told["dense"] == np.prod(layer.input_shape) * np.prod(layer.output_shape)


@pytest.mark.parametrize("line", ["conv2d out=4 kernel_size=3 seed=2", "conv2d out=4 kernel_size=3 groups=2 seed=2"])
def test_the_product_of_these_matrices_is_the_map(line: str) -> None:
    rng = np.random.default_rng(5)
    x = rng.integers(-4, 5, (4, 6, 5)).astype(float)
    layer = bound(line, x.shape)  # type: ignore[arg-type]
    told = relations_of(layer)
    assert told is not None
    weight = np.array(layer.start_fields()["weight"])
    share = told["kernels"]
    maps = []
    for group, planes in enumerate(np.split(x, told["groups"])):
        columns = core.unfold(planes, 3).T  # the lecture's order: a row for each window
        assert columns.shape == (told["rows"], told["columns"])
        made = columns @ weight[group * share : (group + 1) * share].reshape(share, -1).T
        maps.append(made.T.reshape(share, *layer.output_shape[1:]))
    assert np.allclose(np.concatenate(maps), layer.apply(x))
