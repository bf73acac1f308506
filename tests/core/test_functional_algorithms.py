"""Every fast way against the definition, and the planner's choices."""

import threading
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core import functional as F
from core.algorithms import bands, caches, direct, fft, im2col, plain, stamping
from core.algorithms.recipes import recipe
from core.algorithms.separable import chain, column_and_row
from core.algorithms.shapes import Shapes, convolution_shapes
from core.kernels import KERNELS

MODES = ["zeros", "reflect", "symmetric", "replicate", "circular"]


def shapes_of(random: np.random.Generator, x: np.ndarray, w: np.ndarray, stride: Any, groups: int = 1) -> Shapes:
    dilation = tuple(random.integers(1, 3, 2).tolist())
    padding = tuple(map(tuple, random.integers(0, 4, (2, 2)).tolist()))
    mode = str(random.choice(MODES))
    return convolution_shapes(x.shape, w.shape, stride, padding, dilation, groups, mode)


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.sampled_from(sorted(KERNELS)))
def test_shifted_additions_equal_the_definition(seed: int, name: str) -> None:
    random = np.random.default_rng(seed)
    w = np.array(KERNELS[name].weight)
    w = w.astype(np.int64) if (w == w.astype(np.int64)).all() else w
    x = random.integers(0, 256, (1, 1, *random.integers(16, 40, 2)))
    shapes = shapes_of(random, x, w[None, None], 1)
    dilation = (shapes.slides[0].dilation, shapes.slides[1].dilation)
    dtype = np.dtype(np.int32) if w.dtype.kind == "i" else np.dtype(np.float64)
    made = recipe(w, dtype, dilation)
    y, cut = np.empty(shapes.count, dtype=dtype), int(random.integers(0, shapes.count[0]))
    direct.correlate_plane(x[0, 0].astype(dtype), made, shapes, y[:cut], dtype, 0, cut)
    direct.correlate_plane(x[0, 0].astype(dtype), made, shapes, y[cut:], dtype, cut, shapes.count[0])
    assert abs(y - plain.correlate(x, w[None, None], shapes)[0, 0]).max() < 1e-9


