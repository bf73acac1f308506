"""Second opinions: what torch and OpenCV answered once (vectors/), and SciPy and scikit-image asked now.

Conventions that differ are converted in the open. All of them correlate, except where a test says otherwise.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.ndimage
import scipy.signal
import scipy.special
from skimage import filters

from core import functional as F
from core.kernels import KERNELS

VECTORS = Path(__file__).parent / "vectors"
TOLERANCE = {"float32": 1e-5, "float64": 1e-12}

# their word for our padding_mode
NDIMAGE = {"zeros": "constant", "reflect": "mirror", "replicate": "nearest", "circular": "wrap"}
ONES_3X3 = np.ones((3, 3))


def recorded(name: str) -> list[Any]:
    with np.load(VECTORS / f"{name}.npz") as stored:
        cases = json.loads(str(stored["cases"]))
        arrays: list[list[np.ndarray]] = [[] for _ in cases]
        for key in stored.files:
            if key != "cases":
                case, place = key[1:].split("_")
                arrays[int(case)].insert(int(place), stored[key])
    return [
        pytest.param(case, group, id=f"{k}-{label(case)}")
        for k, (case, group) in enumerate(zip(cases, arrays, strict=True))
    ]


def label(case: dict[str, Any]) -> str:
    return str(case.get("function") or f"{case['kernel']}-{case['padding_mode']}")


def as_given(value: Any) -> Any:
    """JSON has no tuples."""
    return tuple(map(as_given, value)) if isinstance(value, list) else value


@pytest.mark.parametrize(("case", "arrays"), recorded("torch"))
def test_torch_answered_the_same(case: dict[str, Any], arrays: list[np.ndarray]) -> None:
    given, expected = arrays[: case["inputs"]], arrays[case["inputs"] :]
    settings = {name: as_given(value) for name, value in case["settings"].items()}
    answer = getattr(F, case["function"])(*given, **settings)
    answers = answer if isinstance(answer, tuple) else (answer,)
    tolerance = TOLERANCE[given[0].dtype.name]
    for mine, theirs in zip(answers, expected, strict=True):
        assert np.shape(mine) == theirs.shape
        assert np.allclose(mine, theirs, rtol=0, atol=tolerance * max(1, np.nanmax(abs(theirs))), equal_nan=True)


@pytest.mark.parametrize(("case", "arrays"), recorded("opencv"))
def test_opencv_answered_the_same(case: dict[str, Any], arrays: list[np.ndarray]) -> None:
    """filter2D correlates; its BORDER_REFLECT_101 is our reflect."""
    picture, expected = arrays
    mine = F.conv2d(picture, KERNELS[case["kernel"]].weight, padding="same", padding_mode=case["padding_mode"])
    assert np.allclose(mine, expected, rtol=0, atol=1e-9)


@pytest.fixture(scope="module")
def picture() -> np.ndarray:
    return np.random.default_rng(7).integers(0, 256, (23, 31)).astype(np.float64)


def odd(name: str) -> bool:
    return all(side % 2 for side in np.shape(KERNELS[name].weight))


@pytest.mark.parametrize("mode", NDIMAGE)
@pytest.mark.parametrize("name", [name for name in KERNELS if odd(name)])
def test_scipy_correlates_every_kernel_the_same(picture: np.ndarray, name: str, mode: str) -> None:
    weight = np.array(KERNELS[name].weight, dtype=np.float64)
    expected = scipy.ndimage.correlate(picture, weight, mode=NDIMAGE[mode])
    assert np.allclose(F.conv2d(picture, weight, padding="same", padding_mode=mode), expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("padding", ["valid", "same", "full"])
def test_scipy_convolves_the_same_when_flipped(picture: np.ndarray, padding: str) -> None:
    weight = np.random.default_rng(1).normal(size=(3, 5))
    expected = scipy.signal.convolve2d(picture, weight, mode=padding)
    assert np.allclose(F.conv2d(picture, weight, padding=padding, flip=True), expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize(("ours", "theirs", "axis"), [
    ("sobel-x", scipy.ndimage.sobel, 1), ("sobel-y", scipy.ndimage.sobel, 0),
    ("prewitt-x", scipy.ndimage.prewitt, 1), ("prewitt-y", scipy.ndimage.prewitt, 0),
])  # fmt: skip
def test_scipy_derivatives_have_our_sign_and_scale(picture: np.ndarray, ours: str, theirs: Any, axis: int) -> None:
    mine = F.conv2d(picture, KERNELS[ours].weight, padding="same", padding_mode="replicate")
    assert np.allclose(mine, theirs(picture, axis=axis, mode="nearest"), rtol=0, atol=1e-9)


@pytest.mark.parametrize(("ours", "theirs", "scale", "sign"), [
    ("sobel-x", filters.sobel_v, 1 / 4, 1), ("sobel-y", filters.sobel_h, 1 / 4, 1),
    ("prewitt-x", filters.prewitt_v, 1 / 3, 1), ("prewitt-y", filters.prewitt_h, 1 / 3, 1),
    ("scharr-x", filters.scharr_v, 1 / 16, 1), ("scharr-y", filters.scharr_h, 1 / 16, 1),
])  # fmt: skip
def test_skimage_divides_by_the_sum_of_positive_weights(
    picture: np.ndarray, ours: str, theirs: Any, scale: float, sign: int
) -> None:
    """Its names tell the edge, ours the derivative: sobel_v is our sobel-x. Borders: reflect with the edge repeated."""
    mine = F.conv2d(picture, KERNELS[ours].weight, padding=1)[1:-1, 1:-1]
    assert np.allclose(sign * scale * mine, theirs(picture)[1:-1, 1:-1], rtol=0, atol=1e-9)


@pytest.mark.parametrize(("pair", "theirs", "scale"), [
    (("sobel-x", "sobel-y"), filters.sobel, 1 / 4), (("prewitt-x", "prewitt-y"), filters.prewitt, 1 / 3),
    (("scharr-x", "scharr-y"), filters.scharr, 1 / 16),
])  # fmt: skip
def test_skimage_magnitudes_are_divided_by_root_two_as_well(
    picture: np.ndarray, pair: tuple[str, str], theirs: Any, scale: float
) -> None:
    weight = np.array([KERNELS[name].weight for name in pair])
    mine = F.gradient_magnitude(picture, weight, padding=1)[1:-1, 1:-1]
    assert np.allclose(mine * scale / np.sqrt(2), theirs(picture)[1:-1, 1:-1], rtol=0, atol=1e-9)


def test_skimage_roberts_lies_on_the_same_diagonals(picture: np.ndarray) -> None:
    weight = np.array([KERNELS["roberts-1"].weight, KERNELS["roberts-2"].weight])
    mine = F.gradient_magnitude(picture, weight)[1:-1, 1:-1]
    theirs = filters.roberts(picture)  # its 2x2 kernels lie in 3x3 ones, so its map is as large as the picture
    assert any(
        np.allclose(mine / np.sqrt(2), theirs[a : a + mine.shape[0], b : b + mine.shape[1]], rtol=0, atol=1e-9)
        for a in (1, 2)
        for b in (1, 2)
    )


@pytest.mark.parametrize("size", [2, 3, 5])
def test_scipy_maximum_filter_is_max_pooling_with_stride_one(picture: np.ndarray, size: int) -> None:
    expected = scipy.ndimage.maximum_filter(picture, size, origin=0)[size // 2 :, size // 2 :]
    mine = F.max_pool2d(picture, size, 1)
    assert (mine == expected[: mine.shape[0], : mine.shape[1]]).all()


def test_scipy_special_agrees_on_the_curves() -> None:
    x = np.array([-1000.0, -30, -1, -1e-9, 0, 1e-9, 1, 30, 1000])
    assert np.allclose(F.sigmoid(x), scipy.special.expit(x), rtol=1e-15, atol=0)
    assert np.allclose(F.softmax(x, 0), scipy.special.softmax(x), rtol=1e-14, atol=0)
