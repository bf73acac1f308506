"""The table of kernels holds what its titles and sources promise."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from core import KERNELS, Kernel, SceneError, kernel_named

EACH = pytest.mark.parametrize("kernel", KERNELS.values(), ids=lambda kernel: kernel.name)


@EACH
def test_every_kernel_has_a_title_of_its_own(kernel: Kernel) -> None:
    assert [other.name for other in KERNELS.values() if other.title == kernel.title] == [kernel.name]


@EACH
def test_every_kernel_keeps_brightness_or_answers_nothing_to_a_flat_picture(kernel: Kernel) -> None:
    lines = kernel.name.endswith("-7") and kernel.name.startswith("line")
    total = np.sum(kernel.weight) / kernel.divisor
    assert total in ((7,) if lines else (0, 1))


@pytest.mark.parametrize("name", ["gaussian-3", "gaussian-5", "gaussian-7"])
def test_gaussians_have_the_variance_of_their_binomial(name: str) -> None:
    weight = np.array(KERNELS[name].weight) / KERNELS[name].divisor
    offset = np.arange(len(weight)) - len(weight) // 2
    assert (weight.sum(axis=0) * offset**2).sum() == pytest.approx((len(weight) - 1) / 4)


@pytest.mark.parametrize("axis", ["x", "y"])
@pytest.mark.parametrize(("name", "theirs"), [("sobel", ndimage.sobel), ("prewitt", ndimage.prewitt)])
def test_gradients_agree_with_scipy(name: str, axis: str, theirs: object) -> None:
    picture = np.random.default_rng(1).integers(0, 256, (9, 11))
    ours = ndimage.correlate(picture, np.array(KERNELS[f"{name}-{axis}"].weight))
    assert np.array_equal(ours, theirs(picture, axis=1 if axis == "x" else 0))  # type: ignore[operator]


@pytest.mark.parametrize("name", ["sobel", "prewitt", "scharr"])
def test_y_kernels_are_x_kernels_transposed(name: str) -> None:
    assert np.array_equal(np.transpose(KERNELS[f"{name}-x"].weight), KERNELS[f"{name}-y"].weight)


def test_unsharp_is_twice_the_picture_minus_its_blur() -> None:
    twice = np.zeros((5, 5))
    twice[2, 2] = 2
    expected = twice - np.array(KERNELS["gaussian-5"].weight) / 256
    assert np.array_equal(np.array(KERNELS["unsharp"].weight) / KERNELS["unsharp"].divisor, expected)


def test_an_unknown_kernel_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(SceneError, match="did you mean gaussian-3"):
        kernel_named("gausian-3")