@pytest.fixture(params=[None, 2**8, 2**12])
def cache(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine like this one, and two whose caches hold next to nothing: then everything is cut into blocks."""
    if request.param is not None:
        monkeypatch.setattr(caches, "level2", lambda: request.param)


REPEATED = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


@REPEATED
@given(st.integers(0, 2**32 - 1))
@example(4529827)  # a band that lies in the padding alone
def test_matrix_products_equal_the_definition(cache: None, seed: int) -> None:
    random = np.random.default_rng(seed)
    n, groups, share, deep = random.integers(1, 4, 4).tolist()
    share += 4 * int(random.integers(0, 2))  # few kernels are multiplied one by one
    x = random.integers(-9, 10, (n, groups * deep, *random.integers(12, 24, 2))).astype(np.float64)
    w = random.integers(-9, 10, (groups * share, deep, *random.integers(1, 6, 2))).astype(np.float64)
    shapes = shapes_of(random, x, w, tuple(random.integers(1, 4, 2).tolist()), groups)
    expected = plain.correlate(x, w, shapes)
    whole = np.empty(shapes.output)
    im2col.products(shapes, w)(x, whole)
    assert (whole == expected).all()
    rows, cut = bands.rows_of_weights(w, shapes), int(random.integers(0, shapes.count[0] + 1))
    for picture, answer, wanted in zip(x, whole, expected, strict=True):
        answer[...] = np.nan
        bands.correlate_bands(picture, rows, shapes, answer[:, :cut], 0, cut)
        bands.correlate_bands(picture, rows, shapes, answer[:, cut:], cut, shapes.count[0])
        assert (answer == wanted).all()


@REPEATED
@given(st.integers(0, 2**32 - 1))
def test_every_convolution_equals_the_definition(cache: None, seed: int) -> None:
    random = np.random.default_rng(seed)
    groups, share, deep = random.integers(1, 4, 3).tolist()
    x = random.integers(0, 200, (2, groups * deep, *random.integers(14, 60, 2)))
    w = random.integers(-3, 4, (groups * share, deep, *random.integers(1, 8, 2)))
    shapes = shapes_of(random, x, w, tuple(random.integers(1, 3, 2).tolist()), groups)
    settings_of = {
        "stride": tuple(slide.stride for slide in shapes.slides),
        "padding": tuple(slide.padding for slide in shapes.slides),
        "dilation": tuple(slide.dilation for slide in shapes.slides),
        "groups": groups,
        "padding_mode": shapes.padding_mode,
    }
    expected = plain.correlate(x, w, shapes)
    for kind in (np.uint8, np.int64, np.float32):
        y = F.conv2d(x.astype(kind), w, **settings_of)  # type: ignore[arg-type]
        assert np.array_equal(y, expected)


def test_rows_too_long_for_the_cache_are_cut_into_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.random.default_rng(4).integers(-9, 10, (1, 1, 90, 1200)).astype(np.float64)
    for size in (3, 9):
        w = np.arange(size * size, dtype=np.float64).reshape(1, 1, size, size)
        shapes = convolution_shapes(x.shape, w.shape, 1, "same", 1, 1, "reflect")
        cut = bands.cut_of(shapes, 8, 90, 2**16)
        assert cut.cols < 1200
        assert cut.rows < 90
        y = np.empty(shapes.output)
        monkeypatch.setattr(caches, "level2", lambda: 2**17)
        bands.correlate_bands(x[0], bands.rows_of_weights(w, shapes), shapes, y[0], 0, 90)
        assert (y == plain.correlate(x, w, shapes)).all()


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1))
def test_spectra_equal_the_definition_up_to_rounding(seed: int) -> None:
    random = np.random.default_rng(seed)
    x, w = (
        random.normal(size=(1, 1, *random.integers(60, 150, 2))),
        random.normal(size=(1, 1, *random.integers(3, 16, 2))),
    )
    shapes = convolution_shapes(x.shape, w.shape, 1, "same", 1, 1, str(random.choice(MODES)))
    y = np.empty(shapes.count)
    sides = fft.tile_sides(shapes) if seed % 2 else (64, 72)
    fft.correlate_tiles(x[0, 0], fft.spectrum(w[0, 0], sides), sides, shapes, y, 0, shapes.count[0])
    assert abs(y - plain.correlate(x, w, shapes)[0, 0]).max() < 1e-11


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1))
def test_stamps_as_products_equal_the_definition(seed: int) -> None:
    random = np.random.default_rng(seed)
    groups, share, deep = random.integers(1, 3, 3).tolist()
    x = random.integers(-9, 10, (2, groups * deep, *random.integers(8, 14, 2)))
    w = random.integers(-9, 10, (groups * share, deep, *random.integers(1, 4, 2)))
    shapes = shapes_of(random, x, w, tuple(random.integers(1, 4, 2).tolist()), groups)
    dy = random.integers(-9, 10, shapes.output)
    assert (stamping.scatter(dy, w, shapes, 10**6) == plain.scatter(dy, w, shapes)).all()


@pytest.mark.parametrize("kernel", [[[1, 2, 1]] * 2, np.outer([1, 4, 6, 4, 1], [1, -1]), [[2, -4], [-3, 6]]])
def test_a_column_times_a_row_is_found(kernel: Any) -> None:
    factors = column_and_row(np.array(kernel))
    assert factors is not None
    assert (np.outer(*factors) == kernel).all()


def test_a_chain_of_passes_multiplies_out_to_its_kernel() -> None:
    for taps in ([1, 2, 1], [1, 4, 6, 4, 1], [-1, 0, 1], [1, 6, 15, 20, 15, 6, 1], [3, 10, 3], [1, 1, 1, 1, 1]):
        product = np.array([1.0])
        for one in chain(tuple(map(float, taps))).passes:
            product = np.convolve(product, one)
        assert (product == taps).all()


def test_binomials_need_no_multiplication() -> None:
    assert chain((1.0, 4.0, 6.0, 4.0, 1.0)).work == 4


@pytest.mark.parametrize(
    ("x", "weight", "algorithm"),
    [
        (np.zeros((1080, 1920), np.float32), KERNELS["sobel-x"].weight, "direct"),
        (np.zeros((300, 400), np.uint8), KERNELS["gaussian-5"].weight, "direct"),
        (np.zeros((28, 28), np.float32), KERNELS["sobel-x"].weight, "im2col"),
        (np.zeros((1080, 1920), np.float32), np.arange(25.0).reshape(5, 5), "bands"),
        (np.zeros((500, 500), np.float32), np.arange(225.0).reshape(15, 15), "fft"),
        (np.zeros((600, 600), np.uint8), np.arange(225).reshape(15, 15), "bands"),
        (np.full((8, 8), 2**57), np.arange(9).reshape(3, 3), "plain"),
    ],
)
def test_the_planner_says_what_it_chose_and_why(x: np.ndarray, weight: Any, algorithm: str) -> None:
    made = F.plan(x, weight)
    assert made.algorithm == algorithm
    assert len(made.why) > 20


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize(
    ("shape", "kernels", "algorithm"),
    [
        ((40, 40), (3, 3), "im2col"),
        ((300, 300), (3, 3), "bands"),
        ((600, 600), (5, 5), "bands"),
        ((500, 600), (15, 15), "fft"),
        ((3, 300, 300), (2, 3, 3, 3), "bands"),
    ],
)
def test_a_cell_that_is_no_number_stays_in_the_windows_that_see_it(
    shape: tuple[int, ...], kernels: tuple[int, ...], algorithm: str, bad: float
) -> None:
    random = np.random.default_rng(7)
    x, w = random.random(shape, dtype=np.float32), random.random(kernels, dtype=np.float32) + 0.5
    x[..., 20, 30] = bad
    made, reach = F.plan(x, w, padding="same"), kernels[-1] // 2
    lost = ~np.isfinite(made(x))
    assert made.algorithm == algorithm
    assert lost[..., 20 - reach : 21 + reach, 30 - reach : 31 + reach].all()
    assert lost.sum() == kernels[-1] ** 2 * lost[..., 0, 0].size


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("size", [3, 5, 15])
def test_large_pictures_equal_the_definition(size: int, threads: int) -> None:
    random = np.random.default_rng(size)
    x, w = random.normal(size=(1, 1, 300, 5000)), random.normal(size=(1, 1, size, size))
    before = F.get_num_threads()
    F.set_num_threads(threads)
    try:
        y = F.conv2d(x[:, :, :, :], w, padding="same")
    finally:
        F.set_num_threads(before)
    rows = slice(140, 160)
    part = F.conv2d(x[:, :, 140 - size // 2 : 160 + size // 2], w, padding=(0, size // 2))
    assert abs(y[:, :, rows] - part).max() < 1e-10


def test_a_picture_of_bytes_stays_exact_on_every_path() -> None:
    random = np.random.default_rng(3)
    x = random.integers(0, 256, (120, 130), dtype=np.uint8)
    for size in (3, 5, 13, 31):
        w = random.integers(-99, 100, (size, size))
        made = F.plan(x, w, padding="same", padding_mode="reflect")
        assert (made(x) == plain.correlate(x[None, None].astype(np.int64), w[None, None], made.shapes)[0, 0]).all()


def test_out_is_written_and_checked() -> None:
    x, w = np.ones((100, 100), np.float32), np.ones((3, 3), np.float32)
    out = np.empty((98, 98), np.float32)
    assert F.conv2d(x, w, out=out) is out
    assert (out == 9).all()
    for wrong in (np.empty((98, 99), np.float32), np.empty((98, 98)), np.empty((98, 196), np.float32)[:, ::2]):
        with pytest.raises(ValueError, match=r"^out is"):
            F.conv2d(x, w, out=wrong)


def test_a_plan_is_for_one_shape() -> None:
    made = F.plan(np.zeros((8, 8)), np.ones((3, 3)))
    with pytest.raises(ValueError, match="this plan is for"):
        made(np.zeros((9, 8)))


def test_threads_do_not_share_a_cached_plan() -> None:
    random = np.random.default_rng(0)
    pictures = random.normal(size=(8, 1, 28, 28))
    w = random.normal(size=(4, 1, 5, 5))
    expected = [F.conv2d(x, w) for x in pictures]
    wrong: list[int] = []

    def repeat(k: int) -> None:
        wrong.extend(k for _ in range(300) if not (F.conv2d(pictures[k], w) == expected[k]).all())

    threads = [threading.Thread(target=repeat, args=(k,)) for k in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not wrong


@pytest.mark.parametrize("side", [(20, 20), (150, 130), (2, 4200), (4200, 2), (1, 5000), (700, 400)])
@pytest.mark.parametrize(("padding", "mode"), [("same", "zeros"), (((0, 2), (3, 1)), "zeros"), (1, "replicate")])
def test_the_gradient_magnitude_of_integers_is_the_same_number_either_way(side: Any, padding: Any, mode: str) -> None:
    x = np.random.default_rng(1).integers(0, 256, side)
    for names in (
        ("sobel-x", "sobel-y"),
        ("prewitt-x", "prewitt-y"),
        ("roberts-1", "roberts-2"),
        ("scharr-x", "scharr-y"),
    ):
        pair = np.array([KERNELS[name].weight for name in names])
        for picture in (x.astype(np.uint8), x * 10007):
            gx, gy = (F.conv2d(picture, kernel, padding=padding, padding_mode=mode) for kernel in pair)
            made = F.gradient_magnitude(picture, pair, padding=padding, padding_mode=mode)
            assert np.array_equal(made, F.gradient_length(gx, gy))


def test_the_gradient_magnitude_is_the_length_of_both_sums() -> None:
    random = np.random.default_rng(1)
    for kind in (np.uint8, np.float64):
        for size in (20, 150):
            x = (random.random((2, size, size)) * 255).astype(kind)
            pair = np.array([KERNELS["sobel-x"].weight, KERNELS["sobel-y"].weight])
            gx, gy = (F.conv2d(x, kernel, padding="same") for kernel in pair)
            assert np.allclose(F.gradient_magnitude(x, pair, padding="same"), np.hypot(gx, gy), rtol=1e-14)


@pytest.mark.parametrize("kind", ["f4", "f8", "i8", "u1"])
def test_a_batch_of_no_pictures_has_no_maps_whatever_their_size(kind: str) -> None:
    for side, (channels, kernels, groups), k in product((5, 40, 300), ((1, 1, 1), (2, 2, 2), (8, 64, 2)), (1, 3, 5)):
        x, w = np.zeros((0, channels, side, side), kind), np.full((kernels, channels // groups, k, k), 7, kind)
        made = F.plan(x, w, groups=groups)(x)
        assert made.shape == (0, kernels, side - k + 1, side - k + 1)
        assert made.dtype == F.conv2d(np.ones((1, *x.shape[1:]), kind), w, groups=groups).dtype
